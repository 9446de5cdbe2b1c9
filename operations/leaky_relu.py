"""The leaky rectified unit, its slope, and the way back through it."""

import numpy as np

from grader.assignments import Operation, Place
from grader.assignments.allowed import number
from grader.checks import expect, leaves_arguments_alone
from reference import leaky_relu as formula


def words(*, slope):
    return {"slope": f"{slope:g}", "other_slope": f"{10 * slope:g}"}


leaky_relu = Operation(formula, words=words, values={"slope": number(at_least=0, below=1)})

_LEAKY = "The leaky unit gives z where it is positive and <slope>·z elsewhere."
_SLOPE = "The slope of the leaky unit is 1 where a is positive and <slope> elsewhere."
_CHAIN = "Going back, the error that arrives is multiplied by the slope of the unit."


@leaky_relu.check("leaky_relu", share=2, title="Values of both signs")
def leaky_relu_values(student, solution, rng, *, called):
    z = np.concatenate([2 * rng.normal(size=(5, 3)), np.zeros((1, 3))])
    expect(student.leaky_relu(z), f"{called('leaky_relu')}(z)").close_to(solution.leaky_relu(z))


@leaky_relu.check("leaky_relu", share=1, title="The argument is left as it was")
def leaky_relu_argument(student, rng):
    leaves_arguments_alone(student.leaky_relu, rng.normal(size=(4, 3)))


@leaky_relu.check("leaky_relu_derivative", share=1, title="Slopes on both sides of 0")
def leaky_relu_derivative_values(student, solution, rng, *, called):
    z = 2 * rng.normal(size=(5, 3))
    expect(student.leaky_relu_derivative(z), f"{called('leaky_relu_derivative')}(z)").close_to(
        solution.leaky_relu_derivative(z)
    )


@leaky_relu.check("leaky_relu_backward", share=1, title="What goes back through both sides of 0")
def leaky_relu_backward_values(student, solution, rng):
    upstream, z = 2 * rng.normal(size=(2, 5, 3))
    found, right = (side.leaky_relu_backward(upstream, z) for side in (student, solution))
    expect(found, "the gradient in z").close_to(right)


@leaky_relu.mistake(
    "leaky_relu.without-leak",
    step="leaky_relu",
    title="The unit does not leak: negative values become 0",
    explain=f"{_LEAKY} With 0 there it is the plain ReLU, whose units can die.",
    hints=("What should become of −2?", "Where is the slope <slope>?"),
)
def without_leak(z):
    return np.maximum(z, 0)


@leaky_relu.mistake(
    "leaky_relu.another-slope",
    step="leaky_relu",
    title="The slope for negative values is <other_slope> instead of <slope>",
    explain=_LEAKY,
    hints=("What should become of −2?", "Which number do you multiply by?"),
)
def another_slope(z, *, slope):
    return np.where(z > 0, z, 10 * slope * z)


@leaky_relu.mistake(
    "leaky_relu.constant-for-negative-values",
    step="leaky_relu",
    title="Negative values become the constant <slope> instead of <slope>·z",
    explain=f"{_LEAKY} `np.maximum(z, <slope>)` and `np.where(z > 0, z, <slope>)` lose z.",
    hints=("What should become of −2, and what of −4?", "By what is <slope> to be multiplied?"),
)
def constant_for_negative_values(z, *, slope):
    return np.where(z > 0, z, slope)


@leaky_relu.mistake(
    "leaky_relu.sign",
    step="leaky_relu",
    title="Negative values come out positive",
    explain=f"{_LEAKY} Yours is $<slope> \\, |z|$ there.",
    hints=("What should become of −2?", "Look at the sign of the slope."),
)
def leaky_relu_sign(z, *, slope):
    return np.where(z > 0, z, -slope * z)


@leaky_relu.mistake(
    "leaky_relu.sides-exchanged",
    step="leaky_relu",
    title="The slope <slope> is on the side of the positive values",
    explain=_LEAKY,
    hints=("Which side should pass unchanged?", "`np.maximum` or `np.minimum`? `>` or `<`?"),
)
def sides_exchanged(z, *, slope):
    return np.where(z > 0, slope * z, z)


@leaky_relu.mistake(
    "leaky_relu_derivative.without-leak",
    step="leaky_relu_derivative",
    title="The slope is 0 for negative values: that is the plain ReLU's",
    explain=f"{_SLOPE} The forward pass lets a part of negative values through, so the gradient passes there too.",
    hints=("What is the slope of <slope>·z?", "Do the unit and its slope belong together?"),
)
def slope_without_leak(z):
    return np.where(z > 0, 1.0, 0.0)


@leaky_relu.mistake(
    "leaky_relu_derivative.value",
    step="leaky_relu_derivative",
    title="The leaky unit itself is returned instead of its slope",
    explain=_SLOPE,
    hints=("Which values can the slope have?", "Is a factor z left over?"),
)
def slope_value(z, *, slope):
    return formula.leaky_relu(z, slope=slope)


@leaky_relu.mistake(
    "leaky_relu_derivative.sides-exchanged",
    step="leaky_relu_derivative",
    title="The slopes of the two sides are exchanged",
    explain=_SLOPE,
    hints=("On which side is the unit steep?", "`>` or `<`?"),
)
def slopes_exchanged(z, *, slope):
    return np.where(z > 0, slope, 1.0)


@leaky_relu.mistake(
    "leaky_relu_derivative.always-one",
    step="leaky_relu_derivative",
    title="The slope is 1 everywhere",
    explain=_SLOPE,
    hints=("What is the slope of <slope>·z?", "A comparison with 0 is missing."),
)
def slope_always_one(z):
    return np.ones_like(z)


@leaky_relu.mistake(
    "leaky_relu_derivative.sign",
    step="leaky_relu_derivative",
    title="The slope is −<slope> for negative values",
    explain=_SLOPE,
    hints=("Does the leaky unit fall anywhere?", "Look at the sign."),
)
def slope_sign(z, *, slope):
    return np.where(z > 0, 1.0, -slope)


@leaky_relu.mistake(
    "backward.slope-missing",
    step="leaky_relu_backward",
    title="The slope of the leaky unit is missing on the way back",
    explain=_CHAIN,
    hints=("Which links has the chain between two layers?", "What stands between one layer's dz and the next?"),
)
def slope_missing(upstream, z):
    return upstream


@leaky_relu.mistake(
    "backward.slope-of-the-gradient",
    step="leaky_relu_backward",
    title="The slope is taken at the gradient instead of at the activations",
    explain=f"{_CHAIN} Whether a unit was on is decided in the forward pass.",
    hints=("Which quantity decides the slope?", "What is the argument of the slope?"),
    place=Place(calls="lreluDer"),
)
def slope_of_the_gradient(upstream, z, *, slope):
    return upstream * formula.leaky_relu_derivative(upstream, slope=slope)


@leaky_relu.mistake(
    "backward.activation-for-slope",
    step="leaky_relu_backward",
    title="The gradient is multiplied by the activation instead of the slope",
    explain=_CHAIN,
    hints=("Which values can the slope have?", "The unit or its slope?"),
    place=Place(calls="lrelu"),
)
def activation_for_slope(upstream, z, *, slope):
    return upstream * formula.leaky_relu(z, slope=slope)
