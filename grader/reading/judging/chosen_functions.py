"""Functions that look like a slip of a known one, and are differentiated as what they are: someone's choice."""

from dataclasses import replace

import numpy as np

from grader.reading.judging.judge import judge_network
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded import activations as act
from grader.reading.recorded.recording import Array
from grader.reading.structure.network_read import Network


def settle_chosen(network: Network, cost: str | None) -> list[str]:
    """Take functions for chosen where the way back has their own slope; what to say of them."""
    candidates = {index: code for index, code in network.wrong_activations.items() if code in act.CHOSEN}
    if not candidates:
        return []
    own = {index for index, code in candidates.items() if _stands(network, index, act.CHOSEN[code])}
    if own != set(candidates):
        for index, code in candidates.items():
            network.activations[index] = act.CHOSEN[code]
        judgement = judge_network(network, cost)
        own |= {index for index in candidates if _is_downhill(judgement, index)}
    notes = []
    for index, code in candidates.items():
        network.activations[index] = act.CHOSEN[code] if index in own else None
        if index in own:
            del network.wrong_activations[index]
            name = act.CHOSEN[code].name
            network.layers[index] = replace(network.layers[index], activation=name)
            notes.append(f"a{index + 1} is {name}, and the way back has the slope of that: a choice, no fault")
    return notes


def _is_downhill(judgement: Judgement, index: int) -> bool:
    """Whether δ of a layer is right and its weights go down it: a slope of the other sign fits as well."""
    quantity = f"dW{index + 1}"
    fit, optimizer = judgement.fits.get(quantity), judgement.optimizers.get(quantity)
    rate = fit.c if fit is not None else optimizer.rate if optimizer is not None else 0.0
    return f"δ{index + 1}" in judgement.right and rate > 0


def _stands(network: Network, index: int, activation: act.Activation) -> bool:
    """Whether the slope of a function is made in the first step, sign included."""
    graph, first = network.graph, network.passes[0]
    layer = first.layers[index]
    slope = activation.slope(layer.z)
    if slope.size < 2 or layer.a is None or np.allclose(slope, 1 - layer.a):  # which stands in a·(1 − a) as well
        return False
    for event in graph.events[first.last : network.steps[0].end + 1]:
        if graph.size(event.result) == slope.size and not graph.values.is_whole(event.result):
            array = graph.array(event.result)
            if array is not None and any(_is(array, one) for one in (slope, slope.T)):
                return True
    return False


def _is(array: Array, slope: Array) -> bool:
    return bool(np.allclose(array.ravel(), slope.ravel(), rtol=1e-6, atol=1e-12))
