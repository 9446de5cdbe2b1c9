"""The global generators of this process, from which notebooks draw, and so do solutions that belong to them."""

import dis
import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from types import CodeType

import numpy as np

#: What `numpy.random` has to make a generator of one's own, from which nobody else draws.
OF_ONES_OWN = frozenset(
    ["default_rng", "Generator", "RandomState", "SeedSequence", "MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64"]
)


@contextmanager
def global_generators_restored() -> Iterator[None]:
    """What is drawn from them meanwhile leaves them as they were."""
    numpy_state, python_state = np.random.get_state(), random.getstate()
    try:
        yield
    finally:
        np.random.set_state(numpy_state)
        random.setstate(python_state)


def may_draw(code: CodeType) -> bool:
    """Whether a function's code names anything of `random` or `numpy.random` but a generator of its own."""
    if "random" not in code.co_names:
        return False
    named = [_module_or_name(one) for one in dis.get_instructions(code)]
    return any(name == "random" and after not in OF_ONES_OWN for name, after in pairwise([*named, None]))


def _module_or_name(one: dis.Instruction) -> str | None:
    """The name that an instruction loads; None for a method's that is called, as in `rng.random(3)`."""
    is_method = one.opname == "LOAD_METHOD" or "NULL|self" in one.argrepr  # in Python 3.11, and since
    is_generators = is_method and one.argval == "random"
    return one.argval if one.opcode in dis.hasname and not is_generators else None
