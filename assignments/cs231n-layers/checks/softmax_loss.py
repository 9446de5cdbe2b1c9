"""`softmax_loss`."""

import numpy as np

from grader.checks import check, expect, remark_on_extremes
from operations.layer_calls import demand_implemented

SCORES = [(7, 4), (5, 5), (1, 6), (4, 9)]


def scores_and_labels(rng, n, classes):
    return 2 * rng.normal(size=(n, classes)), rng.integers(classes, size=n)


def loss_and_gradient(student, x, y):
    loss, dx = student.softmax_loss(x, y)
    demand_implemented(student.softmax_loss, loss, dx)
    return loss, dx


@check("softmax_loss", points=6, title="The mean cross-entropy")
def softmax_loss_values(student, solution, rng):
    for n, classes in SCORES:
        x, y = scores_and_labels(rng, n, classes)
        loss, _ = loss_and_gradient(student, x, y)
        expect(loss, f"the loss of {n} samples").close_to(solution.softmax_loss(x, y)[0])


@check("softmax_loss", points=6, title="Its gradient in the scores")
def softmax_loss_gradient(student, solution, rng):
    for n, classes in SCORES:
        x, y = scores_and_labels(rng, n, classes)
        _, dx = loss_and_gradient(student, x, y)
        expect(dx, f"dx of {n} samples").close_to(solution.softmax_loss(x, y)[1])


@check("softmax_loss", points=2, title="The first and the last class do not occur")
def softmax_loss_absent_classes(student, solution, rng):
    x, y = 2 * rng.normal(size=(6, 7)), rng.permutation([1, 3, 4, 4, 1, 3])
    expect(loss_and_gradient(student, x, y), "loss and gradient").close_to(solution.softmax_loss(x, y))


@check("softmax_loss", points=1, title="The derivative of your own loss, by central differences")
def softmax_loss_own_gradient(student, rng):
    x, y = scores_and_labels(rng, 5, 4)
    _, dx = loss_and_gradient(student, x, y)

    def losses(points):
        return student.softmax_loss.map([(point["x"], y) for point in points], item=0)

    expect({"x": dx}, "gradient").gradient_of(losses, at={"x": x}, rng=rng)


@check("softmax_loss", points=0, title="Scores of ±1000: what overflows is told, and costs nothing")
def softmax_loss_extremes(student, solution):
    x, y = np.array([[1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1000.5], [1000.0, -1000.0, 0.0]]), np.array([1, 2, 1])
    loss, dx = loss_and_gradient(student, x, y)
    remark_on_extremes(loss, dx, solution.softmax_loss(x, y)[0])
