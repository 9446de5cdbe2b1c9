"""The slope of ReLU."""

import numpy as np

from grader.assignments import Place, mistake

_SLOPE = "The slope of ReLU is 1 where its argument is positive and 0 elsewhere."


@mistake(
    "activation_dReLU.one-at-zero",
    step="relu_slope",
    title="The slope of ReLU is 1 at 0 as well",
    explain=f"{_SLOPE} Given activations, `x >= 0` is true everywhere, since activations are never negative: units "
    "that are off get gradients as if they were on.",
    hints=("What is the activation of a unit that is off?", "`>` or `>=`?"),
)
def slope_one_at_zero(x):
    return np.where(x >= 0, 1.0, 0.0)


@mistake(
    "activation_dReLU.value",
    step="relu_slope",
    title="ReLU itself is returned instead of its slope",
    explain=_SLOPE,
    hints=("Which values can the slope have?", "Is a comparison missing?"),
)
def slope_value(x):
    return np.maximum(x, 0)


@mistake(
    "activation_dReLU.inverted",
    step="relu_slope",
    title="The slope of ReLU is 1 where it should be 0",
    explain=_SLOPE,
    hints=("On which side does ReLU rise?", "Look at the direction of the comparison."),
)
def slope_inverted(x):
    return np.where(x < 0, 1.0, 0.0)


@mistake(
    "activation_dReLU.always-one",
    step="relu_slope",
    title="The slope of ReLU is always 1",
    explain=f"{_SLOPE} With 1 everywhere ReLU is treated like the identity on the way back.",
    hints=("What is the slope where ReLU is flat?", "A comparison with 0 is missing."),
)
def slope_always_one(x):
    return np.ones_like(x)


@mistake(
    "activation_dReLU.sign",
    step="relu_slope",
    title="The slope is −1 for negative arguments",
    explain=f"{_SLOPE} `np.sign` is the slope of the absolute value.",
    hints=("Does ReLU fall anywhere?", "Which function has the slope `np.sign(x)`?"),
    place=Place(calls="sign"),
)
def slope_sign(x):
    return np.sign(x)


@mistake(
    "activation_dReLU.leaky",
    step="relu_slope",
    title="The slope is that of the leaky ReLU",
    explain=f"{_SLOPE} 0.01 belongs to a leaky unit.",
    hints=("What is the slope where ReLU is flat?", "Look for 0.01."),
)
def slope_leaky(x):
    return np.where(x > 0, 1.0, 0.01)
