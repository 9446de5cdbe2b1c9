"""What the numbers tell about a mistake that has no name.

Each part of a result (a tensor of `grads`, the one array of `softmax`) is compared with the right one in every draw.
An explanation must fit all draws to a millionth, and have few free numbers beside the many that it explains; what
only looks alike is not told. Where none fits, which parts are wrong and which are right is told, if it is of use.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.assignments import Assignment, Quantities
from grader.diagnosis.cases.case import MISSING, Case
from grader.diagnosis.cases.forms import another_form
from grader.diagnosis.cases.leaves import Leaf, Path, leaves_of, same
from grader.diagnosis.cases.parts import Part, Parts, listed
from grader.diagnosis.cases.phrases import begun, is_or_are
from grader.diagnosis.cases.quantities import quantities_of
from grader.diagnosis.cases.trace import Rerun
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.numbers.draws import Draw, Fit
from grader.diagnosis.numbers.fits import fit_part
from grader.diagnosis.numbers.moved_alike import moved_alike, put_there, told_of_moved_alike
from grader.diagnosis.numbers.other_order import in_another_order, not_in_its_place

OF_ONE_PART = ("another-shape",)  # what is told holds for one, with the sizes that it has

Quantifier = Callable[[int, int], Quantities]


def explain(case: Case, assignment: Assignment, covered: int = 0, *, by_parts: bool = True) -> tuple[Described, ...]:
    """Explanations of the wrong cells that are not covered already; none where nothing can be said for sure.

    Nothing is said of calls that raised: they gave no numbers.

    Args:
        case: what the function gave, in several draws of random numbers.
        by_parts: whether to tell at least which parts are wrong; it says nothing where another function is at fault.
    """
    raised = case.raised
    wrong = case.wrong & ~covered & ~raised
    forms = another_form(case, assignment.contract)
    if forms is not None:
        return forms
    if not wrong:
        return ()
    parts = Parts(case, assignment.contract)
    if exchanged := in_another_order(case, parts):
        return (exchanged,)
    if lacking := _lacking(case, parts, wrong):
        return (lacking,)
    left_alone = _left_alone(case, parts, wrong)
    for part in left_alone:
        wrong &= ~sum(1 << i for i in parts.cells_of(part))
    moved = moved_alike(case, parts, wrong)
    for part in moved:
        wrong &= ~sum(1 << i for i in parts.cells_of(part))
    reruns = [Rerun(trace, case.base) for trace in case.traces]
    known: dict[tuple[int, int], Quantities] = {}

    def quantify(trace: int, call: int) -> Quantities:
        calls = case.traces[trace].calls
        if calls[call].kind == "read":  # of what a call has left in an object
            call = max((i for i in range(call) if calls[i].function == case.function), default=call)
        if (trace, call) not in known:
            arguments = reruns[trace].given(call)
            known[trace, call] = quantities_of(assignment, case.function, arguments, case.base)
        return known[trace, call]

    fits: dict[Fit, tuple[Part, ...]] = {}
    for fit, explained in _fitted(parts, wrong, lambda cell, part: _draw(case, cell, part, quantify)):
        fits[fit] = (*fits.get(fit, ()), *explained)
    described = [
        _told_left_alone(case, parts, explained)
        if [fit.evidence.get("quantity")] == _plain(explained)
        else _described(case, parts, explained, fit)
        for fit, explained in fits.items()
    ]
    if left_alone:
        described.insert(0, _told_left_alone(case, parts, left_alone))
    if moved:
        described.insert(0, told_of_moved_alike(case, moved))
    described += _not_finite(case, parts, wrong)
    if by_parts and not (described or covered or raised) and (division := _which_parts(case, parts)):
        described.append(division)
    return tuple(described)


def _fitted(
    parts: Parts, wrong: int, draw: Callable[[int, Part], Draw | None]
) -> Iterator[tuple[Fit, tuple[Part, ...]]]:
    """Explanations with the parts that they are for: for all layers' weights alike if one fits all, or one by one."""
    alike: dict[tuple[str, Path], dict[Part, list[int]]] = {}
    for i, part in enumerate(parts.of_cell):
        alike.setdefault((part.holder, _kind(part.path)), {}).setdefault(part, []).append(i)
    for group in alike.values():
        bad = {part: cells for part, cells in group.items() if any(wrong >> i & 1 for i in cells)}
        together = [draw(i, part) for part, cells in group.items() for i in cells]
        if len(bad) > 1 and (fit := _fit(together)) and fit.kind not in OF_ONE_PART:
            yield fit, tuple(sorted(bad, key=lambda part: part.name))
            continue
        for part, cells in bad.items():
            if fit := _fit([draw(i, part) for i in cells]):
                yield fit, (part,)


def _fit(draws: Sequence[Draw | None]) -> Fit | None:
    """An explanation of all draws; none when one of them has no finite numbers to reason with."""
    usable = [draw for draw in draws if draw is not None]
    return fit_part(usable) if len(usable) == len(draws) else None


def _draw(case: Case, cell: int, part: Part, quantify: Quantifier) -> Draw | None:
    found, right = case.found[cell], case.right[cell]
    if not isinstance(found, np.ndarray) or not isinstance(right, np.ndarray):
        return None
    if not np.isfinite(found).all() or not np.isfinite(right).all():
        return None
    quantities = quantify(case.cells[cell].trace, case.cells[cell].call)
    key = part.key if isinstance(part.key, str) else ""
    own = quantities.parts.get(part.key, {}) if part.path else {}
    named = {name.replace(key, _letters(key)) if key else name: term for name, term in own.items()}
    terms = {**quantities.terms, **named}
    return Draw(found, right, {**terms, **_sums(terms)} if right.size == 1 else terms, quantities.symbols)


def _sums(terms: Mapping[str, Any]) -> dict[str, Any]:
    """What one number may hold of arrays: their sums, as in a penalty."""
    found: dict[str, Any] = {}
    for name, value in terms.items():
        if isinstance(value, np.ndarray) and value.size > 1 and value.dtype.kind in "iuf":
            found |= {f"Σ{name}²": np.sum(value**2), f"Σ|{name}|": np.sum(np.abs(value)), f"Σ{name}": np.sum(value)}
    return found


def _kind(path: Path) -> Path:
    """What a part is for whichever layer: `W` for `W1` and `W2`."""
    return tuple(_letters(step) if isinstance(step, str) else step for step in path)


def _letters(key: str) -> str:
    return key.rstrip("0123456789") or key


def _described(case: Case, parts: Parts, explained: Sequence[Part], fit: Fit) -> Described:
    subject = listed(explained)
    verb = "are" if len(explained) > 1 else "is"
    title = fit.what.format(subject=subject, verb=verb)
    explanation = fit.how.format(subject=subject, verb=verb)
    return Described(
        code=f"{case.function}.{fit.kind}",
        title=begun(title),
        explanation=explanation + _right_as_is(parts, case),
        hints=fit.hints,
        evidence={**fit.evidence, "parts": [part.name.strip("`") for part in explained], "draws": fit.draws},
    )


def _not_finite(case: Case, parts: Parts, wrong: int) -> list[Described]:
    """Parts that are nan or infinite wherever they are wrong."""
    bad = parts.among(wrong & parts.asked)
    lost = [part for part in bad if all(_is_lost(case, i) for i in parts.cells_of(part) if wrong >> i & 1)]
    if not lost:
        return []
    return [
        Described(
            code=f"{case.function}.not-finite",
            title=begun(f"{listed(lost)} {is_or_are(lost)} nan or infinite"),
            explanation="One nan or infinity makes all that is computed with it nan: look for the first place where "
            f"there is one (a logarithm of 0, a division by 0, `exp` of a large number).{_right_as_is(parts, case)}",
            hints=("Print `np.isfinite(…).all()` of what your lines compute, from top to bottom.",),
            evidence={"parts": _plain(lost)},
        )
    ]


def _is_lost(case: Case, cell: int) -> bool:
    found, right = case.found[cell], case.right[cell]
    if not isinstance(found, np.ndarray) or not isinstance(right, np.ndarray) or not np.isfinite(right).all():
        return False
    return found.size > 0 and not np.isfinite(found).any()


def _lacking(case: Case, parts: Parts, wrong: int) -> Described | None:
    """Parts that are in no result, where nothing else is wrong."""
    if any(wrong >> i & 1 and parts.asked >> i & 1 and case.found[i] is not MISSING for i in range(len(case.cells))):
        return None
    absent = parts.among(wrong & parts.asked)
    if not absent:
        return None
    if len(absent) == 1 and all(_is_put_elsewhere(case, i) for i in parts.cells_of(absent[0]) if wrong >> i & 1):
        return not_in_its_place(case.function, absent[0].name)
    if any(_is_several(case, i) for one in absent for i in parts.cells_of(one) if wrong >> i & 1):
        return Described(
            code=f"{case.function}.several-for-one",
            title=f"Several values stand in the place of {listed(absent)}",
            explanation=f"A comma makes two values of what stands before and behind it.{_right_as_is(parts, case)}",
            hints=("Print the type of what each name has that is returned.",),
            evidence={"right": _plain(parts.right), "parts": _plain(absent)},
        )
    return Described(
        code=f"{case.function}.parts-missing",
        title=f"{begun(listed(absent))} {is_or_are(absent)} missing in what `{case.function}` returns",
        explanation="Every part that the task names must be in the result, under that name."
        f"{_right_as_is(parts, case)}",
        hints=("Which line of yours should give what is missing, and is it run?",),
        evidence={"right": _plain(parts.right), "parts": _plain(absent)},
    )


def _is_put_elsewhere(case: Case, cell: int) -> bool:
    """Whether a call gave several values in the place of one, as it does of what it keeps for others."""
    call, path = case.call(case.cells[cell]), case.cells[cell].path
    value = call.found.value
    if call.kind != "call" or not case.kept or not isinstance(value, tuple) or len(path) != 1:
        return False
    return isinstance(path[0], int) and path[0] < len(value) and isinstance(value[path[0]], tuple | dict | list)


def _is_several(case: Case, cell: int) -> bool:
    """Whether several values stand in the place of one."""
    value, path = case.call(case.cells[cell]).found.value, case.cells[cell].path
    for key in path[:1]:
        if isinstance(value, tuple | list) and isinstance(key, int) and key < len(value):
            return isinstance(value[key], tuple | list)
        if isinstance(value, dict):
            return isinstance(value.get(key), tuple | list)
    return False


def _left_alone(case: Case, parts: Parts, wrong: int) -> list[Part]:
    """Entries that are, in every call in which they are wrong, what the call was given under their name.

    Where some calls were given none, those may have them at 0, with which they begin.
    """
    found = []
    for part in parts.among(wrong & parts.asked):
        cells = [i for i in parts.cells_of(part) if wrong >> i & 1]
        if cells and all(_is_as_put(case, i, parts) for i in cells):
            found.append(part)
            continue
        if not isinstance(part.key, str) or all(case.found[i] is MISSING for i in cells):
            continue
        as_given = [i for i in cells if _is_as_given(case, i, part.key)]
        if as_given and all(i in as_given or _has_begun(case, i, part.key) for i in cells):
            found.append(part)
    return found


def _is_as_given(case: Case, cell: int, key: str) -> bool:
    call, found = case.call(case.cells[cell]), case.found[cell]
    number = case.cells[cell].path[0] if call.kind == "many" and case.cells[cell].path else 0
    if call.kind not in ("call", "many") or not isinstance(number, int) or number >= len(call.arguments):
        return False
    entries = _given_as(key, call.arguments[number])
    if isinstance(found, np.ndarray):
        return any(() in leaves and same(found, leaves[()]) for leaves in entries)
    return found is MISSING and not entries


def _is_as_put(case: Case, cell: int, parts: Parts) -> bool:
    """Whether what should have been changed is what the check put there before the call."""
    found = case.found[cell]
    return isinstance(found, np.ndarray) and any(
        isinstance(before, np.ndarray) and same(found, before) for before in put_there(case, cell, parts)
    )


def _has_begun(case: Case, cell: int, key: str) -> bool:
    """Whether an entry is 0 where the call was given none."""
    call, found = case.call(case.cells[cell]), case.found[cell]
    is_one = call.kind == "call" and not _given_as(key, call.arguments[0])
    return is_one and isinstance(found, np.ndarray) and not found.any()


def _given_as(key: str, arguments: Sequence[Any]) -> list[dict[Path, Leaf]]:
    return [leaves_of(one[key]) for one in arguments if isinstance(one, dict) and key in one]


def _told_left_alone(case: Case, parts: Parts, left: Sequence[Part]) -> Described:
    return Described(
        code=f"{case.function}.left-as-it-was",
        title=f"{begun(listed(left))} {is_or_are(left)} left as {'they were' if len(left) > 1 else 'it was'}",
        explanation=f"`{case.function}` found {'them' if len(left) > 1 else 'it'} with these very numbers. Either "
        f"what it computes is not put back under that name, or what it adds there is 0.{_right_as_is(parts, case)}",
        hints=("Which line of yours puts the new value there, is it run, and with which numbers?",),
        evidence={"parts": _plain(left)},
    )


def _which_parts(case: Case, parts: Parts) -> Described | None:
    """Which parts are right, when no more is known and the line between right and wrong is worth telling."""
    bad, good = parts.wrong, parts.right
    if not good or not bad:
        return None
    title = f"{listed(bad)} {is_or_are(bad)} wrong, {listed(good)} {is_or_are(good)} right"
    return Described(
        code=f"{case.function}.wrong-in-some-parts",
        title=begun(title),
        explanation=f"So it was in every call of `{case.function}` that a failed check made. Look first at what the "
        "wrong depends on and the right does not.",
        hints=("Which line of yours computes what is wrong, and not what is right?",),
        evidence={"right": _plain(good), "wrong": _plain(bad)},
    )


def _right_as_is(parts: Parts, case: Case) -> str:
    """Which parts are right; of what was handed in, and is there as it was, nothing is known."""
    right = [part for part in parts.right if not any(_is_handed_on(case, i, part) for i in parts.cells_of(part))]
    return f" Right as {'they are' if len(right) > 1 else 'it is'}: {listed(right)}." if right else ""


def _is_handed_on(case: Case, cell: int, part: Part) -> bool:
    return isinstance(part.key, str) and case.found[cell] is not MISSING and _is_as_given(case, cell, part.key)


def _plain(parts: Sequence[Part]) -> list[str]:
    return [part.name.strip("`") for part in parts]
