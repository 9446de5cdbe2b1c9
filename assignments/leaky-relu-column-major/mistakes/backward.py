"""Backwards, and the step."""

import numpy as np

from grader.assignments import Place, mistake

_CHAIN = "Going back, $\\delta_{l-1} = (w_l^T \\delta_l) \\odot f'(a_{l-1})$."


@mistake(
    "backward.slope-missing",
    step="hidden_delta",
    title="The slope of the leaky unit is missing on the way back",
    explain=_CHAIN,
    hints=("Which links has the chain between two layers?", "What stands between one layer's dz and the next?"),
)
def slope_missing(upstream, a):
    return upstream


@mistake(
    "backward.slope-of-the-gradient",
    step="hidden_delta",
    title="The slope is taken at the gradient instead of at the activations",
    explain=f"{_CHAIN} Whether a unit was on is decided in the forward pass.",
    hints=("Which quantity decides the slope?", "What is the argument of `lreluDer`?"),
    place=Place(calls="lreluDer"),
)
def slope_of_the_gradient(upstream, a):
    return upstream * np.where(upstream > 0, 1.0, 0.01)


@mistake(
    "backward.activation-for-slope",
    step="hidden_delta",
    title="The gradient is multiplied by the activation instead of the slope",
    explain=_CHAIN,
    hints=("Which values can the slope have?", "`lrelu` or `lreluDer`?"),
    place=Place(calls="lrelu"),
)
def activation_for_slope(upstream, a):
    return upstream * a


@mistake(
    "update.biases-never-changed",
    step="update",
    title="The biases are never changed",
    explain="A step changes weights and biases alike; yours leaves the biases where they were.",
    hints=("Which entries of `param` are different after a step?", "Look at the loop that makes the step."),
)
def biases_never_changed(right, value, gradient, rate):
    return value if value.shape[1] == 1 else right(value, gradient, rate)
