"""Results that come in another order than the one asked for: seen by their shapes, or by their numbers.

Both may be wrong in themselves as well. That they have changed places is told first: what else is said of them would be
about the one in whose place they stand.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.diagnosis.cases.case import Case, Value
from grader.diagnosis.cases.leaves import Path, is_distinctive, same
from grader.diagnosis.cases.parts import Parts
from grader.diagnosis.cases.phrases import enumerated
from grader.diagnosis.cases.verdict import Described

ANOTHER_ORDER = "returned-in-another-order"

LEAST_MOVED = 2  # of values in places of others: that is no chance
_ORDER = (
    "Whoever calls `{function}` goes by the places, whatever the names inside it are. What else may be wrong with them "
    "shows when each is in its place."
)
_HINTS = ("In which order does the task name what is returned?", "Read your `return` beside the docstring.")

Entries = Mapping[Path, tuple[Value, Value]]  # what was found and what is right, below one position


@dataclass(frozen=True)
class _Output:
    """One of several values that a call gives."""

    key: int | str  # its position, or its key in the one dict that is returned
    name: str


def in_another_order(case: Case, parts: Parts, *, by_shapes: bool = True) -> Described | None:
    """That values that a function returns stand in each other's places, in every call: two, or several in a round.

    With `by_shapes` also where they are wrong in themselves, and those of a tuple have each other's shapes.
    """
    calls: dict[tuple[int, int, int], dict[_Output, dict[Path, tuple[Value, Value]]]] = {}
    for i, cell in enumerate(case.cells):
        part = parts.of_cell[i]
        call = case.call(cell)
        if call.kind not in ("call", "many") or not part.path or case.raised >> i & 1:
            continue
        key, is_tuple = part.path[0], (case.count(cell) or 0) > 1
        if not isinstance(key, int if is_tuple else str):
            continue
        number = cell.path[0] if call.kind == "many" and isinstance(cell.path[0], int) else 0
        name = part.name.strip("`")
        output = _Output(key, name.partition("[")[0] if is_tuple else name)
        entries = calls.setdefault((cell.trace, cell.call, number), {}).setdefault(output, {})
        entries[part.path[1:]] = case.found[i], case.right[i]
    outputs = sorted({one for call in calls.values() for one in call}, key=lambda one: str(one.key))
    for a, b in itertools.combinations(outputs, 2):
        pairs = [(call[a], call[b]) for call in calls.values() if a in call and b in call]
        is_shaped = by_shapes and isinstance(a.key, int) and all(map(_is_shaped_as_other, pairs))
        if pairs and (is_shaped or all(map(_is_other, pairs))):
            return _told(case.function, a, b)
    return _several(case.function, outputs, [*calls.values()])


def not_in_its_place(function: str, part: str) -> Described:
    """That a value does not stand where it is asked for, and numbers stand where other things are."""
    return Described(
        code=f"{function}.{ANOTHER_ORDER}",
        title=f"{part} does not stand in its place among what `{function}` returns",
        explanation=_ORDER.format(function=function),
        hints=_HINTS,
        evidence={"parts": [part.strip("`")]},
    )


def _several(function: str, outputs: Sequence[_Output], calls: Sequence[Mapping[_Output, Entries]]) -> Described | None:
    """That some of the values stand in places of others that are none of their own, whatever the rest is."""
    held: dict[_Output, _Output] = {}
    for place, other in itertools.permutations(outputs, 2):
        pairs = [(call[place], call[other]) for call in calls if place in call and other in call]
        if place not in held and pairs and all(_holds(*pair) for pair in pairs):
            held[place] = other
    away = [other for other in held.values() if all(_is_wrong(call[other]) for call in calls if other in call)]
    if len(held) < LEAST_MOVED or len({*held.values()}) < len(held) or len(away) < len(held):
        return None
    told = enumerated([f"`{other.name}` in the place of `{place.name}`" for place, other in held.items()])
    return Described(
        code=f"{function}.{ANOTHER_ORDER}",
        title=f"What is returned is in the wrong order: {told}",
        explanation=_ORDER.format(function=function),
        hints=_HINTS,
        evidence={"parts": [one.name for one in outputs]},
    )


def _is_wrong(entries: Entries) -> bool:
    """Whether something of a value is not as it should be."""
    return any(
        not (isinstance(found, np.ndarray) and isinstance(right, np.ndarray) and same(found, right))
        for found, right in entries.values()
    )


def _is_shaped_as_other(pair: tuple[Entries, Entries]) -> bool:
    """Whether each has the shapes of the other one, and not its own."""
    a, b = pair
    return _takes_shapes(a, b) and _takes_shapes(b, a)


def _takes_shapes(one: Entries, other: Entries) -> bool:
    shapes = [(_shape(one[path][0]), _shape(one[path][1]), _shape(other[path][1])) for path in one if path in other]
    fits = len(shapes) == len(one) and all(found is not None and found == wanted for found, _, wanted in shapes)
    return fits and any(found != own for found, own, _ in shapes)


def _is_other(pair: tuple[Entries, Entries]) -> bool:
    """Whether each has numbers of the other one, and not its own."""
    a, b = pair
    return _holds(a, b) and _holds(b, a)


def _holds(one: Entries, other: Entries) -> bool:
    """Whether numbers that are wrong in one are those that the other one should have, in the same place."""
    for path in one:
        found, right = one[path]
        wanted = other[path][1] if path in other else None
        if not (isinstance(found, np.ndarray) and isinstance(right, np.ndarray) and isinstance(wanted, np.ndarray)):
            continue
        if is_distinctive(found) and same(found, wanted) and not same(found, right):
            return True
    return False


def _shape(value: Value) -> tuple[int, ...] | None:
    return value.shape if isinstance(value, np.ndarray) else None


def _told(function: str, a: _Output, b: _Output) -> Described:
    places = " and ".join(f"`{one.name}`" for one in (a, b))
    what = "are returned in the wrong order" if isinstance(a.key, int) else "have changed places in what is returned"
    return Described(
        code=f"{function}.{ANOTHER_ORDER}",
        title=f"{places} {what}: each stands in the place of the other",
        explanation=_ORDER.format(function=function),
        hints=_HINTS,
        evidence={"parts": [a.name, b.name]},
    )
