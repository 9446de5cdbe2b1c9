"""Calls of a submission's functions that are worth making once more, to see how they come by what they give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.implementation import Function

LEAST, MOST = 20, 3_000  # numbers of a result: fewer tell nothing, more take long


@dataclass(frozen=True)
class NotedCall:
    """A call that can be repeated; it gave so many numbers, and the longest side of its arguments is `longest`."""

    function: Function
    arguments: Sequence[Any]
    named: Mapping[str, Any]
    numbers: int
    longest: int


class NotedCalls:
    """Of each function the call that gave the fewest numbers that tell something."""

    def __init__(self) -> None:
        self._calls: dict[str, NotedCall] = {}

    def of(self, function: str) -> NotedCall | None:
        return self._calls.get(function)

    def note(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any], value: Any) -> None:
        numbers = _numbers(value)
        known = self._calls.get(function.name)
        if LEAST <= numbers <= MOST and (known is None or numbers < known.numbers):
            longest = _longest([*arguments, *named.values()])
            self._calls[function.name] = NotedCall(function, arguments, named, numbers, longest)


def _numbers(value: Any) -> int:
    """How many numbers of floating point a result holds in arrays."""
    if isinstance(value, np.ndarray):
        return int(value.size) if value.dtype.kind in "fc" else 0
    if isinstance(value, tuple | list):
        return sum(map(_numbers, value))
    return sum(map(_numbers, value.values())) if isinstance(value, dict) else 0


def _longest(value: Any) -> int:
    """The longest side of an array among arguments, parameters by name aside: there are no more samples than that."""
    if isinstance(value, np.ndarray):
        return max(value.shape, default=1)
    return max(map(_longest, value), default=1) if isinstance(value, tuple | list) else 1
