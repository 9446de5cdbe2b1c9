"""The activation of the output layer."""

import numpy as np

from assignments.catalogue.sigmoid import logistic
from grader.assignments import mistake


@mistake(
    "forward.softmax-output",
    step="output_activation",
    title="The output layer has softmax instead of the sigmoid",
    explain="In this task each output is a sigmoid of its own; softmax makes them sum to 1.",
    hints=("Do the outputs of a sample have to sum to 1?", "Which activation does the last layer have?"),
)
def softmax_output(z):
    exponentials = np.exp(z - z.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


@mistake(
    "forward.no-output-activation",
    step="output_activation",
    title="The output layer has no activation",
    explain="The outputs are sigmoids, between 0 and 1; yours are the pre-activations z.",
    hints=("Which values can your outputs have?", "What happens to z in the last layer?"),
)
def no_output_activation(z):
    return z


@mistake(
    "forward.output-sigmoid-twice",
    step="output_activation",
    title="The sigmoid is applied twice in the output layer",
    explain="All outputs lie between 0.5 and 0.731 then, and the cost cannot fall far.",
    hints=("What is the smallest output that is possible?", "Where is the sigmoid applied?"),
)
def output_sigmoid_twice(z):
    return logistic(logistic(z))
