"""The checks of `plain_checks.py`, one for one."""

import itertools
import os

import numpy as np

from grader.checks import accuracy, check, expect, one_hot

SIZES = (6, 7, 5, 4)
TRAINING = ([784, int(os.environ["HIDDEN"]), 10], 5, 32, 0.1, 1e-4, 0)


def network(rng):
    params = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(SIZES), 1):
        params[f"W{layer}"] = rng.normal(size=(n_in, n_out)) / np.sqrt(n_in)
        params[f"b{layer}"] = rng.normal(size=n_out)
    return params


def batch(rng):
    return rng.normal(size=(9, SIZES[0])), one_hot(rng.integers(SIZES[-1], size=9), SIZES[-1])


@check("relu", points=1, title="Values")
def relu(student, solution, rng):
    z = rng.normal(size=(5, 3))
    expect(student.relu(z)).close_to(solution.relu(z))


@check("softmax", points=1, title="Probabilities")
def softmax(student, solution, rng):
    z = rng.normal(size=(7, 4))
    expect(student.softmax(z)).close_to(solution.softmax(z))


@check("cross_entropy", points=1, title="Cost")
def cross_entropy(student, solution, rng):
    probs, (_, Y) = solution.softmax(rng.normal(size=(9, 4))), batch(rng)
    expect(student.cross_entropy(probs, Y)).close_to(solution.cross_entropy(probs, Y))


@check("l2_penalty", points=1, title="Penalty")
def l2_penalty(student, solution, rng):
    params = network(rng)
    expect(student.l2_penalty(params, 0.37)).close_to(solution.l2_penalty(params, 0.37))


@check("forward", points=1, title="Three layers")
def forward(student, solution, rng):
    params, (X, _) = network(rng), batch(rng)
    expect(student.forward(params, X)[0]).close_to(solution.forward(params, X)[0])


@check("backward", points=1, title="Every gradient")
def backward(student, solution, rng):
    params, (X, Y) = network(rng), batch(rng)
    expected = solution.backward(params, solution.forward(params, X)[1], Y, 0.37)
    expect(student.backward(params, student.forward(params, X)[1], Y, 0.37)).close_to(expected)


@check("backward", points=1, title="Derivative of the own cost, every coordinate")
def gradient(student, rng):
    params, (X, Y) = network(rng), batch(rng)

    def costs(points):
        probs = student.forward.map([(point, X) for point in points], item=0)
        losses = student.cross_entropy.map([(p, Y) for p in probs])
        penalties = student.l2_penalty.map([(point, 0.37) for point in points])
        return [loss + penalty for loss, penalty in zip(losses, penalties, strict=True)]

    grads = student.backward(params, student.forward(params, X)[1], Y, 0.37)
    expect(grads).gradient_of(costs, at=params, rng=rng)


@check("train", points=1, title="Accuracy after five epochs")
def train(student, solution, dataset):
    params, _ = student.train(dataset.X_train, one_hot(dataset.y_train), *TRAINING)
    reached = accuracy(solution.predict(params, dataset.X_test), dataset.y_test)
    expect(reached).is_at_least(0.7, what="the pass mark")
