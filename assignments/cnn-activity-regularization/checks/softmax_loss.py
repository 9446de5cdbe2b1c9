"""`softmax_loss`."""

import numpy as np

from grader.checks import check, expect


def scores_and_labels(rng, n, classes):
    return 2 * rng.normal(size=(n, classes)), rng.integers(classes, size=n)


@check("softmax_loss", points=3, title="The mean cross-entropy")
def softmax_loss_cost(student, solution, rng):
    for n, classes in [(7, 4), (5, 5), (1, 6)]:
        scores, y = scores_and_labels(rng, n, classes)
        cost, _ = student.softmax_loss(scores, y)
        expect(cost, f"the cost of {n} samples").close_to(solution.softmax_loss(scores, y)[0])


@check("softmax_loss", points=3, title="Its gradient in the scores")
def softmax_loss_gradient(student, solution, rng):
    for n, classes in [(7, 4), (5, 5), (1, 6)]:
        scores, y = scores_and_labels(rng, n, classes)
        _, dscores = student.softmax_loss(scores, y)
        expect(dscores, f"dscores of {n} samples").close_to(solution.softmax_loss(scores, y)[1])


@check("softmax_loss", points=2, title="Scores of ±1000 do not overflow")
def softmax_loss_extremes(student, solution):
    scores = np.array([[1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1000.5], [1000.0, -1000.0, 0.0]])
    y = np.array([1, 2, 0])
    both = zip(student.softmax_loss(scores, y), solution.softmax_loss(scores, y), ("the cost", "dscores"), strict=True)
    for found, right, label in both:
        expect(found, label).close_to(right)
    cost, dscores = student.softmax_loss(np.array([[900.0, 0.0, -900.0]]), np.array([2]))
    expect(cost, "the cost of a true class with probability 0").is_finite()
    expect(dscores, "its gradient").is_finite()
