"""What stays in the cell of a result, and what of it is given on."""

from __future__ import annotations

from typing import Any

from . import chains


class Kept:
    """Marks a value that must stay in the cell although it is plain data."""

    def __init__(self, value: Any) -> None:
        self.value = value


def marked(result: Any, keep: list[int]) -> Any:
    """A result with marks around the parts whose positions are kept; -1 is all of it."""
    if -1 in keep:
        return Kept(result)
    if keep and issubclass(type(result), (tuple, list)):
        return tuple([Kept(item) if i in keep else item for i, item in enumerate(result)])
    return result


def with_only(item: int, result: Any, keep: list[int]) -> Any:
    """A result with None in the place of all but one item."""
    if issubclass(type(result), (tuple, list)):
        return tuple([one if i == item else None for i, one in enumerate(marked(result, keep))])
    return marked(result, keep)


def given(results: list[Any], item: int | None, i: int) -> Any:
    """What a later step is given of a result: a copy, since the result itself is still to be sent, or what is kept."""
    result = results[i]
    if item is not None and type(result) is tuple and item < len(result):
        result = result[item]
    if type(result) is tuple:
        return tuple([one.value if type(one) is Kept else chains.fresh(one) for one in result])
    return result.value if type(result) is Kept else chains.fresh(result)


def without(result: Any, keep: list[int]) -> Any:
    """A result with None in the place of what would stay in the cell."""
    if -1 in keep:
        return None
    if keep and issubclass(type(result), (tuple, list)):
        return tuple([None if i in keep else item for i, item in enumerate(result)])
    return result
