"""GELU, its slope, and the way back through it."""

import numpy as np

from grader.assignments import Operation, Place
from grader.checks import expect
from reference import gelu as formula
from reference.gelu import gelu_derivative as slope

gelu = Operation(formula)

_RULE = "GELU is $z \\, \\Phi(z) = \\frac z2 (1 + \\mathrm{erf}(z / \\sqrt 2))$."
_SLOPE = (
    "By the product rule the slope is $\\Phi(z) + z \\, \\varphi(z)$, with $\\varphi(z) = e^{-z^2/2} / \\sqrt{2 \\pi}$."
)
_AT = "What is the slope at 0? It is ½."


@gelu.check("gelu", share=1, title="Values of both signs")
def gelu_values(student, solution, rng, *, called):
    z = 2 * rng.normal(size=(5, 3))
    expect(student.gelu(z), f"{called('gelu')}(z)").close_to(solution.gelu(z))


@gelu.check("gelu_derivative", share=1, title="Slopes on both sides of 0")
def gelu_derivative_values(student, solution, rng, *, called):
    z = 2 * rng.normal(size=(5, 3))
    expect(student.gelu_derivative(z), f"{called('gelu_derivative')}(z)").close_to(solution.gelu_derivative(z))


@gelu.check("gelu_backward", share=1, title="What goes back through both sides of 0")
def gelu_backward_values(student, solution, rng):
    upstream, z = rng.normal(size=(2, 5, 3))
    expect(student.gelu_backward(upstream, z), "the gradient in z").close_to(solution.gelu_backward(upstream, z))


def known(code, step, title, explain, *hints, place=None):
    return gelu.mistake(code, step=step, title=title, explain=explain, hints=hints, place=place)


@known(
    "gelu.root-missing",
    "distribution",
    "The argument of erf is not divided by √2",
    f"{_RULE} Φ and erf have scales of their own.",
    "What is Φ(1)? About 0.84.",
    "What does erf get?",
    place=Place(calls="erf"),
)
def root_missing(z):
    return 0.5 * (1 + formula.error_function(z))


@known(
    "gelu.half-missing",
    "distribution",
    "The factor ½ is missing",
    f"{_RULE} Φ lies between 0 and 1.",
    "What is GELU of a large z?",
    "Between which bounds does $1 + \\mathrm{erf}$ lie?",
)
def half_missing(right, z):
    return 2 * right(z)


@known(
    "gelu.argument-missing",
    "gelu",
    "This is Φ(z): it is not multiplied by z",
    _RULE,
    "What is GELU of a large z?",
    "A factor is missing.",
)
def argument_missing(z):
    return formula.distribution(z)


@known(
    "gelu.tanh-approximation",
    "gelu",
    "This is the approximation by tanh, which differs in the fourth digit",
    f"{_RULE} Yours has $\\tanh$ in the place of erf.",
    "Which function does the task name?",
    "Look for a function that gives erf.",
    place=Place(calls="tanh"),
)
def tanh_approximation(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))


@known(
    "gelu.relu-instead",
    "gelu",
    "This is ReLU, not GELU",
    _RULE,
    "What is GELU of −1? About −0.16.",
    "Which function does the task name?",
)
def relu_instead(z):
    return np.maximum(z, 0)


@known(
    "gelu_derivative.density-missing",
    "gelu_derivative",
    "The slope is Φ alone: the second term of the product rule is missing",
    _SLOPE,
    "Which two factors has GELU, and which of them depend on z?",
    "How many terms has the derivative of a product?",
)
def density_missing(right, z):
    return right(z) - z * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)


@known(
    "gelu_derivative.density-alone",
    "gelu_derivative",
    "The slope is $z \\, \\varphi(z)$ alone: the first term of the product rule is missing",
    _SLOPE,
    _AT,
    "How many terms has the derivative of a product?",
)
def density_alone(z):
    return z * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)


@known(
    "gelu_derivative.density-not-multiplied",
    "gelu_derivative",
    "The density is not multiplied by z",
    f"{_SLOPE} Yours is $\\Phi(z) + \\varphi(z)$.",
    _AT,
    "Which factors has each term of the product rule?",
)
def density_not_multiplied(right, z):
    return right(z) + (1 - z) * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)


@known(
    "gelu_derivative.two-pi-without-root",
    "density",
    "The density is divided by 2π, not by its root",
    _SLOPE,
    "What is the density at 0? About 0.4.",
    "What does the root extend over?",
)
def two_pi_without_root(z):
    return np.exp(-(z**2) / 2) / (2 * np.pi)


@known(
    "gelu_derivative.exponent-not-halved",
    "density",
    "The exponent of the density is $-z^2$, not $-z^2/2$",
    _SLOPE,
    "What is the density at 1? About 0.24.",
    "Is the square halved?",
)
def exponent_not_halved(z):
    return np.exp(-(z**2)) / np.sqrt(2 * np.pi)


@known(
    "gelu_derivative.exponent-sign",
    "density",
    "The exponent of the density has the wrong sign",
    _SLOPE,
    "Does the density grow or fall with $|z|$?",
    "Where is the minus?",
)
def exponent_sign(z):
    return np.exp(z**2 / 2) / np.sqrt(2 * np.pi)


@known(
    "backward.slope-alone",
    "gelu_backward",
    "What arrives has no part in the gradient: GELU's slope alone is returned",
    "By the chain rule what arrives is multiplied by the slope.",
    "Does the gradient change with what arrives?",
    "A factor is missing.",
)
def slope_alone(upstream, z):
    return slope(z)
