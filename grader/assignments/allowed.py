"""What the value of a convention may be, with the words that say so to whoever writes a table."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

from grader.assignments.specialise import Step


@dataclass(frozen=True)
class Allowed:
    """The values that a convention may have.

    Attributes:
        said: what it may be, to be put behind "is to be".
        holds: whether a value is one.
        values: all of them, where they can be listed.
    """

    said: str
    holds: Callable[[Any], bool]
    values: tuple[Any, ...] = ()


def one_of(*values: Any) -> Allowed:
    """One of several values; True is not 1."""
    return Allowed(
        " or ".join(map(repr, values)),
        lambda value: any(type(value) is type(known) and value == known for known in values),
        values,
    )


def number(*, above: float = -inf, at_least: float = -inf, below: float = inf, at_most: float = inf) -> Allowed:
    """A finite number within bounds."""
    bounds = [
        f"{said} {bound:g}"
        for said, bound in (("above", above), ("at least", at_least), ("below", below), ("at most", at_most))
        if isfinite(bound)
    ]

    def holds(value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            return False
        return above < value < below and at_least <= value <= at_most

    return Allowed(" ".join(["a number", " and ".join(bounds)]).strip(), holds)


def or_none(allowed: Allowed) -> Allowed:
    """The same, or None."""
    return Allowed(f"{allowed.said}, or None", lambda value: value is None or allowed.holds(value))


def text_with_place(example: str) -> Allowed:
    """A text in which one `{}` is to be filled."""
    return Allowed(
        f"a text with one {{}} in it, as {example!r}",
        lambda value: isinstance(value, str) and value.count("{}") == 1 and value.count("{") == value.count("}") == 1,
    )


def beginning(example: str) -> Allowed:
    """How keys begin."""
    return Allowed(
        f"how the keys begin, as {example!r}", lambda value: isinstance(value, str) and bool(value) and "{" not in value
    )


STEP = Allowed(
    "the name of a function, as step('relu')", lambda value: isinstance(value, Step) and str(value).isidentifier()
)
POSITIVE = number(above=0)
SHARE = number(at_least=0, below=1)
PROBABILITY = number(above=0, at_most=1)


def allowed_by_default(default: Any) -> Allowed | None:
    """What a default tells of the other values: a bool, the name of a step, a positive number; of others nothing."""
    if isinstance(default, bool):
        return one_of(True, False)
    if isinstance(default, Step):
        return STEP
    return POSITIVE if isinstance(default, int | float) else None
