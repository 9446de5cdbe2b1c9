"""What goes wrong where every sample has a loss of its own."""

import numpy as np

from grader.assignments import mistake

_RULE = "The loss of a sample is $-\\sum_c y_c \\log p_c$; there are n of them."


@mistake(
    "SoftmaxCrossEntropy.losses-averaged",
    step="sample_losses",
    title="One mean loss is returned, not the loss of each sample",
    explain=_RULE,
    hints=("How many numbers come out for seven samples?", "Over which axis is summed?"),
)
def losses_averaged(log_p, t):
    return -np.mean(np.sum(log_p * t, axis=1))


@mistake(
    "SoftmaxCrossEntropy.losses-of-classes",
    step="sample_losses",
    title="The losses are summed over the samples, not over the classes",
    explain=_RULE,
    hints=("Which shape has the result?", "Which axis has the classes?"),
)
def losses_of_classes(log_p, t):
    return -np.sum(log_p * t, axis=0)


@mistake(
    "SoftmaxCrossEntropy.sign",
    step="sample_losses",
    title="The loss has the wrong sign",
    explain=_RULE,
    hints=("Can a logarithm of a probability be positive?", "Where is the minus?"),
)
def sign(log_p, t):
    return np.sum(log_p * t, axis=1)
