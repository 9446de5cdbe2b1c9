"""Chains of calls: several functions, each called at many points, where one may be given the result of another.

A numeric gradient asks for a cost at hundreds of points that differ from one another in a single number, and a cost is
often made of several functions. As a chain all that is one message, in which a point is one number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.sandbox.inside.wire import Column
from grader.sandbox.values import Handle, Method, Value

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Moved:
    """A point that differs from the others' origin in one entry of one array."""

    key: str
    index: int  # of the flattened array
    value: float


@dataclass(frozen=True)
class Points:
    """Dicts of arrays near an origin, as the `Moved` that they are or as dicts of their own."""

    origin: Mapping[str, Array]
    changes: Sequence[Moved | Mapping[str, Array]]

    @cached_property
    def mappings(self) -> list[Mapping[str, Array]]:
        """Every point as a dict; what a point has in common with the origin are the very arrays of the origin."""
        return [self._mapping(change) if isinstance(change, Moved) else change for change in self.changes]

    def _mapping(self, moved: Moved) -> Mapping[str, Array]:
        array = self.origin[moved.key].copy()
        array.flat[moved.index] = moved.value
        return {**self.origin, moved.key: array}

    def request(self) -> Value:
        """[the origin, [key, index and value of each point (no key: the next of the dicts)], the dicts]"""
        names = list(self.origin)
        moves = [change if isinstance(change, Moved) else Moved("", 0, 0.0) for change in self.changes]
        keys = np.array([names.index(moved.key) if moved.key else -1 for moved in moves])
        indices = np.array([moved.index for moved in moves])
        values = np.array([moved.value for moved in moves])
        whole: Any = Column([change for change in self.changes if not isinstance(change, Moved)])
        return [dict(self.origin), [keys, indices, values], whole]


@dataclass(frozen=True)
class Step:
    """A function that is called at every point.

    arguments  how each is made: ["value", anything], ["key", of the point], ["step", position of an earlier one, whose
               wanted item is meant], or ["tuple" | "list", [arguments]], ["dict", {key: argument}]
    keep, item  as of `Cell.call_many`
    """

    target: str | Handle | Method
    arguments: Sequence[Value]
    keep: Sequence[int] = ()
    item: int | None = None

    def request(self) -> Value:
        target: Any = self.target
        return [target, list(self.arguments), list(self.keep), self.item]
