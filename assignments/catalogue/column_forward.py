"""Mistakes in the forward pass of a network of columns.

Steps: `sigmoid(z)`, `relu(z)`, `weighted_input(w, a, b)`, `hidden_activation(z, activation)`, `output_activation(z)`.
Samples are columns.
"""

import numpy as np

from grader.assignments import Place, mistake

_LAYER = "A layer computes $a' = f(w a + b)$."
_SIGMOID = "$\\sigma(z) = \\frac{1}{1 + e^{-z}}$."


def _plain_sigmoid(z):
    return 1 / (1 + np.exp(-z))


@mistake(
    "feedforward.bias-missing",
    step="weighted_input",
    title="The biases are not added",
    explain=_LAYER,
    hints=("Does the output change with the biases?", "Where are the biases used?"),
)
def bias_missing(w, a, b):
    return w @ a


@mistake(
    "feedforward.bias-subtracted",
    step="weighted_input",
    title="The biases are subtracted",
    explain=_LAYER,
    hints=("Does a larger bias make an output larger?", "Look at the sign before the bias."),
)
def bias_subtracted(w, a, b):
    return w @ a - b


@mistake(
    "feedforward.bias-summed",
    step="weighted_input",
    title="The sum of all biases is added to every neuron",
    explain=f"{_LAYER} Each neuron has its own bias.",
    hints=("Does each output have its own bias?", "Is there a `sum` around the bias?"),
)
def bias_summed(w, a, b):
    return w @ a + b.sum()


@mistake(
    "feedforward.sigmoid-of-minus-z",
    step="sigmoid",
    title="The sigmoid has the wrong sign in the exponent",
    explain=f"{_SIGMOID} Yours is $\\frac{{1}}{{1 + e^{{z}}}} = 1 - \\sigma(z)$, which falls.",
    hints=("Is your sigmoid of 10 near 1 or near 0?", "Look at the sign inside `exp`."),
    place=Place(calls="exp"),
)
def sigmoid_of_minus_z(right, z):
    return right(-z)


@mistake(
    "feedforward.sigmoid-without-parentheses",
    step="sigmoid",
    title="The denominator of the sigmoid lacks its parentheses",
    explain=f"{_SIGMOID} `1 / 1 + np.exp(-z)` is $1 + e^{{-z}}$: the division comes first.",
    hints=("Are your values between 0 and 1?", "In which order does Python compute `1 / 1 + x`?"),
    place=Place(calls="exp"),
)
def sigmoid_without_parentheses(z):
    return 1 + np.exp(-z)


@mistake(
    "feedforward.tanh-instead-of-sigmoid",
    step="sigmoid",
    title="tanh is computed in the place of the sigmoid",
    explain=f"{_SIGMOID} tanh runs from −1 to 1.",
    hints=("Between which numbers do your activations lie?", "What is the sigmoid of 0?"),
)
def tanh_instead_of_sigmoid(z):
    return np.tanh(z)


@mistake(
    "feedforward.sigmoid-of-hidden-layers-missing",
    step="hidden_activation",
    title="The hidden layers have no activation",
    explain=f"{_LAYER} Without f, several layers are one linear layer.",
    hints=("Are your hidden activations bounded?", "Is the activation applied in every layer?"),
)
def activation_of_hidden_layers_missing(z, activation):
    return z


@mistake(
    "feedforward.output-not-squashed",
    step="output_activation",
    title="The output layer has no sigmoid",
    explain=f"{_LAYER} The output layer's activation is the sigmoid too; without it outputs are not between 0 and 1.",
    hints=("Between which numbers do your outputs lie?", "Does your loop stop one layer too early?"),
)
def output_not_squashed(z):
    return z


@mistake(
    "feedforward.output-squashed-twice",
    step="output_activation",
    title="The sigmoid is applied twice to the outputs",
    explain="The sigmoid of a number between 0 and 1 lies between 0.5 and 0.731.",
    hints=("Can your output be smaller than 0.5?", "Is the sigmoid applied inside the loop and after it?"),
)
def output_squashed_twice(right, z):
    return right(right(z))


@mistake(
    "feedforward.choice-of-activation-ignored",
    step="hidden_activation",
    title="The hidden layers are sigmoids, whatever the activation chosen",
    explain='With `activation="relu"` the hidden layers compute $\\max(0, z)$.',
    hints=("Does your output change with `activation`?", "Where is the choice used?"),
)
def choice_of_activation_ignored(z, activation):
    return _plain_sigmoid(z)


@mistake(
    "feedforward.relu-of-absolute-value",
    step="relu",
    title="The ReLU returns absolute values",
    explain="$relu(z) = \\max(0, z)$: negative numbers become 0, not positive.",
    hints=("What is the ReLU of −3?", "`abs` or `maximum`?"),
)
def relu_of_absolute_value(z):
    return np.abs(z)


@mistake(
    "feedforward.relu-is-a-step",
    step="relu",
    title="The ReLU returns 0 and 1",
    explain="$relu(z) = \\max(0, z)$; 0 and 1 are the values of its derivative.",
    hints=("What is the ReLU of 3?", "Is a comparison returned?"),
)
def relu_is_a_step(z):
    return (z > 0).astype(float)
