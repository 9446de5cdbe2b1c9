"""The mean squared error, and its gradient in the outputs."""

import numpy as np

from grader.assignments import Operation
from grader.assignments.allowed import one_of
from grader.checks import expect
from operations.conventions import LAYOUT
from reference import squared_error as formula


def words(*, over, half):
    n = "N C" if over == "entries" else "N"
    factor = "2 " if half else ""
    return {
        "rule": f"The cost is $\\frac{{1}}{{{factor}{n}}} \\sum (a - y)^2$"
        + (", the mean over all entries." if over == "entries" else ", averaged over the samples."),
        "slope": "The gradient in the outputs is $\\frac{" + ("a - y" if half else "2 (a - y)") + f"}}{{{n}}}$.",
        "n": n,
        "yours": "Yours has $y - a$: descending then leads away from the targets.",
    }


squared_error = Operation(formula, words=words, values={"over": one_of("entries", "samples"), "layout": LAYOUT})

#: Of a function that makes the step itself: what it adds, or subtracts, may be of either sign.
IN_A_STEP = {
    "slope": "The cost grows with $a - y$: what is added to the weights has $y - a$ in it, what is subtracted $a - y$.",
    "yours": "Yours is the other way round, so that each step leads away from the targets.",
}

SHAPES = ((5, 3), (2, 4))


@squared_error.check("squared_error", share=1, title="The cost of random outputs")
def squared_error_values(student, solution, rng, *, called):
    for shape in SHAPES:
        outputs, targets = rng.normal(size=(2, *shape))
        expect(student.squared_error(outputs, targets), "the cost").close_to(solution.squared_error(outputs, targets))


@squared_error.check("squared_error_gradient", share=1, title="The gradient in the outputs")
def squared_error_gradient_values(student, solution, rng, *, called):
    for shape in SHAPES:
        outputs, targets = rng.normal(size=(2, *shape))
        found = student.squared_error_gradient(outputs, targets)
        expect(found, "the gradient").close_to(solution.squared_error_gradient(outputs, targets))


def known(code, step, title, explain, *hints, only=None):
    rule = "<slope>" if code.startswith("backward") else "<rule>"
    return squared_error.mistake(
        code, step=step, title=title, explain=f"{rule} {explain}".strip(), hints=hints, only=only
    )


_TWICE = "What becomes of it when every sample is given twice?"
_ENTRIES, _SAMPLES, _WHOLE, _HALVED = {"over": "entries"}, {"over": "samples"}, {"half": False}, {"half": True}


@known("cost.summed", "averaged_over", "The squares are summed, not averaged", "", _TWICE, "`sum` or `mean`?")
def summed(outputs):
    return 1


@known(
    "cost.averaged-over-the-samples-alone",
    "averaged_over",
    "The squares are divided by the number of samples, not of all entries",
    "",
    "What becomes of it when every output is given twice, side by side?",
    "How many squares are added up?",
    only=_ENTRIES,
)
def averaged_over_the_samples_alone(outputs, *, layout):
    return outputs.shape[1 if layout == "columns" else 0]


@known(
    "cost.averaged-over-the-entries",
    "averaged_over",
    "The squares are divided by the number of all entries, not of the samples",
    "`np.mean` without an `axis` divides by the number of outputs of a sample as well.",
    "What becomes of it when every output is given twice, side by side?",
    "Over what does `np.mean` run?",
    only=_SAMPLES,
)
def averaged_over_the_entries(outputs):
    return outputs.size


@known(
    "cost.averaged-over-the-outputs",
    "averaged_over",
    "The squares are divided by the number of outputs of a sample, not of the samples",
    "",
    _TWICE,
    "Which number of the shape counts the samples?",
    only=_SAMPLES,
)
def averaged_over_the_outputs(outputs, *, layout):
    return outputs.shape[0 if layout == "columns" else 1]


@known(
    "cost.one-half",
    "summed_squares",
    "There is a factor ½ that the task does not have",
    "",
    "What is the cost of one output that is off by 1?",
    "Is there a 2 in the denominator?",
    only=_WHOLE,
)
def one_half(right, outputs, targets):
    return right(outputs, targets) / 2


@known(
    "cost.half-missing",
    "summed_squares",
    "The factor ½ of the squared error is missing",
    "",
    "What is the cost of one output that is off by 1?",
    "Which factor has the formula?",
    only=_HALVED,
)
def half_missing(right, outputs, targets):
    return 2 * right(outputs, targets)


@known(
    "cost.differences-for-squares",
    "summed_squares",
    "The differences are added up, not their squares",
    "",
    "Can the cost be negative?",
    "Where is the square?",
)
def differences_for_squares(outputs, targets):
    return np.sum(outputs - targets)


@known(
    "cost.absolute-error",
    "summed_squares",
    "The absolute errors are added up, not the squares",
    "",
    "What is the cost of one output that is off by 3?",
    "`abs`, or a square?",
)
def absolute_error(outputs, targets):
    return np.sum(np.abs(outputs - targets))


@known(
    "cost.square-of-the-sum",
    "summed_squares",
    "The square of the sum is taken, not the sum of the squares",
    "",
    "What is the cost of two errors, 1 and −1?",
    "In which order are sum and square taken?",
)
def square_of_the_sum(outputs, targets):
    return np.sum(outputs - targets) ** 2


@known(
    "backward.squared-error-not-averaged",
    "gradient_averaged_over",
    "The gradient of the squared error is not divided by <n>",
    "",
    _TWICE,
    "What is divided by in the cost?",
)
def not_averaged(outputs):
    return 1


@known(
    "backward.squared-error-averaged-over-the-samples-alone",
    "gradient_averaged_over",
    "The gradient is divided by the number of samples, not of all entries",
    "",
    "What is divided by in the cost?",
    "How many entries have the outputs?",
    only=_ENTRIES,
)
def gradient_averaged_over_the_samples_alone(outputs, *, layout):
    return outputs.shape[1 if layout == "columns" else 0]


@known(
    "backward.squared-error-averaged-over-the-entries",
    "gradient_averaged_over",
    "The gradient is divided by the number of all entries, not of the samples",
    "",
    "What is divided by in the cost?",
    "How many samples are there?",
    only=_SAMPLES,
)
def gradient_averaged_over_the_entries(outputs):
    return outputs.size


@known(
    "backward.squared-error-factor-two-missing",
    "slope_of_squares",
    "The factor 2 of the square's derivative is missing",
    "",
    "What is the derivative of $a^2$?",
    "Which factor has the cost, and which the gradient?",
    only=_WHOLE,
)
def factor_two_missing(outputs, targets):
    return outputs - targets


@known(
    "backward.squared-error-doubled",
    "slope_of_squares",
    "The gradient of the squared error is doubled: the ½ of the cost cancels the 2 of the square's derivative",
    "",
    "What is the derivative of $\\frac12 a^2$?",
    "Which factor has the cost, and which the gradient?",
    only=_HALVED,
)
def slope_doubled(right, outputs, targets):
    return 2 * right(outputs, targets)


@known(
    "backward.squared-error-sign",
    "slope_of_squares",
    "The sign of the gradient of the squared error is wrong",
    "<yours>",
    "In which direction does the cost grow when an output that is too large grows?",
    "Which of the two is subtracted?",
)
def slope_sign(right, outputs, targets):
    return -right(outputs, targets)
