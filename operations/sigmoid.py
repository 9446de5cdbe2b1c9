"""The sigmoid and its derivative, which is given pre-activations."""

import numpy as np

from grader.assignments import Operation, Place
from grader.assignments.knowledge import number
from grader.checks import expect
from operations.lessons import activations as lessons
from reference import sigmoid as formula

sigmoid = Operation(formula)

_RULE = "The logistic function is $\\sigma(z) = 1 / (1 + e^{-z})$, between 0 and 1."
_SLOPE = "The derivative of the logistic function is $\\sigma'(z) = \\sigma(z) (1 - \\sigma(z))$, at most ¼."
_CHAIN = "Going back through a sigmoid, what arrives is multiplied by its derivative at z, $g \\odot \\sigma'(z)$."


@sigmoid.check("sigmoid", share=3, title="Values of both signs")
def sigmoid_values(student, solution, rng, *, called):
    z = 3 * rng.normal(size=(5, 3))
    expect(student.sigmoid(z), f"{called('sigmoid')}(z)").close_to(solution.sigmoid(z))
    small = np.array([[-13.5, -9.8]])  # of these alone it shows when outputs are cut off at 0.0001
    expect(student.sigmoid(small), f"{called('sigmoid')} of small numbers").close_to(solution.sigmoid(small))


@sigmoid.check("sigmoid", share=2, title="Large values of both signs", only={"guarded": True})
def sigmoid_extremes(student, solution, *, called):
    z = np.array([-800.0, -30.0, 0.0, 30.0, 800.0])
    expect(student.sigmoid(z), f"{called('sigmoid')}(z)").close_to(solution.sigmoid(z))


@sigmoid.check("sigmoid_derivative", share=1, title="Slopes on both sides of 0")
def sigmoid_derivative_values(student, solution, rng, *, called):
    z = 2 * rng.normal(size=(5, 3))
    expect(student.sigmoid_derivative(z), f"{called('sigmoid_derivative')}(z)").close_to(solution.sigmoid_derivative(z))


@sigmoid.by_hand("sigmoid")
def sigmoid_by_hand(arguments, path, index):
    return f"1 / (1 + exp({number(-arguments[0][index])}))"


@sigmoid.mistake(
    "sigmoid.sign",
    step="sigmoid",
    title="The sign in the exponent of the sigmoid is wrong",
    explain=f"{_RULE} Yours is $1 / (1 + e^z) = 1 - \\sigma(z)$: it falls where it should rise.",
    hints=("Should the result grow or fall with z?", "Look at the sign inside `exp`."),
    place=Place(calls="exp"),
)
def sign(z):
    return formula.sigmoid(-z)


@sigmoid.mistake(
    "sigmoid.missing-parentheses",
    step="sigmoid",
    title="Parentheses are missing in the sigmoid: `1 / 1 + exp(-z)`",
    explain=f"{_RULE} Division binds more strongly than addition, so that yours is $1 + e^{{-z}}$, always above 1.",
    hints=("Can your result be larger than 1?", "What does Python compute first in `1 / 1 + np.exp(-z)`?"),
    place=Place(calls="exp"),
)
def missing_parentheses(z):
    return 1 + np.exp(-z)


@sigmoid.mistake(
    "sigmoid.overflow",
    step="sigmoid",
    title="The sigmoid overflows for large z",
    explain=f"{_RULE} Written as $e^z / (1 + e^z)$ it is right for small z, but $e^{{1000}}$ is infinite in floating "
    "point, and ∞/∞ is NaN. With $e^{-z}$ nothing worse than 1/∞ = 0 can happen.",
    hints=("Try z = 1000.", "Which exponential becomes infinite, and where does it stand in the fraction?"),
    place=Place(calls="exp"),
)
def overflow(z):
    return np.exp(z) / (1 + np.exp(z))


@sigmoid.mistake(
    "sigmoid.tanh-instead",
    step="sigmoid",
    title="tanh is returned instead of the sigmoid",
    explain=f"{_RULE} tanh has the same shape but lies between −1 and 1; $\\tanh(z) = 2 \\sigma(2z) - 1$.",
    hints=("Which values can your result have?", "What should come out for z = 0?"),
    place=Place(calls="tanh"),
)
def tanh_instead(z):
    return np.tanh(z)


@sigmoid.mistake(
    "sigmoid.derivative-returned",
    step="sigmoid",
    title="The derivative of the sigmoid is returned instead of the sigmoid",
    explain=f"{_RULE} Yours is $\\sigma(z) (1 - \\sigma(z))$, its slope, which is largest at 0.",
    hints=("What should come out for z = 0?", "Is your function the value or its slope?"),
)
def derivative_returned(z):
    return formula.sigmoid(z) * (1 - formula.sigmoid(z))


@sigmoid.mistake(
    "sigmoid.of-twice-z",
    step="sigmoid",
    title="The sigmoid is that of 2z",
    explain=f"{_RULE} Yours rises twice as steeply. Written with tanh it is $\\sigma(z) = \\frac12 + \\frac12 "
    "\\tanh(z / 2)$.",
    hints=("What should σ(2) be, and what is yours?", "Which argument does tanh or exp have in your formula?"),
)
def of_twice_z(z):
    return formula.sigmoid(2 * z)


@sigmoid.mistake(
    "sigmoid.applied-twice",
    step="sigmoid",
    title="The sigmoid is applied twice",
    explain=f"{_RULE} Applied to its own result it gives numbers between 0.5 and 0.731 only.",
    hints=("What is the smallest number that can come out?", "Is the argument z, or an activation already?"),
)
def applied_twice(z):
    return formula.sigmoid(formula.sigmoid(z))


@sigmoid.mistake(
    "sigmoid.relu-instead",
    step="sigmoid",
    title="ReLU is returned instead of the sigmoid",
    explain=f"{_RULE} Yours is $\\max(0, z)$, which has no upper bound.",
    hints=("Which values can your result have?", "What should come out for z = 0?"),
    place=Place(calls="maximum"),
)
def relu_instead(z):
    return np.maximum(z, 0)


@sigmoid.mistake(
    "sigmoid.identity",
    step="sigmoid",
    title="The sigmoid returns its input as it is",
    explain=f"{_RULE} Without it all layers together are one linear map.",
    hints=("What should come out for z = 0?", "Is what you compute what you return?"),
)
def identity(z):
    return z


@sigmoid.mistake(
    "sigmoid_derivative.of-activations",
    step="sigmoid_derivative",
    title="The derivative is written for activations, but it is given pre-activations",
    explain=f"{_SLOPE} With $a = \\sigma(z)$ at hand that is $a (1 - a)$. Yours computes $z (1 - z)$: the short "
    "formula, with z in the place of a. It has no bound and is negative outside 0 … 1.",
    hints=("What is the largest value that the slope can have?", "Does your formula need z, or $a = \\sigma(z)$?"),
)
def of_activations(z):
    return z * (1 - z)


@sigmoid.mistake(
    "sigmoid_derivative.of-the-sigmoid-of-z",
    step="sigmoid_derivative",
    title="The derivative is taken at σ(z) instead of at z",
    explain=f"{_SLOPE} Yours applies the sigmoid once more to what is an activation already, so that every slope lies "
    "between 0.197 and 0.25: saturated units learn as fast as all others.",
    hints=("What should the slope be for z = 10?", "How often is the sigmoid applied before you take its derivative?"),
)
def of_the_sigmoid_of_z(z):
    return formula.sigmoid(formula.sigmoid(z)) * (1 - formula.sigmoid(formula.sigmoid(z)))


@sigmoid.mistake(
    "sigmoid_derivative.value-returned",
    step="sigmoid_derivative",
    title="The sigmoid is returned instead of its derivative",
    explain=f"{_SLOPE} Yours lacks the factor $1 - \\sigma(z)$.",
    hints=("What should the slope be where the sigmoid is flat?", "Which factor is missing?"),
)
def value_returned(z):
    return formula.sigmoid(z)


@sigmoid.mistake(
    "sigmoid_derivative.one-minus-value",
    step="sigmoid_derivative",
    title="The derivative lacks the factor σ(z)",
    explain=f"{_SLOPE} Yours is $1 - \\sigma(z)$ alone.",
    hints=("What should the slope be for z = −10?", "Which factor is missing?"),
)
def one_minus_value(z):
    return 1 - formula.sigmoid(z)


@sigmoid.mistake(
    "sigmoid_derivative.plus-for-minus",
    step="sigmoid_derivative",
    title="The derivative of the sigmoid has a plus for a minus",
    explain=f"{_SLOPE} Yours is $\\sigma (1 + \\sigma)$.",
    hints=("What is the largest value that the slope can have?", "Look at the sign in the second factor."),
)
def plus_for_minus(z):
    return formula.sigmoid(z) * (1 + formula.sigmoid(z))


@sigmoid.mistake(
    "sigmoid_derivative.of-tanh",
    step="sigmoid_derivative",
    title="The derivative is written like that of tanh",
    explain=f"{_SLOPE} $1 - a^2$ belongs to tanh.",
    hints=("Whose derivative is $1 - a^2$?", "What should the slope be for z = 0?"),
)
def of_tanh(z):
    return 1 - formula.sigmoid(z) ** 2


@sigmoid.mistake(
    "sigmoid_derivative.of-rectified-units",
    step="sigmoid_derivative",
    title="The derivative of ReLU is returned",
    explain=f"{_SLOPE} Yours is 1 where z is positive and 0 elsewhere.",
    hints=("Which activation do the layers have?", "What should the slope be for z = 0?"),
)
def of_rectified_units(z):
    return (z > 0).astype(float)


# Going back through it


@sigmoid.mistake(
    "backward.sigmoid-derivative-missing",
    step="sigmoid_backward",
    title="The derivative of the sigmoid is missing on the way back",
    explain=f"{_CHAIN} Yours leaves $\\sigma'$ out.",
    hints=("Which links has the chain between two layers?", "What stands between one layer's δ and the next?"),
)
def derivative_missing(upstream, z):
    return upstream


@sigmoid.mistake(
    "backward.value-for-derivative",
    step="sigmoid_backward",
    title="The gradient is multiplied by the activation instead of the sigmoid's derivative",
    explain=f"{_CHAIN} Yours has $\\sigma(z)$ in the place of $\\sigma'(z)$.",
    hints=("Which function belongs beside the propagated error?", "The sigmoid, or its derivative?"),
    place=Place(calls="sigmoid"),
)
def value_for_derivative(upstream, z):
    return upstream * formula.sigmoid(z)


@sigmoid.mistake(
    "backward.derivative-at-the-activations",
    step="sigmoid_backward",
    title="The sigmoid's derivative is taken at the activations instead of the pre-activations",
    explain=f"{_CHAIN} The derivative wants z; given $a = \\sigma(z)$ it applies the sigmoid a second time, and every "
    "slope comes out between 0.197 and 0.25.",
    hints=("Which argument does your derivative want?", "z or a?"),
    place=Place(calls="sigmoid_derivative"),
)
def derivative_at_the_activations(upstream, z):
    return upstream * formula.sigmoid_derivative(formula.sigmoid(z))


sigmoid.teach(
    {
        "sigmoid.sign": lessons.SIGMOID_SIGN,
        "sigmoid.missing-parentheses": lessons.SIGMOID_PARENTHESES,
        "sigmoid.tanh-instead": lessons.SIGMOID_OTHER,
        "sigmoid.derivative-returned": lessons.SIGMOID_DERIVATIVE_RETURNED,
        "sigmoid.applied-twice": lessons.SIGMOID_TWICE,
        "sigmoid.relu-instead": lessons.SIGMOID_OTHER,
        "sigmoid.identity": lessons.SIGMOID_OTHER,
        "sigmoid_derivative.of-activations": lessons.SLOPE_OF_ARGUMENT,
        "sigmoid_derivative.of-the-sigmoid-of-z": lessons.SLOPE_OF_VALUE,
        "backward.sigmoid-derivative-missing": lessons.SIGMOID_SLOPE_MISSING,
        "backward.derivative-at-the-activations": lessons.SLOPE_OF_VALUE,
    }
)
