"""The right formulas of a network's way back, and the wrong ones that people write.

δ is the derivative of the cost by z. Each layer is judged with the δ really used above it, so that what follows
from a fault is no second one. Arrays have samples in rows; one list entry per step.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from grader.reading.recorded.activations import (
    BIPOLAR,
    CENTRED,
    CHOSEN,
    LEAKS,
    RELU,
    SIGMOID,
    TANH,
    Activation,
    sigmoid,
)
from grader.reading.recorded.recording import Array
from grader.reading.structure.network import Step

Arrays = list[Array]
_OF_TAN = (lambda x: 1 - np.tanh(x) * np.tan(x), lambda x: 1 - np.tan(x) ** 2)
MAX_CROSSED = 4  # units of a layer that may be written out one by one


@dataclass(frozen=True)
class Hypothesis:
    """What δ, dW or db may be. `code` is "right", or the mistake's; `cost` names the cost to which δ belongs.

    `part` is what stands in the text on the way to δ and is the mistake: its line is told, where it has one.
    """

    code: str
    arrays: Callable[[], Arrays]
    cost: str = ""
    part: Callable[[], Arrays] | None = None  # what it is made of and is wrong already

    @property
    def is_right(self) -> bool:
        return self.code == "right"


def errors(steps: Sequence[Step]) -> Arrays:
    return [step.out - step.y for step in steps]


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

    def each(f: Callable[..., Array], *lists: Sequence[Array]) -> Callable[[], Arrays]:
        return lambda: [np.asarray(f(*parts), float) for parts in zip(*lists, strict=True)]

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
    found = [absolute, *order] if cost == "absolute error" else [*order, absolute]
    if name == "softmax":
        found += [
            Hypothesis("softmax-diagonal-slope", each(lambda e, a: e * a * (1 - a), E, A)),
            Hypothesis("one-put-for-taken", each(lambda y, a: a * (1 - y) - y, Y, A)),
            Hypothesis("cross-entropy-diagonal", each(lambda y, a: -y * (1 - a), Y, A)),
            Hypothesis("slope-at-activation", each(lambda e, a: e * _softmax_slope(a), E, A)),
            Hypothesis("softmax-jacobian-of-probabilities", each(lambda a, e: _softmax_of(a, e), A, E)),
            Hypothesis("softmax-jacobian-of-cross-entropy-error", each(lambda a, e: _softmax_back(a, e) * a, A, E)),
        ]
    elif name not in ("identity", ""):
        found.append(Hypothesis("slope-at-activation", each(lambda e, a: e * slope(a), E, A)))
    if name == "sigmoid":
        found.append(Hypothesis("slope-formula-on-z", each(lambda e, z: e * z * (1 - z), E, Z)))
        found.append(Hypothesis("slope-twice", each(lambda e, z: e * slope(z) ** 2, E, Z)))
        found.append(Hypothesis("one-minus-inside", each(lambda e, z: e * sigmoid(z) * sigmoid(1 - z), E, Z)))
        # the derivative of the cross-entropy by a, times what should be the slope
        found.append(Hypothesis("slope-formula-on-z", each(lambda e, z: e / slope(z) * z * (1 - z), E, Z)))
        found.append(Hypothesis("slope-at-activation", each(lambda e, z, a: e / slope(z) * slope(a), E, Z, A)))
        found.append(Hypothesis("derivative-by-a", each(lambda e, z: e / slope(z), E, Z)))
        found.append(Hypothesis("half-of-the-slope", each(lambda e, a: e / (1 - a), E, A)))
        found.append(Hypothesis("half-of-the-slope", each(lambda e, a: e / a, E, A)))
        found.append(Hypothesis("half-of-the-slope", each(lambda e, a: e * (1 - a), E, A)))
    if name in ("sigmoid", CENTRED.name):
        found.append(Hypothesis("slope-of-tanh", each(lambda e, a: e * (1 - a * a), E, A)))
    if name == CENTRED.name:
        found.append(Hypothesis("slope-of-sigmoid", each(lambda e, a: e * a * (1 - a), E, A)))
    if name == BIPOLAR.name:
        found.append(Hypothesis("slope-formula-on-z", each(lambda e, z: e * (1 - z * z), E, Z)))
    if name == "tanh":
        found += [Hypothesis("tan-for-tanh", each(lambda e, x, f=f: e * f(x), E, X)) for f in _OF_TAN for X in (Z, A)]
        found.append(Hypothesis("slope-formula-on-z", each(lambda e, z: e * (1 - z * z), E, Z)))
        found.append(Hypothesis("slope-of-sigmoid", each(lambda e, a: e * a * (1 - a), E, A)))
        found.append(Hypothesis("slope-of-sigmoid", each(lambda e, z: e * sigmoid(z) * (1 - sigmoid(z)), E, Z)))
    if name == "identity":
        found.append(Hypothesis("slope-of-sigmoid", each(lambda e, a: e * a * (1 - a), E, A)))
        found.append(Hypothesis("slope-of-sigmoid", each(lambda e, z: e * sigmoid(z) * (1 - sigmoid(z)), E, Z)))
        found.append(Hypothesis("slope-of-ReLU", each(lambda e, z: e * (z > 0), E, Z)))
    if name == "ReLU":
        found.append(Hypothesis("slope-of-sigmoid", each(lambda e, a: e * a * (1 - a), E, A)))
    if activation is not None and name not in ("softmax", "identity", "ReLU") and not activation.couples:
        function = activation.f
        found.append(Hypothesis("slope-added", each(lambda e, z: e - slope(z), E, Z)))  # to y − a
        found.append(Hypothesis("slope-added", each(lambda e, z: e + slope(z), E, Z)))
        found.append(Hypothesis("function-for-slope", each(lambda e, a: e * function(a), E, A)))
    found += [
        Hypothesis("times-activation", each(lambda e, a: e * a, E, A)),
        Hypothesis("target-over-output", each(lambda y, a: -y / a, Y, A)),
        Hypothesis("target-over-output-times-slope", each(lambda y, a, z: -y / a * slope(z), Y, A, Z)),
        Hypothesis("error-squared", each(lambda e: e * e, E)),
        Hypothesis("error-squared", each(lambda e, z: e * e * slope(z), E, Z)),
        Hypothesis("error-absolute", each(np.abs, E)),
        Hypothesis("error-absolute", each(lambda e, z: np.abs(e) * slope(z), E, Z)),
        Hypothesis("output-without-target", lambda: A),
        Hypothesis("target-without-output", each(lambda y: -y, Y)),
        Hypothesis("rounded-output", each(lambda a, y: np.eye(a.shape[1])[a.argmax(1)] - y, A, Y)),
        Hypothesis("rounded-output", each(lambda a, y: (a > 0.5) - y, A, Y)),
        Hypothesis("z-for-output", each(lambda z, y: z - y, Z, Y)),
        Hypothesis("error-averaged", each(lambda e: np.full_like(e, e.mean()), E)),
        Hypothesis("error-averaged", each(lambda e: np.ones_like(e) * e.mean(0), E)),
        Hypothesis("error-averaged", each(lambda e, z: e.mean(0) * slope(z), E, Z)),
        # the cost itself, which is one number: after the others, as with a rate for each step both fit
        Hypothesis("error-squared", each(lambda e: np.full_like(e, np.mean(e * e)), E)),
        Hypothesis("error-squared", each(lambda e, z: np.mean(e * e) * slope(z), E, Z)),
        Hypothesis("error-squared", each(lambda e, a: np.mean(e * e) * slope(a), E, A)),
        Hypothesis("error-squared", each(lambda e, a: e * e * slope(a), E, A)),
    ]
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
    unsloped: Arrays | None,
    ones: int | None,
) -> list[Hypothesis]:
    """δ of a hidden layer, given δ of the layer above.

    Args:
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

    def each(f: Callable[..., Array], *lists: Sequence[Array]) -> Callable[[], Arrays]:
        return lambda: [np.asarray(f(*parts), float) for parts in zip(*lists, strict=True)]

    dropped = [mask for mask in masks if mask is not None]
    found: list[Hypothesis] = []
    if len(dropped) == len(steps):
        found += [
            Hypothesis("right", each(lambda b, z, m: b * slope(z) * m, B, Z, dropped)),
            Hypothesis("right", each(lambda b, z, m: b * slope(z) * (m != 0), B, Z, dropped)),
            Hypothesis("dropout-mask-missing", each(lambda b, z: b * slope(z), B, Z)),
            Hypothesis("slope-at-dropped-activation", each(lambda b, a, m: b * slope(a) * m, B, A, dropped)),
        ]
        found += _slopes_of_dropped(name, B, A, dropped)
    else:
        found.append(Hypothesis("right", each(lambda b, z: b * slope(z), B, Z)))
    if not name.startswith("leaky"):  # whose slope, squared, is that of another one
        found.append(Hypothesis("slope-twice", each(lambda b, z: b * slope(z) ** 2, B, Z)))
    found += [
        Hypothesis("no-slope", lambda: B),
        Hypothesis("slope-at-activation", each(lambda b, a: b * slope(a), B, A)),
        Hypothesis("times-activation", each(lambda b, a: b * a, B, A)),
        Hypothesis("function-for-slope", each(lambda b, a: b * activation.f(a), B, A)),
        Hypothesis("times-z", each(lambda b, z: b * z, B, Z)),
        Hypothesis("slope-of-the-gradient", each(lambda b: slope(b), B)),
    ]
    if name != "identity":
        found.append(Hypothesis("slope-added", each(lambda b, z: b - slope(z), B, Z)))
        found.append(Hypothesis("slope-added", each(lambda b, z: b + slope(z), B, Z)))
    if name == "sigmoid":
        found.append(Hypothesis("slope-formula-on-z", each(lambda b, z: b * z * (1 - z), B, Z)))
        found.append(Hypothesis("one-minus-inside", each(lambda b, z: b * sigmoid(z) * sigmoid(1 - z), B, Z)))
        found.append(Hypothesis("half-of-the-slope", each(lambda b, a: b * (1 - a), B, A)))
    else:
        found.append(Hypothesis("slope-of-sigmoid", each(lambda b, z: b * sigmoid(z) * (1 - sigmoid(z)), B, Z)))
        found.append(Hypothesis("slope-of-sigmoid", each(lambda b, a: b * a * (1 - a), B, A)))
        found.append(Hypothesis("slope-of-sigmoid", each(lambda b, a: b * sigmoid(a) * (1 - sigmoid(a)), B, A)))
    if name == "tanh":
        found += [Hypothesis("tan-for-tanh", each(lambda b, x, f=f: b * f(x), B, X)) for f in _OF_TAN for X in (Z, A)]
    if name in ("tanh", BIPOLAR.name):
        found.append(Hypothesis("slope-formula-on-z", each(lambda b, z: b * (1 - z * z), B, Z)))
        found.append(Hypothesis("half-of-the-slope", each(lambda b, a: b * (1 - a), B, A)))
    else:
        found.append(Hypothesis("slope-of-tanh", each(lambda b, a: b * (1 - a * a), B, A)))
        found.append(Hypothesis("slope-of-tanh", each(lambda b, z: b * (1 - np.tanh(z) ** 2), B, Z)))
    if name != "ReLU":
        found.append(Hypothesis("slope-of-ReLU", each(lambda b, z: b * (z > 0), B, Z)))
        found.append(Hypothesis("slope-of-ReLU", each(lambda b, a: b * (a > 0), B, A)))
    if name not in ("softplus", "sigmoid"):  # for a sigmoid it is the activation itself
        found.append(Hypothesis("slope-of-softplus", each(lambda b, z: b * sigmoid(z), B, Z)))
    if name == "ReLU":
        found.append(Hypothesis("slope-inverted", each(lambda b, z: b * (z <= 0), B, Z)))
    if name.startswith("leaky"):
        found.append(Hypothesis("slope-inverted", each(lambda b, z: b * slope(-z), B, Z)))
    if name == "ReLU" or name.startswith("leaky"):
        leak = float(slope(np.array([[-1.0]]))[0, 0])
        found += [
            Hypothesis("slope-of-another-leak", each(lambda b, z, c=c: b * np.where(z > 0, 1.0, c), B, Z))
            for c in LEAKS
            if abs(c - leak) > 1e-12
        ]
        found.append(Hypothesis("mask-of-the-gradient", each(lambda b: b * (b > 0), B)))
    if unsloped is not None:
        sent = each(lambda e, w: e @ w.T, unsloped, W)
        code = "raw-error-sent-back" if index == len(steps[0].layers) - 2 else "slope-above-missing"
        found.append(Hypothesis(code, each(lambda e, w, z: (e @ w.T) * slope(z), unsloped, W, Z), part=sent))
        found.append(Hypothesis(code, sent))
    below = [step.layers[index - 1].a if index else layer.u for step, layer in zip(steps, layers, strict=True)]
    if below[0].shape == Z[0].shape:
        under = [step.layers[index - 1].z if index else layer.u for step, layer in zip(steps, layers, strict=True)]
        found.append(Hypothesis("slope-of-the-layer-below", each(lambda b, z: b * slope(z), B, under)))
        found.append(Hypothesis("slope-of-the-layer-below", each(lambda b, a: b * a * (1 - a), B, below)))
    if upper[0].z.shape == Z[0].shape:
        over = [layer.z for layer in upper]
        found.append(Hypothesis("slope-of-the-layer-above", each(lambda b, z: b * slope(z), B, over)))
    after = [layer.W_after for layer in upper]
    if all(w is not None for w in after):
        new = [without_ones(w, ones, w.shape[0] - z.shape[1]) for w, z in zip(after, Z, strict=True) if w is not None]
        sent = each(lambda d, w: d @ w.T, above, new)
        found.append(Hypothesis("new-weights", each(lambda d, w, z: (d @ w.T) * slope(z), above, new, Z), part=sent))
        if unsloped is not None and index == len(steps[0].layers) - 2:
            sent = each(lambda e, w: e @ w.T, unsloped, new)
            whole = each(lambda e, w, z: (e @ w.T) * slope(z), unsloped, new, Z)
            found.append(Hypothesis("raw-error-through-new-weights", whole, part=sent))
    if W[0].shape[0] == W[0].shape[1] and W[0].shape[0] > 1:
        sent = each(lambda d, w: d @ w, above, W)
        found.append(Hypothesis("not-transposed", each(lambda d, w, z: (d @ w) * slope(z), above, W, Z), part=sent))
    own = [layer.W for layer in layers]
    if own[0].shape == W[0].shape:
        sent = each(lambda d, w: d @ w.T, above, own)
        whole = each(lambda d, w, z: (d @ w.T) * slope(z), above, own, Z)
        found.append(Hypothesis("weights-of-its-own-layer", whole, part=sent))
    outputs = [layer.a for layer in upper]
    sent = each(lambda a, w: a @ w.T, outputs, W)
    found.append(Hypothesis("output-for-delta", each(lambda a, w, z: (a @ w.T) * slope(z), outputs, W, Z), part=sent))
    found += _crossed(W[0].shape, lambda d, w, z: (d @ w.T) * slope(z), above, W, Z)
    sizes = [float(np.abs(d).max() * np.abs(slope(z)).max()) for d, z in zip(above, Z, strict=True)]
    if sum(size > 1e-3 * max(sizes) for size in sizes) > 1 and np.unique(slope(Z[0])).size > 1:
        found.append(Hypothesis("nothing-from-above", each(slope, Z)))
    if above[0].shape == Z[0].shape or above[0].shape[1] == 1:
        found.append(Hypothesis("weights-missing", each(lambda d, z: d * slope(z), above, Z)))
        if unsloped is not None:
            found.append(Hypothesis("error-in-place-of-delta", each(lambda e, z: e * slope(z), unsloped, Z)))
    return found


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


def without_ones(W: Array, ones: int | None, extra: int) -> Array:
    """The weights without the row of the bias."""
    if ones is None or extra != 1:
        return W
    return W[1:] if ones == 0 else W[:-1]


def _computed_anew(steps: Sequence[Step], index: int, f: Callable[[Array], Array] | None) -> list[Array] | None:
    """What a layer gives with the weights that it has after the step."""
    found = []
    for step in steps:
        layer = step.layers[index]
        if f is None or layer.dW is None or layer.mask is not None or layer.u.shape[1] != layer.dW.shape[0]:
            return None
        z = layer.z + layer.u @ layer.dW
        found.append(f(z if layer.db is None else z + layer.db.ravel() if layer.db.size in (1, z.shape[1]) else z))
    return found


def weight_gradients(
    steps: Sequence[Step],
    index: int,
    deltas: Arrays,
    rows: Array | None,
    activation_below: Callable[[Array], Array] | None = None,
    above: Arrays | None = None,
) -> list[Hypothesis]:
    """dW, given δ, and the δ `above`; `rows` picks the inputs that are looked at, `activation_below` is the function
    below.
    """
    layers = [step.layers[index] for step in steps]
    shape = layers[0].W.shape
    part = slice(None) if rows is None else rows

    def product(lower: Sequence[Array]) -> Callable[[], Arrays]:
        return lambda: [u[:, part].T @ d for u, d in zip(lower, deltas, strict=True)]

    found = [Hypothesis("right", product([layer.u for layer in layers]))]
    own = [layer.a for layer in layers]
    if own[0].shape[1] == shape[0]:
        found.append(Hypothesis("own-activation", product(own)))
    if index and all(step.layers[index - 1].mask is not None for step in steps):
        whole = [activation_below(step.layers[index - 1].z) for step in steps] if activation_below else []
        if whole and whole[0].shape[1] == shape[0]:
            found.append(Hypothesis("inputs-not-dropped", product(whole)))
    slopes = [(layer.u > 0) * 1.0 for layer in layers]
    if any((layer.u < 0).any() or ((layer.u > 0) & (layer.u != 1)).any() for layer in layers):
        found.append(Hypothesis("slope-for-activation", product(slopes)))
    if index:
        under = [step.layers[index - 1].z for step in steps]
        if under[0].shape[1] == shape[0]:
            found.append(Hypothesis("z-for-activation", product(under)))
            if all(np.array_equal(step.layers[index - 1].a, z) for step, z in zip(steps, under, strict=True)):
                for function in (SIGMOID.f, TANH.f, RELU.f):
                    found.append(Hypothesis("activation-left-out", product([function(z) for z in under])))
        anew = _computed_anew(steps, index - 1, activation_below)
        if anew is not None and anew[0].shape[1] == shape[0]:
            found.append(Hypothesis("inputs-of-new-weights", product(anew)))
        inputs = [step.layers[0].u for step in steps]
        if inputs[0].shape[1] == shape[0]:
            found.append(Hypothesis("input-of-the-network", product(inputs)))
    for other in range(len(steps[0].layers) - 1):
        outputs = [step.layers[other].a for step in steps]
        if other not in (index - 1, index) and outputs[0].shape[1] == shape[0]:
            found.append(Hypothesis("activation-of-another-layer", product(outputs)))
    if above is not None and above[0].shape[1] in (1, deltas[0].shape[1]):  # one number goes to all units
        spread = [np.broadcast_to(d, (len(d), deltas[0].shape[1])) for d in above]
        found.append(
            Hypothesis(
                "delta-of-the-layer-above",
                lambda: [layer.u[:, part].T @ d for layer, d in zip(layers, spread, strict=True)],
            )
        )
    if shape[0] == shape[1] and shape[0] > 1:

        def turned() -> Arrays:
            return [(d.T @ layer.u)[part] for layer, d in zip(layers, deltas, strict=True)]

        found.append(Hypothesis("gradient-transposed", turned))
    last = [step.sizes[-1] for step in steps]
    if all(len(step.sizes) > 1 for step in steps):
        found.append(
            Hypothesis(
                "last-sample-only",
                lambda: [layer.u[-k:, part].T @ d[-k:] for layer, d, k in zip(layers, deltas, last, strict=True)],
            )
        )
        first = [step.sizes[0] for step in steps]
        found.append(
            Hypothesis(
                "first-sample-only",
                lambda: [layer.u[:k, part].T @ d[:k] for layer, d, k in zip(layers, deltas, first, strict=True)],
            )
        )
    if steps[0].n > 1:
        found.append(
            Hypothesis(
                "averages-multiplied",
                lambda: [np.outer(layer.u[:, part].sum(0), d.sum(0)) for layer, d in zip(layers, deltas, strict=True)],
            )
        )
    found.append(
        Hypothesis(
            "inputs-missing",
            lambda: [
                np.broadcast_to(d.sum(0), (layer.u[:, part].shape[1], d.shape[1])).copy()
                for layer, d in zip(layers, deltas, strict=True)
            ],
        )
    )
    weights = [layer.W[part] for layer in layers]
    found.append(Hypothesis("weights-for-inputs", lambda: [w * d.sum(0) for w, d in zip(weights, deltas, strict=True)]))
    if min(shape) > 1:  # what comes of `np.sum(u.T @ d, axis=…)`, spread over the lines of W

        def summed(axis: int) -> Callable[[], Arrays]:
            def arrays() -> Arrays:
                found = []
                for layer, d in zip(layers, deltas, strict=True):
                    total = np.outer(layer.u[:, part].T @ d.sum(1), np.ones(shape[1])) if axis else layer.u.sum(1) @ d
                    found.append(np.broadcast_to(total, (layer.u[:, part].shape[1], shape[1])).copy())
                return found

            return arrays

        found += [Hypothesis("gradient-summed", summed(axis)) for axis in (0, 1)]
    if own[0].shape[1] == deltas[0].shape[1]:
        code = "own-activation" if own[0].shape[1] == 1 else "dot-for-outer"
        found.append(
            Hypothesis(
                code,
                lambda: [
                    np.full((layer.u[:, part].shape[1], d.shape[1]), float(np.sum(layer.a * d)))
                    for layer, d in zip(layers, deltas, strict=True)
                ],
            )
        )
    return found


def bias_gradients(
    steps: Sequence[Step], index: int, deltas: Arrays, above: Arrays | None, slope: Callable[[Array], Array], size: int
) -> list[Hypothesis]:
    """db as a vector of `size` numbers, given δ and the δ of the layer above."""
    units = deltas[0].shape[1]
    found: list[Hypothesis] = []
    if size == units:
        found.append(Hypothesis("right", lambda: [d.sum(0) for d in deltas]))
    found.append(Hypothesis("one-number", lambda: [np.full(size, d.sum()) for d in deltas]))
    if size == units:
        if above is None:
            B = errors(steps)
        else:
            upper = [step.layers[index + 1].W for step in steps]
            B = [(d @ w.T)[:, :units] for d, w in zip(above, upper, strict=True)]
        found.append(Hypothesis("before-slope", lambda: [b.sum(0) for b in B]))
        biases = [step.layers[index].b for step in steps]
        if all(b is not None and b.size == units for b in biases):
            flat = [b.ravel() for b in biases if b is not None]
            found.append(
                Hypothesis("slope-at-bias", lambda: [b.sum(0) * v * (1 - v) for b, v in zip(B, flat, strict=True)])
            )
            found.append(
                Hypothesis("slope-at-bias", lambda: [b.sum(0) * slope(v) for b, v in zip(B, flat, strict=True)])
            )
            found.append(
                Hypothesis("slope-at-bias", lambda: [d.sum(0) * v * (1 - v) for d, v in zip(deltas, flat, strict=True)])
            )
            found.append(Hypothesis("times-bias", lambda: [d.sum(0) * v for d, v in zip(deltas, flat, strict=True)]))
        outputs = [step.layers[index].a for step in steps]
        found.append(
            Hypothesis("times-activation", lambda: [(d * a).sum(0) for d, a in zip(deltas, outputs, strict=True)])
        )
        inputs = [step.layers[index].u for step in steps]
        found.append(Hypothesis("sum-of-dW", lambda: [(u.T @ d).sum(0) for u, d in zip(inputs, deltas, strict=True)]))
        if above is not None and above[0].shape[1] in (1, units):  # one number is added to the biases of all units
            sums = [np.broadcast_to(d.sum(0), (size,)) for d in above]
            found.append(Hypothesis("delta-of-the-layer-above", lambda: sums))
    if all(len(step.sizes) > 1 for step in steps):
        last = [step.sizes[-1] for step in steps]
        if size == units:
            found.append(
                Hypothesis("last-sample-only", lambda: [d[-k:].sum(0) for d, k in zip(deltas, last, strict=True)])
            )
        found.append(
            Hypothesis(
                "one-number-of-the-last-sample",
                lambda: [np.full(size, d[-k:].sum()) for d, k in zip(deltas, last, strict=True)],
            )
        )
    if all(len(d) == size for d in deltas):
        found.append(Hypothesis("over-units", lambda: [d.sum(1) for d in deltas]))
    return found
