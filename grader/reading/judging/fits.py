"""Whether the change of a parameter is a multiple of a gradient, and of what else an update is made.

    Δ = −c·G  [− κ·W]  [− κ₁·sign W]  [+ μ·previous Δ]

The coefficients are found by least squares over a few steps together. They must explain everything but rounding.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from grader.reading.recorded.recording import Array

STRICT = 3e-6
LOOSE = 2e-3
FEW = 60  # numbers of which some may be alike
NOTICED = 1e-6  # of the change before, at least, that is momentum and no rounding
SPARE = 3  # more equations than coefficients, at least
LEAST_EIGENVALUE = 1e-7  # of the products of columns of length 1


def length(vector: Array) -> float:
    """The Euclidean norm; without BLAS, whose threads cost more than a vector is worth."""
    return float(np.sqrt(np.einsum("i,i->", vector, vector)))


@dataclass(frozen=True)
class Fit:
    """Coefficients of Δ; `rates` holds c for each step where it is not the same for all."""

    c: float
    kappa: float = 0.0  # of W
    kappa_sign: float = 0.0  # of sign W
    momentum: float = 0.0
    constant: float = 0.0
    total: float = 0.0  # of the sum of all weights, the same for every entry
    before: float = 0.0  # of the gradient of the step before
    rates: tuple[float, ...] = ()


@dataclass(frozen=True)
class Change:
    """How one parameter changed in the steps: its values before, the changes, and what rounding leaves of them."""

    before: list[Array]
    changes: list[Array]
    noise: float  # absolute, per entry

    @property
    def size(self) -> int:
        return sum(change.size for change in self.changes)

    @property
    def norm(self) -> float:
        return float(np.sqrt(sum(float(np.sum(change * change)) for change in self.changes)))

    @property
    def is_lost_in_rounding(self) -> bool:
        return bool(self.norm <= 50 * self.noise * np.sqrt(self.size))

    def first(self, steps: int) -> "Change":
        return Change(self.before[:steps], self.changes[:steps], self.noise)


TERMS: tuple[tuple[str, ...], ...] = (
    (), ("W",), ("sign",), ("previous",), ("W", "sign"), ("W", "previous"), ("sign", "previous"),
    ("total",), ("before",),
)  # fmt: skip


def fit_plain(
    change: Change, gradients: Sequence[Array], tolerance: float, terms: Sequence[tuple[str, ...]] = TERMS
) -> Fit | None:
    """The fit of Δ = −c·G + … with one c for all steps and as few further terms as will do; None if there is none."""
    if any(g.shape != d.shape for g, d in zip(gradients, change.changes, strict=True)):
        return None
    scale = float(np.sqrt(sum(float(np.sum(g * g)) for g in gradients)))
    if not np.isfinite(scale) or scale == 0 or not np.isfinite(change.norm) or change.norm == 0:
        return None
    for names in terms:
        found = _fitted(change, gradients, names, tolerance)
        if found is not None:
            return found
    # of a training that goes smoothly each change is nearly a multiple of the one before
    is_going_on = ("previous",) in terms and tolerance < LOOSE
    return _fitted_going_on(change, gradients, tolerance) if is_going_on else None


def is_of_rate(change: Change, gradients: Sequence[Array], rate: float) -> bool:
    """Whether Δ = −rate·G, with nothing beside."""
    fit = fit_plain(change, gradients, STRICT, [()])
    return fit is not None and abs(fit.c - rate) < LOOSE * abs(rate)


def _fitted_going_on(change: Change, gradients: Sequence[Array], tolerance: float) -> Fit | None:
    """With momentum of a step that was not read: the first that were read are not the first of the training."""
    if len(change.changes) < 3 or (len(change.changes) - 1) * change.changes[0].size < 2 + SPARE:
        return None
    later = Change(change.before[1:], change.changes[1:], change.noise)
    columns = [np.concatenate([one.ravel() for one in parts]) for parts in (gradients[1:], change.changes[:-1])]
    found = _solve(columns, later, tolerance)
    return None if found is None or not NOTICED < found[1] <= 1.2 else Fit(-float(found[0]), momentum=float(found[1]))


def _columns(change: Change, gradients: Sequence[Array], names: tuple[str, ...]) -> list[Array]:
    columns = [np.concatenate([g.ravel() for g in gradients])]
    for name in names:
        if name == "W":
            columns.append(np.concatenate([w.ravel() for w in change.before]))
        elif name == "sign":
            columns.append(np.concatenate([np.sign(w).ravel() for w in change.before]))
        elif name == "constant":
            columns.append(np.ones(change.size))
        elif name == "total":
            columns.append(np.concatenate([np.full(w.size, w.sum()) for w in change.before]))
        elif name in ("previous", "before"):  # Δ or G of the step before
            zero = np.zeros(change.changes[0].size)
            parts = change.changes if name == "previous" else gradients
            columns.append(np.concatenate([zero, *[part.ravel() for part in parts[:-1]]]))
    return columns


def _fitted(change: Change, gradients: Sequence[Array], names: tuple[str, ...], tolerance: float) -> Fit | None:
    if {"previous", "before"} & set(names) and len(change.changes) < 2:
        return None
    if names and change.size < len(names) + 1 + SPARE:
        return None
    columns = _columns(change, gradients, names)
    is_few = change.size < FEW and bool({"W", "sign"} & set(names))
    if is_few and len(np.unique(np.stack(columns, 1).round(9), axis=0)) < len(names) + 1 + SPARE:
        return None  # weights that are alike say nothing more
    coefficients = _solve(columns, change, tolerance)
    if coefficients is None:
        return None
    found = dict(zip(names, coefficients[1:], strict=True))
    momentum = float(found.get("previous", 0.0))
    if momentum < 0 or momentum > 1.2:
        return None
    if any(abs(value) < 1e-13 for value in found.values()):
        return None
    return Fit(-float(coefficients[0]), -float(found.get("W", 0)), -float(found.get("sign", 0)), momentum,
               float(found.get("constant", 0)), float(found.get("total", 0)),
               -float(found.get("before", 0)))  # fmt: skip


def _solve(columns: list[Array], change: Change, tolerance: float) -> Array | None:
    table = np.stack(columns, 1)
    target = np.concatenate([d.ravel() for d in change.changes])
    if not np.isfinite(table).all() or not np.isfinite(target).all():
        return None
    norms = np.sqrt(np.einsum("ij,ij->j", table, table))
    if norms[0] == 0 or (norms == 0).any():
        return None
    scaled = table / norms
    solution = _least_squares(scaled, target)
    rest = length(scaled @ solution - target)
    allowed = tolerance * length(target) + 4 * change.noise * np.sqrt(target.size)
    if rest > allowed or abs(float(solution[0])) < 1e-9 * length(target):
        return None
    found: Array = solution / norms
    return found


def _least_squares(table: Array, target: Array) -> Array:
    """The coefficients of columns of length 1; by the normal equations, where these are far from singular.

    Of tall tables they take a tenth of the time. What squaring the condition costs in digits, a second solution for
    what the first one has left over brings back (Golub and Van Loan, Matrix Computations, 3.5.3).
    """
    values, vectors = np.linalg.eigh(table.T @ table)
    if values[0] < LEAST_EIGENVALUE:
        solution: Array = np.linalg.lstsq(table, target, rcond=None)[0]
        return solution
    inverse = (vectors / values) @ vectors.T
    solution = inverse @ (table.T @ target)
    solution += inverse @ (table.T @ (target - table @ solution))
    return solution


def fit_each_step(
    change: Change, gradients: Sequence[Array], tolerance: float, terms: Sequence[tuple[str, ...]] = ((),)
) -> Fit | None:
    """The fit of Δ = −c·G [− κ·W] [+ μ·previous Δ] with a c for each step: a rate that decays."""
    if len(change.changes) < 2 or (change.changes[0].size - 1) * len(change.changes) < 2 * SPARE:
        return None
    if any(g.shape != d.shape for g, d in zip(gradients, change.changes, strict=True)):
        return None
    if () in terms:
        found = _fitted_each_step(change, gradients, tolerance)
        if found is not None:
            return found
    for names in terms:
        found = _fitted_together(change, gradients, tolerance, names) if names else None
        if found is not None:
            return found
    return None


def _fitted_together(
    change: Change, gradients: Sequence[Array], tolerance: float, names: tuple[str, ...]
) -> Fit | None:
    """With one μ for all steps, and a penalty that decays as the rate does."""
    count = len(gradients)
    if change.changes[0].size < 8 or not all(gradient.any() for gradient in gradients):
        return None

    def apart(parts: Sequence[Array]) -> list[Array]:
        return [
            np.concatenate([part.ravel() if j == k else np.zeros(part.size) for j, part in enumerate(parts)])
            for k in range(count)
        ]

    columns = apart(gradients)
    for name in names:
        if name == "previous":
            columns += _columns(change, gradients, ("previous",))[1:]
        else:
            columns += apart(change.before if name == "W" else [np.sign(w) for w in change.before])
    solution = _solve(columns, change, tolerance)
    if solution is None:
        return None
    rates = tuple(-float(rate) for rate in solution[:count])
    if min(rates) * max(rates) <= 0 or max(map(abs, rates)) > 10 * min(map(abs, rates)):
        return None
    momentum = float(solution[-1]) if "previous" in names else 0.0
    shares = solution[count : 2 * count] if names[0] != "previous" else np.zeros(count)
    ratios = np.array([share / rate for share, rate in zip(shares, rates, strict=True)])
    # or as it is, beside means over batches of several sizes
    is_steady = any(np.ptp(one) <= 1e-2 * max(1e-30, float(np.abs(one).max())) for one in (ratios, shares))
    if not -1e-9 <= momentum <= 1.2 or not is_steady:
        return None
    strength = -float(shares[0])
    kappa, kappa_sign = (strength, 0.0) if "W" in names else (0.0, strength if "sign" in names else 0.0)
    return Fit(rates[0], kappa, kappa_sign, momentum, rates=rates)


def _fitted_each_step(change: Change, gradients: Sequence[Array], tolerance: float) -> Fit | None:
    rates: list[float] = []
    for k, gradient in enumerate(gradients):
        one = Change([change.before[k]], [change.changes[k]], change.noise)
        coefficients = _solve([gradient.ravel()], one, tolerance) if gradient.any() else None
        if coefficients is None:
            return None
        rates.append(-float(coefficients[0]))
    if min(rates) * max(rates) <= 0:
        return None
    return Fit(rates[0], rates=tuple(rates))
