"""How much memory values take, and how much of what a submission returned is kept for the diagnosis."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

KEPT_BYTES = 96_000_000  # of one submission, all its checks and the stacks that it is tried on together
_OBJECT_BYTES = 64  # of a number or a short text, its place in a container included
_SMALL = frozenset([type(None), float, int, bool, np.float64])


def size_of(value: Any) -> int:
    """Roughly how many bytes plain data takes."""
    kind = type(value)
    if kind in _SMALL:  # nearly all that there is
        return _OBJECT_BYTES
    if kind is list and value and _SMALL.issuperset(map(type, value)):  # a cost at each of hundreds of points
        return _OBJECT_BYTES * (1 + len(value))
    if isinstance(value, np.ndarray):
        return int(value.nbytes) + _OBJECT_BYTES
    if isinstance(value, str):
        return len(value) * (1 if value.isascii() else 4) + _OBJECT_BYTES
    if isinstance(value, tuple | list):
        return _OBJECT_BYTES + sum(map(size_of, value))
    if isinstance(value, dict):
        return _OBJECT_BYTES + sum(map(size_of, value.values())) + _OBJECT_BYTES * len(value)
    return _OBJECT_BYTES


class Ledger:
    """What one submission's results take up, until its report is written."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self.limit = limit
        self.kept = 0
        self.refused: Counter[str] = Counter()  # results that there was no room for, by function

    def admits(self, value: Any) -> bool:
        """Whether there is room for a value; if so, the room is taken."""
        size = size_of(value)
        if self.kept + size > self.limit:
            return False
        self.kept += size
        return True

    @contextmanager
    def keeping_nothing(self) -> Iterator[None]:
        """Give back, at the end of a `with` block, the room of what came in it: nobody has it any more."""
        kept, refused = self.kept, self.refused.copy()
        try:
            yield
        finally:
            self.kept, self.refused = kept, refused
