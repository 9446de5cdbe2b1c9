"""What goes wrong in Swish and on the way back through it."""

import numpy as np

from grader.assignments import mistake

_SWISH = "Swish is $z \\, \\sigma(\\beta z)$."
_SLOPE = "With $\\sigma$ at $\\beta z$ the slope in z is $\\sigma + \\beta z \\sigma (1 - \\sigma)$: the product rule."
_BETA = "All entries share one β, whose gradient is $\\sum dA \\, z^2 \\sigma(\\beta z) (1 - \\sigma(\\beta z))$."


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def known(code, step, title, explain, *hints):
    return mistake(code, step=step, title=title, explain=explain, hints=hints)


@known(
    "Swish.beta-ignored",
    "gate",
    "β is not used: this is Swish for β = 1",
    f"{_SWISH} In yours the exponent has no β.",
    "Does the result change with β?",
    "What is the exponent?",
)
def beta_ignored(z, beta):
    return sigmoid(z)


@known(
    "Swish.sign-of-the-exponent",
    "gate",
    "The sign in the exponent is wrong",
    f"{_SWISH} For a large z it is z; yours is 0 there.",
    "What is the activation of 10?",
    "Where does the sigmoid tend to 1?",
)
def sign_of_the_exponent(z, beta):
    return sigmoid(-beta * z)


@known(
    "Swish.gate-alone",
    "swish",
    "The sigmoid is returned, without the factor z",
    f"{_SWISH} Yours is between 0 and 1.",
    "What is the activation of 10?",
    "What does the sigmoid multiply?",
)
def gate_alone(z, beta):
    return sigmoid(beta * z)


@known(
    "Swish.beta-multiplied",
    "swish",
    "The activation is multiplied by β as well",
    f"{_SWISH} β stands in the sigmoid alone.",
    "What is the activation of 10 for β = 2?",
    "Where does β stand in the formula?",
)
def beta_multiplied(right, z, beta):
    return beta * right(z, beta)


@known(
    "Swish.backward.product-rule-forgotten",
    "slope",
    "The second term of the product rule is missing",
    f"{_SLOPE} Yours is the first term.",
    "Where does z occur in the activation? Twice.",
    "What is the derivative of a product?",
)
def product_rule_forgotten(z, beta):
    return sigmoid(beta * z)


@known(
    "Swish.backward.first-term-forgotten",
    "slope",
    "The first term of the product rule is missing",
    f"{_SLOPE} Yours is the second term.",
    "What is the slope at 0? It is ½.",
    "What is the derivative of a product?",
)
def first_term_forgotten(z, beta):
    return beta * z * sigmoid(beta * z) * (1 - sigmoid(beta * z))


@known(
    "Swish.backward.beta-forgotten",
    "slope",
    "The inner derivative β is missing in the second term",
    f"{_SLOPE} By the chain rule $\\sigma(\\beta z)$ has the slope $\\beta \\sigma (1 - \\sigma)$ in z.",
    "Derive $\\sigma(\\beta z)$ in z.",
    "Is the gradient right for β = 1?",
)
def beta_forgotten(z, beta):
    return sigmoid(beta * z) + z * sigmoid(beta * z) * (1 - sigmoid(beta * z))


@known(
    "Swish.backward.slope-of-the-sigmoid",
    "slope",
    "The slope is that of the sigmoid, not of Swish",
    f"{_SLOPE} Yours is $\\sigma (1 - \\sigma)$, as if the output were $\\sigma$ alone.",
    "Which function is derived here, and where does z occur in it?",
    "What is the slope for a large z? It is 1.",
)
def slope_of_the_sigmoid(z, beta):
    return sigmoid(beta * z) * (1 - sigmoid(beta * z))


@known(
    "Swish.backward.slope-of-the-gate",
    "slope",
    "The slope is that of $\\sigma(\\beta z)$, not of Swish",
    f"{_SLOPE} Yours is $\\beta \\sigma (1 - \\sigma)$, as if the output were $\\sigma(\\beta z)$ alone.",
    "Which function is derived here, and where does z occur in it?",
    "What is the slope for a large z? It is 1.",
)
def slope_of_the_gate(z, beta):
    return beta * sigmoid(beta * z) * (1 - sigmoid(beta * z))


@known(
    "Swish.backward.z-forgotten",
    "slope",
    "The factor z is missing in the second term",
    _SLOPE,
    "What does the sigmoid's slope multiply?",
    "What is the slope at 0? It is ½.",
)
def z_forgotten(z, beta):
    return sigmoid(beta * z) + beta * sigmoid(beta * z) * (1 - sigmoid(beta * z))


@known(
    "Swish.backward.beta-gradient-z-not-squared",
    "slope_in_beta",
    "The gradient in β has z where z² belongs",
    f"{_BETA} One z is the factor of the sigmoid, the other comes of $\\beta z$.",
    "Derive $z \\sigma(\\beta z)$ in β.",
    "How often does z occur in the activation?",
)
def z_not_squared(z, beta):
    return z * sigmoid(beta * z) * (1 - sigmoid(beta * z))


@known(
    "Swish.backward.beta-gradient-times-beta",
    "slope_in_beta",
    "The gradient in β has a factor β too much",
    f"{_BETA} The inner derivative is that in β, which is z.",
    "Derive $\\sigma(\\beta z)$ in β, not in z.",
    "Is the gradient right for β = 1?",
)
def times_beta(right, z, beta):
    return beta * right(z, beta)


@known(
    "Swish.backward.beta-gradient-not-summed",
    "gathered",
    "The gradient in β is an array, not a number",
    f"{_BETA} Yours is not summed.",
    "Which shape has β?",
    "How many entries use it?",
)
def not_summed(dLdA, slopes):
    return dLdA * slopes


@known(
    "Swish.backward.beta-gradient-averaged",
    "gathered",
    "The gradient in β is a mean, not a sum",
    _BETA,
    "What becomes of the gradient if every row is there twice?",
    "`sum` or `mean`?",
)
def averaged(dLdA, slopes):
    return np.mean(dLdA * slopes)


@known(
    "Swish.backward.beta-gradient-averaged-over-the-samples",
    "gathered",
    "The gradient in β is divided by the number of samples",
    _BETA,
    "What becomes of the gradient if every row is there twice?",
    "Where is the mean taken in this course? In the loss.",
)
def averaged_over_the_samples(right, dLdA, slopes):
    return right(dLdA, slopes) / len(dLdA)


@known(
    "Swish.backward.beta-gradient-without-what-arrives",
    "gathered",
    "What arrives is not used in the gradient in β",
    f"{_BETA} By the chain rule each entry's slope is multiplied by dA.",
    "Does `dLdbeta` change when `dLdA` is doubled?",
    "Where does the chain rule begin?",
)
def without_what_arrives(dLdA, slopes):
    return np.sum(slopes)
