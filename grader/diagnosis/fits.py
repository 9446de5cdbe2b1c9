"""How one part of a result differs from the right one: tried from the plainest explanation to the most contrived.

Every explanation must hold in all draws. Factors and terms are fitted by least squares in each draw by itself, so
that a coefficient that depends on the batch size or on λ shows as such.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.diagnosis.leaves import same
from grader.diagnosis.symbols import Reading, read_factors

Array = NDArray[np.float64]

FIT = 1e-6  # relative residual of an explanation that holds
NEGLIGIBLE = 1e-9
EQUATIONS_PER_UNKNOWN = 3
EQUAL_NUMBERS = 6
RIGHT = "the right value"


@dataclass(frozen=True)
class Draw:
    """One part of a result in one call: as found, as it is right, and the quantities in play there."""

    found: Array
    right: Array
    terms: Mapping[str, Any]
    symbols: Mapping[str, float]

    @property
    def is_right(self) -> bool:
        return same(self.found, self.right)


@dataclass(frozen=True)
class Fit:
    """An explanation of one part; `{subject}` and `{verb}` in its words stand for the part."""

    kind: str
    what: str
    how: str
    hints: tuple[str, ...]
    is_certain: bool = True
    evidence: Mapping[str, Any] = field(default_factory=dict, compare=False)
    draws: int = field(default=1, compare=False)


def fit_part(draws: Sequence[Draw]) -> Fit | None:
    """The first explanation that holds in every draw; None when there is none."""
    if all(draw.is_right for draw in draws):
        return None
    if any(draw.found.shape != draw.right.shape for draw in draws):
        same_size = [_squeezed(draw) for draw in draws]
        if any(draw.found.shape != draw.right.shape for draw in same_size):
            return _wrong_shape(draws)
        draws = same_size
    for attempt in (_factor, _rounded, _rearranged, _extra_term, _another_quantity, _two_terms, _some_places):
        fit = attempt(draws)
        if fit is not None:
            return fit
    return None


def _squeezed(draw: Draw) -> Draw:
    """The draw without dimensions of length one in what was found, if that is all that differs."""
    squeezed = [n for n in draw.found.shape if n != 1] == [n for n in draw.right.shape if n != 1]
    found = draw.found.reshape(draw.right.shape) if squeezed else draw.found
    return Draw(found, draw.right, draw.terms, draw.symbols)


def _wrong_shape(draws: Sequence[Draw]) -> Fit | None:
    wrong = [draw for draw in draws if draw.found.shape != draw.right.shape]
    for holds, kind, what, how in _SHAPES:
        if all(holds(draw.found, draw.right) for draw in wrong):
            return Fit(kind, what, how, ("Write the shape of every factor beside your line, and that of the result.",))
    return None


def _over_samples(found: Array, right: Array) -> bool:
    return found.ndim == right.ndim + 1 and same(found.sum(axis=0), right)


_SHAPES: tuple[tuple[Callable[[Array, Array], bool], str, str, str], ...] = (
    (
        lambda found, right: found.ndim == 2 and same(found.T, right),
        "transposed",
        "{subject} {verb} transposed",
        "The numbers are right, with rows and columns exchanged: in a product the factors stand in the other order, "
        "$(AB)^T = B^T A^T$, or a `.T` is too much or missing.",
    ),
    (
        _over_samples,
        "not-summed",
        "{subject} {verb} not summed over the samples",
        "Every sample has its own row here; the gradient of a parameter that all samples share is the sum of their "
        "contributions, `sum(axis=0)`.",
    ),
    (
        lambda found, right: right.size > 1 and found.size == 1 and same(found.reshape(()), np.asarray(right.sum())),
        "summed-to-one-number",
        "{subject} {verb} summed to one number",
        "A sum without `axis` runs over everything. `sum(axis=0)` keeps one number per column.",
    ),
    (
        lambda found, right: found.size == right.size and same(found.reshape(right.shape), right),
        "reshaped",
        "{subject} {verb} right in its numbers and wrong in its shape",
        "The numbers are right and in the right order, in another shape.",
    ),
)


def _factor(draws: Sequence[Draw]) -> Fit | None:
    """found = c · right."""
    coefficients = _solved(draws, lambda draw: [draw.right])
    if coefficients is None:
        return None
    reading = _read([c[0] for c in coefficients], draws)
    if reading is None or reading.text == "1":
        return None
    if reading.text == "−1":
        what, how = "{subject} {verb} right but for the sign", "Every number is the right one times −1."
    elif reading.text.startswith("1/"):
        divisor = reading.text[2:]
        what = f"{{subject}} {{verb}} too small by the factor {divisor}"
        how = f"Every number is the right one divided by {divisor}: something is divided by {divisor} once too often."
    else:
        what = f"{{subject}} {{verb}} {reading.text} times the right value"
        how = f"The ratio to the right value is the same in every place: {reading.text}."
    return _fit("constant-factor", what, how, reading, draws, {"factor": reading.text})


def _extra_term(draws: Sequence[Draw]) -> Fit | None:
    """found = right + c · term."""
    found: list[tuple[Fit, bool]] = []
    for name in _common_terms(draws):
        coefficients = _solved(draws, _columns(name), target=lambda draw: draw.found - draw.right)
        if coefficients is None:
            continue
        reading = _read([c[0] for c in coefficients], draws)
        if reading is None:
            continue
        amount = _product(reading, name)
        if amount.startswith("−"):
            what = f"{{subject}} {{verb}} short of {amount[1:]}"
            how = (
                f"What you give is the right value minus {amount[1:]}, in every place: a part is missing or subtracted."
            )
        else:
            what = f"{{subject}} {{verb}} too large by an extra {amount}"
            how = f"Your result is the right one plus {amount}, in every place."
        kind = "missing-term" if amount.startswith("−") else "extra-term"
        found.append((_fit(kind, what, how, reading, draws, {"term": amount}), reading.is_exact))
    found.sort(key=lambda entry: not entry[1])
    return found[0][0] if found else None


def _another_quantity(draws: Sequence[Draw]) -> Fit | None:
    """found = c · term, where the right value plays no part."""
    for name in _common_terms(draws):
        if name == "1":
            if all(np.ptp(draw.found) == 0 for draw in draws) and _vary_otherwise(draws):
                return Fit(
                    "constant-result",
                    "{subject} {verb} the same number in every place",
                    "A result that does not depend on its place comes from a sum without `axis`, from an array that "
                    "was made and never filled, or, where it is a list of measurements, from something that never "
                    "changes.",
                    ("Print the result: where should its numbers differ from each other?",),
                    is_certain=False,
                    draws=len(draws),
                )
            continue
        coefficients = _solved(draws, _columns(name))
        reading = _read([c[0] for c in coefficients], draws) if coefficients is not None else None
        if reading is None:
            continue
        amount = _product(reading, name)
        what = f"{{subject}} {{verb}} {amount} instead"
        how = f"The numbers are those of another quantity, {amount}, in every place."
        return _fit("another-quantity", what, how, reading, draws, {"quantity": amount})
    return None


def _vary_otherwise(draws: Sequence[Draw]) -> bool:
    """Whether there are enough numbers, different ones where the result is right, for their equality to be telling."""
    return sum(draw.right.size for draw in draws if draw.right.size and np.ptp(draw.right) > 0) >= EQUAL_NUMBERS


def _two_terms(draws: Sequence[Draw]) -> Fit | None:
    """found = c · right + d · term."""
    for name in _common_terms(draws):
        coefficients = _solved(draws, _columns(name, with_right=True))
        if coefficients is None:
            continue
        readings = [_read([c[i] for c in coefficients], draws) for i in (0, 1)]
        if readings[0] is None or readings[1] is None or readings[0].text == "0":
            continue
        first, second = _product(readings[0], RIGHT), _product(readings[1], name)
        sign = "minus" if second.startswith("−") else "plus"
        what = f"{{subject}} {{verb}} {first} {sign} {second.lstrip('−')}"
        return _fit(
            "combination",
            what,
            "That combination gives your numbers in every place. The two parts are weighted wrongly against each "
            "other.",
            readings[1],
            draws,
            {"factor": readings[0].text, "term": second},
        )
    return None


def _rounded(draws: Sequence[Draw]) -> Fit | None:
    wrong = [draw for draw in draws if not draw.is_right]
    for operation in (np.trunc, np.round):
        if all(np.array_equal(draw.found, operation(draw.right)) for draw in wrong) and any(
            draw.found.any() or draw.found.size > 3 for draw in wrong
        ):
            return Fit(
                "whole-numbers",
                "{subject} {verb} cut to whole numbers",
                "The digits after the point are lost. An array that is made from whole numbers (`np.zeros_like` of an "
                "integer array, `dtype=int`, `//`) stays an array of integers, and cuts off what is put into it.",
                ("What is the `dtype` of the array that holds your result?",),
                draws=len(draws),
            )
    return None


def _rearranged(draws: Sequence[Draw]) -> Fit | None:
    wrong = [draw for draw in draws if not draw.is_right]
    for holds, how_it_is in _ARRANGEMENTS:
        if all(holds(draw.found, draw.right) for draw in wrong):
            return Fit(
                "rearranged",
                f"{{subject}} {{verb}} right in its numbers, {how_it_is}",
                "Every number is there, in another place.",
                ("Which index does your loop or slice begin with, and which axis is which?",),
                draws=len(draws),
            )
    return None


def _rolled(shift: int) -> Callable[[Array, Array], bool]:
    def holds(found: Array, right: Array) -> bool:
        return any(same(np.roll(right, shift, axis=axis), found) for axis in range(right.ndim))

    return holds


_ARRANGEMENTS: tuple[tuple[Callable[[Array, Array], bool], str], ...] = (
    (lambda found, right: right.ndim == 2 and found.shape == right.T.shape and same(found, right.T), "but transposed"),
    (_rolled(1), "but shifted by one"),
    (_rolled(-1), "but shifted by one"),
    (lambda found, right: right.ndim > 0 and same(found, right[::-1]), "but in reversed order"),
    (lambda found, right: right.ndim == 2 and same(found, right[:, ::-1]), "but with the columns reversed"),
)


def _some_places(draws: Sequence[Draw]) -> Fit | None:
    """Wrong in some rows or columns, or only where an argument is negative."""
    wrong = [draw for draw in draws if not draw.is_right and draw.found.size > 3]
    if not wrong:
        return None
    bad = [np.abs(d.found - d.right) > 1e-6 * (np.abs(d.found) + np.abs(d.right)) + NEGLIGIBLE for d in wrong]
    for name in _common_terms(wrong):
        values = [_term(draw, name) for draw in wrong]
        if not all((v < 0).any() and (v > 0).any() for v in values):
            continue
        if all(np.array_equal(b, v < 0) for b, v in zip(bad, values, strict=True)):
            return _place_fit("wrong-for-negative-values", f"wrong only where {name} is negative", len(draws))
        if all(np.array_equal(b, v > 0) for b, v in zip(bad, values, strict=True)):
            return _place_fit("wrong-for-positive-values", f"wrong only where {name} is positive", len(draws))
    for axis, word in ((0, "row"), (1, "column")):
        if (end := _one_line(bad, axis)) is not None:
            return _place_fit(f"wrong-in-one-{word}", f"wrong only in the {end} {word}", len(draws))
    return None


def _one_line(bad: Sequence[NDArray[np.bool_]], axis: int) -> str | None:
    """first or last, when in every draw that row (axis 0) or column alone has wrong entries."""
    ends = set()
    for places in bad:
        if places.ndim != 2:
            return None
        lines = np.flatnonzero(places.any(axis=1 - axis))
        if len(lines) != 1 or places.shape[axis] < 2:
            return None
        ends.add({0: "first", places.shape[axis] - 1: "last"}.get(int(lines[0])))
    return ends.pop() if len(ends) == 1 else None


def _place_fit(kind: str, where: str, draws: int) -> Fit:
    return Fit(
        kind,
        f"{{subject}} {{verb}} {where}",
        "Everywhere else it is right.",
        ("What does your code do differently there?",),
        is_certain=draws > 1,
        draws=draws,
    )


def _solved(
    draws: Sequence[Draw],
    columns: Callable[[Draw], list[Array]],
    target: Callable[[Draw], Array] = lambda draw: draw.found,
) -> list[Array] | None:
    """Least-squares coefficients in each draw; None when they do not give the target in one of them.

    With as many unknowns as equations everything fits: then two draws at least must agree on what was read.
    """
    solved = []
    for draw in draws:
        parts = columns(draw)
        goal = np.asarray(target(draw), dtype=float).ravel()
        matrix = np.stack([np.asarray(part, dtype=float).ravel() for part in parts], axis=1)
        norms = np.linalg.norm(matrix, axis=0)
        if not np.isfinite(norms).all() or not (norms > NEGLIGIBLE).all():
            if np.linalg.norm(goal) <= NEGLIGIBLE:
                solved.append(np.full(len(parts), np.nan))
                continue
            return None
        if goal.size < EQUATIONS_PER_UNKNOWN * len(parts) and (len(parts) > 1 or len(draws) < 2):
            return None
        coefficients, *_ = np.linalg.lstsq(matrix / norms, goal, rcond=None)
        residual = float(np.linalg.norm(matrix / norms @ coefficients - goal))
        scale = max(float(np.linalg.norm(draw.found)), float(np.linalg.norm(draw.right)))
        if residual > FIT * max(float(np.linalg.norm(goal)), 1e-3 * scale):
            return None
        solved.append(coefficients / norms)
    return solved if any(np.isfinite(c).all() for c in solved) else None


def _read(values: Sequence[float], draws: Sequence[Draw]) -> Reading | None:
    """The coefficient in words; draws that say nothing about it (everything is zero) are left out."""
    telling = [(float(v), draw.symbols) for v, draw in zip(values, draws, strict=True) if np.isfinite(v)]
    cleaned = [0.0 if abs(v) < NEGLIGIBLE else v for v, _ in telling]
    if not any(cleaned):
        return None
    return read_factors(cleaned, [symbols for _, symbols in telling])


def _common_terms(draws: Sequence[Draw]) -> Iterator[str]:
    """Names of the terms that have the result's shape in every draw, and the constant 1."""
    names = [n for n in draws[0].terms if all(n in d.terms and np.shape(d.terms[n]) == d.right.shape for d in draws)]
    return itertools.chain(names, ["1"])


def _term(draw: Draw, name: str) -> Array:
    return np.ones_like(draw.right) if name == "1" else np.asarray(draw.terms[name], dtype=float)


def _columns(name: str, *, with_right: bool = False) -> Callable[[Draw], list[Array]]:
    """The columns of a least-squares fit on a term, and on the right value beside it."""

    def columns(draw: Draw) -> list[Array]:
        return [draw.right, _term(draw, name)] if with_right else [_term(draw, name)]

    return columns


def _product(reading: Reading, name: str) -> str:
    if name == "1":
        return reading.text
    if reading.text in ("1", "−1"):
        return reading.text.replace("1", name)
    if reading.text.startswith(("1/", "−1/")):
        return reading.text.replace("1/", f"{name}/", 1)
    return f"{reading.text}·{name}"


def _fit(kind: str, what: str, how: str, reading: Reading, draws: Sequence[Draw], evidence: Mapping[str, Any]) -> Fit:
    hint = "Compare your formula with the one in the task, term by term: which factor or term is yours alone?"
    certain = reading.is_exact or len(draws) > 1
    return Fit(kind, what, how, (hint,), is_certain=certain, evidence=evidence, draws=len(draws))
