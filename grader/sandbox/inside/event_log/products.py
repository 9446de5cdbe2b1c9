"""Products whose axes are named (`einsum`, `tensordot`, `inner`) as the product of two arrays, rows by columns."""

from __future__ import annotations

from typing import Any

import numpy as np

NAMED = frozenset(["einsum", "tensordot", "inner"])


def sides_of(op: str, args: tuple[Any, ...], named: dict[str, Any]) -> list[tuple[np.ndarray, bool]]:
    """The two arrays whose product a call gives, in this order, and whether each is transposed first.

    Empty where it is no product of two arrays of at most two axes along one of each.
    """
    axes = _axes_of(op, args, named)
    if axes is None:
        return []
    one, other, result = axes
    arrays = args[-2:] if op == "einsum" else args[:2]
    if not all(isinstance(array, np.ndarray) for array in arrays):
        return []
    shared = set(one) & set(other)
    free = {*one, *other} - shared
    is_plain = len(set(one)) == len(one) == arrays[0].ndim and len(set(other)) == len(other) == arrays[1].ndim
    if not is_plain or len(shared) != 1 or set(result) != free or not 1 <= len(result) == len(free) <= 2:
        return []
    sides = [(one, arrays[0]), (other, arrays[1])]
    if len(result) == 2:
        if not (len(one) == len(other) == 2):
            return []
        if result[0] in other:
            sides.reverse()
        return [(sides[0][1], sides[0][0][0] != result[0]), (sides[1][1], sides[1][0][1] != result[1])]
    if sorted((len(one), len(other))) != [1, 2]:
        return []
    matrix, vector = sorted(sides, key=lambda side: -len(side[0]))
    both = [matrix, vector] if matrix[0][0] == result[0] else [vector, matrix]
    return [(array, False) for _, array in both]


def _axes_of(op: str, args: tuple[Any, ...], named: dict[str, Any]) -> tuple[str, str, str] | None:
    """The axes of the two arrays and of the result, a letter for each."""
    if op == "einsum":
        if len(args) != 3 or not isinstance(args[0], str) or "." in args[0]:
            return None
        ins, arrow, result = args[0].replace(" ", "").partition("->")
        one, comma, other = ins.partition(",")
        if not arrow:
            result = "".join(sorted(axis for axis in {*one, *other} if (one + other).count(axis) == 1))
        return (one, other, result) if comma and "," not in other else None
    if len(args) < 2 or not all(isinstance(array, np.ndarray) and 1 <= array.ndim <= 2 for array in args[:2]):
        return None
    one, other = "ab"[: args[0].ndim], "cd"[: args[1].ndim]
    if op == "inner":
        return _along(one, other, len(one) - 1, len(other) - 1)
    axes = args[2] if len(args) == 3 else named.get("axes")
    if axes == 1:
        return _along(one, other, len(one) - 1, 0)
    try:
        first, second = (int(np.asarray(axis).item()) for axis in axes)  # type: ignore[union-attr]
        return _along(one, other, first, second)
    except (TypeError, ValueError, IndexError):
        return None


def _along(one: str, other: str, first: int, second: int) -> tuple[str, str, str]:
    other = other.replace(other[second], one[first])
    return one, other, "".join(axis for axis in one + other if axis != one[first])
