"""Steps that move all numbers of a tensor by one and the same number, where each should be moved by its own.

What was there before is what the call was given under that key, or what the check had put into the attribute.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.leaves import Array, leaves_of
from grader.diagnosis.cases.parts import Part, Parts, listed
from grader.diagnosis.cases.verdict import Described

ENOUGH = 6  # numbers that are moved alike by no accident
ALIKE = 1e-7  # of the move, by which those of the places may differ


def moved_alike(case: Case, parts: Parts, wrong: int) -> list[Part]:
    """The parts of which every wrong one is what was there before plus one number, and should be otherwise."""
    found = []
    for part in parts.among(wrong & parts.asked):
        cells = [i for i in parts.cells_of(part) if wrong >> i & 1]
        if cells and all(any(_is_moved_alike(case, i, before) for before in _before(case, i, parts)) for i in cells):
            found.append(part)
    return found


def told_of_moved_alike(case: Case, moved: Sequence[Part]) -> Described:
    subject = f"each of {listed(moved)}" if len(moved) > 1 else listed(moved)
    return Described(
        code=f"{case.function}.moved-by-one-number",
        title=f"{subject[:1].upper()}{subject[1:]} is moved by one number, the same in every place",
        explanation="Every place has a gradient of its own: for a weight what came in through it, times the error of "
        "its unit. `np.dot` of two vectors is one number, and so is a sum without `axis`; `np.outer` of a layer's "
        "input and its error has a number for each pair.",
        hints=("Print the shape of the gradient of each tensor. Is it that of the tensor?",),
        evidence={"parts": [part.name.strip("`") for part in moved]},
    )


def _is_moved_alike(case: Case, cell: int, before: object) -> bool:
    found, right = case.found[cell], case.right[cell]
    if not all(isinstance(one, np.ndarray) for one in (found, right, before)):
        return False
    return _is_one_number(found, before) and not _is_one_number(right, before)  # type: ignore[arg-type]


def _is_one_number(after: Array, before: Array) -> bool:
    if after.shape != before.shape or after.size < ENOUGH or not np.isfinite(after).all():
        return False
    change = np.asarray(after, dtype=float) - before
    size = float(np.abs(change).max())
    return size > 0 and float(np.ptp(change)) <= ALIKE * size + 1e-12


def _before(case: Case, cell: int, parts: Parts) -> Iterator[object]:
    """What may have been in the place of a part before the call."""
    call, part = case.call(case.cells[cell]), parts.of_cell[cell]
    if call.kind == "call" and isinstance(part.key, str):
        for argument in call.arguments[0]:
            if isinstance(argument, dict) and part.key in argument:
                yield argument[part.key]
    yield from put_there(case, cell, parts)


def put_there(case: Case, cell: int, parts: Parts) -> Iterator[object]:
    """What the check had put into an attribute, or an argument, before the function was called that changes it."""
    yield parts.before(case.cells[cell])
    place = case.cells[cell]
    call = case.call(place)
    if call.kind == "read" and call.instance is not None:
        for earlier in case.traces[place.trace].calls[: place.call]:
            if (earlier.kind, earlier.function, earlier.instance) == ("write", call.function, call.instance):
                yield leaves_of(earlier.arguments[0][-1]).get(place.path)
