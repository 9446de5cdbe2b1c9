"""What is verified: samples and weights are set before a network is asked; all sizes differ."""

import numpy as np

from grader.checks import check, expect, fail, follows_convention, remark

SIZES = ((5, 3, 4, 1), (6, 4, 3, 2))  # samples, inputs, hidden units, outputs
WEIGHTS = ("weights1", "weights2")


def problem(rng, size):
    """Inputs, targets, weights."""
    n, d, h, k = size
    return rng.normal(size=(n, d)), rng.uniform(size=(n, k)), rng.normal(size=(d, h)), rng.normal(size=(h, k))


def network(side, X, y, weights1, weights2):
    net = side.NeuralNetwork(X, y)
    net.weights1, net.weights2 = weights1, weights2
    return net


def feed(net):
    """Outputs that are returned are for `output`, as the tutorial's `train` does it."""
    outputs = net.feedforward()
    if outputs is not None:
        net.output = outputs


@check("NeuralNetwork", points=10, title="Shapes of the initial weights")
def neuralnetwork_shapes(student):
    net = student.NeuralNetwork(np.ones((5, 3)), np.ones((5, 1)))
    first, second = np.shape(net.weights1), np.shape(net.weights2)
    if len(first) != 2 or first[0] != 3 or second != (first[-1], 1):
        fail(f"for 3 inputs and 1 output the weights have the shapes {first} and {second}, expected (3, h) and (h, 1)")


@check("NeuralNetwork.feedforward", points=30, title="The outputs of all samples")
def neuralnetwork_feedforward(student, solution, rng):
    for size in SIZES:
        given = problem(rng, size)
        nets = [network(side, *given) for side in (student, solution)]
        for net in nets:
            feed(net)
        expect(nets[0].output, "output").close_to(nets[1].output)


def after_a_step(student, solution, rng, name):
    """The weights after a step, the submission's and the solution's. Half of the step, of both weights, is a remark."""
    for size in SIZES:
        given = problem(rng, size)
        nets = [network(side, *given) for side in (student, solution)]
        for net in nets:
            feed(net)
            net.backprop()
        right = {one: np.asarray(getattr(nets[1], one)) for one in WEIGHTS}
        found = {one: np.asarray(getattr(nets[0], one)) for one in WEIGHTS}
        before = dict(zip(WEIGHTS, given[2:], strict=True))
        halves = {one: before[one] + (right[one] - before[one]) / 2 for one in WEIGHTS}
        if any(map(alike, found.values(), halves.values())) and not any(map(alike, found.values(), right.values())):
            remark("the factor 2 of the square's derivative is missing, as if the cost were ½Σ(y - output)²")
            follows_convention("backprop.half-squares")
            right = halves
        yield found[name], right[name]


def alike(found, right):
    return found.shape == right.shape and np.allclose(found, right)


@check("NeuralNetwork.backprop", points=25, title="weights2 after one step")
def neuralnetwork_backprop_output(student, solution, rng):
    for found, right in after_a_step(student, solution, rng, "weights2"):
        expect(found, "weights2").close_to(right)


@check("NeuralNetwork.backprop", points=35, title="weights1 after one step")
def neuralnetwork_backprop_hidden(student, solution, rng):
    for found, right in after_a_step(student, solution, rng, "weights1"):
        expect(found, "weights1").close_to(right)
