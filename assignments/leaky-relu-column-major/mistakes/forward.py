"""Forwards: which activation a layer has."""

import numpy as np

from grader.assignments import Place, mistake

_LAYERS = "Hidden layers are leaky rectified units, the last layer has sigmoids."


@mistake(
    "forward.no-hidden-activation",
    step="hidden_activation",
    title="The hidden layers have no activation",
    explain=f"{_LAYERS} Without it all layers together are one linear map.",
    hints=("What can two linear layers do that one cannot?", "What happens to z in the hidden layers?"),
)
def no_hidden_activation(z):
    return z


@mistake(
    "forward.sigmoid-in-hidden-layers",
    step="hidden_activation",
    title="The hidden layers have the sigmoid",
    explain=_LAYERS,
    hints=("Which activation do the hidden layers have?", "Look at the loop over the layers."),
    place=Place(calls="sigmoid"),
)
def sigmoid_in_hidden_layers(z):
    return 1 / (1 + np.exp(-z))


@mistake(
    "forward.leaky-output",
    step="output_activation",
    title="The last layer has leaky rectified units instead of sigmoids",
    explain=f"{_LAYERS} Outputs outside 0 … 1 make the logarithms of the cost NaN.",
    hints=("Which values may the outputs have?", "Up to which layer does your loop go?"),
)
def leaky_output(z):
    return np.where(z > 0, z, 0.01 * z)


@mistake(
    "forward.softmax-output",
    step="output_activation",
    title="The last layer has softmax instead of sigmoids",
    explain=f"{_LAYERS} Softmax makes the outputs of a sample sum to 1, and belongs to another cost.",
    hints=("Do the outputs of a sample have to sum to 1?", "Which activation does the last layer have?"),
)
def softmax_output(z):
    exponentials = np.exp(z - z.max(axis=0))
    return exponentials / exponentials.sum(axis=0)
