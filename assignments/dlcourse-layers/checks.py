"""The cost, its gradient, and the penalty; softmax and the layers are verified by the table in `composition.py`."""

import numpy as np

from grader.checks import check, compared, expect, remark_on_extremes


def drawn(rng):
    """Scores and true classes: a batch, one sample, one in which a class is absent."""
    return [(rng.normal(size=(n, k)), rng.integers(k, size=n)) for n, k in ((6, 4), (1, 3), (3, 7))]


def probabilities(scores):
    return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)


@compared("cross_entropy_loss", points=14, title="The cost of random probabilities")
def cross_entropy_loss_values(implementation, rng):
    return [implementation.cross_entropy_loss(probabilities(scores), y) for scores, y in drawn(rng)]


@check("softmax_with_cross_entropy", points=6, title="The cost of random scores")
def softmax_with_cross_entropy_cost(student, solution, rng):
    for scores, y in drawn(rng):
        found, expected = (each.softmax_with_cross_entropy(scores, y)[0] for each in (student, solution))
        expect(found, "the loss").close_to(expected)


@check("softmax_with_cross_entropy", points=14, title="Its gradient in the scores")
def softmax_with_cross_entropy_gradient(student, solution, rng):
    for scores, y in drawn(rng):
        found, expected = (each.softmax_with_cross_entropy(scores, y)[1] for each in (student, solution))
        expect(found, "the gradient").close_to(expected)


@check("softmax_with_cross_entropy", points=0, title="Scores of ±1000: what overflows is told, and costs nothing")
def softmax_with_cross_entropy_extremes(student):
    scores = np.array([[1000.0, -1000.0, 0.0], [-1000.0, -1001.0, -1000.5]])
    remark_on_extremes(*student.softmax_with_cross_entropy(scores, np.array([1, 0])))


@check("l2_regularization", points=6, title="The penalty")
def l2_regularization_loss(student, solution, rng):
    W = rng.normal(size=(4, 3))
    expect(student.l2_regularization(W, 0.37)[0], "the loss").close_to(solution.l2_regularization(W, 0.37)[0])


@check("l2_regularization", points=7, title="Its gradient")
def l2_regularization_gradient(student, solution, rng):
    W = rng.normal(size=(4, 3))
    expect(student.l2_regularization(W, 0.37)[1], "the gradient").close_to(solution.l2_regularization(W, 0.37)[1])
