"""Mistakes in the output error of sigmoid units with binary cross-entropy.

Step: `output_delta(outputs, y)`, the gradient of a sample's cost in the output pre-activations, samples as rows or as
columns.
"""

import numpy as np

from grader.assignments import Place, mistake

_RULE = (
    "For sigmoid outputs with binary cross-entropy $\\sigma'$ cancels, and the gradient at the pre-activations is "
    "$\\delta = a - y$."
)
_DELTA = ".*(delta|error|[dD][zZ]).*"


@mistake(
    "output_delta.sign-of-sigmoid-output",
    step="output_delta",
    title="The output error has the wrong sign",
    explain=f"{_RULE} Yours is $y - a$, the direction in which the cost falls; subtracted as a gradient it makes the "
    "cost rise.",
    hints=("Does the cost grow or fall along your gradient?", "Which comes first, the output or the label?"),
    place=Place(assigns=_DELTA),
)
def sign(outputs, y):
    return y - outputs


@mistake(
    "output_delta.squared-error-of-sigmoid-output",
    step="output_delta",
    title="The output error is that of the squared error, not of cross-entropy",
    explain=f"{_RULE} The factor $a (1 - a)$ in yours belongs to the squared error. It vanishes where an output is "
    "certain, so that confident mistakes are hardly corrected.",
    hints=("Which cost has $(a - y) \\, a (1 - a)$ as its gradient?", "What does $\\sigma'$ cancel with?"),
    place=Place(assigns=_DELTA),
)
def squared_error(outputs, y):
    return (outputs - y) * outputs * (1 - outputs)


@mistake(
    "output_delta.gradient-at-the-outputs",
    step="output_delta",
    title="The output error is the gradient at the outputs, before the sigmoid's derivative",
    explain=f"{_RULE} Yours is $(a - y) / (a (1 - a))$, the gradient in the activation a. The factor "
    "$\\sigma' = a (1 - a)$ of the chain rule is still missing.",
    hints=("With respect to which quantity have you derived?", "Which link of the chain rule is missing?"),
    place=Place(assigns=_DELTA),
)
def gradient_at_the_outputs(outputs, y):
    return (outputs - y) / (outputs * (1 - outputs))


@mistake(
    "output_delta.positive-labels-alone",
    step="output_delta",
    title="The output error comes from the labels that are 1 alone",
    explain=f"{_RULE} Yours is $-y (1 - a)$, the gradient of $-y \\ln a$. The other half of binary cross-entropy, "
    "$-(1 - y) \\ln(1 - a)$, pushes the other outputs down.",
    hints=("What is your error where the label is 0?", "How many terms has the cost, and how many your gradient?"),
    place=Place(assigns=_DELTA),
)
def positive_labels_alone(outputs, y):
    return -y * (1 - outputs)


@mistake(
    "output_delta.labels-ignored",
    step="output_delta",
    title="The labels are not subtracted from the outputs",
    explain=f"{_RULE} Yours is a alone, which pushes every output down whatever the label.",
    hints=("Does your gradient depend on the labels?", "What is missing beside the outputs?"),
    place=Place(assigns=_DELTA),
)
def labels_ignored(outputs, y):
    return outputs


@mistake(
    "output_delta.doubled-for-sigmoid-output",
    step="output_delta",
    title="The output error is twice as large as it should be",
    explain=f"{_RULE} A factor 2 comes from deriving a square; there is none here.",
    hints=("Where does your factor 2 come from?", "Derive $-y \\ln a - (1 - y) \\ln(1 - a)$."),
    place=Place(assigns=_DELTA),
)
def doubled(outputs, y):
    return 2 * (outputs - y)


@mistake(
    "output_delta.rounded-outputs",
    step="output_delta",
    title="The output error is computed from rounded outputs",
    explain=f"{_RULE} With 0 or 1 in the place of a, the error is 0 wherever the output is on the right side of ½, "
    "and learning stops there.",
    hints=("Which values can your error have?", "Where are the outputs rounded or compared with ½?"),
)
def rounded_outputs(outputs, y):
    return np.round(outputs) - y
