"""What the numbers tell about a mistake that has no name.

Each part of a result (a tensor of `grads`, the one array of `softmax`) is compared with the right one in every draw.
An explanation must fit all draws to a millionth, and have few free numbers beside the many that it explains; what
only looks alike is not told.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from grader.assignments import Assignment, Quantities
from grader.diagnosis.case import Case
from grader.diagnosis.fits import Draw, Fit, fit_part
from grader.diagnosis.leaves import RAISED, Path, path_words
from grader.diagnosis.quantities import quantities_of
from grader.diagnosis.trace import Rerun
from grader.diagnosis.verdict import Confidence, Described

Quantifier = Callable[[int, int], Quantities]


def explain(case: Case, assignment: Assignment, covered: int = 0) -> tuple[Described, ...]:
    """Explanations of the wrong cells that are not covered already; none where nothing certain can be said."""
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

    fits: dict[Path, Fit] = {}
    for path in case.paths(wrong):
        draws = _draws(case, path, quantify)
        if draws and (fit := fit_part(draws)) is not None:
            fits[path] = fit
    described = [_described(case, paths, fit, known) for fit, paths in _merged(fits)]
    if not described and (parts := _which_parts(case, wrong)):
        described.append(parts)
    return tuple(described)


def _draws(case: Case, path: Path, quantify: Quantifier) -> list[Draw]:
    """Every draw of one part, right ones included: an explanation must hold there as well.

    None at all when one of them has no finite numbers to reason with.
    """
    draws = []
    for i, cell in enumerate(case.cells):
        if cell.path != path:
            continue
        found, right = case.found[i], case.right[i]
        if not isinstance(found, np.ndarray) or not isinstance(right, np.ndarray):
            return []
        if not np.isfinite(found).all() or not np.isfinite(right).all():
            return []
        quantities = quantify(cell.trace, cell.call)
        own = quantities.parts.get(path[-1], {}) if path else {}
        draws.append(Draw(found, right, {**quantities.terms, **own}, quantities.symbols))
    return draws


def _merged(fits: Mapping[Path, Fit]) -> list[tuple[Fit, tuple[Path, ...]]]:
    """Parts that are wrong in the same way, told together: `dW1`, `dW2` and `dW3` are all n times too large."""
    groups: dict[Fit, list[Path]] = {}
    for path, fit in fits.items():
        groups.setdefault(_general(fit, path), []).append(path)
    return [(fits[paths[0]] if len(paths) == 1 else fit, tuple(paths)) for fit, paths in groups.items()]


def _general(fit: Fit, path: Path) -> Fit:
    """The fit in words that do not depend on the part: `W` for the weights of whichever layer."""
    key = str(path[-1]) if path else ""
    letters = key.rstrip("0123456789")
    if not letters or letters == key:
        return fit
    return dataclasses.replace(fit, what=fit.what.replace(key, letters), how=fit.how.replace(key, letters))


def _described(case: Case, paths: Sequence[Path], fit: Fit, known: Mapping[tuple[int, int], Quantities]) -> Described:
    name = next((quantities.result for quantities in known.values() if quantities.result), "")
    whole = name or f"the result of `{case.function}`"
    parts = [f"`{path_words(path, name or case.function)}`" for path in paths if path]
    subject = _listed(parts) if parts else whole if not name else f"`{name}`"
    verb = "are" if len(parts) > 1 else "is"
    title = fit.what.format(subject=subject, verb=verb)
    right = [path for path in dict.fromkeys(cell.path for cell in case.cells) if path not in case.paths(case.wrong)]
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
    bad = case.paths(wrong)
    good = [path for path in case.paths((1 << len(case.cells)) - 1) if path not in bad]
    if RAISED in bad or not good or () in bad:
        return None
    words = [[f"`{path_words(path).strip('[]')}`" for path in group] for group in (good, bad)]
    return Described(
        code=f"{case.function}.wrong-in-some-parts",
        title=f"`{case.function}` is right in {_listed(words[0])} and wrong in {_listed(words[1])}",
        explanation="The fault is in what only the wrong ones depend on. No known mistake gives these numbers, and "
        "they "
        "differ from the right ones by no simple factor or term.",
        hints=("Which line of yours computes the wrong ones, and not the right ones?",),
        confidence="likely",
        evidence={"right": [path_words(p) for p in good], "wrong": [path_words(p) for p in bad]},
    )


def _listed(words: Sequence[str]) -> str:
    """`a`, `b` and `c`; long lists are cut."""
    shown = list(words[:6])
    if len(words) > len(shown):
        return f"{', '.join(shown)} and {len(words) - len(shown)} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
