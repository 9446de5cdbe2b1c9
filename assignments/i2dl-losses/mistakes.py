"""What goes wrong in losses of one output for each sample."""

import numpy as np

from grader.assignments import mistake
from operations.texts import COST_SUMMED

_OWN = "For each sample it is the derivative of that sample's own loss."
_BCE = "The loss of a sample is $-y \\log p - (1 - y) \\log(1 - p)$."


def known(code, step, title, explain, *hints):
    return mistake(code, step=step, title=title, explain=explain, hints=hints)


@known("loss.summed", "mean_loss", COST_SUMMED["title"], "It is the mean over the samples.", *COST_SUMMED["hints"])
def summed(losses):
    return float(np.sum(losses))


@known(
    "backward.averaged",
    "of_each_sample",
    "The gradient is divided by the number of samples",
    f"{_OWN} The mean has no part in it here.",
    "What is the derivative of one sample's loss?",
    "Where does n come in?",
)
def averaged(slopes):
    return slopes / len(slopes)


@known(
    "backward.summed",
    "of_each_sample",
    "The gradient is one number: it is summed, or averaged, over the samples",
    f"{_OWN} There are as many as samples.",
    "Which shape has the gradient?",
    "Which axis is summed over?",
)
def one_number(slopes):
    return np.sum(slopes)


@known(
    "backward.sign",
    "of_each_sample",
    "The gradient has the wrong sign",
    f"{_OWN} It is positive where the loss grows with the output.",
    "Does the loss grow or fall when an output that is too large grows?",
    "Which of the two is subtracted?",
)
def sign(slopes):
    return -slopes


@known(
    "L1.backward.difference",
    "absolute_slopes",
    "The gradient of the absolute error is the difference, not its sign",
    "The derivative of $|d|$ is 1 or −1, however large d is.",
    "Is the absolute error steeper far away?",
    "`np.sign`?",
)
def difference(y_out, y_truth):
    return y_out - y_truth


@known(
    "L1.not-absolute",
    "absolute_losses",
    "The errors are added up without their absolute values",
    "Errors of both signs then cancel.",
    "Can the loss be negative?",
    "Where is `np.abs`?",
)
def not_absolute(y_out, y_truth):
    return y_out - y_truth


@known(
    "MSE.halved",
    "squared_losses",
    "There is a factor ½ that the task does not have",
    "The loss of a sample is $(p - y)^2$.",
    "What is the loss of one output that is off by 1?",
    "Is there a 2 in the denominator?",
)
def halved(y_out, y_truth):
    return (y_out - y_truth) ** 2 / 2


@known(
    "MSE.backward.factor-two-missing",
    "squared_slopes",
    "The factor 2 of the square's derivative is missing",
    "The derivative of $d^2$ is $2 d$.",
    "What is the derivative of $a^2$?",
    "Which factor has the loss, and which the gradient?",
)
def factor_two_missing(y_out, y_truth):
    return y_out - y_truth


@known(
    "BCE.second-term-missing",
    "binary_losses",
    "The loss of samples with the label 0 is missing",
    _BCE,
    "What is the loss of a sample with the label 0?",
    "A term is missing.",
)
def second_term_missing(y_out, y_truth):
    return -y_truth * np.log(y_out)


@known(
    "BCE.sign",
    "binary_losses",
    "The loss has the wrong sign",
    _BCE,
    "Can a logarithm of a probability be positive?",
    "Which sign have the logarithms?",
)
def loss_sign(right, y_out, y_truth):
    return -right(y_out, y_truth)


@known(
    "BCE.backward.terms-subtracted",
    "binary_slopes",
    "The second term of the gradient has the wrong sign",
    f"{_BCE} Its derivative is $-\\frac{{y}}{{p}} + \\frac{{1 - y}}{{1 - p}}$.",
    "What is the derivative of $\\log(1 - p)$?",
    "How many minus signs has the second term?",
)
def terms_subtracted(y_out, y_truth):
    return -y_truth / y_out - (1 - y_truth) / (1 - y_out)


@known(
    "BCE.backward.of-logits",
    "binary_slopes",
    "This is the gradient before a sigmoid, not in the probability",
    f"{_BCE} The derivative in p is $\\frac{{p - y}}{{p (1 - p)}}$; without the denominator it is that in the logit.",
    "In what is the derivative taken?",
    "Where is a division?",
)
def of_logits(y_out, y_truth):
    return y_out - y_truth
