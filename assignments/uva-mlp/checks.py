"""What is verified: networks whose parameters are set in their modules."""

import itertools

import numpy as np

from grader.checks import check, expect, fail
from grader.checks.compare import as_array
from grader.checks.implementation import CallFailed

NETWORKS = ((4, [6, 5], 3), (3, [5], 4))  # inputs, hidden units, classes
ALONE = (4, [], 3)


def parameters(module):
    """The arrays of a module by name; none of one that has no parameters."""
    try:
        return {name: as_array(value) for name, value in dict(module.params).items()}
    except CallFailed:
        return {}


def made(side, rng, size):
    """A network and its LinearModules, with random parameters; None, and a failure, where these have other shapes."""
    net = side.MLP(*size)
    linear = list(net.layers)[::2]
    pairs = list(itertools.pairwise([size[0], *size[1], size[2]]))
    weights = [parameters(module).get("weight") for module in linear]
    if [sorted(np.shape(W)) for W in weights] != [sorted(pair) for pair in pairs]:
        fail(f"`layers` of MLP{size} are not LinearModule and ELUModule by turns, with weights {pairs}")
        return None, []
    for module, W, (d, k) in zip(linear, weights, pairs, strict=True):
        drawn, bias = rng.normal(size=(k, d)), parameters(module).get("bias")
        is_turned = d != k and W.shape == (d, k)
        shape = np.shape(bias) if np.size(bias) == k else (k,)
        module.params = {"weight": drawn.T if is_turned else drawn, "bias": rng.normal(size=k).reshape(shape)}
    return net, linear


def expect_alike(student, solution, rng, size, what, ask):
    """Demand the same answer of both, to the same random numbers."""
    seed = int(rng.integers(2**31))
    found, right = (ask(side, np.random.default_rng(seed), size) for side in (student, solution))
    if found is not None:
        expect(found, what).close_to(right)


def outputs(side, rng, size):
    net, _ = made(side, rng, size)
    return None if net is None else net.forward(rng.normal(size=(7, size[0])))


def gradients(side, rng, size):
    net, linear = made(side, rng, size)
    if net is None:
        return None
    net.forward(rng.normal(size=(7, size[0])))
    net.backward.map([(rng.normal(size=(7, size[2])),)])  # whatever it returns
    found = {}
    for i, module in enumerate(linear):
        grads = {name: as_array(value) for name, value in dict(module.grads).items()}
        W, b = grads.get("weight"), grads.get("bias")
        k = [*size[1], size[2]][i]
        found[f"weight {i}"] = W.T if W is not None and W.ndim == 2 and W.shape[0] != k else W
        found[f"bias {i}"] = b.reshape(k) if b is not None and b.size == k else b
    return found


@check("MLP.forward", points=32, title="The probabilities, with one hidden layer and with two")
def forward_values(student, solution, rng):
    for size in NETWORKS:
        expect_alike(student, solution, rng, size, "the probabilities", outputs)


@check("MLP.forward", points=6, title="Without a hidden layer")
def forward_alone(student, solution, rng):
    expect_alike(student, solution, rng, ALONE, "the probabilities", outputs)


@check("MLP.backward", points=56, title="The gradients of every layer")
def backward_values(student, solution, rng):
    for size in NETWORKS:
        expect_alike(student, solution, rng, size, "gradients", gradients)


@check("MLP.backward", points=6, title="Without a hidden layer")
def backward_alone(student, solution, rng):
    expect_alike(student, solution, rng, ALONE, "gradients", gradients)
