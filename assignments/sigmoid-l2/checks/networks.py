"""Networks with parameters of our own, and batches for them."""

import itertools

import numpy as np

from grader.checks import one_hot

LAMBD = 0.37
TRAINING_SIZE = 53
DEEP = (6, 7, 5, 4)


def random_parameters(rng, sizes):
    """Weights, and biases that are not zero."""
    parameters = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), 1):
        parameters[f"w{layer}"] = rng.normal(size=(n_in, n_out)) / np.sqrt(n_in)
        parameters[f"b{layer}"] = rng.normal(size=(1, n_out))
    return parameters


def batch(rng, m, sizes):
    """Inputs of both signs, one-hot labels in which not every class need occur."""
    return rng.normal(size=(m, sizes[0])), one_hot(rng.integers(sizes[-1], size=m), sizes[-1])


def network(implementation, parameters, sizes=DEEP, training_size=TRAINING_SIZE):
    """A network of an implementation with the given parameters."""
    net = implementation.NeuralNetwork(list(sizes), training_size)
    net.parameters = parameters
    return net


def pair(student, solution, rng, sizes=DEEP, training_size=TRAINING_SIZE):
    """The submission's and the solution's network with the same random parameters."""
    parameters = random_parameters(rng, sizes)
    return tuple(network(side, parameters, sizes, training_size) for side in (student, solution))
