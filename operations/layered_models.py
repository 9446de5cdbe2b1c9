"""Models with a list of layers, `Linear` and activations by turns: what passes and steps of an optimizer do to them.

Parameters and gradients are set in the layers themselves, which a check has from `layers`; so it is by experiments that
the diagnosis compares them.
"""

import itertools

import numpy as np

from grader.checks import fail
from grader.checks.compare import as_array

KINDS = ("W", "b")


def linear_layers(net, sizes, rng):
    """The Linear layers of a network, with random parameters; None, and a failure, where these have other shapes."""
    found = list(net.layers)[::2]
    expected = [(k, d) for d, k in itertools.pairwise(sizes)]
    if [np.shape(as_array(layer.W)) for layer in found] != expected:
        fail(f"`layers` are not Linear and ReLU by turns, with weights of the shapes {expected}")
        return None
    _set_parameters(found, sizes, rng)
    return found


def _set_parameters(layers, sizes, rng):
    for layer, (d, k) in zip(layers, itertools.pairwise(sizes), strict=True):
        layer.W, layer.b = rng.normal(size=(k, d)), 0.3 * rng.normal(size=(k, 1))


def outputs(side, name, sizes, rng):
    """What a network gives for a random batch."""
    net = getattr(side, name)()
    if linear_layers(net, sizes, rng) is None:
        return None
    return net.forward(2 * rng.normal(size=(7, sizes[0])))


def gradients(side, name, sizes, rng):
    """What the way back through a network gives, and leaves in its layers."""
    net = getattr(side, name)()
    layers = linear_layers(net, sizes, rng)
    if layers is None:
        return None
    net.forward(2 * rng.normal(size=(7, sizes[0])))
    found = {"in the inputs": net.backward(rng.normal(size=(7, sizes[-1])))}
    for i, layer in enumerate(layers):
        found |= {f"dLd{kind}{i}": getattr(layer, f"dLd{kind}") for kind in KINDS}
    return found


def stepped(side, name, sizes, rng, momentum, steps):
    """The parameters of a model of Linear layers alone after steps of SGD."""
    net = getattr(side, name)()
    layers = list(net.layers)[::2]
    if len(layers) != len(sizes) - 1:
        fail(f"`layers` are not Linear and ReLU by turns, {len(sizes) - 1} of them Linear")
        return None
    _set_parameters(layers, sizes, rng)  # whatever shapes they begin with: these are no work of the optimizer's
    net.layers = layers
    optimizer = side.SGD(net, 0.3, momentum)
    for _ in range(steps):
        for layer, (d, k) in zip(layers, itertools.pairwise(sizes), strict=True):
            layer.dLdW, layer.dLdb = rng.normal(size=(k, d)), rng.normal(size=(k, 1))
        optimizer.step()
    return {f"{kind}{i}": getattr(layer, kind) for i, layer in enumerate(layers) for kind in KINDS}
