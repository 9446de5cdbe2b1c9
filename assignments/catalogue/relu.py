"""Mistakes in the step `relu(z)`."""

import numpy as np

from grader.assignments import Place, mistake

_RULE = "ReLU keeps positive values and sets negative ones to zero, $\\max(0, z)$ in every place."


@mistake(
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


@mistake(
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


@mistake(
    "relu.absolute-value",
    step="relu",
    title="Negative values are made positive instead of zero",
    explain=f"{_RULE} Your function returns $|z|$: a negative input gives its absolute value, where it should give 0.",
    hints=("Try the inputs −1 and −2: what comes out?", "Negative inputs are to be switched off, not mirrored."),
    place=Place(calls="abs|fabs|absolute"),
)
def absolute_value(z):
    return np.abs(z)


@mistake(
    "relu.minimum",
    step="relu",
    title="ReLU keeps the negative values and drops the positive ones",
    explain=f"{_RULE} Your function returns $\\min(0, z)$, the other half.",
    hints=("Which half of the inputs should pass unchanged?", "Look at `minimum`, or at the direction of a `<`."),
    place=Place(calls="minimum|min|where"),
)
def minimum(z):
    return np.minimum(z, 0)


@mistake(
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


@mistake(
    "relu.leaky",
    step="relu",
    title="Negative values are multiplied by 0.01: this is the leaky ReLU",
    explain=f"{_RULE} The leaky variant $\\max(0.01 z, z)$ lets a little of the negative values through; the task "
    "asks for the plain one, and the derivative in `backward` is that of the plain one.",
    hints=("What comes out for −100?", "Look at the factor that negative values get."),
)
def leaky(z):
    return np.where(z > 0, z, 0.01 * z)


@mistake(
    "relu.sigmoid-instead",
    step="relu",
    title="This is the sigmoid, not ReLU",
    explain=f"{_RULE} Your values are those of $\\sigma(z) = \\frac{{1}}{{1 + e^{{-z}}}}$, all between 0 and 1.",
    hints=("Between which bounds do your values lie, and between which should they?", "ReLU needs no `exp`."),
    place=Place(calls="exp"),
)
def sigmoid_instead(z):
    return 1 / (1 + np.exp(-z))


@mistake(
    "relu.tanh-instead",
    step="relu",
    title="This is tanh, not ReLU",
    explain=f"{_RULE} Your values are those of $\\tanh(z)$, all between −1 and 1.",
    hints=("Between which bounds do your values lie, and between which should they?", "ReLU needs no `tanh`."),
    place=Place(calls="tanh"),
)
def tanh_instead(z):
    return np.tanh(z)
