"""Activations, right ones and wrong ones, recognised by what they make of z.

All take and give arrays with the samples in rows.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from grader.reading.recorded.recording import Array

SATURATED = 5.0  # of a sigmoid's argument

Function = Callable[[Array], Array]
OWN = "a function of its own"


LEAKS = (0.0, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.3, 0.5)  # slopes that people give a ReLU for negative z


@dataclass(frozen=True)
class Activation:
    """f, and the slope that belongs to it, at z."""

    name: str
    f: Function
    slope: Function
    couples: bool = False  # the units of a sample, as a softmax does
    inner: float = 1.0  # by which z is multiplied in it


def sigmoid(z: Array) -> Array:
    with np.errstate(over="ignore"):
        return np.asarray(1.0 / (1.0 + np.exp(-z)))


def softmax(z: Array) -> Array:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))


def _sigmoid_slope(z: Array) -> Array:
    a = sigmoid(z)
    return np.asarray(a * (1 - a))


def leaky(slope: float) -> Activation:
    return Activation(
        f"leaky ReLU ({slope:.4g})",
        lambda z: np.where(z > 0, z, slope * z),
        lambda z: np.where(z > 0, 1.0, slope),
    )


def elu(alpha: float) -> Activation:
    name = "ELU" if abs(alpha - 1) < 1e-9 else f"ELU ({alpha:.4g})"
    return Activation(
        name,
        lambda z: np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0))),
        lambda z: np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0))),
    )


def scaled_tanh(outer: float, inner: float) -> Activation:
    return Activation(
        f"{outer:.4g}·tanh({inner:.4g}·z)",
        lambda z: outer * np.tanh(inner * z),
        lambda z: outer * inner * (1 - np.tanh(inner * z) ** 2),
    )


SIGMOID = Activation("sigmoid", sigmoid, _sigmoid_slope)
TANH = Activation("tanh", np.tanh, lambda z: 1 - np.tanh(z) ** 2)
RELU = Activation("ReLU", lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0)
SOFTMAX = Activation("softmax", softmax, _sigmoid_slope, couples=True)
IDENTITY = Activation("identity", lambda z: z, np.ones_like)
SOFTPLUS = Activation("softplus", lambda z: np.logaddexp(0, z), sigmoid)
SWISH = Activation("swish", lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * (1 - sigmoid(z))))
SINE = Activation("sine", np.sin, np.cos)
SOFTSIGN = Activation("softsign", lambda z: z / (1 + np.abs(z)), lambda z: 1 / (1 + np.abs(z)) ** 2)
ARCTAN = Activation("arctan", np.arctan, lambda z: 1 / (1 + z * z))
GAUSS = Activation("Gaussian", lambda z: np.exp(-z * z), lambda z: -2 * z * np.exp(-z * z))
STEP = Activation("step", lambda z: (z > 0) * 1.0, np.zeros_like)
STEP_CLOSED = Activation("step", lambda z: (z >= 0) * 1.0, np.zeros_like)
SIGN = Activation("sign", np.sign, np.zeros_like)
STEPS = (STEP, STEP_CLOSED, SIGN)
CENTRED = Activation("sigmoid − 0.5", lambda z: sigmoid(z) - 0.5, _sigmoid_slope)
BIPOLAR = Activation("2·sigmoid − 1", lambda z: 2 * sigmoid(z) - 1, lambda z: 2 * _sigmoid_slope(z))
#: A tanh that goes through (1, 1), in the digits that textbooks give it.
SCALED = tuple(scaled_tanh(outer, inner) for outer, inner in ((1.7159, 2 / 3), (1.716, 2 / 3), (1.7159, 0.6667)))

RIGHT = (SIGMOID, TANH, RELU, SOFTMAX, IDENTITY, SOFTPLUS, SWISH, SOFTSIGN, BIPOLAR, CENTRED, SINE, ARCTAN, GAUSS)


def softmax_over_all(z: Array) -> Array:
    e = np.exp(z - z.max())
    return np.asarray(e / e.sum())


def softmax_over_samples(z: Array) -> Array:
    return softmax(z.T).T


OF_SIGMOIDS = ("sigmoid-twice", "sigmoid-in-place-of-exp", "one-in-the-exponent")  # made of a sigmoid, or of its parts
APART = 0.1  # at least, by which inputs differ that a function of them is known by, and it from a sigmoid


WRONG: dict[str, Function] = {
    "softmax-whole-batch": softmax_over_all,
    "softmax-over-samples": softmax_over_samples,
    "min-for-max": lambda z: np.minimum(z, 0),
    "sigmoid-sign": lambda z: sigmoid(-z),
    "abs-for-relu": np.abs,
    "exp-not-normalised": np.exp,
    "tanh-of-wrong-sign": lambda z: np.tanh(-z),
    "sigmoid-without-brackets": lambda z: 1 + np.exp(-z),
    "sigmoid-of-absolute": lambda z: sigmoid(-np.abs(z)),
    "sigmoid-twice": lambda z: sigmoid(sigmoid(z)),
    "sigmoid-in-place-of-exp": lambda z: np.asarray(1 / (1 + sigmoid(-z))),
    "one-in-the-exponent": lambda z: np.full(z.shape, np.exp(-1.0)),
}

#: what a wrong one was meant to be
MEANT = {
    "softmax-whole-batch": "softmax",
    "softmax-over-samples": "softmax",
    "exp-not-normalised": "softmax",
    "min-for-max": "ReLU",
    "abs-for-relu": "ReLU",
    "sigmoid-sign": "sigmoid",
    "tanh-of-wrong-sign": "tanh",
    "sigmoid-without-brackets": "sigmoid",
    "sigmoid-of-absolute": "sigmoid",
    "sigmoid-twice": "sigmoid",
    "sigmoid-in-place-of-exp": "sigmoid",
    "one-in-the-exponent": "sigmoid",
}

#: What a wrong one is with the slope that belongs to it: with that it is a function that someone chose.
CHOSEN = {
    "sigmoid-sign": Activation("sigmoid(−z)", WRONG["sigmoid-sign"], lambda z: -_sigmoid_slope(z)),
    "tanh-of-wrong-sign": Activation(
        "tanh(−z)", WRONG["tanh-of-wrong-sign"], lambda z: np.asarray(np.tanh(z) ** 2 - 1)
    ),
    "sigmoid-without-brackets": Activation(
        "1 + exp(−z)", WRONG["sigmoid-without-brackets"], lambda z: np.asarray(-np.exp(-z))
    ),
    "sigmoid-of-absolute": Activation(
        "sigmoid(−|z|)", WRONG["sigmoid-of-absolute"], lambda z: -np.sign(z) * _sigmoid_slope(z)
    ),
}


def _as_meant(code: str) -> Activation:
    """A wrong one with the slope of what it was meant to be, as people write that: made of its own values."""
    f = WRONG[code]
    if MEANT[code] == "tanh":
        return Activation("tanh", f, lambda z: 1 - f(z) ** 2)
    return Activation("sigmoid", f, lambda z: f(z) * (1 - f(z)))


AS_MEANT = {code: _as_meant(code) for code in CHOSEN}


def close(found: Array, expected: Array, tolerance: float = 1e-7) -> bool:
    """Equal up to rounding, relative to the largest entry; what is not finite is left out."""
    if found.shape != expected.shape:
        return False
    usable = np.isfinite(found) & np.isfinite(expected)
    if np.mean(usable) < 0.9:
        return False
    scale = float(np.max(np.abs(expected[usable])))
    return bool(np.max(np.abs(found[usable] - expected[usable])) <= tolerance * scale + min(1e-15, 1e-3 * scale))


def recognise(z: Array, a: Array, tolerance: float = 1e-7) -> Activation | None:
    """The activation that makes a of z."""
    if a.shape != z.shape:
        return None
    with np.errstate(all="ignore"):
        for activation in RIGHT:
            if activation is SOFTMAX and z.shape[1] < 2:
                continue
            if close(a, activation.f(z), tolerance):
                return activation
        return _with_parameter(z, a, tolerance)


def _with_parameter(z: Array, a: Array, tolerance: float) -> Activation | None:
    """A leaky ReLU, an ELU or a scaled tanh; by one number, any would have a parameter that fits."""
    below = z < 0
    if np.unique(z[below]).size > 1 and close(np.where(below, 0, a), np.where(below, 0, z), tolerance):
        ratio = a[below] / z[below]
        slope = float(np.median(ratio))
        if 0 < slope < 1 and close(a[below], slope * z[below], tolerance):
            return leaky(round(slope, 12))
        curve = np.expm1(z[below])
        alpha = float(np.median(a[below] / curve))
        if alpha > 0 and close(a[below], alpha * curve, tolerance):
            return elu(round(alpha, 12))
    for found in (_clipped(z, a), _steeper(z, a), _softmax_of_multiple(z, a)):
        if found is not None and close(a, found.f(z), tolerance):
            return found
    for candidate in (*SCALED, scaled_tanh(1.0, 0.5), scaled_tanh(1.0, 2.0)):
        if close(a, candidate.f(z), tolerance):
            return candidate
    return None


def _clipped(z: Array, a: Array) -> Activation | None:
    """A ReLU that ends at a limit, as ReLU6 does at 6."""
    limit = float(a.max())
    if not limit > 0 or np.sum(z > limit) < 2 or np.unique(z[(z > 0) & (z < limit)]).size < 2:
        return None
    return Activation(
        f"ReLU up to {limit:.4g}",
        lambda z: np.clip(z, 0, limit),
        lambda z: ((z > 0) & (z < limit)) * 1.0,
    )


def _steeper(z: Array, a: Array) -> Activation | None:
    """A sigmoid or a tanh of a multiple of z."""
    usable = (np.abs(z) > 1e-9) & (np.abs(a) > 1e-9) & (np.abs(a) < 1 - 1e-9)
    if np.unique(z[usable]).size < 3:
        return None
    is_sigmoid = bool((a[usable] > 0).all())
    inner = np.log(a[usable] / (1 - a[usable])) if is_sigmoid else np.arctanh(a[usable])
    factor = round(float(np.median(inner / z[usable])), 10)
    if not 0.01 < factor < 100:
        return None
    base = SIGMOID if is_sigmoid else TANH
    return Activation(
        f"{base.name}({factor:.4g}·z)",
        lambda z: base.f(factor * z),
        lambda z: factor * base.slope(factor * z),
        inner=factor,
    )


def _softmax_of_multiple(z: Array, a: Array) -> Activation | None:
    """A softmax of z divided by a temperature: its δ is a − y, times a number that all layers share."""
    if z.shape[1] < 2 or z.shape[0] * (z.shape[1] - 1) < 3 or not (a > 0).all() or not np.allclose(a.sum(1), 1):
        return None
    centred, logs = z - z.mean(1, keepdims=True), np.log(a)
    logs = logs - logs.mean(1, keepdims=True)
    norm = float(np.sum(centred * centred))
    factor = float(np.sum(centred * logs)) / norm if norm else 0.0
    return Activation("softmax", lambda z: softmax(factor * z), SOFTMAX.slope, couples=True) if factor > 0 else None


def recognise_steps(z: Array, a: Array) -> Activation | None:
    """A step function, which no gradient passes."""
    for activation in STEPS:
        if z.size > 3 and close(a, activation.f(z)) and 0 < float(np.mean(a > 0)) < 1:
            return activation
    return None


def recognise_wrong(z: Array, a: Array, tolerance: float = 1e-7) -> str | None:
    """The code of a wrong activation that makes a of z."""
    if a.shape != z.shape:
        return None
    with np.errstate(all="ignore"):
        if z.shape[1] > 1 and (a > 0).all() and np.isfinite(a).all():
            rest = np.log(a) - z
            rest = rest - rest.mean(1, keepdims=True)
            rest = rest - rest.mean(0, keepdims=True)
            if np.abs(rest).max() < 1e-6 and not np.allclose(a.sum(1), 1):
                if z.shape[0] > 1 and np.allclose(a.sum(0), 1):
                    return "softmax-over-samples"
                if np.isclose(a.sum(), 1):
                    return "softmax-whole-batch"
    return None


def recognise_wrong_of_numbers(z: Array, a: Array, tolerance: float = 1e-7) -> str | None:
    """The code of a wrong function of single numbers that makes a of z: of all passes, as what is added may begin at 0.

    One sample has few numbers, and those of one sign are alike for several functions.
    """
    if a.shape != z.shape or np.unique(z).size < 4:
        return None
    is_of_both = bool((z > 0).any() and (z < 0).any())
    with np.errstate(all="ignore"):
        for code in ("min-for-max", "sigmoid-sign", "tanh-of-wrong-sign", "sigmoid-of-absolute"):
            if is_of_both and close(a, WRONG[code](z), tolerance):
                return code
        for code in OF_SIGMOIDS:
            is_apart = np.count_nonzero(np.abs(a - sigmoid(z)) > APART) > 3 and np.ptp(z) > APART
            if is_apart and close(a, WRONG[code](z), tolerance):
                return code
        is_told_apart = np.count_nonzero(z < SATURATED) > 3  # above, 1 / (1 − exp(−z)) is the same number
        return "sigmoid-without-brackets" if is_told_apart and close(a, 1 + np.exp(-z), tolerance) else None


def recognise_dropped(z: Array, a: Array, tolerance: float = 1e-6) -> tuple[Activation, Array] | None:
    """(activation, mask) where a is an activation with entries set to zero and the others scaled alike."""
    if a.shape != z.shape:
        return None
    with np.errstate(all="ignore"):
        for activation in (RELU, SIGMOID, TANH, IDENTITY, SOFTPLUS, SWISH):
            whole = activation.f(z)
            if ((whole == 0) & (a != 0)).any():  # no scale makes anything of 0: an ELU is no ReLU
                continue
            kept = (whole != 0) & (a != 0)
            if not kept.any() or kept.sum() < 3 or not ((a == 0) & (whole != 0)).any():
                continue
            ratio = a[kept] / whole[kept]
            scale = float(np.median(ratio))
            if 0.99 < scale < 20 and np.ptp(ratio) < tolerance * scale:
                return activation, np.where(whole != 0, (a != 0) * scale, scale)
    return None
