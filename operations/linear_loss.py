"""The loss of a linear classifier with its penalty, (loss, dW) = f(W, X, y, reg), and what its checks are made of.

Sizes are pairwise different but for one square case, scores have both signs, and classes are absent: otherwise
different mistakes would give the same numbers. The loss of the data and the penalty are judged apart, the penalty as
what `reg` changes, so that a mistake in the one costs nothing in the other.
"""

import numpy as np

from grader.assignments import Operation
from grader.assignments.allowed import one_of
from grader.checks import expect, fail, follows_convention, leaves_arguments_alone, remark, remark_on_extremes
from grader.checks.compare import as_array
from grader.checks.implementation import CallFailed
from grader.checks.record import Finding, note_finding
from grader.checks.stubs import NOT_IMPLEMENTED
from operations.conventions import PENALTY
from operations.network_checks import difference
from reference import linear_loss as formula
from reference.hinge_loss import hinge_loss


def words(*, cost):
    return {"cost": "hinge loss" if cost == "hinge" else "cross-entropy"}


# `penalty`: which of the two common ones is demanded, or "either", each with its own gradient.
linear_loss = Operation(
    formula,
    words=words,
    conventions={"penalty": "either"},
    values={"cost": one_of("cross-entropy", "hinge"), "penalty": PENALTY},
    parts={"penalty_terms": {"layers": "one"}},
)

PENALTIES = {
    "either": {1.0: "reg·ΣW²", 0.5: "½·reg·ΣW²"},
    "whole": {1.0: "reg·ΣW²"},
    "half": {0.5: "½·reg·ΣW²"},
}

GRADIENTS = {1.0: "2·reg·W", 0.5: "reg·W"}

BATCHES = [(7, 5, 4), (4, 6, 9), (5, 5, 3)]  # N, D, C
STRENGTHS = (0.37, 5.3, 0.004)


def problem(rng, n, d, classes):
    """Weights, inputs of both signs, and labels in which not every class need occur.

    Some class comes too near, so that neither loss is 0: that is what a function returns which is not written yet.
    """
    while True:
        W, X, y = rng.normal(size=(d, classes)), rng.normal(size=(n, d)), rng.integers(classes, size=n)
        if hinge_loss(X @ W, y)[0] > 0:
            return W, X, y


def with_absent_classes(rng):
    """A problem in which the first and the last classes never occur."""
    W, X, _ = problem(rng, 6, 5, 7)
    return W, X, rng.permutation([1, 3, 4, 4, 1, 3])


def answer(function, *arguments):
    """Loss and gradient; the zeros that the course's own starter returns are no answer."""
    try:
        loss, dW = function(*arguments)
    except CallFailed as failure:
        if failure.status == "error" and takes_columns(function, *arguments):
            note_finding(Finding("takes-samples-as-columns", function.name))
            raise CallFailed(function.name, COLUMNS.format(name=function.name), raised=failure.raised) from failure
        raise
    values = as_array(loss), as_array(dW)
    if are_zeros(*values) and gives_zeros(function):
        raise CallFailed(function.name, NOT_IMPLEMENTED.format(name=function.name), status="missing")
    return loss, dW


def are_zeros(*values):
    return all(value is not None and not value.any() for value in values)


def gives_zeros(function):
    """Whether it gives zeros even where no sample, and no class, is right: a mistake may give some for others."""
    W, X, _ = problem(np.random.default_rng(0), 7, 5, 4)
    try:
        loss, dW = function(W, X, np.argmin(X @ W, axis=1), 0.0)
    except (CallFailed, TypeError, ValueError):
        return False
    return are_zeros(as_array(loss), as_array(dW))


COLUMNS = (
    "`{name}` takes W as (C, D) and X as (D, N), samples as columns, which is how the course had it up to 2015; here W "
    "is (D, C) and X is (N, D), samples are rows"
)


def takes_columns(function, W, X, y, *reg):
    """Whether it answers when it is given everything transposed, alike for columns in another order.

    Of sizes that are all different, and of several samples: one fits anything, and so do as many as features.
    """
    (n, d), classes = X.shape, W.shape[1]
    if len({1, n, d, classes}) < 4:
        return False
    try:
        loss, dW = function(W.T, X.T, y, *reg)
        again, _ = function(W.T, X.T[:, ::-1], y[::-1], *reg)
    except (CallFailed, TypeError, ValueError):
        return False
    losses, array = [as_array(one) for one in (loss, again)], as_array(dW)
    has_form = array is not None and array.shape == W.T.shape
    return has_form and all(one is not None and one.size == 1 for one in losses) and np.allclose(*losses, rtol=1e-5)


def expect_losses(function, right, problems):
    for W, X, y in problems:
        loss, _ = answer(function, W, X, y, 0.0)
        expect(loss, f"the loss of {len(y)} samples").close_to(right(W, X, y, 0.0)[0])


def expect_gradients(function, right, problems):
    for W, X, y in problems:
        _, dW = answer(function, W, X, y, 0.0)
        expect(dW, f"dW of {len(y)} samples").close_to(right(W, X, y, 0.0)[1])


def found_convention(penalty, norm, penalties):
    """The coefficient of an accepted penalty; None when it is none of them."""
    value = as_array(penalty)
    if value is None or value.size != 1:
        return None
    return next((c for c in penalties if np.isclose(float(value.reshape(())), c * norm, rtol=1e-4)), None)


def penalties_of(function, rng):
    """For each of several problems: its weights and reg, and what `reg` adds to the loss and to the gradient."""
    for (n, d, classes), reg in zip(BATCHES, STRENGTHS, strict=True):
        W, X, y = problem(rng, n, d, classes)
        loss, dW = answer(function, W, X, y, reg)
        bare_loss, bare_dW = answer(function, W, X, y, 0.0)
        yield W, reg, difference(loss, bare_loss), difference(dW, bare_dW)


def expect_penalties(function, rng, penalties):
    for W, reg, penalty, _ in penalties_of(function, rng):
        norm = reg * float(np.sum(W**2))
        convention = found_convention(penalty, norm, penalties) or next(iter(penalties))
        accepted = " or ".join(penalties.values())
        expect(penalty, f"what reg = {reg} adds to the loss ({accepted})").close_to(convention * norm)


def expect_penalty_gradients(function, rng, penalties):
    for W, reg, penalty, gradient in penalties_of(function, rng):
        convention = found_convention(penalty, reg * float(np.sum(W**2)), penalties)
        if convention is None:  # the loss is judged elsewhere; here the gradient of any accepted penalty is right
            size = as_array(gradient)
            halves = size is not None and np.allclose(size, reg * W, rtol=1e-4)
            convention = 0.5 if halves and 0.5 in penalties else next(iter(penalties))
        else:
            remark(f"the penalty is {penalties[convention]}, which has the gradient {GRADIENTS[convention]}")
        if convention == 0.5:
            follows_convention(f"{function.name}.half-penalty")
        label = f"what reg = {reg} adds to dW ({GRADIENTS[convention]})"
        expect(gradient, label).close_to(2 * convention * reg * W)


def expect_own_gradient(function, rng):
    W, X, y = problem(rng, 3, 8, 7)
    _, dW = answer(function, W, X, y, 0.0)

    def losses(points):
        return function.map([(point["W"], X, y, 0.0) for point in points], item=0)

    expect({"W": dW}, "gradient").gradient_of(losses, at={"W": W}, rng=rng)


def expect_arguments_alone(function, W, *others):
    loss, dW = map(as_array, answer(function, W, *others))
    if loss is None or loss.size != 1 or dW is None or dW.size != W.size:
        fail("this is no loss with a gradient in W, so there is nothing to judge")
    leaves_arguments_alone(function, W, *others)


def tell_of_extreme_scores(function):
    """Tell of scores that overflow; the numbers are right wherever they can be represented, so it costs nothing."""
    W = np.array([[1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1000.5], [1000.0, -1000.0, 0.0]])
    problem = W, np.eye(3), np.array([1, 2, 1]), 0.0
    remark_on_extremes(*answer(function, *problem))


@linear_loss.check("linear_loss", share=12, title="The mean <cost>, without a penalty")
def loss(student, solution, rng):
    expect_losses(student.linear_loss, solution.linear_loss, [problem(rng, *size) for size in BATCHES])


@linear_loss.check("linear_loss", share=12, title="Its gradient in W")
def gradient(student, solution, rng):
    expect_gradients(student.linear_loss, solution.linear_loss, [problem(rng, *size) for size in BATCHES])


@linear_loss.check("linear_loss", share=6, title="A single sample; classes that do not occur")
def rare_batches(student, solution, rng):
    problems = [problem(rng, 1, 4, 3), with_absent_classes(rng)]
    expect_losses(student.linear_loss, solution.linear_loss, problems)
    expect_gradients(student.linear_loss, solution.linear_loss, problems)


@linear_loss.check("linear_loss", share=6, title="The penalty in the loss")
def penalty_in_the_loss(student, rng, *, penalty):
    expect_penalties(student.linear_loss, rng, PENALTIES[penalty])


@linear_loss.check("linear_loss", share=6, title="The penalty in the gradient: the one that belongs to your loss")
def penalty_gradient(student, rng, *, penalty):
    expect_penalty_gradients(student.linear_loss, rng, PENALTIES[penalty])


@linear_loss.check("linear_loss", share=2, title="The derivative of your own loss, by central differences")
def own_gradient(student, rng):
    expect_own_gradient(student.linear_loss, rng)


@linear_loss.check("linear_loss", share=1, title="The arguments are left as they were")
def arguments(student, rng):
    expect_arguments_alone(student.linear_loss, *problem(rng, 4, 5, 3), 0.3)


@linear_loss.check(
    "linear_loss",
    share=0,
    title="Scores of ±1000: what overflows is told, and costs nothing",
    only={"cost": "cross-entropy"},
)
def extremes(student):
    tell_of_extreme_scores(student.linear_loss)
