"""Terms of numbers, from which operations put together how a number is worked out by hand; see `ByHand`."""

from collections.abc import Iterable
from typing import Any


def number(value: Any) -> str:
    """A number inside a term: whole if it is, in brackets if it is negative."""
    text = f"{float(value):.12g}"
    return f"({text})" if text.startswith("-") else text


def products(left: Iterable[Any], right: Iterable[Any]) -> str:
    """`1 * 3 + 2 * (-1)`."""
    return " + ".join(f"{number(a)} * {number(b)}" for a, b in zip(left, right, strict=True))
