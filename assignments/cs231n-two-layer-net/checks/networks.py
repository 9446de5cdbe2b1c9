"""Networks with parameters of our own, samples for them, and what a submission returns for these."""

import numpy as np

from operations.network_checks import demand_both, not_implemented

SIZES = [(7, 5, 6, 4), (3, 4, 9, 5), (6, 6, 5, 3)]  # N, D, H, C
KEYS = ("W1", "b1", "W2", "b2")


def parameters(rng, d, hidden, classes):
    """Random weights and biases that are not zero."""
    return {
        "W1": rng.normal(size=(d, hidden)) / np.sqrt(d),
        "b1": rng.normal(size=hidden),
        "W2": rng.normal(size=(hidden, classes)),
        "b2": rng.normal(size=classes),
    }


def problem(rng, n, d, hidden, classes, margin=1e-3):
    """Parameters and a batch with no pre-activation near 0, where ReLU has no derivative."""
    while True:
        params, X = parameters(rng, d, hidden, classes), rng.normal(size=(n, d))
        if np.abs(X @ params["W1"] + params["b1"]).min() > margin:
            return params, X, rng.integers(classes, size=n)


def with_absent_classes(rng):
    """A problem in which the first and the last classes never occur."""
    params, X, _ = problem(rng, 6, 4, 5, 7)
    return params, X, rng.permutation([1, 3, 4, 4, 1, 3])


def network(implementation, params):
    """A network of an implementation with the given parameters."""
    net = implementation.TwoLayerNet(*params["W1"].shape, len(params["b2"]))
    net.params = params
    return net


def loss_and_gradients(net, X, y, *reg):
    """Loss and gradients of a batch; the (None, {}) that the course's own starter returns is no answer."""
    found = net.loss(X, y, *reg)
    demand_both(net.loss, found)
    if found[0] is None and not found[1]:
        raise not_implemented(net.loss, " for a batch with labels: it returns None in the place of the loss, and {}")
    return found
