"""The error of the output layer: softmax with cross-entropy."""

import numpy as np

from grader.assignments import Place, mistake

_DELTA = ".*(error|delta|term|d[zZ]).*"


def jacobian(p):
    return np.diag(p) - np.outer(p, p)


_OUTPUT = (
    "For softmax with cross-entropy the derivatives of the softmax and of the logarithm cancel, and what goes back "
    "from the output is $y - p$ itself."
)


@mistake(
    "train.squared-error-gradient",
    step="output_error",
    title="The softmax Jacobian is applied to y − p: that is the gradient of the squared error, not of cross-entropy",
    explain=f"{_OUTPUT} The Jacobian $J_{{ij}} = p_i (\\delta_{{ij}} - p_j)$ belongs to the derivative at the outputs, "
    "which is $y/p$ for cross-entropy: $J (y/p) = y - p$, so in $y - p$ it is used up already. $J (y - p)$ is the "
    "gradient of $\\frac{1}{2} \\sum (y - p)^2$. It almost vanishes where the network is sure and wrong, so that these "
    "samples are never corrected; accuracy may still rise, while the cross-entropy that you plot rises too.",
    hints=(
        "Which cost does your gradient belong to? Derive the cross-entropy with respect to the logits.",
        "What is the derivative of $-\\ln p_t$ with respect to $p$, and what does the Jacobian make of it?",
    ),
    place=Place(calls="dsoftmax"),
)
def squared_error_gradient(p, y):
    return (y - p) @ jacobian(p)


@mistake(
    "train.diagonal-of-the-jacobian",
    step="output_error",
    title="y − p is multiplied by p(1 − p) at the output",
    explain=f"{_OUTPUT} $p (1 - p)$ is the derivative of a sigmoid, or the diagonal of the softmax Jacobian; with "
    "cross-entropy neither belongs there.",
    hints=("Derive the cross-entropy with respect to the logits.", "What does the factor $p (1 - p)$ stand for?"),
    place=Place(assigns=_DELTA),
)
def diagonal_of_the_jacobian(p, y):
    return (y - p) * p * (1 - p)


@mistake(
    "train.output-error-sign",
    step="output_error",
    title="The error has the wrong sign: training goes uphill",
    explain=f"{_OUTPUT} With $p - y$ one has to subtract the change; added, it makes the cost rise.",
    hints=("Does the cost fall from step to step?", "`y - p` with `+=`, or `p - y` with `-=`?"),
)
def output_error_sign(p, y):
    return p - y


@mistake(
    "train.labels-ignored",
    step="output_error",
    title="The error does not depend on the labels",
    explain=f"{_OUTPUT} Yours is $-p$ alone.",
    hints=("Does the change depend on the labels?", "What is missing beside the probabilities?"),
)
def labels_ignored(p, y):
    return -p


@mistake(
    "train.error-at-the-probabilities",
    step="output_error",
    title="The error is the derivative at the probabilities, not at the logits",
    explain=f"{_OUTPUT} Yours is $y / p$, the derivative of the cost in p; the softmax Jacobian is still missing.",
    hints=("With respect to which quantity have you derived?", "Which link of the chain rule is missing?"),
)
def error_at_the_probabilities(p, y):
    return y / p


@mistake(
    "train.error-of-the-prediction",
    step="output_error",
    title="The error is computed from the predicted class instead of the probabilities",
    explain=f"{_OUTPUT} With 0 and 1 in the place of p, samples that are classified rightly teach nothing.",
    hints=("Which values can your error have?", "Where is `argmax` or `round` used?"),
)
def error_of_the_prediction(p, y):
    return y - (p == p.max())
