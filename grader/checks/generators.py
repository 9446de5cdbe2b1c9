"""The global generators of this process, from which notebooks draw, and so do solutions that belong to them."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np


@contextmanager
def global_generators_restored() -> Iterator[None]:
    """What is drawn from them meanwhile leaves them as they were."""
    numpy_state, python_state = np.random.get_state(), random.getstate()
    try:
        yield
    finally:
        np.random.set_state(numpy_state)
        random.setstate(python_state)
