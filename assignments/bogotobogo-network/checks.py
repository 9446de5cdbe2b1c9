"""What is verified: weights are set before a network is asked; a step is made on one sample, and on one of three.

Where the one stands, before an input or behind it, is found out: the first weights have its row there.
"""

import itertools

import numpy as np

from grader.checks import check, expect, fail, follows_convention
from grader.checks.compare import as_array
from grader.checks.implementation import CallFailed

LAYERS = ([3, 4, 1], [4, 2, 3])
DEEP = [3, 4, 5, 2]
RATE = 0.37
MANY = 15  # steps, each of a sample that is drawn
STEPS = 4  # of draws of which two of three show a target of another sample


def shapes_of(net):
    return [np.shape(as_array(W)) for W in net.weights]


def chains(shapes, layers):
    """Whether matrices of these shapes can stand behind one another, for such inputs and outputs."""
    if [len(shape) for shape in shapes] != [2] * (len(layers) - 1):
        return False
    inner = all(one[1] == other[0] for one, other in itertools.pairwise(shapes))
    return inner and shapes[0][0] == layers[0] + 1 and shapes[-1][1] == layers[-1]


def random_weights(net, layers, rng):
    """Weights of the shapes that a new network has; None where these do not fit, which is told but of DEEP."""
    shapes = shapes_of(net)
    if chains(shapes, layers):
        return [0.6 * rng.normal(size=shape) for shape in shapes]
    if layers is not DEEP:
        fail(f"for layers = {layers} the weights have the shapes {shapes}")
    return None


def with_the_one_behind(weights):
    return [np.roll(weights[0], -1, axis=0), *weights[1:]]


def has_the_one_behind(student, weights, layers, x):
    """Whether the one stands behind the inputs: told by `predict`, and where that does not tell it, by `fit`."""
    first, others = weights[0], weights[1:]
    of_the_last = changes_outputs(student, [np.vstack([0 * first[:-1], first[-1:]]), *others], layers, x)
    of_the_first = changes_outputs(student, [np.vstack([first[:1], 0 * first[1:]]), *others], layers, x)
    if of_the_last is not None and of_the_last != of_the_first:
        return not of_the_last
    return learns_in_the_last_row(student, weights, layers)


def changes_outputs(student, weights, layers, x):
    """Whether another input has other outputs, with these weights; None where `predict` fails."""
    net = student.NeuralNetwork(layers)
    net.weights = list(weights)
    try:
        found = [as_array(net.predict(given)) for given in (x, -x - 1)]
    except CallFailed:
        return None
    return None if found[0] is None or found[1] is None else not np.array_equal(*found)


def learns_in_the_last_row(student, weights, layers):
    """Whether a step on an input of zeros changes the last row of the first weights alone: the one is all it has."""
    net = student.NeuralNetwork(layers)
    net.weights = [W.copy() for W in weights]
    try:
        net.fit(np.zeros((1, layers[0])), np.full((1, layers[-1]), 0.5), RATE, 1)
    except CallFailed:
        return False
    found = as_array(net.weights[0])
    if found is None or found.shape != weights[0].shape:
        return False
    return np.flatnonzero(np.any(found != weights[0], axis=1)).tolist() == [len(found) - 1]


def networks(student, solution, layers, rng):
    """Both with the same weights, a sample, and whether the submission's one stands behind; None without weights."""
    net, right = student.NeuralNetwork(layers), solution.NeuralNetwork(layers)
    weights, x = random_weights(net, layers, rng), rng.normal(size=layers[0])
    if weights is None:
        return None
    is_behind = has_the_one_behind(student, weights, layers, x)
    if is_behind:
        follows_convention("NeuralNetwork.one-behind")
    net.weights, right.weights = with_the_one_behind(weights) if is_behind else list(weights), weights
    return net, right, x, is_behind


@check("NeuralNetwork", points=10, title="Shapes of the initial weights, of one hidden layer and of two")
def neuralnetwork_shapes(student):
    for layers in (LAYERS[0], DEEP):
        shapes = shapes_of(student.NeuralNetwork(layers))
        if not chains(shapes, layers):
            fail(f"for layers = {layers} the weights have the shapes {shapes}")


@check("NeuralNetwork.predict", points=30, title="The outputs of one sample")
def neuralnetwork_predict(student, solution, rng):
    for layers in LAYERS:
        if made := networks(student, solution, layers, rng):
            net, right, x, _ = made
            expect(net.predict(x), "the outputs").close_to(right.predict(x))


def after_a_step(student, solution, rng):
    """The weights of both after a step, those of the first layer with the one before the input."""
    for layers in (*LAYERS, DEEP):
        if made := networks(student, solution, layers, rng):
            net, right, x, is_behind = made
            y = rng.uniform(-0.9, 0.9, size=(1, layers[-1]))
            for each in (net, right):
                each.fit(x[np.newaxis], y, RATE, 1)
            found = [as_array(W) for W in net.weights]
            if is_behind and found[0] is not None:
                found[0] = np.roll(found[0], 1, axis=0)
            yield found, list(right.weights)


@check("NeuralNetwork.fit", points=25, title="The last weights after a step")
def neuralnetwork_fit_last(student, solution, rng):
    for found, right in after_a_step(student, solution, rng):
        expect(found[-1], "the last weights").close_to(right[-1])


@check("NeuralNetwork.fit", points=30, title="The first weights after a step")
def neuralnetwork_fit_first(student, solution, rng):
    for found, right in after_a_step(student, solution, rng):
        expect(found[0], "the first weights").close_to(right[0])


@check("NeuralNetwork.fit", points=3, title="Each sample is learned with its own target")
def neuralnetwork_fit_pairs(student, solution, rng):
    """A step on three samples is that of one of them, and not with the target of another."""
    layers = LAYERS[0]
    for _ in range(STEPS):
        net = student.NeuralNetwork(layers)
        weights = random_weights(net, layers, rng)
        if weights is None:
            return
        X, y = rng.normal(size=(3, layers[0])), rng.uniform(-0.9, 0.9, size=(3, layers[-1]))
        is_behind = has_the_one_behind(student, weights, layers, X[0])
        net.weights = with_the_one_behind(weights) if is_behind else list(weights)
        net.fit(X, y, RATE, 1)
        last = as_array(net.weights[-1])
        made = {pair: step_of(solution, layers, weights, X[pair[0]], y[pair[1]]) for pair in np.ndindex(3, 3)}
        found = [pair for pair, right in made.items() if last is not None and agree(last, right)]
        if not any(sample == target for sample, target in found):
            which = "a sample with the target of another one" if found else "no sample with its target"
            fail(f"on three samples the step is that of {which}")
            return


@check("NeuralNetwork.fit", points=2, title="Not every step has the same sample")
def neuralnetwork_fit_draws(student, rng):
    """Steps on three samples are not all those of one of them: a right function draws so once in millions of times.

    Whatever a step is: the submission's own steps on each of them alone are what these are compared with.
    """
    layers = LAYERS[0]
    weights = random_weights(student.NeuralNetwork(layers), layers, rng)
    if weights is None:
        return
    X, y = rng.normal(size=(3, layers[0])), rng.uniform(-0.9, 0.9, size=(3, layers[-1]))
    together, *alone = (learned(student, layers, weights, X[part], y[part]) for part in ([0, 1, 2], [0], [1], [2]))
    if together is None or agree(together, weights[-1]):
        fail(f"{MANY} steps leave the last weights as they were")
    if any(one is not None and agree(together, one) for one in alone):
        fail(f"{MANY} steps on three samples are all made with the same one")


def learned(student, layers, weights, X, y):
    """The last weights after many steps from given ones."""
    net = student.NeuralNetwork(layers)
    net.weights = [W.copy() for W in weights]
    net.fit(X, y, RATE, MANY)
    return as_array(net.weights[-1])


def step_of(solution, layers, weights, x, target):
    """The last weights after a step with one sample and a target."""
    net = solution.NeuralNetwork(layers)
    net.weights = list(weights)
    net.fit(x[np.newaxis], target[np.newaxis], RATE, 1)
    return net.weights[-1]


def agree(found, right):
    return found.shape == right.shape and np.allclose(found, right, rtol=1e-9, atol=1e-12)
