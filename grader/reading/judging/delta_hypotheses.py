"""What δ of a layer may be: δ is the derivative of the cost by z.

Each layer is judged with the δ really used above it, so that what follows from a fault is no second one.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from grader.reading.judging.hypotheses import Arrays, Hypotheses, Hypothesis, each, errors, without_ones
from grader.reading.recorded.activations import BIPOLAR, CENTRED, CHOSEN, LEAKS, Activation, sigmoid
from grader.reading.recorded.recording import Array
from grader.reading.structure.network import Step

MAX_CROSSED = 4  # units of a layer that may be written out one by one


def _softmax_back(a: Array, v: Array) -> Array:
    """The transposed Jacobian of the softmax, times v."""
    return np.asarray(a * (v - np.sum(v * a, axis=1, keepdims=True)))


def output_deltas(steps: Sequence[Step], activation: Activation | None, cost: str | None) -> list[Hypothesis]:
    """δ of the last layer: the right ones for the cost first."""
    E = errors(steps)
    A = [step.out for step in steps]
    Y = [step.y for step in steps]
    Z = [step.layers[-1].z for step in steps]
    name = activation.name if activation else ""
    slope = activation.slope if activation else np.ones_like

    if name == "softmax":
        squared = Hypothesis("right", each(lambda a, e: _softmax_back(a, e), A, E), "squared error")
    else:
        squared = Hypothesis("right", each(lambda e, z: e * slope(z), E, Z), "squared error")
    falling = name == CHOSEN["sigmoid-sign"].name  # whose a − y points the other way
    entropy = Hypothesis("right", each(lambda e: -e if falling else e, E), "cross-entropy")
    absolute = Hypothesis("right", each(lambda e, z: np.sign(e) * slope(z), E, Z), "absolute error")
    if name == "softmax":
        absolute = Hypothesis("right", each(lambda a, e: _softmax_back(a, np.sign(e)), A, E), "absolute error")
    if activation is None:  # of an output that is wrong itself a − y belongs to either cost
        squared = entropy = Hypothesis("right", lambda: E, cost or "")
    order = (
        [squared, entropy]
        if cost == "squared error" or not (falling or name in ("softmax", "sigmoid"))
        else [entropy, squared]
    )
    found = Hypotheses([absolute, *order] if cost == "absolute error" else [*order, absolute])
    if name == "softmax":
        found.add("softmax-diagonal-slope", lambda e, a: e * a * (1 - a), E, A)
        found.add("one-put-for-taken", lambda y, a: a * (1 - y) - y, Y, A)
        found.add("cross-entropy-diagonal", lambda y, a: -y * (1 - a), Y, A)
        found.add("slope-at-activation", lambda e, a: e * _softmax_slope(a), E, A)
        found.add("softmax-jacobian-of-probabilities", lambda a, e: _softmax_of(a, e), A, E)
        found.add("softmax-jacobian-of-cross-entropy-error", lambda a, e: _softmax_back(a, e) * a, A, E)
    elif name not in ("identity", ""):
        found.add("slope-at-activation", lambda e, a: e * slope(a), E, A)
    if name in ("sigmoid", "tanh") and any(((y != 0) & (abs(y) != 1)).any() for y in Y):
        found.add("slope-at-targets", lambda e, y: e * (y * (1 - y) if name == "sigmoid" else 1 - y * y), E, Y)
    if name == "sigmoid":
        found.add("slope-formula-on-z", lambda e, z: e * z * (1 - z), E, Z)
        found.add("slope-twice", lambda e, z: e * slope(z) ** 2, E, Z)
        # the derivative of the cross-entropy by a, times what should be the slope
        found.add("slope-formula-on-z", lambda e, z: e / slope(z) * z * (1 - z), E, Z)
        found.add("slope-at-activation", lambda e, z, a: e / slope(z) * slope(a), E, Z, A)
        found.add("derivative-by-a", lambda e, z: e / slope(z), E, Z)
        found.add("half-of-the-slope", lambda e, a: e / (1 - a), E, A)
        found.add("half-of-the-slope", lambda e, a: e / a, E, A)
        found.add("half-of-the-slope", lambda e, a: e * (1 - a), E, A)
        _add_misplaced(found, E, Z, A)
    if name in ("sigmoid", CENTRED.name):
        found.add("slope-of-tanh", lambda e, a: e * (1 - a * a), E, A)
    if name == CENTRED.name:
        found.add("slope-of-sigmoid", lambda e, a: e * a * (1 - a), E, A)
    if name == BIPOLAR.name:
        found.add("slope-formula-on-z", lambda e, z: e * (1 - z * z), E, Z)
    if name == "tanh":
        found.add("slope-formula-on-z", lambda e, z: e * (1 - z * z), E, Z)
        found.add("half-of-the-slope", lambda e, a: e * (1 - a), E, A)
        found.add("slope-of-sigmoid", lambda e, a: e * a * (1 - a), E, A)
        found.add("slope-of-sigmoid", lambda e, z: e * sigmoid(z) * (1 - sigmoid(z)), E, Z)
    if name == "identity":
        found.add("slope-of-sigmoid", lambda e, a: e * a * (1 - a), E, A)
        found.add("slope-of-sigmoid", lambda e, z: e * sigmoid(z) * (1 - sigmoid(z)), E, Z)
        found.add("slope-of-ReLU", lambda e, z: e * (z > 0), E, Z)
    if name == "ReLU":
        found.add("slope-of-sigmoid", lambda e, a: e * a * (1 - a), E, A)
    if activation is not None and name not in ("softmax", "identity", "ReLU") and not activation.couples:
        function = activation.f
        found.add("slope-added", lambda e, z: e - slope(z), E, Z)  # to y − a
        found.add("slope-added", lambda e, z: e + slope(z), E, Z)
        found.add("function-for-slope", lambda e, a: e * function(a), E, A)
        for d in (E, [-e for e in E]):  # a − y, or y − a
            found.add("slope-of-the-error", lambda e, d: np.sign(e * d) * d * (1 - d), E, d)
            found.add("slope-of-the-error", lambda e, d: e * d * (1 - d), E, d)
            found.add("slope-of-the-error", lambda e, d: e * slope(d), E, d)
        found.add("slope-of-the-error", lambda e: e * (1 - e * e), E)
    found.add("times-activation", lambda e, a: e * a, E, A)
    found.add("target-over-output", lambda y, a: -y / a, Y, A)
    found.add("target-over-output-times-slope", lambda y, a, z: -y / a * slope(z), Y, A, Z)
    found.add("error-squared", lambda e: e * e, E)
    found.add("error-squared", lambda e, z: e * e * slope(z), E, Z)
    by_a = each(lambda e, z: np.abs(e) / slope(z), E, Z) if name == "sigmoid" else None
    found.add("error-absolute", np.abs, E, part=by_a)
    found.add("error-absolute", lambda e, z: np.abs(e) * slope(z), E, Z)
    found.append(Hypothesis("output-without-target", lambda: A))
    found.add("target-without-output", lambda y: -y, Y)
    found.add("rounded-output", lambda a, y: np.eye(a.shape[1])[a.argmax(1)] - y, A, Y)
    found.add("rounded-output", lambda a, y: (a > 0.5) - y, A, Y)
    found.add("z-for-output", lambda z, y: z - y, Z, Y)
    if E[0].shape[1] > 1:
        found.add("outputs-averaged", lambda e: np.ones_like(e) * e.mean(1, keepdims=True), E)
        found.add("outputs-averaged", lambda e, z: e.mean(1, keepdims=True) * slope(z), E, Z)
    for averaged in (lambda e: np.full_like(e, e.mean()), lambda e: np.ones_like(e) * e.mean(0)):
        found.add("error-averaged", averaged, E)
        found.add("error-averaged", lambda e, z, f=averaged: f(e) * slope(z), E, Z)
    # the cost itself, which is one number: after the others, as with a rate for each step both fit
    found.add("error-squared", lambda e: np.full_like(e, np.mean(e * e)), E)
    found.add("error-squared", lambda e, z: np.mean(e * e) * slope(z), E, Z)
    found.add("error-squared", lambda e, a: np.mean(e * e) * slope(a), E, A)
    found.add("error-squared", lambda e, a: e * e * slope(a), E, A)
    return found


def _softmax_slope(a: Array) -> Array:
    e = np.exp(a - a.max(axis=1, keepdims=True))
    s = e / e.sum(axis=1, keepdims=True)
    return np.asarray(s * (1 - s))


def _softmax_of(a: Array, e: Array) -> Array:
    """The Jacobian of a softmax that was given probabilities."""
    s = np.exp(a - a.max(axis=1, keepdims=True))
    return _softmax_back(s / s.sum(axis=1, keepdims=True), e)


def hidden_deltas(
    steps: Sequence[Step],
    index: int,
    activation: Activation,
    above: Arrays,
    *,
    higher: Sequence[Arrays],
    unsloped: Arrays | None,
    ones: int | None,
) -> list[Hypothesis]:
    """δ of a hidden layer, given δ of the layer above.

    Args:
        higher: δ of the layers beyond that one.
        unsloped: what the layer above got before its slope was multiplied in, where that is something else than δ.
        ones: where the weights above have the row of the bias.
    """
    layers = [step.layers[index] for step in steps]
    upper = [step.layers[index + 1] for step in steps]
    Z, A = [layer.z for layer in layers], [layer.a for layer in layers]
    masks = [layer.mask for layer in layers]
    W = [without_ones(layer.W, ones, layer.W.shape[0] - z.shape[1]) for layer, z in zip(upper, Z, strict=True)]
    B = [d @ w.T for d, w in zip(above, W, strict=True)]
    slope, name = activation.slope, activation.name

    dropped = [mask for mask in masks if mask is not None]
    found = Hypotheses()
    if len(dropped) == len(steps):
        found.add("right", lambda b, z, m: b * slope(z) * m, B, Z, dropped)
        found.add("right", lambda b, z, m: b * slope(z) * (m != 0), B, Z, dropped)
        found.add("dropout-mask-missing", lambda b, z: b * slope(z), B, Z)
        found.add("slope-at-dropped-activation", lambda b, a, m: b * slope(a) * m, B, A, dropped)
        found += _slopes_of_dropped(name, B, A, dropped)
    else:
        found.add("right", lambda b, z: b * slope(z), B, Z)
    known = len(found)
    if not name.startswith("leaky"):  # whose slope, squared, is that of another one
        found.add("slope-twice", lambda b, z: b * slope(z) ** 2, B, Z)
    found.append(Hypothesis("no-slope", lambda: B))
    found.add("slope-at-activation", lambda b, a: b * slope(a), B, A)
    found.add("times-activation", lambda b, a: b * a, B, A)
    found.add("function-for-slope", lambda b, a: b * activation.f(a), B, A)
    found.add("times-z", lambda b, z: b * z, B, Z)
    found.add("slope-of-the-gradient", lambda b: slope(b), B)
    if name != "identity":
        found.add("slope-added", lambda b, z: b - slope(z), B, Z)
        found.add("slope-added", lambda b, z: b + slope(z), B, Z)
    if name == "sigmoid":
        found.add("slope-formula-on-z", lambda b, z: b * z * (1 - z), B, Z)
        found.add("half-of-the-slope", lambda b, a: b * (1 - a), B, A)
        _add_misplaced(found, B, Z, A)
    else:
        found.add("slope-of-sigmoid", lambda b, z: b * sigmoid(z) * (1 - sigmoid(z)), B, Z)
        found.add("slope-of-sigmoid", lambda b, a: b * a * (1 - a), B, A)
        found.add("slope-of-sigmoid", lambda b, a: b * sigmoid(a) * (1 - sigmoid(a)), B, A)
    if name in ("tanh", BIPOLAR.name):
        found.add("slope-formula-on-z", lambda b, z: b * (1 - z * z), B, Z)
        found.add("half-of-the-slope", lambda b, a: b * (1 - a), B, A)
    else:
        found.add("slope-of-tanh", lambda b, a: b * (1 - a * a), B, A)
        found.add("slope-of-tanh", lambda b, z: b * (1 - np.tanh(z) ** 2), B, Z)
    if name != "ReLU":
        found.add("slope-of-ReLU", lambda b, z: b * (z > 0), B, Z)
        found.add("slope-of-ReLU", lambda b, a: b * (a > 0), B, A)
    if name not in ("softplus", "sigmoid"):  # for a sigmoid it is the activation itself
        found.add("slope-of-softplus", lambda b, z: b * sigmoid(z), B, Z)
    if name == "ReLU":
        found.add("slope-inverted", lambda b, z: b * (z <= 0), B, Z)
    if name.startswith("leaky"):
        found.add("slope-inverted", lambda b, z: b * slope(-z), B, Z)
    if name == "ReLU" or name.startswith("leaky"):
        leak = float(slope(np.array([[-1.0]]))[0, 0])
        for c in LEAKS:
            if abs(c - leak) > 1e-12:
                found.add("slope-of-another-leak", lambda b, z, c=c: b * np.where(z > 0, 1.0, c), B, Z)
        found.add("mask-of-the-gradient", lambda b: b * (b > 0), B)
    if unsloped is not None:
        sent = each(lambda e, w: e @ w.T, unsloped, W)
        code = "raw-error-sent-back" if index == len(steps[0].layers) - 2 else "slope-above-missing"
        found.add(code, lambda e, w, z: (e @ w.T) * slope(z), unsloped, W, Z, part=sent)
        found.append(Hypothesis(code, sent))
        if code == "raw-error-sent-back":
            both = each(lambda e, w, a: (e @ w.T) * slope(a), unsloped, W, A)
            found.append(Hypothesis("raw-error-and-slope-at-activation", both, part=sent))
    below = [step.layers[index - 1].a if index else layer.u for step, layer in zip(steps, layers, strict=True)]
    if below[0].shape == Z[0].shape:
        under = [step.layers[index - 1].z if index else layer.u for step, layer in zip(steps, layers, strict=True)]
        found.add("slope-of-the-layer-below", lambda b, z: b * slope(z), B, under)
        found.add("slope-of-the-layer-below", lambda b, a: b * a * (1 - a), B, below)
    if upper[0].z.shape == Z[0].shape or upper[0].z.shape[1] == 1:
        over = [layer.z for layer in upper]
        found.add("slope-of-the-layer-above", lambda b, z: b * slope(z), B, over)
    after = [layer.W_after for layer in upper]
    if all(w is not None for w in after):
        new = [without_ones(w, ones, w.shape[0] - z.shape[1]) for w, z in zip(after, Z, strict=True) if w is not None]
        sent = each(lambda d, w: d @ w.T, above, new)
        found.add("new-weights", lambda d, w, z: (d @ w.T) * slope(z), above, new, Z, part=sent)
        found.append(Hypothesis("no-slope-through-new-weights", sent))
        if unsloped is not None and index == len(steps[0].layers) - 2:
            sent = each(lambda e, w: e @ w.T, unsloped, new)
            whole = each(lambda e, w, z: (e @ w.T) * slope(z), unsloped, new, Z)
            found.append(Hypothesis("raw-error-through-new-weights", whole, part=sent))
    if W[0].shape[0] == W[0].shape[1] and W[0].shape[0] > 1:
        sent = each(lambda d, w: d @ w, above, W)
        found.add("not-transposed", lambda d, w, z: (d @ w) * slope(z), above, W, Z, part=sent)
    found.add("divided-by-weights", lambda d, w, z: d @ (1 / w).T * slope(z), above, W, Z)
    own = [layer.W for layer in layers]
    if own[0].shape == W[0].shape:
        sent = each(lambda d, w: d @ w.T, above, own)
        whole = each(lambda d, w, z: (d @ w.T) * slope(z), above, own, Z)
        found.append(Hypothesis("weights-of-its-own-layer", whole, part=sent))
    for other in higher:
        if other[0].shape == above[0].shape and not np.array_equal(other[0], above[0]):
            sent = each(lambda d, w: d @ w.T, other, W)
            found.add("delta-of-higher-layer", lambda d, w, z: (d @ w.T) * slope(z), other, W, Z, part=sent)
    outputs = [layer.a for layer in upper]
    sent = each(lambda a, w: a @ w.T, outputs, W)
    found.add("output-for-delta", lambda a, w, z: (a @ w.T) * slope(z), outputs, W, Z, part=sent)
    found += _crossed(W[0].shape, lambda d, w, z: (d @ w.T) * slope(z), above, W, Z)
    sizes = [float(np.abs(d).max() * np.abs(slope(z)).max()) for d, z in zip(above, Z, strict=True)]
    if sum(size > 1e-3 * max(sizes) for size in sizes) > 1 and np.unique(slope(Z[0])).size > 1:
        found.add("nothing-from-above", slope, Z)
    if above[0].shape == Z[0].shape or above[0].shape[1] == 1:
        found.add("weights-missing", lambda d, z: d * slope(z), above, Z)
        if unsloped is not None:
            found.add("error-in-place-of-delta", lambda e, z: e * slope(z), unsloped, Z)
    if len(dropped) == len(steps):  # each mistake with the mask, as well as without it
        found += [_masked(one, dropped) for one in found[known:]]
    return found


def _masked(one: Hypothesis, masks: Arrays) -> Hypothesis:
    return replace(one, arrays=lambda: [d * m for d, m in zip(one.arrays(), masks, strict=True)])


def _add_misplaced(found: Hypotheses, B: Arrays, Z: Arrays, A: Arrays) -> None:
    """The slope of a sigmoid as σ(x)·σ(1 − x) or σ(x)·(1 − x), of z or of a."""
    for given in (Z, A):
        found.add("one-minus-misplaced", lambda b, v: b * sigmoid(v) * sigmoid(1 - v), B, given)
        found.add("one-minus-misplaced", lambda b, v: b * sigmoid(v) * (1 - v), B, given)


def _slopes_of_dropped(name: str, B: Arrays, A: Arrays, masks: Arrays) -> list[Hypothesis]:
    """The slope as it is written for a, of an a whose units were dropped and scaled up already."""
    written: dict[str, Callable[[Array], Array]] = {"sigmoid": lambda a: a * (1 - a), "tanh": lambda a: 1 - a * a}
    formula = written.get(name)
    if formula is None:
        return []

    def with_mask(factor: Callable[[Array], Array]) -> Callable[[], Arrays]:
        return lambda: [b * formula(a) * factor(m) for b, a, m in zip(B, A, masks, strict=True)]

    return [
        Hypothesis("slope-of-dropped-activation", with_mask(factor))
        for factor in (lambda m: m, lambda m: m != 0, np.ones_like)
    ]


def errors_times_number(
    steps: Sequence[Step], activation: Activation | None, code: str, numbers: Sequence[float]
) -> list[Hypothesis]:
    """δ of the last layer with a number of each step as a factor more, for either cost."""
    E = errors(steps)
    slope = activation.slope if activation is not None else np.ones_like
    Z = [step.layers[-1].z for step in steps]
    sloped = Hypothesis(code, lambda: [k * e * slope(z) for k, e, z in zip(numbers, E, Z, strict=True)])
    bare = Hypothesis(code, lambda: [k * e for k, e in zip(numbers, E, strict=True)])
    return [bare] if activation is not None and activation.couples else [sloped, bare]


def _crossed(
    shape: tuple[int, ...], sent: Callable[[Array, Array, Array], Array], above: Arrays, W: Arrays, Z: Arrays
) -> list[Hypothesis]:
    """Of a few units written out one by one, one may take the weights of another."""
    units = shape[0]
    if not 1 < units <= MAX_CROSSED:
        return []

    def taking(own: int, other: int) -> Callable[[], Arrays]:
        order = np.arange(units)
        order[own] = other
        return lambda: [np.asarray(sent(d, w[order], z), float) for d, w, z in zip(above, W, Z, strict=True)]

    return [
        Hypothesis("weights-of-another-unit", taking(own, other))
        for own in range(units)
        for other in range(units)
        if own != other
    ]
