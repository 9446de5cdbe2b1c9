"""ReLU: its values, and the gradient that goes back through it."""

import numpy as np

from grader.assignments import Operation, Place
from grader.assignments.knowledge import number
from grader.checks import expect, leaves_arguments_alone
from operations.lessons import activations as lessons
from reference import relu as formula

relu = Operation(formula)

_RULE = "ReLU keeps positive values and sets negative ones to zero, $\\max(0, z)$ in every place."
_RELU_SLOPE = "The slope of ReLU is 1 where its argument is positive and 0 elsewhere."
_SLOPE = "Going back through ReLU, what arrives is multiplied by its derivative at z, $\\delta = g \\odot f'(z)$."


@relu.check("relu", share=2, title="Values of both signs")
def values(student, solution, rng, *, called):
    z = np.concatenate([rng.normal(size=(5, 3)), np.zeros((1, 3))])
    expect(student.relu(z), f"{called('relu')}(z)").close_to(solution.relu(z))


@relu.check("relu", share=1, title="Arrays of one and of three dimensions")
def any_shape(student, solution, rng, *, called):
    for shape in [(6,), (2, 3, 4)]:
        z = rng.normal(size=shape)
        expect(student.relu(z), f"{called('relu')} of shape {shape}").close_to(solution.relu(z))


@relu.check("relu", share=1, title="The argument is left as it was")
def leaves_argument(student, rng):
    leaves_arguments_alone(student.relu, rng.normal(size=(4, 3)))


@relu.check("relu_derivative", share=1, title="Slopes on both sides of 0")
def relu_derivative_values(student, solution, rng, *, called):
    z = 2 * rng.normal(size=(5, 3))
    expect(student.relu_derivative(z), f"{called('relu_derivative')}(z)").close_to(solution.relu_derivative(z))


@relu.check("relu_backward", share=1, title="What goes back through both sides of 0")
def relu_backward_values(student, solution, rng):
    for shape in [(5, 3), (2, 3, 4)]:
        upstream, z = rng.normal(size=(2, *shape))
        expect(student.relu_backward(upstream, z), "the gradient in z").close_to(solution.relu_backward(upstream, z))


@relu.by_hand("relu")
def relu_by_hand(arguments, path, index):
    return f"max(0, {number(arguments[0][index])})"


@relu.by_hand("relu_backward")
def relu_backward_by_hand(arguments, path, index):
    upstream, z = arguments
    return f"{number(upstream[index])} * {int(z[index] > 0)}"


@relu.mistake(
    "relu.max-over-axis",
    step="relu",
    title="`np.max` takes the largest value of each column; ReLU needs `np.maximum`",
    explain=f"{_RULE} `np.max(z, 0)` is something else: its second argument is an axis, and it returns the largest "
    "entry along it, one per column. `np.maximum(z, 0)` compares every entry with 0 and keeps the shape.",
    hints=(
        "What is the shape of your result for an input of shape (5, 3)?",
        "`np.max` and `np.maximum` are two functions. What does the second argument of each mean?",
    ),
    place=Place(calls="max|amax"),
)
def max_over_axis(z):
    return np.max(z, 0)


@relu.mistake(
    "relu.identity",
    step="relu",
    title="The negative values are kept: ReLU returns its input as it is",
    explain=f"{_RULE} Here the negative values come out unchanged, so the function is the identity and a network with "
    "it is linear, however many layers it has.",
    hints=(
        "What should become of −2, and what does?",
        "Check that the result of the comparison or of `np.maximum` is what you return.",
    ),
)
def identity(z):
    return z


@relu.mistake(
    "relu.absolute-value",
    step="relu",
    title="Negative values are made positive instead of zero",
    explain=f"{_RULE} Your function returns $|z|$: a negative input gives its absolute value, where it should give 0.",
    hints=("Try the inputs −1 and −2: what comes out?", "Negative inputs are to be switched off, not mirrored."),
    place=Place(calls="abs|fabs|absolute"),
)
def absolute_value(z):
    return np.abs(z)


@relu.mistake(
    "relu.minimum",
    step="relu",
    title="ReLU keeps the negative values and drops the positive ones",
    explain=f"{_RULE} Your function returns $\\min(0, z)$, the other half.",
    hints=("Which half of the inputs should pass unchanged?", "Look at `minimum`, or at the direction of a `<`."),
    place=Place(calls="minimum|min|where"),
)
def minimum(z):
    return np.minimum(z, 0)


@relu.mistake(
    "relu.step-function",
    step="relu",
    title="ReLU returns 0 and 1: that is its derivative",
    explain=f"{_RULE} Your function returns 1 where $z > 0$ and 0 elsewhere. That is the derivative of ReLU, which "
    "belongs in `backward`; the values themselves are lost.",
    hints=(
        "What should come out for the input 2.5?",
        "`z > 0` says where a value is kept; the value is still missing.",
    ),
)
def step_function(z):
    return (z > 0).astype(float)


@relu.mistake(
    "relu.leaky",
    step="relu",
    title="Negative values are multiplied by 0.01: this is the leaky ReLU",
    explain=f"{_RULE} The leaky variant $\\max(0.01 z, z)$ lets a little of the negative values through; the task "
    "asks for the plain one, and the derivative in `backward` is that of the plain one.",
    hints=("What comes out for −100?", "Look at the factor that negative values get."),
)
def leaky(z):
    return np.where(z > 0, z, 0.01 * z)


@relu.mistake(
    "relu.sigmoid-instead",
    step="relu",
    title="This is the sigmoid, not ReLU",
    explain=f"{_RULE} Your values are those of $\\sigma(z) = \\frac{{1}}{{1 + e^{{-z}}}}$, all between 0 and 1.",
    hints=("Between which bounds do your values lie, and between which should they?", "ReLU needs no `exp`."),
    place=Place(calls="exp"),
)
def sigmoid_instead(z):
    return 1 / (1 + np.exp(-z))


@relu.mistake(
    "relu.tanh-instead",
    step="relu",
    title="This is tanh, not ReLU",
    explain=f"{_RULE} Your values are those of $\\tanh(z)$, all between −1 and 1.",
    hints=("Between which bounds do your values lie, and between which should they?", "ReLU needs no `tanh`."),
    place=Place(calls="tanh"),
)
def tanh_instead(z):
    return np.tanh(z)


@relu.mistake(
    "backward.activation-derivative-missing",
    step="relu_backward",
    title="The derivative of ReLU has no effect on the way back",
    explain=f"{_SLOPE} For ReLU $f'$ is 1 where $z > 0$ and 0 elsewhere. Without it, or with a mask that finds nothing "
    "(no activation is below 0, so `a < 0` never holds), the units that were switched off in the forward pass are "
    "corrected as if they had taken part.",
    hints=(
        "Which units had no influence on the output for a given sample? What is their gradient?",
        "What stands between one layer's δ and the next? Does it ever set anything to 0?",
    ),
)
def activation_derivative_missing(upstream, z):
    return upstream


@relu.mistake(
    "backward.mask-from-the-gradient",
    step="relu_backward",
    title="ReLU's mask is taken from the gradient instead of from the forward pass",
    explain=f"{_SLOPE} $f'(z)$ asks whether z was positive in the forward pass. Yours asks whether the gradient is "
    "positive, "
    "and drops every negative correction.",
    hints=("Which quantity decided in the forward pass whether a unit is on?", "What do you compare with 0?"),
)
def mask_from_the_gradient(upstream, z):
    return upstream * (upstream > 0)


@relu.mistake(
    "backward.mask-inverted",
    step="relu_backward",
    title="ReLU's mask is inverted: the gradient flows where the units were off",
    explain=f"{_SLOPE} $f'(z)$ is 1 where $z > 0$. Yours is 1 where $z < 0$.",
    hints=("Through which units did the signal pass on its way forward?", "Look at the direction of the `<` or `>`."),
)
def mask_inverted(upstream, z):
    return upstream * (z < 0)


@relu.mistake(
    "backward.activation-instead-of-derivative",
    step="relu_backward",
    title="The gradient is multiplied by ReLU itself instead of by its derivative",
    explain=f"{_SLOPE} $f'(z)$ is 0 or 1 for ReLU. Yours multiplies with $\\max(0, z)$, the value.",
    hints=("Which values can the derivative of ReLU have?", "`relu(z)` or `z > 0`?"),
    place=Place(calls="relu|maximum"),
)
def activation_instead_of_derivative(upstream, z):
    return upstream * np.maximum(z, 0)


@relu.mistake(
    "backward.multiplied-by-z",
    step="relu_backward",
    title="The gradient is multiplied by z instead of by the derivative of ReLU",
    explain=f"{_SLOPE} $f'(z)$ is 0 or 1 for ReLU; yours is z.",
    hints=("Which values can the derivative of ReLU have?", "A comparison with 0 is missing."),
)
def multiplied_by_z(upstream, z):
    return upstream * z


@relu.mistake(
    "backward.sigmoid-derivative-of-z",
    step="relu_backward",
    title="The derivative of the sigmoid is used for ReLU layers",
    explain=f"{_SLOPE} Yours has $\\sigma(z) (1 - \\sigma(z))$, but the hidden layers use ReLU, with $f'$ 0 or 1.",
    hints=("Which activation do the hidden layers have?", "Look at the factor that belongs to the activation."),
)
def sigmoid_derivative_of_z(upstream, z):
    s = 1 / (1 + np.exp(-z))
    return upstream * s * (1 - s)


@relu.mistake(
    "backward.sigmoid-derivative-of-a",
    step="relu_backward",
    title="The derivative of the sigmoid, $a (1 - a)$, is used for ReLU layers",
    explain=f"{_SLOPE} $a (1 - a)$ is the derivative of a sigmoid, written with its output. The hidden layers use "
    "ReLU, with "
    "$f'$ 0 or 1.",
    hints=("Which activation do the hidden layers have?", "Look at the factor that belongs to the activation."),
)
def sigmoid_derivative_of_a(upstream, z):
    a = np.maximum(z, 0)
    return upstream * a * (1 - a)


@relu.mistake(
    "backward.tanh-derivative",
    step="relu_backward",
    title="The derivative of tanh is used for ReLU layers",
    explain=f"{_SLOPE} Yours has $1 - a^2$, the derivative of tanh; the hidden layers use ReLU, with $f'$ 0 or 1.",
    hints=("Which activation do the hidden layers have?", "Look at the factor that belongs to the activation."),
)
def tanh_derivative(upstream, z):
    return upstream * (1 - np.maximum(z, 0) ** 2)


@relu.mistake(
    "backward.tanh-derivative-of-z",
    step="relu_backward",
    title="The derivative of tanh, $1 - \\tanh(z)^2$, is used for ReLU layers",
    explain=f"{_SLOPE} The hidden layers use ReLU, with $f'$ 0 or 1.",
    hints=("Which activation do the hidden layers have?", "Look at the factor that belongs to the activation."),
    place=Place(calls="tanh"),
)
def tanh_derivative_of_z(upstream, z):
    return upstream * (1 - np.tanh(z) ** 2)


@relu.mistake(
    "backward.leaky-derivative",
    step="relu_backward",
    title="The derivative of the leaky ReLU is used: 0.01 where it should be 0",
    explain=f"{_SLOPE} The forward pass uses the plain ReLU, whose derivative for negative z is 0.",
    hints=("What does a unit that is off contribute?", "Look for the slope 0.01."),
)
def leaky_derivative(upstream, z):
    return upstream * np.where(z > 0, 1, 0.01)


@relu.mistake(
    "relu_derivative.one-at-zero",
    step="relu_derivative",
    title="The slope of ReLU is 1 at 0 as well",
    explain=f"{_RELU_SLOPE} Given activations, `x >= 0` is true everywhere, since activations are never negative: "
    "units that are off get gradients as if they were on.",
    hints=("What is the activation of a unit that is off?", "`>` or `>=`?"),
)
def slope_one_at_zero(x):
    return np.where(x >= 0, 1.0, 0.0)


@relu.mistake(
    "relu_derivative.value",
    step="relu_derivative",
    title="ReLU itself is returned instead of its slope",
    explain=_RELU_SLOPE,
    hints=("Which values can the slope have?", "Is a comparison missing?"),
)
def slope_value(x):
    return np.maximum(x, 0)


@relu.mistake(
    "relu_derivative.inverted",
    step="relu_derivative",
    title="The slope of ReLU is 1 where it should be 0",
    explain=_RELU_SLOPE,
    hints=("On which side does ReLU rise?", "Look at the direction of the comparison."),
)
def slope_inverted(x):
    return np.where(x < 0, 1.0, 0.0)


@relu.mistake(
    "relu_derivative.always-one",
    step="relu_derivative",
    title="The slope of ReLU is always 1",
    explain=f"{_RELU_SLOPE} With 1 everywhere ReLU is treated like the identity on the way back.",
    hints=("What is the slope where ReLU is flat?", "A comparison with 0 is missing."),
)
def slope_always_one(x):
    return np.ones_like(x)


@relu.mistake(
    "relu_derivative.sign",
    step="relu_derivative",
    title="The slope is −1 for negative arguments",
    explain=f"{_RELU_SLOPE} `np.sign` is the slope of the absolute value.",
    hints=("Does ReLU fall anywhere?", "Which function has the slope `np.sign(x)`?"),
    place=Place(calls="sign"),
)
def slope_sign(x):
    return np.sign(x)


@relu.mistake(
    "relu_derivative.leaky",
    step="relu_derivative",
    title="The slope is that of the leaky ReLU",
    explain=f"{_RELU_SLOPE} 0.01 belongs to a leaky unit.",
    hints=("What is the slope where ReLU is flat?", "Look for 0.01."),
)
def slope_leaky(x):
    return np.where(x > 0, 1.0, 0.01)


relu.teach(
    {
        "relu.max-over-axis": lessons.OVER_AXIS,
        "relu.identity": lessons.IDENTITY,
        "relu.absolute-value": lessons.ABSOLUTE,
        "relu.minimum": lessons.MINIMUM,
        "relu.step-function": lessons.STEP,
        "relu.leaky": lessons.LEAKY,
        "relu.sigmoid-instead": lessons.OTHER_FUNCTION,
        "relu.tanh-instead": lessons.OTHER_FUNCTION,
        "backward.activation-derivative-missing": lessons.DERIVATIVE_MISSING,
        "backward.mask-from-the-gradient": lessons.MASK_FROM_GRADIENT,
        "backward.mask-inverted": lessons.MASK_INVERTED,
        "backward.activation-instead-of-derivative": lessons.VALUE_FOR_DERIVATIVE,
        "backward.sigmoid-derivative-of-z": lessons.SLOPE_OF_ANOTHER,
        "backward.sigmoid-derivative-of-a": lessons.SLOPE_OF_ANOTHER,
        "backward.tanh-derivative": lessons.SLOPE_OF_ANOTHER,
        "backward.tanh-derivative-of-z": lessons.SLOPE_OF_ANOTHER,
    }
)
