"""`linear_activation_forward`: which activation a layer has."""

import numpy as np

from grader.assignments import Place, mistake


@mistake(
    "linear_activation_forward.always-relu",
    step="activated",
    title='ReLU is used for both activations: the choice "sigmoid" changes nothing',
    explain='With `activation="sigmoid"` a layer gives $\\sigma(Z)$, so that outputs lie between 0 and 1.',
    hints=("Does your result change with `activation`?", "What do you compare `activation` with?"),
)
def always_relu(z, activation):
    return np.maximum(z, 0)


@mistake(
    "linear_activation_forward.always-sigmoid",
    step="activated",
    title='The sigmoid is used for both activations: the choice "relu" changes nothing',
    explain='With `activation="relu"` a layer gives $\\max(0, Z)$.',
    hints=("Does your result change with `activation`?", "What do you compare `activation` with?"),
)
def always_sigmoid(z, activation):
    return 1 / (1 + np.exp(-z))


@mistake(
    "linear_activation_forward.activations-exchanged",
    step="activated",
    title="The two activations are exchanged",
    explain='With "sigmoid" a layer gives $\\sigma(Z)$, with "relu" $\\max(0, Z)$.',
    hints=('What is the largest number that "sigmoid" may give?', "Look at the two branches of your `if`."),
)
def activations_exchanged(right, z, activation):
    return right(z, {"relu": "sigmoid", "sigmoid": "relu"}[activation])


@mistake(
    "linear_activation_forward.z-returned",
    step="activated",
    title="Z is returned instead of A: the activation is not applied",
    explain="A layer gives its activation. Without it all layers together are one linear map.",
    hints=("Can your result be negative?", "Is what you compute what you return?"),
    place=Place(assigns="A", calls="relu|sigmoid"),
)
def z_returned(z, activation):
    return z
