"""Multiclass hinge loss (the loss of a support vector machine), and its gradient in the scores."""

import numpy as np

from grader.assignments import Operation, Place
from grader.checks import expect
from operations.conventions import LABELS, LAYOUT, labelled
from operations.layer_calls import demand_implemented
from operations.lessons import margins as lessons
from operations.texts import COST_SUMMED, GRADIENT_AVERAGED_TWICE, summed_not_averaged
from reference import hinge_loss as formula

hinge_loss = Operation(formula, values={"layout": LAYOUT, "labels": LABELS})

SCORES = ((7, 4), (5, 5), (1, 6), (4, 9))
_LOSS = "The loss of a sample is $\\sum_{j \\ne y} \\max(0, s_j - s_y + 1)$, and the loss is the mean over the samples."
_GRADIENT = (
    "For each class j ≠ y with $s_j - s_y + 1 > 0$ the gradient is 1 in $s_j$ and −1 in $s_y$; all is divided by the "
    "number of samples."
)


def scores_and_labels(rng, n, classes):
    """Some class comes too near, so that the loss is not the 0 of a function that is not written yet."""
    while True:
        x, y = 2 * rng.normal(size=(n, classes)), rng.integers(classes, size=n)
        if formula.hinge_loss(x, y)[0] > 0:
            return x, y


def loss_and_gradient(function, x, y):
    loss, dx = function(x, y)
    demand_implemented(function, loss, dx)
    return loss, dx


@hinge_loss.check("hinge_loss", share=5, title="The mean hinge loss")
def hinge_loss_values(student, solution, rng, *, layout, labels):
    for n, classes in SCORES:
        x, y = labelled(*scores_and_labels(rng, n, classes), layout, labels)
        loss, _ = loss_and_gradient(student.hinge_loss, x, y)
        expect(loss, f"the loss of {n} {'sample' if n == 1 else 'samples'}").close_to(solution.hinge_loss(x, y)[0])


@hinge_loss.check("hinge_loss", share=5, title="Its gradient in the scores")
def hinge_loss_gradient(student, solution, rng, *, layout, labels):
    for n, classes in SCORES:
        x, y = labelled(*scores_and_labels(rng, n, classes), layout, labels)
        _, dx = loss_and_gradient(student.hinge_loss, x, y)
        expect(dx, f"dx of {n} {'sample' if n == 1 else 'samples'}").close_to(solution.hinge_loss(x, y)[1])


@hinge_loss.check("hinge_loss", share=1, title="The first and the last class do not occur")
def hinge_loss_absent_classes(student, solution, rng, *, layout, labels):
    x, y = labelled(2 * rng.normal(size=(6, 7)), rng.permutation([1, 3, 4, 4, 1, 3]), layout, labels)
    expect(loss_and_gradient(student.hinge_loss, x, y), "loss and gradient").close_to(solution.hinge_loss(x, y))


def known(what, step, rule, title, explain, *hints, place=None):
    return hinge_loss.mistake(
        f"hinge_loss.{what}", step=step, title=title, explain=f"{rule} {explain}".strip(), hints=hints, place=place
    )


_ONE = "Compute the loss of one sample with three scores by hand."
_COUNT = "How many classes of a sample come too near, and which of its scores does that concern?"


@known(
    "margin-missing",
    "margins",
    _LOSS,
    "The margin of 1 is missing",
    "Yours counts only classes that are above the true one.",
    "What is the loss when all scores are equal? It should be the number of other classes.",
    _ONE,
)
def margin_missing(right, scores, y):
    return right(scores, y) - 1


@known(
    "margin-subtracted",
    "margins",
    _LOSS,
    "The margin of 1 is subtracted instead of added",
    "",
    "What is the loss when all scores are equal? It should be the number of other classes.",
    "Look at the sign of the 1.",
)
def margin_subtracted(right, scores, y):
    return right(scores, y) - 2


@known(
    "difference-turned",
    "margins",
    _LOSS,
    "The difference is turned: the true class's score minus the others'",
    "Yours grows where the prediction is right.",
    "Is the loss large or small for a perfect prediction?",
    "Which score is subtracted from which?",
)
def difference_turned(right, scores, y):
    return 2 - right(scores, y)


@known(
    "negative-margins-counted",
    "violated",
    _LOSS,
    "Margins below 0 count as well: the maximum with 0 is missing",
    "A class that is far enough adds nothing.",
    "Can your loss be negative?",
    "Where is `max(0, …)`?",
)
def negative_margins_counted(margins):
    return margins


@known(
    "margins-squared",
    "averaged_violations",
    _LOSS,
    "The margins are squared",
    "That is another loss, the squared hinge loss.",
    _ONE,
    "Is there a square?",
)
def margins_squared(violations):
    return np.sum(violations**2) / len(violations)


@known(
    "true-class-counted",
    "averaged_violations",
    _LOSS,
    "The true class counts as well: every sample adds 1",
    "For it the difference is 0, and the margin 1 remains.",
    "What is the loss of a perfect prediction? It should be 0.",
    "Where is the true class left out of the sum?",
)
def true_class_counted(right, violations):
    return right(violations) + 1


@hinge_loss.mistake(
    "hinge_loss.loss-summed",
    step="averaged_violations",
    explain=_LOSS,
    place=Place(assigns="loss"),
    **COST_SUMMED,
)
def loss_summed(violations):
    return violations.sum()


@known(
    "loss-averaged-over-entries",
    "averaged_violations",
    _LOSS,
    "The loss is divided by the number of classes, too",
    "A mean over all entries divides by n·k.",
    "By which number do you divide, and what does it count?",
    "Over what does `np.mean` run?",
    place=Place(assigns="loss"),
)
def loss_averaged_over_entries(violations):
    return violations.mean()


@hinge_loss.mistake(
    "hinge_loss.gradient-summed",
    step="averaged_hinge_gradient",
    explain=_GRADIENT,
    **summed_not_averaged("The gradient is"),
)
def gradient_summed(gradient):
    return gradient


@hinge_loss.mistake(
    "hinge_loss.gradient-averaged-twice",
    step="averaged_hinge_gradient",
    explain=_GRADIENT,
    **GRADIENT_AVERAGED_TWICE,
)
def gradient_averaged_twice(gradient):
    return gradient / len(gradient) ** 2


@known(
    "gradient-sign",
    "averaged_hinge_gradient",
    _GRADIENT,
    "The gradient has the wrong sign",
    "",
    "Does the loss grow or fall with the score of a class that comes too near?",
    "Look at your signs.",
)
def gradient_sign(right, gradient):
    return -right(gradient)


@known(
    "true-class-without-gradient",
    "true_class_gradient",
    _GRADIENT,
    "The true class's score has no gradient",
    "It is subtracted in every margin.",
    "Does the loss change with the true class's score?",
    _COUNT,
)
def true_class_without_gradient(violations):
    return np.zeros(len(violations))


@known(
    "true-class-once",
    "true_class_gradient",
    _GRADIENT,
    "The true class's score gets −1 once, however many classes come too near",
    "It is in the margin of each of them.",
    "What is the gradient when two classes come too near?",
    _COUNT,
)
def true_class_once(violations):
    return -(violations > 0).any(axis=1).astype(float)


@known(
    "true-class-always-once",
    "true_class_gradient",
    _GRADIENT,
    "The true class's score always gets −1, whether or not a class comes too near",
    "",
    "What is the gradient of a sample without a loss?",
    _COUNT,
)
def true_class_always_once(violations):
    return -np.ones(len(violations))


@known(
    "true-class-counts-itself",
    "true_class_gradient",
    _GRADIENT,
    "The true class is counted among those that come too near",
    "",
    "What is the gradient of a sample without a loss? It should be 0.",
    _COUNT,
)
def true_class_counts_itself(right, violations):
    return right(violations) - 1


@known(
    "true-class-not-counted-negative",
    "true_class_gradient",
    _GRADIENT,
    "The true class's score has the wrong sign",
    "",
    "Does the loss grow or fall with the true class's score?",
    "Look at your signs.",
)
def true_class_not_counted_negative(right, violations):
    return -right(violations)


@known(
    "gradient-of-the-true-class-alone",
    "too_near",
    _GRADIENT,
    "Only the true class's score has a gradient",
    "",
    "Does the loss change with the score of a class that comes too near?",
    _COUNT,
)
def gradient_of_the_true_class_alone(violations):
    return np.zeros_like(violations)


@known(
    "margins-for-the-gradient",
    "hinge_gradient",
    _GRADIENT,
    "The margins themselves are taken for the gradient",
    "The derivative of max(0, z) is 1 where z is positive, not z.",
    "What is the derivative of `max(0, z)`?",
    "Where do the margins become 0 and 1?",
)
def margins_for_the_gradient(violations, y):
    gradient = violations.copy()
    gradient[np.arange(len(y)), y] = -violations.sum(axis=1)
    return gradient


@known(
    "gradient-of-all-classes",
    "hinge_gradient",
    _GRADIENT,
    "Classes that are far enough have a gradient as well",
    "",
    "What is the gradient of a sample without a loss? It should be 0.",
    "Is the change of dW inside the `if margin > 0`?",
)
def gradient_of_all_classes(violations, y):
    gradient = np.ones_like(violations)
    gradient[np.arange(len(y)), y] = 1 - violations.shape[1]
    return gradient


hinge_loss.teach(
    {
        "hinge_loss.margin-missing": lessons.NO_MARGIN,
        "hinge_loss.negative-margins-counted": lessons.NOT_CUT_OFF,
        "hinge_loss.true-class-counted": lessons.TRUE_CLASS_COUNTED,
        "hinge_loss.difference-turned": lessons.TURNED,
        "hinge_loss.margins-squared": lessons.SQUARED,
        "hinge_loss.true-class-once": lessons.ONCE_FOR_MANY,
        "hinge_loss.true-class-always-once": lessons.ALWAYS_ONCE,
        "hinge_loss.true-class-without-gradient": lessons.NO_PULL_ON_THE_TRUE_CLASS,
        "hinge_loss.gradient-of-the-true-class-alone": lessons.PULL_ON_THE_TRUE_CLASS_ALONE,
        "hinge_loss.margins-for-the-gradient": lessons.MARGINS_THEMSELVES,
        "hinge_loss.gradient-of-all-classes": lessons.FAR_ENOUGH_AND_PULLED,
    }
)
