"""Explanations by factors and terms: how much of the right value, and of the quantities in play, a part consists of.

Factors and terms are fitted by least squares in each draw by itself, so that a coefficient that depends on the batch
size or on λ shows as such.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.diagnosis.numbers.draws import NEGLIGIBLE, Array, Draw, Fit, common_terms, term
from grader.diagnosis.numbers.symbols import Reading, read_factors

FIT = 1e-6  # relative residual of an explanation that holds
EQUATIONS_PER_UNKNOWN = 3
EQUAL_NUMBERS = 6
RIGHT = "the right value"


def factor(draws: Sequence[Draw]) -> Fit | None:
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
        is_smaller = all(abs(one) < 1 for one, *_ in coefficients)  # divided by ln 2 it is larger
        amount = f"too small by the factor {divisor}" if is_smaller else f"{reading.text} times the right value"
        what = f"{{subject}} {{verb}} {amount}"
        how = f"Every number is the right one divided by {divisor}: something is divided by {divisor} once too often."
    else:
        what = f"{{subject}} {{verb}} {reading.text} times the right value"
        how = f"The ratio to the right value is the same in every place: {reading.text}."
    return _fit("constant-factor", what, how, draws, {"factor": reading.text})


def extra_term(draws: Sequence[Draw]) -> Fit | None:
    """found = right + c · term."""
    found: list[tuple[Fit, bool]] = []
    for name in common_terms(draws):
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
        found.append((_fit(kind, what, how, draws, {"term": amount}), reading.is_exact))
    found.sort(key=lambda entry: not entry[1])
    return found[0][0] if found else None


def another_quantity(draws: Sequence[Draw]) -> Fit | None:
    """found = c · term, where the right value plays no part."""
    for name in common_terms(draws):
        if name == "1":
            continue
        coefficients = _solved(draws, _columns(name))
        reading = _read([c[0] for c in coefficients], draws) if coefficients is not None else None
        if reading is None:
            continue
        amount = _product(reading, name)
        what = f"{{subject}} {{verb}} {amount} instead"
        how = f"The numbers are those of another quantity, {amount}, in every place."
        return _fit("another-quantity", what, how, draws, {"quantity": amount})
    return None


def constant(draws: Sequence[Draw]) -> Fit | None:
    """found = one number in every place, where the right ones differ."""
    if not all(np.ptp(draw.found) == 0 for draw in draws) or not _vary_otherwise(draws):
        return None
    return Fit(
        "constant-result",
        "{subject} {verb} the same number in every place",
        "A result that does not depend on its place comes most often from a sum without `axis`, from an array that was "
        "made and never filled, or, where it is a list of measurements, from something that never changes.",
        ("Print the result: where should its numbers differ from each other?",),
        draws=len(draws),
    )


def _vary_otherwise(draws: Sequence[Draw]) -> bool:
    """Whether there are enough numbers, different ones where the result is right, for their equality to be telling."""
    return sum(draw.right.size for draw in draws if draw.right.size and np.ptp(draw.right) > 0) >= EQUAL_NUMBERS


def two_terms(draws: Sequence[Draw]) -> Fit | None:
    """found = c · right + d · term."""
    for name in common_terms(draws):
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
            draws,
            {"factor": readings[0].text, "term": second},
        )
    return None


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
        if not np.isfinite(goal).all():  # LAPACK would complain about it on standard output
            return None
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


def _columns(name: str, *, with_right: bool = False) -> Callable[[Draw], list[Array]]:
    """The columns of a least-squares fit on a term, and on the right value beside it."""

    def columns(draw: Draw) -> list[Array]:
        return [draw.right, term(draw, name)] if with_right else [term(draw, name)]

    return columns


def _product(reading: Reading, name: str) -> str:
    if name == "1":
        return reading.text
    if reading.text in ("1", "−1"):
        return reading.text.replace("1", name)
    if reading.text.startswith(("1/", "−1/")):
        return reading.text.replace("1/", f"{name}/", 1)
    return f"{reading.text}·{name}"


def _fit(kind: str, what: str, how: str, draws: Sequence[Draw], evidence: Mapping[str, Any]) -> Fit:
    hint = "Compare your formula with the one in the task, term by term: which factor or term is yours alone?"
    return Fit(kind, what, how, (hint,), evidence=evidence, draws=len(draws))
