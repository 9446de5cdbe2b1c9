"""Names for what is found by probing: which formula was used between a value and one that it makes.

The gradient by the upper value was measured and stands in the script; the one by the lower was measured and does not.
A name is given only if its formula gives what the script has in the place of that, whatever the factor.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from grader.reading.recorded import activations as act
from grader.reading.recorded.activations import sigmoid
from grader.reading.recorded.recording import Array

SAME = 1e-9  # 1 − cosine


@dataclass(frozen=True)
class Between:
    """A value, one that it makes, the right gradient by that, and what the script has for the gradient by the first."""

    lower: Array
    upper: Array
    gradient: Array
    made: Array

    @property
    def is_elementwise(self) -> bool:
        return self.lower.shape == self.upper.shape == self.gradient.shape and self.made.size == self.lower.size


def name_between(between: Between) -> tuple[str, str] | None:
    """(code, name of the activation) of the mistake; None if no formula gives what was made."""
    if not between.is_elementwise:
        return None
    rows = between.lower.reshape(len(between.lower), -1)
    activation = act.recognise(rows, between.upper.reshape(rows.shape))
    if activation is None or activation in (act.IDENTITY, act.SOFTMAX):
        return None
    made = between.made.reshape(between.lower.shape)
    if _is_multiple(made, between.gradient * activation.slope(between.lower)):
        return None
    for code, formula in _of_activation(between, activation):
        if _is_multiple(made, formula):
            return code, activation.name
    return None


def _of_activation(between: Between, activation: act.Activation) -> Iterator[tuple[str, Array]]:
    g, z, a, slope = between.gradient, between.lower, between.upper, activation.slope
    with np.errstate(all="ignore"):
        yield "slope-forgotten", g
        yield "activation-for-slope", g * a
        yield "slope-of-activation", g * slope(a)
        yield "slope-reversed", g * (z <= 0)
        yield "slope-of-gradient", g * (g > 0)
        yield "slope-of-another", g * a * (1 - a)
        yield "slope-of-another", g * (1 - a * a)
        yield "slope-of-another", g * sigmoid(z) * (1 - sigmoid(z))
        if not activation.name.startswith("leaky"):  # whose slope, squared, is that of another one
            yield "slope-squared", g * slope(z) ** 2
        if activation.name == "ReLU" or activation.name.startswith("leaky"):
            yield from (("slope-of-another", g * np.where(z > 0, 1.0, leak)) for leak in act.LEAKS)


def is_normalised(z: Array, normal: Array) -> bool:
    """Whether an array is another with the mean 0 and, but for a small number, the variance 1."""
    return _deviation(z, normal) is not None


def _deviation(z: Array, normal: Array) -> tuple[int, Array] | None:
    """(axis, 1/√(σ² + ε)) by which one array is the other, normalised; ε is the same for all."""
    if z.shape != normal.shape or z.ndim != 2:
        return None
    axis = next((k for k in (0, 1) if np.abs(normal.mean(k)).max() < 1e-6), None)
    if axis is None or z.shape[axis] < 2:
        return None
    centred = z - z.mean(axis, keepdims=True)
    variance = (centred * centred).mean(axis, keepdims=True)
    is_moving = variance > 1e-9
    if not is_moving.any():
        return None
    with np.errstate(all="ignore"):
        inverse = np.sqrt((normal * normal).mean(axis, keepdims=True) / variance)
        added = 1 / inverse[is_moving] ** 2 - variance[is_moving]
    added_size = float(np.abs(added).max())
    if not np.isfinite(added).all() or np.ptp(added) > 1e-6 * max(added_size, 1e-3) or added.min() < -1e-9:
        return None
    inverse = np.where(is_moving, inverse, 1 / np.sqrt(variance + max(0.0, float(np.median(added))) + 1e-300))
    is_so = np.abs(centred * inverse - normal).max() < 1e-6 * max(1.0, float(np.abs(normal).max()))
    return (axis, inverse) if is_so else None


def name_of_normalisation(z: Array, normal: Array, scale: Array | None, gradient: Array, made: Array) -> str | None:
    """The mistake of the way back through a normalisation of z, as `normal`, times a scale.

    The formula is that of Ioffe and Szegedy (2015), for the axis over which `normal` has the mean 0.

    Args:
        gradient: by scale ∗ normal + shift.
        made: what the script has for the gradient by z.
    """
    found = _deviation(z, normal)
    if found is None or not z.shape == gradient.shape == made.shape:
        return None
    axis, inverse = found
    n = z.shape[axis]
    units = z.shape[1 - axis]
    known = np.ones(units) if scale is None or scale.size != units else scale.ravel()
    known = np.expand_dims(known, axis)

    def back(g: Array, *, mean: float = 1, variance: float = 1, divided: int = 1) -> Array:
        whole = n * g - mean * g.sum(axis, keepdims=True) - variance * normal * (g * normal).sum(axis, keepdims=True)
        return np.asarray(whole * inverse**divided / n)

    g = gradient * known
    formulas = (
        ("normalisation-of-constants", back(g, mean=0, variance=0)),
        ("normalisation-mean", back(g, mean=0)),
        ("normalisation-variance", back(g, variance=0)),
        ("normalisation-scale", back(gradient)),
        ("normalisation-scale", back(gradient * known * known)),
        ("normalisation-deviation", back(g, divided=0)),
        ("normalisation-deviation", back(g, divided=2)),
        ("normalisation-samples", back(g * 1.0, mean=n, variance=n)),
        ("normalisation-signs", back(g, mean=-1)),
        ("normalisation-signs", back(g, variance=-1)),
        ("normalisation-passed-by", gradient),
        ("normalisation-passed-by", g),
    )
    return next((code for code, formula in formulas if _is_multiple(made, formula)), None)


def _is_multiple(made: Array, formula: Array) -> bool:
    """Whether two arrays are one but for a factor, and nothing in them is without a number."""
    if not np.isfinite(formula).all() or not np.isfinite(made).all():
        return False
    sizes = float(np.sum(made * made)) * float(np.sum(formula * formula))
    if not sizes:
        return False
    factor = float(np.sum(made * formula)) / float(np.sum(formula * formula))
    largest = float(np.abs(made).max())
    return bool(factor) and float(np.abs(made - factor * formula).max()) < SAME**0.5 / 10 * largest
