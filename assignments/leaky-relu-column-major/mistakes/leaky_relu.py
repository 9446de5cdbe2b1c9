"""The leaky unit and its slope."""

import numpy as np

from grader.assignments import mistake

_LEAKY = "The leaky unit gives z where it is positive and 0.01·z elsewhere."


@mistake(
    "lrelu.without-leak",
    step="lrelu",
    title="The unit does not leak: negative values become 0",
    explain=f"{_LEAKY} With 0 there it is the plain ReLU, whose units can die.",
    hints=("What should become of −2?", "Where is the slope 0.01?"),
)
def without_leak(z):
    return np.maximum(z, 0)


@mistake(
    "lrelu.another-slope",
    step="lrelu",
    title="The slope for negative values is 0.1 instead of 0.01",
    explain=_LEAKY,
    hints=("What should become of −2?", "Count the zeros of the slope."),
)
def another_slope(z):
    return np.where(z > 0, z, 0.1 * z)


@mistake(
    "lrelu.constant-for-negative-values",
    step="lrelu",
    title="Negative values become the constant 0.01 instead of 0.01·z",
    explain=f"{_LEAKY} `np.maximum(z, 0.01)` and `np.where(z > 0, z, 0.01)` lose z.",
    hints=("What should become of −2, and what of −4?", "By what is 0.01 to be multiplied?"),
)
def constant_for_negative_values(z):
    return np.where(z > 0, z, 0.01)


@mistake(
    "lrelu.sign",
    step="lrelu",
    title="Negative values come out positive",
    explain=f"{_LEAKY} Yours is $0.01 \\, |z|$ there.",
    hints=("What should become of −2?", "Look at the sign of the slope."),
)
def lrelu_sign(z):
    return np.where(z > 0, z, -0.01 * z)


@mistake(
    "lrelu.sides-exchanged",
    step="lrelu",
    title="The slope 0.01 is on the side of the positive values",
    explain=_LEAKY,
    hints=("Which side should pass unchanged?", "`np.maximum` or `np.minimum`? `>` or `<`?"),
)
def sides_exchanged(z):
    return np.where(z > 0, 0.01 * z, z)


_SLOPE = "The slope of the leaky unit is 1 where a is positive and 0.01 elsewhere."


@mistake(
    "lreluDer.without-leak",
    step="lreluDer",
    title="The slope is 0 for negative values: that is the plain ReLU's",
    explain=f"{_SLOPE} The forward pass lets 1 % of negative values through, so the gradient passes there too.",
    hints=("What is the slope of 0.01·z?", "Do `lrelu` and `lreluDer` belong together?"),
)
def slope_without_leak(a):
    return np.where(a > 0, 1.0, 0.0)


@mistake(
    "lreluDer.value",
    step="lreluDer",
    title="The leaky unit itself is returned instead of its slope",
    explain=_SLOPE,
    hints=("Which values can the slope have?", "Is a factor z left over?"),
)
def slope_value(a):
    return np.where(a > 0, a, 0.01 * a)


@mistake(
    "lreluDer.sides-exchanged",
    step="lreluDer",
    title="The slopes of the two sides are exchanged",
    explain=_SLOPE,
    hints=("On which side is the unit steep?", "`>` or `<`?"),
)
def slopes_exchanged(a):
    return np.where(a > 0, 0.01, 1.0)


@mistake(
    "lreluDer.always-one",
    step="lreluDer",
    title="The slope is 1 everywhere",
    explain=_SLOPE,
    hints=("What is the slope of 0.01·z?", "A comparison with 0 is missing."),
)
def slope_always_one(a):
    return np.ones_like(a)


@mistake(
    "lreluDer.sign",
    step="lreluDer",
    title="The slope is −0.01 for negative values",
    explain=_SLOPE,
    hints=("Does the leaky unit fall anywhere?", "Look at the sign."),
)
def slope_sign(a):
    return np.where(a > 0, 1.0, -0.01)
