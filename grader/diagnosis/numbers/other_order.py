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
from grader.diagnosis.cases.verdict import Described

ANOTHER_ORDER = "returned-in-another-order"

Entries = Mapping[Path, tuple[Value, Value]]  # what was found and what is right, below one position


@dataclass(frozen=True)
class _Output:
    """One of several values that a call gives."""

    position: int
    name: str


def in_another_order(case: Case, parts: Parts, wrong: int) -> Described | None:
    """That two of the values that a function returns stand in each other's places, in every call."""
    calls: dict[tuple[int, int, int], dict[_Output, dict[Path, tuple[Value, Value]]]] = {}
    for i, cell in enumerate(case.cells):
        part = parts.of_cell[i]
        call = case.call(cell)
        if call.kind not in ("call", "many") or not part.path or not isinstance(part.path[0], int):
            continue
        if not (case.count(cell) or 0) > 1 or case.raised >> i & 1:
            continue
        number = cell.path[0] if call.kind == "many" and isinstance(cell.path[0], int) else 0
        output = _Output(part.path[0], part.name.strip("`").partition("[")[0])
        entries = calls.setdefault((cell.trace, cell.call, number), {}).setdefault(output, {})
        entries[part.path[1:]] = case.found[i], case.right[i]
    outputs = sorted({one for call in calls.values() for one in call}, key=lambda one: one.position)
    for a, b in itertools.combinations(outputs, 2):
        pairs = [(call[a], call[b]) for call in calls.values() if a in call and b in call]
        if pairs and (all(map(_is_shaped_as_other, pairs)) or all(map(_is_other, pairs))):
            return _told(case.function, a, b)
    return None


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
    places: Sequence[str] = [f"`{one.name}`" for one in (a, b)]
    return Described(
        code=f"{function}.{ANOTHER_ORDER}",
        title=f"{' and '.join(places)} are returned in the wrong order: each stands in the place of the other",
        explanation=f"Whoever calls `{function}` goes by the order, whatever the names inside it are. What else may be "
        "wrong with them shows when each is in its place.",
        hints=("In which order does the task name what is returned?", "Read your `return` beside the docstring."),
        evidence={"parts": [a.name, b.name]},
    )
