"""Networks as classes with `params` and `loss(X, y)`: what their checks are made of."""

import numpy as np

from grader.checks import expect, fail, remark
from grader.checks.compare import as_array
from grader.checks.describe import describe
from grader.checks.implementation import CallFailed
from grader.checks.stubs import NOT_IMPLEMENTED

WITHIN_ONE_STD = 0.683  # share of a normal distribution
STRENGTHS = (0.37, 5.3, 0.004)


def not_implemented(method, when=""):
    return CallFailed(method.name, NOT_IMPLEMENTED.format(name=method.name) + when, status="missing")


def scores_of(net, X):
    """Scores; the None of the course's own starter is no answer."""
    scores = net.loss(X)
    if scores is None:
        raise not_implemented(net.loss, ": it returns None in the place of scores")
    return scores


def demand_both(method, found):
    """Raise CallFailed where what `loss` gave for a batch with labels is not two values."""
    if not isinstance(found, tuple | list) or len(found) != 2:
        given = f"{len(found)} values" if isinstance(found, tuple | list) else describe(found)
        message = f"with labels, `{method.name}` must return two values, the loss and a dict of gradients, not {given}"
        raise CallFailed(method.name, message)


def loss_and_gradients(net, X, y):
    """Loss and gradients of a batch; the (0, {}) of the course's own starter is no answer."""
    found = net.loss(X, y)
    demand_both(net.loss, found)
    if not found[1]:
        raise not_implemented(net.loss, " for a batch with labels: it returns no gradients")
    return found


def trained_alike(side, make, params, *calls):
    """What `loss` gives for each call, of a network with these parameters."""
    net = make(side)
    net.params = params
    return [loss_and_gradients(net, *call) if len(call) == 2 else scores_of(net, *call) for call in calls]


def expect_parameters(net, shapes, called):
    """Demand that a new network has parameters of these shapes; scales begin at 1, shifts and biases at 0."""
    params = net.params
    if isinstance(params, dict) and not params:
        raise CallFailed(called, NOT_IMPLEMENTED.format(name=called) + ": its `params` are empty", status="missing")
    found = {key: np.shape(value) for key, value in params.items()} if isinstance(params, dict) else {}
    if {key: without_ones(shape) for key, shape in found.items()} != {k: without_ones(s) for k, s in shapes.items()}:
        fail(f"the params of {called} have the shapes {found or params}, expected {shapes}")
        return
    for key, value in params.items():
        wanted = 0 if key[0] == "b" else 1 if key.startswith("gamma") else None
        if wanted is not None and np.any(np.asarray(value) != wanted):
            fail(f"{key} does not begin with {'ones' if wanted else 'zeros'}")
    if found != shapes:
        remark(f"the params of {called} have the shapes {found}, expected {shapes}")


def without_ones(shape):
    return tuple(side for side in shape if side != 1)


def expect_normal_weights(params, std):
    """Demand normally distributed weights with this standard deviation."""
    for key in (key for key in params if key.startswith("W")):
        if not np.size(params[key]):
            fail(f"{key} is empty")
            continue
        spread, mean = float(np.std(params[key])), float(np.mean(params[key]))
        if not abs(spread / std - 1) <= 0.15:
            fail(f"the standard deviation of {key} is {spread:.3g}, expected about {std:g}")
        elif not abs(mean) <= 0.15 * std:
            fail(f"the mean of {key} is {mean:.3g}, expected about 0: values of both signs")
        elif not abs(np.mean(np.abs(params[key]) < std) - WITHIN_ONE_STD) <= 0.05:
            fail(f"the values of {key} are not normally distributed, though their mean and spread are right")


def expect_both_signs(called, weights):
    """Demand of a few dozen initial weights that they are no constant and not all on one side of 0."""
    if np.size(weights) and np.ptp(weights) == 0:
        fail(f"{called} is {np.ravel(weights)[0]:g} in every place: units that begin alike stay alike")
    elif np.min(weights) >= 0 or np.max(weights) <= 0:
        fail(f"the initial {called} has one sign alone, expected values around 0")


def difference(with_penalty, without):
    """What the penalty adds; the first value itself where the two cannot be subtracted, so that it is told as wrong."""
    a, b = as_array(with_penalty), as_array(without)
    return with_penalty if a is None or b is None or a.shape != b.shape else a - b


def penalties_of(side, make, params, X, y, reg):
    """What `reg` adds to the loss and to the gradients of a network."""
    (loss, grads), (bare_loss, bare) = (
        trained_alike(side, lambda side, reg=reg: make(side, reg), params, (X, y))[0] for reg in (reg, 0.0)
    )
    if isinstance(grads, dict) and isinstance(bare, dict):
        grads = {key: in_shape(difference(value, bare.get(key)), params.get(key)) for key, value in grads.items()}
    return difference(loss, bare_loss), grads


def in_shape(value, like):
    """The value in another one's shape if it only lacks that: its form is told where the data's part is judged."""
    array = as_array(value)
    return array.reshape(like.shape) if array is not None and like is not None and array.size == like.size else value


# A problem is a network to be made, `make(side, reg)`, its parameters, and a batch.


def expect_scores(student, solution, problems):
    for make, _, X, _ in problems:
        scores = scores_of(make(student, 0.0), X)
        expect(scores, f"the scores of {len(X)} samples").close_to(make(solution, 0.0).loss(X))


def expect_losses(student, solution, problems):
    for make, _, X, y in problems:
        loss, _ = loss_and_gradients(make(student, 0.0), X, y)
        expect(loss, f"the loss of {len(X)} samples").close_to(make(solution, 0.0).loss(X, y)[0])


def expect_gradients(student, solution, problems, *keys):
    for make, _, X, y in problems:
        found, (_, right) = loss_and_gradients(make(student, 0.0), X, y)[1], make(solution, 0.0).loss(X, y)
        expect(found, "grads").close_to({key: right[key] for key in keys})


# `either`: a course that has said ½ only since some year takes the whole penalty too, where loss and gradient have it.


def expect_penalties(student, problems, either=False):
    for (make, params, X, y), reg in zip(problems, STRENGTHS, strict=False):
        expect_penalty(student, make, params, X, y, reg, either)


def expect_penalties_in_gradients(student, problems, either=False):
    for (make, params, X, y), reg in zip(problems, STRENGTHS, strict=False):
        expect_penalty_gradients(student, make, params, X, y, reg, either)


def is_the_whole(added, gradients, params, reg):
    """Whether reg·ΣW² is added to the loss, and to the gradients what belongs to that."""
    loss, found = as_array(added), gradients if isinstance(gradients, dict) else {}
    if loss is None or loss.size != 1 or found.keys() != params.keys():
        return False
    weights = {key: reg * value for key, value in params.items() if key.startswith("W")}
    right = [(found[key], 2 * weights.get(key, 0 * value)) for key, value in params.items()]
    right.append((loss.reshape(()), sum(float(np.sum(params[key] * value)) for key, value in weights.items())))
    if not all(alike(one, other) for one, other in right):
        return False
    remark("the penalty is reg·ΣW², which has the gradient 2·reg·W; the course has had ½·reg·ΣW² since 2017")
    return True


def alike(one, other):
    array = as_array(one)
    return array is not None and array.shape == np.shape(other) and np.allclose(array, other, rtol=1e-4, atol=1e-7)


def expect_penalty(student, make, params, X, y, reg, either=False):
    added, gradients = penalties_of(student, make, params, X, y, reg)
    if either and is_the_whole(added, gradients, params, reg):
        return
    norm = sum(float(np.sum(value**2)) for key, value in params.items() if key.startswith("W"))
    expect(added, f"what reg = {reg} adds to the loss (½·reg·ΣW²)").close_to(0.5 * reg * norm)


def expect_penalty_gradients(student, make, params, X, y, reg, either=False):
    loss, added = penalties_of(student, make, params, X, y, reg)
    if either and is_the_whole(loss, added, params, reg):
        return
    right = {key: reg * value * key.startswith("W") for key, value in params.items()}
    expect(added, f"what reg = {reg} adds (reg·W to weights, 0 to all else) to grads").close_to(right)
