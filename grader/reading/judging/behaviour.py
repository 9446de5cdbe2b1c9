"""How a network behaves, whatever its formulas: starting weights, saturation, dead units, data, missing biases."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.same_samples import judge_same_samples
from grader.reading.recorded.activations import IDENTITY, OWN
from grader.reading.recorded.graph import PARTS, VIEWS
from grader.reading.recorded.recording import Array
from grader.reading.structure.network_read import Network

SMALL, TINY = 0.06, 2e-3  # of the usual size of starting weights, 1/√inputs
LEAST_OF_MASK = 8  # entries of a mask that are not alike by chance
CUT = 0.2  # of the inputs that lie between 0 and 1, and become 0
SCALED = 20.0  # the largest input, at most, of those that are scaled
HOPELESS = 1e6  # steps that would be needed at the pace of the first
SHORT = 1e-5  # of a weight: the longest change in a step that is hardly one
LEARNED = 1e-3  # the squared error of a sample that is small enough
FEW_STEPS = 20
STILL = 0.7  # of the first error, at least, if a training has hardly begun
MANY_OUTPUTS = 20  # that are no chance
ALIKE = 1e-9
SATURATED = 8.0  # |z| beyond which a sigmoid has no slope to speak of


def judge_behaviour(judgement: Judgement) -> None:
    """Add what the first step shows to the findings and notes of a judgement."""
    _starting_weights(judgement)
    _saturation(judgement)
    _dead_units(judgement)
    _missing_biases(judgement)
    _same_units_dropped(judgement)
    _made_before(judgement)
    _no_function(judgement)
    if not judgement.is_driven:  # else data, rate and number of steps are not the person's
        _hardly_moves(judgement)
        _ends_early(judgement)
        judge_same_samples(judgement)
    _data(judgement)


def _maker(judgement: Judgement, index: int) -> int | None:
    graph = judgement.network.graph
    value: int | None = judgement.network.chain[index].first
    at = None
    for _ in range(6):
        maker = graph.maker(value, judgement.start) if value is not None else None
        if maker is None:
            break
        at = maker.index if at is None else at
        if maker.op not in ("reshape", "T", "Index", "Item", "copy", "array"):
            return maker.index
        value = maker.operands[0] if maker.operands else None
    return at


def _weights(judgement: Judgement, index: int, given: Array | None = None) -> Array:
    """The weights without the row of the bias: those of the first step, or the ones `given`."""
    network = judgement.network
    W = network.steps[0].layers[index].W if given is None else given
    if network.ones is None or network.layers[index].biases != "row of the weights":
        return W
    return W[1:] if network.ones == 0 else W[:-1]


def _starting_weights(judgement: Judgement) -> None:
    network = judgement.network
    W = [_weights(judgement, index) for index in range(network.depth)]
    hidden = range(network.depth - 1)
    alike = [index for index in hidden if W[index].shape[1] > 1 and _units_are_alike(judgement, index, W[index])]
    if alike and (network.depth - 1 in alike or _units_feed_alike(W[alike[0] + 1])):
        index = alike[0]
        value = float(W[index].flat[0])
        facts: dict[str, float | int | str] = {"value": value, "layers": ", ".join(f"W{i + 1}" for i in alike)}
        code = "zero-weights" if not W[index].any() else "equal-weights"
        judgement.findings.insert(0, Finding(f"W{index + 1}", code, _maker(judgement, index), index, facts))
        return
    if starts_small(judgement) and not judgement.findings:
        spread, usual = _size(W[0]), W[0].shape[0] ** -0.5
        judgement.notes.append(
            f"the weights start {'tiny' if spread < TINY * usual else 'small'} (of about {spread:.2g}; usual "
            f"is {usual:.1g} for {W[0].shape[0]} inputs): little passes through {network.depth} layers, and the "
            "first epochs may show nothing"
        )
    for index, w in enumerate(W):
        if w.size > 20 and (w > 0).all():
            judgement.notes.append(f"all weights of W{index + 1} start positive")


def _size(w: Array) -> float:
    """That of equal weights as well, which have no spread."""
    return float(np.sqrt(np.mean(w * w)))


def starts_small(judgement: Judgement) -> bool:
    """Whether all layers start with weights that let next to nothing through; two layers soon grow out of it."""
    depth = judgement.network.depth
    W = [_weights(judgement, index) for index in range(depth)]
    largest = max(_size(w) * np.sqrt(w.shape[0]) for w in W)
    return depth > 1 and 0 < largest < (SMALL if depth > 2 else TINY)


def _units_are_alike(judgement: Judgement, index: int, W: Array) -> bool:
    step = judgement.network.steps[0]
    same_bias = step.layers[index].b is None or np.ptp(np.asarray(step.layers[index].b)) == 0
    if np.ptp(W, axis=1).max() != 0 or not same_bias or step.layers[index].mask is not None:
        return False
    seen = [one.layers[index].W_after for one in judgement.network.steps]  # they are to stay alike as well
    later = [_weights(judgement, index, one) for one in seen if one is not None]
    return all(float(np.ptp(one, axis=1).max()) <= ALIKE * float(np.abs(one).max()) for one in later)


def _units_feed_alike(upper: Array) -> bool:
    """Whether units that are alike are also treated alike by the layer above, so that they stay alike."""
    return bool(np.ptp(upper, axis=0).max() == 0)


def _saturation(judgement: Judgement) -> None:
    network = judgement.network
    step = network.steps[0]
    x = step.layers[0].u
    for index in range(network.depth - 1):
        activation = network.activations[index]
        if activation is None or activation.name not in ("sigmoid", "tanh"):
            continue
        z = step.layers[index].z
        share = float(np.mean(np.abs(z) > SATURATED))
        is_large = float(np.abs(x).max()) > SCALED  # what pushes them there is known, then
        if share > (0.7 if is_large else 0.95) and z.size >= 20:
            facts = _of_saturation(share, activation.name, float(np.abs(x).max()))
            event = network.passes[0].layers[index].summed
            if not judgement.findings:
                judgement.findings.append(Finding(f"z{index + 1}", "saturated", event, index, facts))
            return


def _of_saturation(share: float, activation: str, largest: float) -> dict[str, float | int | str]:
    """What is told of saturated units: inputs of the usual size are not what has to be scaled."""
    cure = "Start with smaller weights."
    if largest > SCALED:
        cure = f"The largest input is {largest:.3g}: scale the inputs, or start with smaller weights."
    return {"share": round(100 * share), "activation": activation, "cure": cure}


def find_saturated_outputs(network: Network) -> Finding | None:
    """All outputs of sigmoids are exactly 0 or 1 in all steps: their slope is 0, and nothing more can be read."""
    activation, top = network.activations[-1], network.depth - 1
    outputs = np.concatenate([step.out.ravel() for step in network.steps])
    errors = np.concatenate([np.abs(step.out - step.y).ravel() for step in network.steps])
    is_flat = activation is not None and activation.name == "sigmoid" and bool(np.isin(outputs, (0.0, 1.0)).all())
    if not is_flat or outputs.size < MANY_OUTPUTS or not errors.any():
        return None
    facts = _of_saturation(1.0, "sigmoid", float(np.abs(network.steps[0].layers[0].u).max()))
    return Finding(f"z{top + 1}", "saturated", network.passes[0].layers[top].summed, top, facts)


def _dead_units(judgement: Judgement) -> None:
    network = judgement.network
    for index in range(network.depth - 1):
        activation = network.activations[index]
        a = network.steps[0].layers[index].a
        if activation is not None and activation.name == "ReLU" and len(a) > 20:
            dead = float(np.mean((a == 0).all(axis=0)))
            if dead > 0.5:
                judgement.notes.append(
                    f"{dead:.0%} of the units of layer {index + 1} give 0 for every sample of the first step"
                )


def _missing_biases(judgement: Judgement) -> None:
    network = judgement.network
    without = [index + 1 for index, layer in enumerate(network.layers) if layer.biases == "none"]
    if not without:
        return
    if any(found is None or found.name == OWN for found in network.activations):
        return  # where a function is not known, as a batch normalisation with its own shift, a bias may be in it
    if len(without) < network.depth:
        judgement.notes.append("no bias in layer " + ", ".join(map(str, without)))
        return
    if network.is_of_units:  # what is added and never changed is a part of z there
        return
    if any(parameter.is_updated for parameter in network.parameters.others):
        return  # one of them may be a bias, in a place of its own
    hidden = [network.activation(index) for index in range(network.depth - 1)]
    is_empty = any((~step.layers[0].u.any(axis=1)).any() for step in network.steps)
    passes_zero = all(not f.f(np.zeros((1, 1))).any() for f in hidden) and network.activations[-1] is not None
    same = "; an input of zeros gives the same output, whatever the weights are" if is_empty and passes_zero else ""
    judgement.notes.append(f"no layer has a bias{same}")


def _made_before(judgement: Judgement) -> None:
    """What enters the first layer may be made of parameters that are no weights of one: kernels, say."""
    network, graph = judgement.network, judgement.network.graph
    part = network.passes[0].layers[0]
    source = graph.sources[part.product]
    position = next((k for k, operand in enumerate(graph.events[part.product].operands) if operand != part.weights), 0)
    if source[position] < 0:
        return
    read = {parameter.first for parameter in (*network.chain, *network.biases) if parameter is not None}
    learned = (*network.parameters.all, *network.parameters.others)
    others = {parameter.first for parameter in learned if parameter.is_updated} - read
    made = graph.ancestors(source[position])
    if others & {operand for at in made for operand in graph.events[at].operands}:
        judgement.notes.append(
            "what enters layer 1 is made of other parameters that are learned: what makes it is not in this picture"
        )
        for at, finding in enumerate(judgement.findings):
            if finding.code == "uphill":  # the steps of the others may go down
                judgement.findings[at] = replace(finding, code="sign-turned")


def _same_units_dropped(judgement: Judgement) -> None:
    """Dropout whose masks are the same in all steps: the generator is seeded again in each forward pass."""
    steps = judgement.network.steps
    if len(steps) < 3:
        return
    for index, layer in enumerate(steps[0].layers[:-1]):
        f = judgement.activation(index).f
        seen = [(step.layers[index].mask, f(step.layers[index].z) != 0) for step in steps]
        first, passed = layer.mask, f(layer.z) != 0
        if first is None or any(mask is None or mask.shape != first.shape for mask, _ in seen):
            continue
        shared = [mask[both] for mask, other in seen if mask is not None for both in (passed & other,)]
        own = [first[passed & other] for _, other in seen]
        is_enough = all(one.size >= LEAST_OF_MASK and np.unique(one).size > 1 for one in own)
        if is_enough and all(np.array_equal(one != 0, two != 0) for one, two in zip(shared, own, strict=True)):
            judgement.notes.append(
                f"dropout leaves out the same entries of a{index + 1} in all {len(steps)} steps that were seen: are "
                "the random numbers seeded again before each forward pass?"
            )
            return


def _no_function(judgement: Judgement) -> None:
    network = judgement.network
    hidden = network.activations[:-1]
    if hidden and all(found is not None and found.name == IDENTITY.name for found in hidden):
        judgement.notes.append(
            "no function stands between the layers: together they can give no more than a single layer can"
        )


def _hardly_moves(judgement: Judgement) -> None:
    """Steps of the right direction that are so short that training would need more of them than any has."""
    network = judgement.network
    if judgement.findings or judgement.unread or judgement.optimizers or starts_small(judgement):
        return
    fits = [judgement.fits.get(f"dW{index + 1}") for index in range(network.depth)]
    if any(fit is None or not fit.c or fit.kappa or fit.momentum for fit in fits):
        return
    ratio = 0.0  # of what a step takes off the error, where it takes most: one sample may lie where a unit is flat
    for step in network.steps:
        moved = sum(float(np.sum(layer.dW**2)) / abs(fit.c) for layer, fit in zip(step.layers, fits, strict=True)
                    if layer.dW is not None and fit is not None)  # fmt: skip
        error = float(np.sum((step.out - step.y) ** 2)) / 2
        longest = max((float(np.abs(layer.dW).max()) for layer in step.layers if layer.dW is not None), default=0.0)
        if not 0 < moved < error / HOPELESS or longest >= SHORT or error / step.n <= LEARNED:
            return
        ratio = max(ratio, moved / error)
    judgement.notes.append(
        f"a step makes the error smaller by {ratio:.1g} of itself: at the pace of the first ones, some "
        f"{0.5 / ratio:,.0f} steps would halve it. Is the rate meant to be so small?"
    )


def _ends_early(judgement: Judgement) -> None:
    """A training of a few steps that is over while the error still falls."""
    network = judgement.network
    steps = network.steps
    if judgement.findings or network.graph.recording.end != "finished" or not 2 < len(steps) <= FEW_STEPS:
        return
    if len(network.chain[-1].updates) > len(steps):
        return  # more were taken than were read
    first = steps[0].layers[0].u
    if not all(np.array_equal(step.layers[0].u, first) for step in steps):
        return
    errors = [float(np.mean((step.out - step.y) ** 2)) for step in steps]
    if all(later < earlier for earlier, later in pairwise(errors)) and errors[-1] > STILL * errors[0]:
        judgement.notes.append(
            f"the training is over after {len(steps)} steps: the mean squared error has come from {errors[0]:.3g} to "
            f"{errors[-1]:.3g}, and was still falling"
        )


def _data(judgement: Judgement) -> None:
    x = judgement.network.steps[0].layers[0].u
    largest = float(np.abs(x).max())
    _inputs_cut(judgement)
    if largest > SCALED:
        judgement.notes.append(f"the inputs are not scaled: the largest is {largest:g}")


def _inputs_cut(judgement: Judgement) -> None:
    """Inputs that are made whole numbers after they were divided."""
    network, graph = judgement.network, judgement.network.graph
    value, before = network.passes[0].layers[0].input_value, network.passes[0].first
    for _ in range(6):
        maker = graph.maker(value, before)
        if maker is None or not maker.operands or maker.op not in VIEWS | PARTS:
            return
        inner = graph.array(maker.operands[0]) if maker.op == "astype" else None
        if inner is not None and graph.values.is_whole(maker.result) and not graph.values.is_whole(maker.operands[0]):
            share = float(np.mean((inner > 0) & (inner < 1)))
            if share > CUT and float(inner.max()) <= 1 and float(inner.min()) >= 0:
                zeros = round(100 * float(np.mean(np.floor(inner) == 0)))
                judgement.findings.append(Finding("X", "inputs-cut", maker.index, 0, {"share": zeros}))
            return
        value, before = maker.operands[0], maker.index
