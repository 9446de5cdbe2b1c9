"""Going back: the error of a hidden layer, and the part of its weights."""

import numpy as np

from grader.assignments import Place, mistake

_CHAIN = "A hidden layer's error is the next layer's error times its weights, times the slope of ReLU."


@mistake(
    "train.slope-missing",
    step="hidden_error",
    title="The slope of ReLU is missing on the way back",
    explain=f"{_CHAIN} Yours leaves the slope out: units that were off are corrected as if they had taken part.",
    hints=("Which units had no influence on the output?", "What stands between one layer's error and the next?"),
)
def slope_missing(upstream, a):
    return upstream


@mistake(
    "train.slope-of-the-error",
    step="hidden_error",
    title="The slope of ReLU is taken from the error instead of from the forward pass",
    explain=f"{_CHAIN} Whether a unit was on is decided by its own activation. Yours drops every negative error.",
    hints=("Which quantity decides whether a unit is on?", "What is the argument of `activation_dReLU`?"),
    place=Place(calls="activation_dReLU"),
)
def slope_of_the_error(upstream, a):
    return upstream * (upstream > 0)


@mistake(
    "train.activation-for-slope",
    step="hidden_error",
    title="The error is multiplied by the activation instead of by the slope",
    explain=f"{_CHAIN} The slope is 0 or 1.",
    hints=("Which values can the slope of ReLU have?", "`activation_ReLU` or `activation_dReLU`?"),
    place=Place(calls="activation_ReLU"),
)
def activation_for_slope(upstream, a):
    return upstream * a


@mistake(
    "train.inputs-missing",
    step="weight_part",
    title="The weight changes leave out the layer's input",
    explain="A weight's change is the error at its unit times what came in through it. Yours has the same row for "
    "every input.",
    hints=("Does the change of a weight depend on its input?", "By what must the error be multiplied?"),
)
def inputs_missing(inputs, error):
    return np.tile(error, (len(inputs), 1))
