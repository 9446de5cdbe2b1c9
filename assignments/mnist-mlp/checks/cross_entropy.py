"""`cross_entropy`."""

import numpy as np

from grader.checks import check, expect, one_hot

from .networks import batch


@check("cross_entropy", points=5, title="Cost of random predictions")
def cross_entropy_random(student, solution, rng):
    _, Y = batch(rng, 7, (2, 4))
    probs = solution.softmax(rng.normal(size=(7, 4)))
    expect(student.cross_entropy(probs, Y), "the cost").close_to(solution.cross_entropy(probs, Y))


@check("cross_entropy", points=2, title="Averaged over samples: another batch size, a single sample")
def cross_entropy_batch_sizes(student, solution, rng):
    for n in (13, 1):
        _, Y = batch(rng, n, (2, 3))
        probs = solution.softmax(rng.normal(size=(n, 3)))
        expect(student.cross_entropy(probs, Y), f"the cost of {n} samples").close_to(solution.cross_entropy(probs, Y))


@check("cross_entropy", points=1, title="Labels in which a class is absent")
def cross_entropy_absent_class(student, solution, rng):
    Y = one_hot(np.array([0, 2, 2, 0, 0]), 5)
    probs = solution.softmax(rng.normal(size=(5, 5)))
    expect(student.cross_entropy(probs, Y), "the cost").close_to(solution.cross_entropy(probs, Y))


@check("cross_entropy", points=2, title="Finite when a probability is 0")
def cross_entropy_zero_probability(student):
    probs = np.array([[1.0, 0.0, 0.0], [0.2, 0.5, 0.3]])
    cost = student.cross_entropy(probs, one_hot(np.array([1, 1]), 3))
    expect(cost, "the cost of a true class with probability 0").is_finite()
    expect(cost, "the cost of a true class with probability 0").is_at_least(
        3.0, what="a confident mistake is expensive"
    )
    certain = student.cross_entropy(np.eye(3), np.eye(3))
    expect(certain, "the cost of certain and right predictions").is_at_most(1e-4)
