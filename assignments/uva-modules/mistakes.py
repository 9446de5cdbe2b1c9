"""What goes wrong in the loss of probabilities, and before ELU's slope."""

import numpy as np

from grader.assignments import mistake
from operations.texts import COST_SUMMED

_LOSS = "The loss is $-\\frac1n \\sum_i \\log x_{i, y_i}$."
_SLOPE = "The gradient is $-\\frac{1}{n \\, x_{i, y_i}}$ at the true classes, and 0 elsewhere."


def known(code, step, rule, title, *hints):
    return mistake(f"CrossEntropyModule.{code}", step=step, title=title, explain=rule, hints=hints)


@known("loss-summed", "mean_loss", _LOSS, COST_SUMMED["title"], *COST_SUMMED["hints"])
def loss_summed(p):
    return -np.sum(np.log(p))


@known("loss-sign", "mean_loss", _LOSS, "The loss has the wrong sign", "Can a logarithm of a probability be positive?")
def loss_sign(p):
    return np.mean(np.log(p))


@known("logarithm-missing", "mean_loss", _LOSS, "The logarithm is missing", "What is the loss of a sure, right answer?")
def logarithm_missing(p):
    return -np.mean(p)


@known(
    "backward.not-averaged", "samples_of_the_mean", _SLOPE, "The gradient is not divided by n", "What of each twice?"
)
def gradient_not_averaged(p):
    return 1


@known("backward.sign", "slope_of_the_loss", _SLOPE, "The gradient has the wrong sign", "Does the loss fall with p?")
def gradient_sign(right, p):
    return -right(p)


@known(
    "backward.probability-missing",
    "slope_of_the_loss",
    _SLOPE,
    "The gradient is not divided by the probability",
    "What is the derivative of the logarithm?",
)
def probability_missing(p):
    return -np.ones_like(p) / len(p)


@mistake(
    "ELUModule.backward.slope-alone",
    step="arriving",
    title="What arrives has no part in the gradient: ELU's slope alone is returned",
    explain="By the chain rule what arrives is multiplied by the slope.",
    hints=("Does the gradient change with dout?", "A factor is missing."),
)
def slope_alone(dout):
    return np.ones_like(dout)
