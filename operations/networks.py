"""Networks and batches to ask about.

Sizes are pairwise different (so that a transposed or wrongly summed tensor shows), biases are not zero, inputs have
both signs, λ is odd: otherwise different mistakes would give the same numbers. Square cases come as extra checks.
"""

import itertools

import numpy as np

from grader.checks import one_hot

LAM = 0.37
DEEP = (6, 7, 5, 4)


def network(rng, sizes):
    """Random weights and non-zero biases."""
    params = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), 1):
        params[f"W{layer}"] = rng.normal(size=(n_in, n_out)) / np.sqrt(n_in)
        params[f"b{layer}"] = rng.normal(size=n_out)
    return params


def batch(rng, n, sizes):
    """Inputs of both signs, one-hot labels in which not every class need occur."""
    return rng.normal(size=(n, sizes[0])), one_hot(rng.integers(sizes[-1], size=n), sizes[-1])


def away_from_kinks(rng, n, sizes, margin=1e-3):
    """A network and a batch with no pre-activation near 0, where ReLU has no derivative."""
    while True:
        params, (X, Y) = network(rng, sizes), batch(rng, n, sizes)
        hidden, closest = X, np.inf
        for layer in range(1, len(sizes) - 1):
            z = hidden @ params[f"W{layer}"] + params[f"b{layer}"]
            closest, hidden = min(closest, np.abs(z).min()), np.maximum(z, 0)
        if closest > margin:
            return params, X, Y
