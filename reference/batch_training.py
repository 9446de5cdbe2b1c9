"""Mini-batch gradient descent for a network whose parameters are a dict (Deep Learning, algorithm 8.1).

Conventions:
    weight, bias: the keys of layer l, as `"W{}"` and `"b{}"`.
"""

import itertools

import numpy as np

from reference.arrays import Array, Parameters
from reference.cross_entropy import cross_entropy
from reference.initial_weights import initial_biases, initial_weights
from reference.l2_penalty import l2_penalty
from reference.perceptron import backward, forward
from reference.prediction import most_probable


def initial_params(
    layer_sizes: list[int], rng: np.random.Generator, *, weight: str = "W{}", bias: str = "b{}"
) -> Parameters:
    """Random weights, and biases of 0."""
    params = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(layer_sizes), 1):
        params[weight.format(layer)] = initial_weights(n_in, n_out, rng)
        params[bias.format(layer)] = initial_biases(n_out, rng)
    return params


def shuffled(X: Array, Y: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """One permutation for both."""
    order = rng.permutation(len(X))
    return X[order], Y[order]


def batches(X: Array, Y: Array, batch_size: int) -> list[tuple[Array, Array]]:
    """Samples with their labels, `batch_size` at a time; the last batch may be smaller."""
    return [(X[i : i + batch_size], Y[i : i + batch_size]) for i in range(0, len(X), batch_size)]


def gradients(params: Parameters, X: Array, Y: Array, lam: float) -> Parameters:
    """Of one mini-batch."""
    _, cache = forward(params, X)
    return backward(params, cache, Y, lam)


def update(value: Array, gradient: Array, lr: float) -> Array:
    """One step of gradient descent."""
    return value - lr * gradient


def descend(params: Parameters, grads: Parameters, lr: float) -> Parameters:
    """A step of every parameter."""
    return {key: update(params[key], grads[key], lr) for key in params}


def accuracy(probs: Array, Y: Array) -> float:
    """The share of samples whose most probable class is the true one."""
    return float(np.mean(most_probable(probs) == most_probable(Y)))


def epoch_record(params: Parameters, X: Array, Y: Array, lam: float) -> dict[str, float]:
    """Cost, penalty included, and accuracy on the whole training set."""
    probs, _ = forward(params, X)
    cost = float(cross_entropy(probs, Y) + l2_penalty(params, lam))
    return {"cost": cost, "accuracy": accuracy(probs, Y)}


def train(
    X: Array, Y: Array, layer_sizes: list[int], epochs: int, batch_size: int, lr: float, lam: float, seed: int
) -> tuple[Parameters, list[dict[str, float]]]:
    """Trained parameters, and a record for each epoch."""
    rng = np.random.default_rng(seed)
    params = initial_params(layer_sizes, rng)
    history = []
    samples = X, Y
    for _ in range(epochs):
        samples = shuffled(*samples, rng)
        for X_batch, Y_batch in batches(*samples, batch_size):
            params = descend(params, gradients(params, X_batch, Y_batch, lam), lr)
        history.append(epoch_record(params, X, Y, lam))
    return params, history
