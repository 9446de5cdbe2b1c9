"""The hyperbolic tangent, its slope, and the way back through it."""

import numpy as np

from grader.assignments import Operation, Place
from grader.checks import expect
from reference import tanh as formula

tanh = Operation(formula)

_RULE = "The hyperbolic tangent is between −1 and 1, with $\\tanh(0) = 0$."
_SLOPE = "The derivative of tanh is $1 - \\tanh(z)^2$, or $1 - a^2$ in terms of its value a."
_CHAIN = "Going back through tanh, what arrives is multiplied by the slope at z, $g \\odot (1 - \\tanh(z)^2)$."
_WHICH = "Which values can the slope have? What is it at z = 0?"


@tanh.check("tanh", share=1, title="Values of both signs")
def tanh_values(student, solution, rng, *, called):
    z = 2 * rng.normal(size=(5, 3))
    expect(student.tanh(z), f"{called('tanh')}(z)").close_to(solution.tanh(z))


@tanh.check("tanh_derivative", share=1, title="Slopes on both sides of 0")
def tanh_derivative_values(student, solution, rng, *, called):
    z = 2 * rng.normal(size=(5, 3))
    expect(student.tanh_derivative(z), f"{called('tanh_derivative')}(z)").close_to(solution.tanh_derivative(z))


def known(code, step, title, explain, *hints, place=None):
    return tanh.mistake(code, step=step, title=title, explain=explain, hints=hints, place=place)


@known(
    "tanh.sigmoid-instead",
    "tanh",
    "This is the sigmoid, not tanh",
    f"{_RULE} Your values are those of $\\sigma(z)$, all between 0 and 1.",
    "Between which bounds do your values lie?",
    "What is the value at 0?",
)
def sigmoid_instead(z):
    return 1 / (1 + np.exp(-z))


@known(
    "tanh.sign",
    "tanh",
    "The sign of tanh is wrong",
    f"{_RULE} It rises with z; yours falls.",
    "Should the result grow or fall with z?",
    "In $(e^z - e^{-z}) / (e^z + e^{-z})$, which of the two comes first?",
)
def sign(z):
    return -np.tanh(z)


@known(
    "tanh.half-the-argument",
    "tanh",
    "This is $\\tanh(z/2)$: a factor 2 is missing in the exponent",
    f"{_RULE} It is $(1 - e^{{-2z}}) / (1 + e^{{-2z}})$.",
    "What is the slope at 0? It should be 1.",
    "Look at what is in `exp`.",
    place=Place(calls="exp"),
)
def half_the_argument(z):
    return np.tanh(z / 2)


@known(
    "tanh_derivative.square-missing",
    "tanh_derivative",
    "The slope is $1 - \\tanh(z)$: the square is missing",
    _SLOPE,
    _WHICH,
    "What is squared?",
)
def square_missing(z):
    return 1 - np.tanh(z)


@known(
    "tanh_derivative.of-the-sigmoid",
    "tanh_derivative",
    "The slope is that of the sigmoid, $a (1 - a)$",
    _SLOPE,
    _WHICH,
    "Whose derivative is $a (1 - a)$?",
)
def of_the_sigmoid(z):
    return np.tanh(z) * (1 - np.tanh(z))


@known(
    "tanh_derivative.value",
    "tanh_derivative",
    "tanh itself is returned instead of its slope",
    _SLOPE,
    _WHICH,
    "The value or its slope?",
)
def value(z):
    return np.tanh(z)


@known(
    "tanh_derivative.of-the-argument",
    "tanh_derivative",
    "The slope is $1 - z^2$: the formula in terms of the value is given the argument",
    f"{_SLOPE} $1 - a^2$ wants $a = \\tanh(z)$, yours gets z.",
    _WHICH,
    "Is it z or tanh(z) that is squared?",
)
def of_the_argument(z):
    return 1 - z**2


@known(
    "tanh_derivative.of-the-value",
    "tanh_derivative",
    "tanh is taken twice: the slope is that at $\\tanh(z)$ instead of at z",
    f"{_SLOPE} Yours is $1 - \\tanh(a)^2$.",
    "What was kept of the forward pass: z, or tanh(z)?",
    "How often is tanh taken on the way back?",
)
def of_the_value(z):
    return 1 - np.tanh(np.tanh(z)) ** 2


@known(
    "tanh_derivative.difference-squared",
    "tanh_derivative",
    "The whole difference is squared: $(1 - a)^2$",
    f"{_SLOPE} Only a is squared.",
    _WHICH,
    "Where do the parentheses stand?",
)
def difference_squared(z):
    return (1 - np.tanh(z)) ** 2


@known(
    "tanh_derivative.plus-for-minus",
    "tanh_derivative",
    "The slope of tanh has a plus for a minus",
    f"{_SLOPE} Yours is $1 + a^2$, which is largest where tanh is flat.",
    _WHICH,
    "Look at the sign.",
)
def plus_for_minus(z):
    return 1 + np.tanh(z) ** 2


@known(
    "tanh_derivative.of-rectified-units",
    "tanh_derivative",
    "The slope is that of ReLU",
    f"{_SLOPE} Yours is 1 where z is positive, and 0 elsewhere.",
    _WHICH,
    "Which activation do the units have?",
)
def of_rectified_units(z):
    return (z > 0).astype(float)


@known(
    "backward.tanh-slope-missing",
    "tanh_backward",
    "The slope of tanh is missing on the way back",
    f"{_CHAIN} Yours hands on what arrives.",
    "Which links has the chain between two layers?",
    "By what is what arrives to be multiplied?",
)
def slope_missing(upstream, z):
    return upstream


@known(
    "backward.tanh-slope-alone",
    "tanh_backward",
    "What arrives from the layer above has no part in the gradient",
    f"{_CHAIN} Yours is the slope alone.",
    "Does the gradient change with what arrives?",
    "A factor is missing.",
)
def slope_alone(upstream, z):
    return formula.tanh_derivative(z)


@known(
    "backward.tanh-slope-of-the-gradient",
    "tanh_backward",
    "The slope is taken at the gradient instead of at z",
    f"{_CHAIN} How steep tanh was is decided in the forward pass.",
    "At which argument is the slope taken?",
    "What has the forward pass kept?",
)
def slope_of_the_gradient(upstream, z):
    return upstream * formula.tanh_derivative(upstream)
