"""Mini-batch gradient descent for a network whose parameters are a dict (Deep Learning, algorithm 8.1).

Conventions:
    weight, bias: the keys of layer l, as `"W{}"` and `"b{}"`.
"""

import itertools

import numpy as np

from reference.arrays import Array, Parameters
from reference.cross_entropy import cross_entropy
from reference.gradient_descent import stepped
from reference.initial_weights import initial_biases, initial_weights
from reference.l2_penalty import l2_penalty
from reference.mini_batches import batches
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


def gradients(params: Parameters, X: Array, Y: Array, lam: float) -> Parameters:
    """Of one mini-batch."""
    _, cache = forward(params, X)
    return backward(params, cache, Y, lam)


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
        for batch in batches(np.arange(len(X)), batch_size):
            params = stepped(params, gradients(params, samples[0][batch], samples[1][batch], lam), lr)
        history.append(epoch_record(params, X, Y, lam))
    return params, history
