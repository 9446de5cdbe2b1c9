"""What is verified: the loss, one step of each model, and an epoch of several.

What becomes of a last, shorter batch, which the task does not ask for, is told, and costs nothing.
"""

import numpy as np

from grader.checks import check, expect, remark
from grader.checks.compare import as_array
from grader.checks.implementation import CallFailed

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


def tell_of_a_shorter_batch(function, epoch, student, solution, rng, weights):
    """What an epoch makes of two samples behind two batches of three, where it is right without them."""
    (X, y), lr, batch = problem(rng, 8), 0.6, 3
    whole = epoch(solution, X[:6], y[:6], weights, lr, batch)
    last = X[6:], y[6:], whole
    ways = {
        "": epoch(solution, X, y, weights, lr, batch),
        "its gradients are divided by `batch`, not by how many samples it has": epoch(solution, *last, lr * 2 / 3, 2),
        "it is left out": whole,
    }
    try:
        if not are_same(epoch(student, X[:6], y[:6], weights, lr, batch), whole):
            return
    except CallFailed:
        return
    try:
        found = epoch(student, X, y, weights, lr, batch)
        told = next((way for way, right in ways.items() if are_same(found, right)), "what comes of it is not its step")
    except CallFailed as failure:
        told = f"`{function}` ends with {failure.raised}"
    if told:
        remark(f"where `batch` does not divide the number of samples, the last batch is shorter: {told} (no points)")


def are_same(found, right):
    arrays = [as_array(one) for one in found]
    return all(
        one is not None and one.shape == other.shape and np.allclose(one, other, rtol=1e-5)
        for one, other in zip(arrays, right, strict=True)
    )


@check(
    "softmax_regression_epoch", points=0, title="A last, shorter batch: what becomes of it is told, and costs nothing"
)
def softmax_regression_epoch_shorter(student, solution, rng):
    def epoch(implementation, X, y, weights, lr, batch):
        return [regression(implementation, X, y, *weights, lr=lr, batch=batch)]

    tell_of_a_shorter_batch("softmax_regression_epoch", epoch, student, solution, rng, [rng.normal(size=(D, K))])


@check("nn_epoch", points=0, title="A last, shorter batch: what becomes of it is told, and costs nothing")
def nn_epoch_shorter(student, solution, rng):
    def epoch(implementation, X, y, weights, lr, batch):
        return [*implementation.nn_epoch(X, y, *weights, lr=lr, batch=batch)]

    tell_of_a_shorter_batch("nn_epoch", epoch, student, solution, rng, network(rng))
