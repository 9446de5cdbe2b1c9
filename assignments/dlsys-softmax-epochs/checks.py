"""What is verified: the loss, one step of each model, and an epoch of several."""

import numpy as np

from grader.checks import check, expect

D, H, K = 5, 6, 4


def problem(rng, n, classes=K):
    """Samples with labels of which not every class need occur."""
    return rng.normal(size=(n, D)), rng.integers(classes, size=n).astype(np.uint8)


@check("softmax_loss", points=14, title="The loss of random logits")
def softmax_loss_values(student, solution, rng):
    for n in (7, 3):
        Z, y = rng.normal(size=(n, K)), rng.integers(K, size=n).astype(np.uint8)
        expect(student.softmax_loss(Z, y), f"the loss of {n} samples").close_to(solution.softmax_loss(Z, y))


@check("softmax_loss", points=6, title="A single sample; logits far from 0")
def softmax_loss_single(student, solution, rng):
    for Z in (rng.normal(size=(1, K)), 30 + rng.normal(size=(5, K))):
        y = rng.integers(K, size=len(Z)).astype(np.uint8)
        expect(student.softmax_loss(Z, y), "the loss").close_to(solution.softmax_loss(Z, y))


def regression(implementation, X, y, theta, **terms):
    return implementation.softmax_regression_epoch(X, y, theta, **terms)


@check("softmax_regression_epoch", points=15, title="theta after one step")
def softmax_regression_epoch_step(student, solution, rng):
    for n, lr in ((6, 0.7), (9, 0.2)):
        given = *problem(rng, n), rng.normal(size=(D, K))
        found, expected = (regression(each, *given, lr=lr, batch=n) for each in (student, solution))
        expect(found, "theta").close_to(expected)


@check("softmax_regression_epoch", points=20, title="theta after an epoch of several steps")
def softmax_regression_epoch_steps(student, solution, rng):
    for n, batch, classes in ((12, 3, K), (10, 5, 13)):  # of the second draw's sizes that of the classes is the largest
        given = *problem(rng, n, classes), rng.normal(size=(D, classes))
        found, expected = (regression(each, *given, lr=0.8, batch=batch) for each in (student, solution))
        expect(found, "theta").close_to(expected)


def network(rng):
    return rng.normal(size=(D, H)), rng.normal(size=(H, K))


def epochs(student, solution, rng, n, **terms):
    """The weights after it: the submission's and the solution's, by name."""
    X, y = problem(rng, n)
    W1, W2 = network(rng)
    return [dict(zip(("W1", "W2"), each.nn_epoch(X, y, W1, W2, **terms), strict=True)) for each in (student, solution)]


@check("nn_epoch", points=12, title="W2 after one step")
def nn_epoch_output(student, solution, rng):
    for n, lr in ((6, 0.7), (9, 0.2)):
        found, expected = epochs(student, solution, rng, n, lr=lr, batch=n)
        expect(found["W2"], "W2").close_to(expected["W2"])


@check("nn_epoch", points=18, title="W1 after one step")
def nn_epoch_hidden(student, solution, rng):
    for n, lr in ((6, 0.7), (9, 0.2)):
        found, expected = epochs(student, solution, rng, n, lr=lr, batch=n)
        expect(found["W1"], "W1").close_to(expected["W1"])


@check("nn_epoch", points=15, title="Both after an epoch of several steps")
def nn_epoch_steps(student, solution, rng):
    for n, batch in ((12, 3), (10, 5)):
        found, expected = epochs(student, solution, rng, n, lr=0.4, batch=batch)
        expect(found, "the weights").close_to(expected)
