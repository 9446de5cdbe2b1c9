"""The combinations of layers that this machine has."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, get_args

Layers = Literal["all", "self-lock"]
LAYERS: tuple[Layers, ...] = get_args(Layers)


@contextmanager
def only(layers: Layers) -> Iterator[None]:
    """Let a sandbox that is started inside find all layers, or not bubblewrap."""
    path = os.environ["PATH"]
    if layers == "self-lock":
        os.environ["PATH"] = "/nowhere"
    try:
        yield
    finally:
        os.environ["PATH"] = path
