"""The arguments of a chain of calls (see `grader.sandbox.chains`), made anew for each call."""

from __future__ import annotations

from typing import Any, Callable

import numpy as np


class Points:
    """The points as they came: the origin, and in which entry each differs from it or a whole dict."""

    def __init__(self, origin: dict[str, Any], moves: list[Any], whole: list[Any]) -> None:
        self.origin = origin
        names, left = list(origin), iter(whole)
        self.changes: list[Any] = [
            (names[key], index, value) if key >= 0 else next(left)
            for key, index, value in zip(*[numbers.tolist() for numbers in moves])
        ]

    def array(self, i: int, key: str) -> Any:
        """One array of a point, which nobody else has."""
        change = self.changes[i]
        if type(change) is dict:
            return fresh(change[key])
        array = fresh(self.origin[key])
        if change[0] == key:
            array.flat[change[1]] = change[2]
        return array

    def mapping(self, i: int) -> dict[str, Any]:
        """A whole point, which nobody else has."""
        change = self.changes[i]
        if type(change) is dict:
            return {key: fresh(value) for key, value in change.items()}
        point = {key: value.copy() for key, value in self.origin.items()}
        point[change[0]].flat[change[1]] = change[2]
        return point


def argument_lists(points: Points, arguments: list[Any], earlier: list[Callable[[int], Any]]) -> list[Any]:
    """The arguments of a step at every point; `earlier` tells what the steps before it gave there."""
    makers = [_maker(argument, points, earlier) for argument in arguments]
    return [[make(i) for make in makers] for i in range(len(points.changes))]


def _maker(argument: list[Any], points: Points, earlier: list[Callable[[int], Any]]) -> Callable[[int], Any]:
    """Makes an argument, given the position of the point."""
    kind, content = argument
    if kind == "value":
        return lambda i: fresh(content)
    if kind == "key":
        return lambda i: points.array(i, content)
    if kind == "step":
        given: Callable[[int], Any] = earlier[content]
        return given
    if kind == "dict":
        if content == {key: ["key", key] for key in points.origin}:
            return points.mapping
        named = {key: _maker(one, points, earlier) for key, one in content.items()}
        return lambda i: {key: make(i) for key, make in named.items()}
    makers = [_maker(one, points, earlier) for one in content]
    if kind == "tuple":
        return lambda i: tuple([make(i) for make in makers])
    return lambda i: [make(i) for make in makers]


def fresh(value: Any) -> Any:
    """The value, its arrays and containers copied; objects of the submission's own stay themselves."""
    kind = type(value)
    if kind is np.ndarray:
        return value.copy()
    if kind is list or kind is tuple:
        return kind([fresh(item) for item in value])
    if kind is dict:
        return {key: fresh(item) for key, item in value.items()}
    return value
