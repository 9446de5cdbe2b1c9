"""What the numbers tell about a mistake that has no name.

Each part of a result (a tensor of `grads`, the one array of `softmax`) is compared with the right one in every draw.
An explanation must fit all draws to a millionth, and have few free numbers beside the many that it explains; what
only looks alike is not told.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from grader.assignments import Assignment, Quantities
from grader.diagnosis.case import MISSING, Case
from grader.diagnosis.draws import Draw, Fit
from grader.diagnosis.fits import fit_part
from grader.diagnosis.leaves import RAISED, Path, path_words
from grader.diagnosis.quantities import quantities_of
from grader.diagnosis.trace import Rerun
from grader.diagnosis.verdict import Confidence, Described

Quantifier = Callable[[int, int], Quantities]


def explain(case: Case, assignment: Assignment, covered: int = 0, *, by_parts: bool = True) -> tuple[Described, ...]:
    """Explanations of the wrong cells that are not covered already; none where nothing certain can be said.

    Args:
        by_parts: whether to tell at least which parts are wrong; it says nothing where another function is at fault.
    """
    wrong = case.wrong & ~covered
    if not wrong:
        return ()
    reruns = [Rerun(trace, case.base) for trace in case.traces]
    known: dict[tuple[int, int], Quantities] = {}

    def quantify(trace: int, call: int) -> Quantities:
        if (trace, call) not in known:
            arguments = reruns[trace].arguments(call)[0]
            known[trace, call] = quantities_of(assignment, case.function, arguments, case.base)
        return known[trace, call]

    fits: dict[Fit, tuple[Path, ...]] = {}
    for fit, parts in _fitted(case, wrong, lambda cell: _draw(case, cell, quantify)):
        fits[fit] = (*fits.get(fit, ()), *parts)
    described = [_described(case, parts, fit, known) for fit, parts in fits.items()]
    if by_parts and not described and (division := _which_parts(case, wrong)):
        described.append(division)
    return tuple(described)


def _fitted(case: Case, wrong: int, draw: Callable[[int], Draw | None]) -> Iterator[tuple[Fit, tuple[Path, ...]]]:
    """Explanations with the parts that they are for: for all layers' weights alike if one fits all, or one by one."""
    alike: dict[Path, dict[Path, list[int]]] = {}
    for i in range(len(case.cells)):
        part = _part(case, i)
        alike.setdefault(_kind(part), {}).setdefault(part, []).append(i)
    for parts in alike.values():
        bad = {part: cells for part, cells in parts.items() if any(wrong >> i & 1 for i in cells)}
        together = [draw(i) for cells in parts.values() for i in cells]
        if bad and (fit := _fit(together)):
            yield fit, tuple(sorted(bad, key=str))
            continue
        for part, cells in bad.items():
            if fit := _fit([draw(i) for i in cells]):
                yield fit, (part,)


def _fit(draws: Sequence[Draw | None]) -> Fit | None:
    """An explanation of all draws; none when one of them has no finite numbers to reason with."""
    usable = [draw for draw in draws if draw is not None]
    return fit_part(usable) if len(usable) == len(draws) else None


def _draw(case: Case, cell: int, quantify: Quantifier) -> Draw | None:
    found, right = case.found[cell], case.right[cell]
    if not isinstance(found, np.ndarray) or not isinstance(right, np.ndarray):
        return None
    if not np.isfinite(found).all() or not np.isfinite(right).all():
        return None
    quantities = quantify(case.cells[cell].trace, case.cells[cell].call)
    part = _part(case, cell)
    key = str(part[-1]) if part else ""
    own = quantities.parts.get(part[-1], {}) if part else {}
    named = {name.replace(key, _letters(key)) if key else name: term for name, term in own.items()}
    return Draw(found, right, {**quantities.terms, **named}, quantities.symbols)


def _part(case: Case, cell: int) -> Path:
    """Which part of a result a cell is; the place in a list of calls is none."""
    path = case.cells[cell].path
    return path[1:] if case.call(case.cells[cell]).kind == "many" else path


def _kind(part: Path) -> Path:
    """What a part is for whichever layer: `W` for `W1` and `W2`."""
    return tuple(_letters(step) if isinstance(step, str) else step for step in part)


def _letters(key: str) -> str:
    return key.rstrip("0123456789") or key


def _described(case: Case, paths: Sequence[Path], fit: Fit, known: Mapping[tuple[int, int], Quantities]) -> Described:
    name = next((quantities.result for quantities in known.values() if quantities.result), "")
    whole = name or f"the result of `{case.function}`"
    parts = [f"`{path_words(path, name or case.function)}`" for path in paths if path]
    subject = _listed(parts) if parts else whole if not name else f"`{name}`"
    verb = "are" if len(parts) > 1 else "is"
    title = fit.what.format(subject=subject, verb=verb)
    every = dict.fromkeys(_part(case, i) for i in range(len(case.cells)))
    bad = {_part(case, i) for i in range(len(case.cells)) if case.wrong >> i & 1}
    right = sorted((part for part in every if part not in bad), key=str)
    explanation = fit.how.format(subject=subject, verb=verb)
    if right and name:
        explanation += f" Right as they are: {_listed([f'`{path_words(path, name)}`' for path in right])}."
    confidence: Confidence = "certain" if fit.is_certain else "likely"
    return Described(
        code=f"{case.function}.{fit.kind}",
        title=title[:1].upper() + title[1:],
        explanation=explanation,
        hints=fit.hints,
        confidence=confidence,
        evidence={**fit.evidence, "parts": [path_words(path) for path in paths if path], "draws": fit.draws},
    )


def _which_parts(case: Case, wrong: int) -> Described | None:
    """Which parts are right, when no more is known and the line between right and wrong is worth telling."""
    asked = [i for i, leaf in enumerate(case.right) if leaf is not MISSING]
    bad = dict.fromkeys(case.cells[i].path for i in asked if wrong >> i & 1)
    good = [path for path in dict.fromkeys(case.cells[i].path for i in asked) if path not in bad]
    if RAISED in bad or not good or not bad or () in bad:
        return None
    absent = all(case.found[i] is MISSING for i in asked if wrong >> i & 1)
    words = [[f"`{path_words(path).strip('[]')}`" for path in group] for group in (good, bad)]
    title = (
        f"`{case.function}` is right in {_listed(words[0])} and {'lacks' if absent else 'wrong in'} {_listed(words[1])}"
    )
    return Described(
        code=f"{case.function}.{'parts-missing' if absent else 'wrong-in-some-parts'}",
        title=title,
        explanation="Every part that the task names must be in the result, under that name."
        if absent
        else "The fault is in what only the wrong ones depend on. No known mistake gives these numbers, and they "
        "differ from the right ones by no simple factor or term.",
        hints=("Which line of yours should give the missing ones, and is it run?",)
        if absent
        else ("Which line of yours computes the wrong ones, and not the right ones?",),
        confidence="certain" if absent else "likely",
        evidence={"right": [path_words(p) for p in good], "wrong": [path_words(p) for p in bad]},
    )


def _listed(words: Sequence[str]) -> str:
    """`a`, `b` and `c`; long lists are cut."""
    shown = list(words[:6])
    if len(words) > len(shown):
        return f"{', '.join(shown)} and {len(words) - len(shown)} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
