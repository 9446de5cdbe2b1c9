"""Layers, networks and labels to ask about, and what a submission returns for them."""

import itertools

import numpy as np

from grader.checks import expect
from grader.checks.compare import as_array
from grader.checks.implementation import CallFailed
from grader.checks.stubs import NOT_IMPLEMENTED

LAYERS = [(7, 5, 9), (3, 6, 4), (5, 2, 1)]  # n_out, n_in, m
SQUARE_LAYER = (4, 4, 4)
NETWORKS = [((5, 7, 4, 1), 9), ((6, 3, 8, 5, 1), 4)]  # sizes of the layers, m
SQUARE_NETWORK = ((4, 4, 4, 1), 4)
ACTIVATIONS = ("relu", "sigmoid")


def away_from_kinks(draw, pre_activations, margin=1e-3):
    """What `draw` gives, drawn until no pre-activation is near 0, where ReLU has no derivative."""
    while True:
        drawn = draw()
        if all(np.abs(Z).min() > margin and (Z > 0).any() for Z in pre_activations(*drawn)):
            return drawn


def layer(rng, n_out, n_in, m):
    """Activations of both signs, weights, and biases that are not zero."""

    def draw():
        W = rng.normal(size=(n_out, n_in)) / np.sqrt(n_in)
        return rng.normal(size=(n_in, m)), W, 0.7 * rng.normal(size=(n_out, 1))

    return away_from_kinks(draw, lambda A, W, b: [W @ A + b])


def network(rng, sizes, m):
    """Inputs and parameters of a network in which no ReLU is at its kink, and none of its layers is dead."""

    def draw():
        parameters = {}
        for number, (n_in, n_out) in enumerate(itertools.pairwise(sizes), 1):
            parameters[f"W{number}"] = rng.normal(size=(n_out, n_in)) * np.sqrt(2 / n_in)
            parameters[f"b{number}"] = 0.5 * rng.normal(size=(n_out, 1))
        return rng.normal(size=(sizes[0], m)), parameters

    return away_from_kinks(draw, hidden_pre_activations)


def hidden_pre_activations(X, parameters):
    A, found = X, []
    for number in range(1, len(parameters) // 2):
        found.append(parameters[f"W{number}"] @ A + parameters[f"b{number}"])
        A = np.maximum(found[-1], 0)
    return found


def labels(rng, m):
    """Labels of both classes, where there is room for both."""
    return (rng.permutation(np.arange(m) % 2) if m > 1 else rng.integers(2, size=1)).reshape(1, m)


def called(function, *arguments):
    """What a call gives; None or an empty dict is no answer, whether a placeholder or for want of a `return`."""
    try:
        found = function(*arguments)
    except CallFailed as failure:
        if failure.raised != "None":
            raise
        found = None
    if found is None or found == {} or (isinstance(found, tuple | list) and any(part is None for part in found)):
        raise CallFailed(function.name, NOT_IMPLEMENTED.format(name=function.name), status="missing")
    return found


def output(function, *arguments):
    """What a forward function gives, without its cache."""
    return called(function, *arguments)[0]


def in_shape(value, like):
    """The value in another one's shape if it only lacks that: a flat db is judged by a check of its own."""
    array = as_array(value)
    return array.reshape(like.shape) if array is not None and array.size == like.size else value


def expect_gradients(found, right, where=""):
    for name, value, expected in zip(("dA_prev", "dW", "db"), found, right, strict=True):
        expect(in_shape(value, expected) if name == "db" else value, f"{name}{where}").close_to(expected)
