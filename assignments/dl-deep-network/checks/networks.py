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
    """What a call gives; an empty dict, or placeholders in the place of values, are no answer."""
    found = function(*arguments)
    # A forward pass without its value or its cache is not written; of several gradients some may be.
    is_open = all if function.name.endswith("_backward") else any
    if found == {} or (isinstance(found, tuple | list) and is_open(part is None for part in found)):
        raise CallFailed(function.name, NOT_IMPLEMENTED.format(name=function.name), status="missing")
    return found


def output(function, *arguments):
    """What a forward function gives, without its cache."""
    return called(function, *arguments)[0]


def layer_cache(A, W, b):
    """What the course has a layer keep for the way back."""
    return (A, W, b), W @ A + b


def layer_caches(X, parameters):
    """What the course has a network keep."""
    A, found = X, []
    for number in range(1, len(parameters) // 2 + 1):
        found.append(layer_cache(A, parameters[f"W{number}"], parameters[f"b{number}"]))
        A = np.maximum(found[-1][1], 0)
    return found


def back_from(forward, given, course, backward, right):
    """What a backward function gives for what the submission's forward function keeps or, where that is wrong or
    nothing, for what the course has it keep: it loses nothing for another function's mistake.

    Args:
        forward, given: the function that keeps something, and its arguments.
        course: what a right one keeps, in the course's form.
        backward: gives the gradients for what is kept.
        right: the right gradients, a tuple or a dict.
    """
    found, failure = None, None
    try:
        found = backward(called(forward, *given)[1])
    except CallFailed as error:
        failure = error
    if found is not None and _agree(found, right):
        return found
    try:
        other = backward(course)
    except CallFailed:
        other = None
    if other is not None and (found is None or _agree(other, right)):
        return other
    if found is None:
        raise failure
    return found


def of_parameters(gradients):
    """Those of weights and biases; what else is in the dict is a submission's business."""
    return {key: value for key, value in gradients.items() if key[1] in "Wb"}


def misleads(kept, course, backward, right):
    """Whether what a forward function keeps leads the submission's own way back astray, where the course's does not.

    Of a way back that is wrong itself the gradients tell it that come out right with the course's.
    """
    try:
        with_the_course_s = backward(course)
    except CallFailed:
        return False
    led = [key for key in _places(right) if _agree(_part(with_the_course_s, key), right[key])]
    if not led:
        return False
    try:
        found = backward(kept)
    except CallFailed:
        return True
    return not all(_agree(_part(found, key), right[key]) for key in led)


def _places(gradients):
    return gradients if isinstance(gradients, dict) else range(len(gradients))


def _part(found, key):
    """One of several gradients; None if there is none."""
    try:
        return found[key]
    except (TypeError, KeyError, IndexError):
        return None


def kept_by(forward, given, helpers_are_right):
    """What a forward function gives and keeps; None where it cannot for want of a right helper."""
    try:
        found = called(forward, *given)
    except CallFailed as failure:
        if failure.status == "missing" or helpers_are_right():
            raise
        return None
    return found if helpers_are_right() else None


def gives_right_outputs(function, given, right):
    """Whether a forward function gives the right output, which need not be what it keeps."""
    try:
        return is_right(output(function, *given), right)
    except CallFailed:
        return False


def is_right(found, right):
    """Whether an output is right, so that something of its own may be asked of it."""
    return _agree(found, np.asarray(right))


def _agree(found, right):
    if isinstance(right, dict):
        return isinstance(found, dict) and all(key in found and _agree(found[key], right[key]) for key in right)
    if isinstance(right, tuple):
        return isinstance(found, tuple | list) and len(found) == len(right) and all(map(_agree, found, right))
    array = as_array(found)
    return array is not None and array.size == right.size and bool(np.allclose(array.reshape(right.shape), right))


def in_shape(value, like):
    """The value in another one's shape if it only lacks that: a flat db is judged by a check of its own."""
    array = as_array(value)
    return array.reshape(like.shape) if array is not None and array.size == like.size else value


def expect_gradients(found, right, where=""):
    for name, value, expected in zip(("dA_prev", "dW", "db"), found, right, strict=True):
        expect(in_shape(value, expected) if name == "db" else value, f"{name}{where}").close_to(expected)
