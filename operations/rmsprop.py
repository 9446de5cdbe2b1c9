"""A step of RMSProp."""

import numpy as np

from grader.assignments import Operation
from grader.checks import expect
from operations.conventions import DECAY
from operations.gradient_descent import ASCENT, RATE_UNUSED
from operations.lessons import steps as lessons
from reference import rmsprop as formula


def words(*, within):
    return {"divisor": "\\sqrt{s + \\epsilon}" if within else "(\\sqrt{s} + \\epsilon)"}


rmsprop = Operation(formula, words=words, values={"rho": DECAY})

_MEAN = "$s \\leftarrow \\rho s + (1 - \\rho) g^2$."
_STEP = "The step is $w \\leftarrow w - \\eta \\, g / <divisor>$, with the new s."


@rmsprop.check("rmsprop", share=3, title="Parameter and mean square after a step")
def rmsprop_step_from_a_mean(student, solution, rng):
    w, dw = rng.normal(size=(2, 4, 3))
    arguments = w, dw, rng.random((4, 3)), 0.03
    found, expected = student.rmsprop(*arguments), solution.rmsprop(*arguments)
    for position, name in ((0, "w"), (1, "the mean square")):
        expect(found[position], name).close_to(expected[position])


@rmsprop.check("rmsprop", share=1, title="A step from a mean square of 0, where some gradients are 0")
def rmsprop_from_the_start(student, solution, rng):
    w, dw = rng.normal(size=(2, 5)) * [[1.0], [1e-7]]
    dw[2] = 0.0
    expect(student.rmsprop(w, dw, 0 * w, 0.1)[0], "w").close_to(solution.rmsprop(w, dw, 0 * w, 0.1)[0])


def known(what, step, rule, title, explain, *hints, only=None):
    return rmsprop.mistake(
        f"rmsprop.{what}", step=step, title=title, explain=f"{rule} {explain}".strip(), hints=hints, only=only
    )


_WHICH = "Write the formula beside your line: which factor differs?"


@known(
    "gradient-not-squared",
    "next_mean_square",
    _MEAN,
    "The gradient is not squared in the mean square",
    "Its root may then be of a negative number.",
    "Can your mean square be negative?",
    _WHICH,
)
def gradient_not_squared(mean_square, dw, rho):
    return rho * mean_square + (1 - rho) * dw


@known(
    "square-with-its-full-weight",
    "next_mean_square",
    _MEAN,
    "The squared gradient enters the mean with its full weight",
    "Yours lacks the factor $1 - \\rho$.",
    "How large does it become for a constant gradient?",
    _WHICH,
)
def square_with_its_full_weight(mean_square, dw, rho):
    return rho * mean_square + dw**2


@known(
    "weights-exchanged",
    "next_mean_square",
    _MEAN,
    "The weights ρ and 1 − ρ are exchanged",
    "",
    "How fast does it forget?",
    _WHICH,
)
def weights_exchanged(mean_square, dw, rho):
    return (1 - rho) * mean_square + rho * dw**2


@known(
    "weighted-before-the-square",
    "next_mean_square",
    _MEAN,
    "The weight 1 − ρ is squared along with the gradient",
    "The square is of g alone.",
    "What is squared in your line?",
    _WHICH,
)
def weighted_before_the_square(mean_square, dw, rho):
    return rho * mean_square + ((1 - rho) * dw) ** 2


@known(
    "never-forgets",
    "next_mean_square",
    _MEAN,
    "The squares are added up and nothing is forgotten",
    "Yours is a step of AdaGrad.",
    "Does the step change with ρ?",
    _WHICH,
)
def never_forgets(mean_square, dw, rho):
    return mean_square + dw**2


@known(
    "mean-kept-whole",
    "next_mean_square",
    _MEAN,
    "The old mean square is kept whole, without the factor ρ",
    "It then only grows.",
    "Can the mean square become smaller again?",
    _WHICH,
)
def mean_kept_whole(mean_square, dw, rho):
    return mean_square + (1 - rho) * dw**2


@known(
    "forgets-everything",
    "next_mean_square",
    _MEAN,
    "What was before has no part in the mean",
    "",
    "Does the step change with the mean square that comes in?",
    _WHICH,
)
def forgets_everything(mean_square, dw, rho):
    return (1 - rho) * dw**2


@known(
    "root-missing",
    "size_of_gradient",
    _STEP,
    "The step is divided by the mean square, not by its root",
    "",
    "How does the step change when all gradients double?",
    _WHICH,
)
def root_missing(mean_square, eps):
    return mean_square + eps


@known(
    "epsilon-inside-the-root",
    "size_of_gradient",
    _STEP,
    "ε is added under the root, not to it",
    "For a gradient that is tiny the two differ a lot.",
    "What is your divisor for s = 0?",
    "Is ε inside the brackets of the root?",
    only={"within": False},
)
def epsilon_inside_the_root(mean_square, eps):
    return np.sqrt(mean_square + eps)


@known(
    "epsilon-missing",
    "size_of_gradient",
    _STEP,
    "Nothing keeps the division from being by 0: ε is missing",
    "",
    "What is the step for a gradient that was always 0?",
    "What is added to the root?",
)
def epsilon_missing(mean_square, eps):
    return np.sqrt(mean_square)


@known(
    "not-divided",
    "size_of_gradient",
    _STEP,
    "The gradient is not divided by the root of its mean square",
    "Yours is a plain step of gradient descent.",
    "How does the step change when all gradients double?",
    _WHICH,
)
def not_divided(mean_square, eps):
    return 1.0


@known(
    "old-mean-used",
    "rmsprop_step",
    _STEP,
    "The step is divided by the old mean square, before this gradient has entered it",
    "",
    "By what is the first step divided?",
    "In which order are your two lines?",
)
def old_mean_used(right, w, dw, mean_square, lr, rho, eps):
    return w - lr * dw / (np.sqrt(mean_square) + eps), right(w, dw, mean_square, lr, rho, eps)[1]


@known(
    "mean-not-returned",
    "rmsprop_step",
    _MEAN,
    "The mean square that is returned is the old one",
    "It has to be kept for the next step.",
    "Is it another one after a step?",
    "Look at what is returned, or kept.",
)
def mean_not_returned(right, w, dw, mean_square, lr, rho, eps):
    return right(w, dw, mean_square, lr, rho, eps)[0], mean_square


@rmsprop.mistake("rmsprop.ascent", step="rmsprop_step", explain=_STEP, **ASCENT)
def ascent(right, w, dw, mean_square, lr, rho, eps):
    return right(w, dw, mean_square, -lr, rho, eps)


@rmsprop.mistake("rmsprop.learning-rate-unused", step="rmsprop_step", explain=_STEP, **RATE_UNUSED)
def learning_rate_unused(right, w, dw, mean_square, lr, rho, eps):
    return right(w, dw, mean_square, 1.0, rho, eps)


rmsprop.teach(
    {
        "rmsprop.gradient-not-squared": lessons.NOT_SQUARED,
        "rmsprop.never-forgets": lessons.NOTHING_FADES,
        "rmsprop.mean-kept-whole": lessons.NOTHING_FADES,
        "rmsprop.forgets-everything": lessons.ONLY_THE_SIGN,
        "rmsprop.root-missing": lessons.NO_ROOT,
        "rmsprop.epsilon-inside-the-root": lessons.EPSILON_UNDER_THE_ROOT,
        "rmsprop.epsilon-missing": lessons.NO_EPSILON,
        "rmsprop.not-divided": lessons.PLAIN_STEP,
        "rmsprop.old-mean-used": lessons.OLD_MEAN_USED,
        "rmsprop.mean-not-returned": lessons.NOTHING_KEPT,
    }
)
