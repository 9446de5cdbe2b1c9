"""What dW and db of a layer may be, given δ that was really used."""

from collections.abc import Callable, Sequence

import numpy as np

from grader.reading.judging.hypotheses import Arrays, Hypotheses, Hypothesis, errors
from grader.reading.recorded.activations import RELU, SIGMOID, TANH
from grader.reading.recorded.recording import Array
from grader.reading.structure.network import Step


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
    inputs, outputs = [layer.u for layer in layers], [layer.a for layer in layers]
    lower = [step.layers[index - 1] for step in steps] if index else []
    found = Hypotheses()

    def add_product(code: str, of: Sequence[Array], with_deltas: Sequence[Array] = deltas) -> None:
        found.add(code, lambda u, d: u[:, part].T @ d, of, with_deltas)

    add_product("right", inputs)
    if outputs[0].shape[1] == shape[0]:
        add_product("own-activation", outputs)
    if index and all(layer.mask is not None for layer in lower):
        whole = [activation_below(layer.z) for layer in lower] if activation_below else []
        if whole and whole[0].shape[1] == shape[0]:
            add_product("inputs-not-dropped", whole)
    if index and any((u == 0).any() for u in inputs) and any(((u > 0) & (u != 1)).any() for u in inputs):
        add_product("slope-for-activation", [(u > 0) * 1.0 for u in inputs])
    if index:
        under = [layer.z for layer in lower]
        if under[0].shape[1] == shape[0]:
            add_product("z-for-activation", under)
            if all(np.array_equal(layer.a, layer.z) for layer in lower):
                for function in (SIGMOID.f, TANH.f, RELU.f):
                    add_product("activation-left-out", [function(z) for z in under])
        anew = _computed_anew(steps, index - 1, activation_below)
        if anew is not None and anew[0].shape[1] == shape[0]:
            add_product("inputs-of-new-weights", anew)
        given = [step.layers[0].u for step in steps]
        if given[0].shape[1] == shape[0]:
            add_product("input-of-the-network", given)
    for other in range(len(steps[0].layers) - 1):
        others = [step.layers[other].a for step in steps]
        if other not in (index - 1, index) and others[0].shape[1] == shape[0]:
            add_product("activation-of-another-layer", others)
    if above is not None and above[0].shape[1] in (1, deltas[0].shape[1]):  # one number goes to all units
        spread = [np.broadcast_to(d, (len(d), deltas[0].shape[1])) for d in above]
        add_product("delta-of-the-layer-above", inputs, spread)
    if shape[0] == shape[1] and shape[0] > 1:
        found.add("gradient-transposed", lambda u, d: (d.T @ u)[part], inputs, deltas)
    if all(len(step.sizes) > 1 for step in steps):
        last, first = [step.sizes[-1] for step in steps], [step.sizes[0] for step in steps]
        found.add("last-sample-only", lambda u, d, k: u[-k:, part].T @ d[-k:], inputs, deltas, last)
        found.add("first-sample-only", lambda u, d, k: u[:k, part].T @ d[:k], inputs, deltas, first)
    if steps[0].n > 1:
        found.add("averages-multiplied", lambda u, d: np.outer(u[:, part].sum(0), d.sum(0)), inputs, deltas)
    count = inputs[0][:, part].shape[1]
    found.add("inputs-missing", lambda d: np.tile(d.sum(0), (count, 1)), deltas)
    if all(u.all() for u in inputs):
        found.add("divided-by-inputs", lambda u, d: (1 / u[:, part]).T @ d, inputs, deltas)
    found.add("weights-for-inputs", lambda w, d: w * d.sum(0), [layer.W[part] for layer in layers], deltas)
    if min(shape) > 1:  # what comes of `np.sum(u.T @ d, axis=…)`, spread over the lines of W
        found.add("gradient-summed", lambda u, d: np.tile(u.sum(1) @ d, (count, 1)), inputs, deltas)
        found.add("gradient-summed", lambda u, d: np.tile((u[:, part].T @ d.sum(1))[:, None], shape[1]), inputs, deltas)
    if outputs[0].shape[1] == deltas[0].shape[1]:
        code = "own-activation" if outputs[0].shape[1] == 1 else "dot-for-outer"
        found.add(code, lambda a, d: np.full((count, d.shape[1]), float(np.sum(a * d))), outputs, deltas)
    return found


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


def bias_gradients(
    steps: Sequence[Step],
    index: int,
    deltas: Arrays,
    above: Arrays | None,
    slope: Callable[[Array], Array],
    size: int,
    slope_below: Callable[[Array], Array] | None = None,
) -> list[Hypothesis]:
    """db as a vector of `size` numbers, given δ, the δ of the layer above, and the slope of the one below."""
    units = deltas[0].shape[1]
    layers = [step.layers[index] for step in steps]
    found = Hypotheses()
    if size == units:
        found.add("right", lambda d: d.sum(0), deltas)
    found.add("one-number", lambda d: np.full(size, d.sum()), deltas)
    if size == units:
        if above is None:
            B = errors(steps)
        else:
            upper = [step.layers[index + 1].W for step in steps]
            B = [(d @ w.T)[:, :units] for d, w in zip(above, upper, strict=True)]
        found.add("before-slope", lambda b: b.sum(0), B)
        biases = [layer.b for layer in layers]
        if all(b is not None and b.size == units for b in biases):
            flat = [b.ravel() for b in biases if b is not None]
            found.add("slope-at-bias", lambda b, v: b.sum(0) * v * (1 - v), B, flat)
            found.add("slope-at-bias", lambda b, v: b.sum(0) * slope(v), B, flat)
            found.add("slope-at-bias", lambda d, v: d.sum(0) * v * (1 - v), deltas, flat)
            found.add("times-bias", lambda d, v: d.sum(0) * v, deltas, flat)
        found.add("times-activation", lambda d, a: (d * a).sum(0), deltas, [layer.a for layer in layers])
        found.add("sum-of-dW", lambda u, d: (u.T @ d).sum(0), [layer.u for layer in layers], deltas)
        if above is not None and above[0].shape[1] in (1, units):  # one number is added to the biases of all units
            found.add("delta-of-the-layer-above", lambda d: np.broadcast_to(d.sum(0), (size,)), above)
    if index and slope_below is not None and steps[0].layers[index - 1].z.shape[1] in (1, size):
        lower, W = [step.layers[index - 1].z for step in steps], [layer.W for layer in layers]
        slopes = [slope_below(z) for z in lower]
        found.add(
            "delta-of-the-layer-below",
            lambda d, w, s: np.broadcast_to(((d @ w.T)[:, : s.shape[1]] * s).sum(0), (size,)),
            deltas, W, slopes,
        )  # fmt: skip
    if all(len(step.sizes) > 1 for step in steps):
        last = [step.sizes[-1] for step in steps]
        if size == units:
            found.add("last-sample-only", lambda d, k: d[-k:].sum(0), deltas, last)
        found.add("one-number-of-the-last-sample", lambda d, k: np.full(size, d[-k:].sum()), deltas, last)
    if all(len(d) == size for d in deltas):
        found.add("over-units", lambda d: d.sum(1), deltas)
    if size == units > 1 and all(len(d) > 1 for d in deltas):
        found.add("first-sample-only", lambda d: d[0], deltas)
        found.add("last-row-only", lambda d: d[-1], deltas)
    return found
