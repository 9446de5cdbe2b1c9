"""Networks with parameters of our own, and samples for them."""

import itertools

import numpy as np

DEEP = (6, 7, 5, 4)
SHALLOW = (6, 5, 4)
L1, L2 = 0.37, 0.83
ETA = 0.7
SEED = 3


def parameters(rng, sizes):
    """Random weights and biases in the contract's form."""
    pairs = list(itertools.pairwise(sizes))
    weights = [rng.normal(size=(n_out, n_in)) / np.sqrt(n_in) for n_in, n_out in pairs]
    return weights, [rng.normal(size=(n_out, 1)) for _, n_out in pairs]


def network(implementation, state, **options):
    """A network of an implementation with the given weights and biases."""
    weights, biases = state
    sizes = [weights[0].shape[1], *(len(b) for b in biases)]
    net = implementation.NN2(sizes, SEED, **options)
    net.weights, net.biases = weights, biases
    return net


def samples(rng, n, sizes):
    """Inputs of both signs and one-hot labels, as columns."""
    labels = np.eye(sizes[-1])[rng.integers(sizes[-1], size=n)]
    return [(rng.normal(size=(sizes[0], 1)), label[:, np.newaxis]) for label in labels]


def away_from_kinks(rng, n, sizes, margin=1e-3):
    """Parameters and samples with no weighted input near 0, where ReLU has no derivative."""
    while True:
        (weights, biases), data = parameters(rng, sizes), samples(rng, n, sizes)
        a, closest = np.hstack([x for x, _ in data]), np.inf
        for w, b in zip(weights[:-1], biases[:-1], strict=True):
            z = w @ a + b
            closest, a = min(closest, np.abs(z).min()), np.maximum(z, 0)
        if closest > margin:
            return (weights, biases), data
