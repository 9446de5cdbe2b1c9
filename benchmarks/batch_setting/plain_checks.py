"""What an instructor would write without a grader: the checks of `assignment/checks.py` in plain numpy.

The reference is imported, the images are loaded from the file named by the environment variable IMAGES; HIDDEN is the
size of the hidden layer that is trained.
"""

import itertools
import os
from functools import cache

import numpy as np
import reference_solution as solution

SIZES = (6, 7, 5, 4)
TRAINING = ([784, int(os.environ["HIDDEN"]), 10], 5, 32, 0.1, 1e-4, 0)


@cache
def images():
    """What a process loads once, however many submissions it checks."""
    with np.load(os.environ["IMAGES"]) as arrays:
        return tuple(arrays[name] for name in ("X_train", "y_train", "X_test", "y_test"))


def one_hot(labels, classes):
    return np.eye(classes)[labels]


def network(rng):
    params = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(SIZES), 1):
        params[f"W{layer}"] = rng.normal(size=(n_in, n_out)) / np.sqrt(n_in)
        params[f"b{layer}"] = rng.normal(size=n_out)
    return params


def batch(rng):
    return rng.normal(size=(9, SIZES[0])), one_hot(rng.integers(SIZES[-1], size=9), SIZES[-1])


def relu(student, rng):
    z = rng.normal(size=(5, 3))
    np.testing.assert_allclose(student.relu(z), solution.relu(z))


def softmax(student, rng):
    z = rng.normal(size=(7, 4))
    np.testing.assert_allclose(student.softmax(z), solution.softmax(z))


def cross_entropy(student, rng):
    probs, (_, Y) = solution.softmax(rng.normal(size=(9, 4))), batch(rng)
    np.testing.assert_allclose(student.cross_entropy(probs, Y), solution.cross_entropy(probs, Y))


def l2_penalty(student, rng):
    params = network(rng)
    np.testing.assert_allclose(student.l2_penalty(params, 0.37), solution.l2_penalty(params, 0.37))


def forward(student, rng):
    params, (X, _) = network(rng), batch(rng)
    np.testing.assert_allclose(student.forward(params, X)[0], solution.forward(params, X)[0])


def backward(student, rng):
    params, (X, Y) = network(rng), batch(rng)
    expected = solution.backward(params, solution.forward(params, X)[1], Y, 0.37)
    found = student.backward(params, student.forward(params, X)[1], Y, 0.37)
    for key in params:
        np.testing.assert_allclose(found[key], expected[key])


def gradient(student, rng):
    params, (X, Y) = network(rng), batch(rng)
    grads = student.backward(params, student.forward(params, X)[1], Y, 0.37)
    for key, value in params.items():
        numeric = np.zeros_like(value)
        for i in range(value.size):
            costs = []
            for sign in (1, -1):
                moved = value.copy()
                moved.flat[i] += sign * 1e-5
                point = {**params, key: moved}
                probs, _ = student.forward(point, X)
                costs.append(student.cross_entropy(probs, Y) + student.l2_penalty(point, 0.37))
            numeric.flat[i] = (costs[0] - costs[1]) / 2e-5
        difference = np.linalg.norm(grads[key] - numeric)
        assert difference <= 1e-6 * (np.linalg.norm(grads[key]) + np.linalg.norm(numeric)) + 1e-8


def train(student, rng):
    X_train, y_train, X_test, y_test = images()
    params, _ = student.train(X_train, one_hot(y_train, 10), *TRAINING)
    assert np.mean(solution.predict(params, X_test) == y_test) >= 0.7


CHECKS = (relu, softmax, cross_entropy, l2_penalty, forward, backward, gradient, train)
