"""`linear_activation_backward`: the derivative of the layer's activation."""

import numpy as np

from grader.assignments import mistake


@mistake(
    "linear_activation_backward.always-relu",
    step="activation_gradient",
    title='The derivative of ReLU is used for both activations: "sigmoid" changes nothing',
    explain='With `activation="sigmoid"`, $dZ = dA \\odot \\sigma(Z) (1 - \\sigma(Z))$.',
    hints=("Does your result change with `activation`?", "Look at the two branches of your `if`."),
)
def derivative_always_of_relu(upstream, z, activation):
    return upstream * (z > 0)


@mistake(
    "linear_activation_backward.always-sigmoid",
    step="activation_gradient",
    title='The derivative of the sigmoid is used for both activations: "relu" changes nothing',
    explain='With `activation="relu"`, dZ is dA where $Z > 0$ and 0 elsewhere.',
    hints=("Does your result change with `activation`?", "Look at the two branches of your `if`."),
)
def derivative_always_of_sigmoid(upstream, z, activation):
    s = 1 / (1 + np.exp(-z))
    return upstream * s * (1 - s)


@mistake(
    "linear_activation_backward.activations-exchanged",
    step="activation_gradient",
    title="The derivatives of the two activations are exchanged",
    explain='"sigmoid" has $\\sigma(Z) (1 - \\sigma(Z))$, "relu" has 1 where $Z > 0$ and 0 elsewhere.',
    hints=("Which values can dZ / dA have for each activation?", "Look at the two branches of your `if`."),
)
def derivatives_exchanged(right, upstream, z, activation):
    return right(upstream, z, {"relu": "sigmoid", "sigmoid": "relu"}[activation])


@mistake(
    "linear_activation_backward.derivative-missing",
    step="activation_gradient",
    title="No activation is derived: dA is taken for dZ",
    explain="Between A and Z stands the activation: dZ is dA times its derivative at Z.",
    hints=("Does your result change with Z?", "What is called before `linear_backward`?"),
)
def derivative_missing(upstream, z, activation):
    return upstream


@mistake(
    "linear_activation_backward.gradient-left-out",
    step="activation_gradient",
    title="dA is left out: dZ is the derivative of the activation alone",
    explain="By the chain rule, the derivative of the activation is multiplied by what arrives, dA.",
    hints=("Does your result change with dA?", "By what is the derivative multiplied?"),
)
def gradient_left_out(right, upstream, z, activation):
    return right(np.ones_like(upstream), z, activation)
