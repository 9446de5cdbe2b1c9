"""`softmax_loss_naive`: sums and means over the samples."""

from grader.assignments import mistake

from .naive_gradient import WEIGHTS


@mistake(
    "softmax_loss_naive.gradient-of-the-last-sample",
    step="accumulated_gradient",
    title="dW keeps the last sample alone",
    explain=f"{WEIGHTS} `=` in the place of `+=` throws away what was there before.",
    hints=("Does dW change when the first sample does?", "`=` or `+=`?"),
)
def gradient_of_the_last_sample(total, part):
    return part


@mistake(
    "softmax_loss_naive.loss-of-the-last-sample",
    step="accumulated_loss",
    title="The loss keeps the last sample alone",
    explain="The loss is the mean over all samples. `=` in the place of `+=` throws away what was there before.",
    hints=("Does the loss change when the first sample does?", "`=` or `+=`?"),
)
def loss_of_the_last_sample(total, part):
    return part


@mistake(
    "softmax_loss_naive.loss-summed",
    step="averaged_loss",
    title="The loss is summed over the samples, not averaged",
    explain="The loss is the mean over the samples; a sum grows with the size of the batch.",
    hints=("What should the loss of a batch be that holds the same sample twice?", "Where is the division by n?"),
)
def loss_summed(total, n):
    return total


@mistake(
    "softmax_loss_naive.gradient-summed",
    step="averaged_gradient",
    title="dW is summed over the samples, not averaged",
    explain=WEIGHTS,
    hints=("What should dW be for a batch that holds the same sample twice?", "Where is the division by n?"),
)
def gradient_summed(total, n):
    return total


@mistake(
    "softmax_loss_naive.gradient-averaged-twice",
    step="averaged_gradient",
    title="dW is divided by the number of samples twice",
    explain=WEIGHTS,
    hints=("How many factors 1/n does the gradient of a mean have?", "Look for every division by n."),
)
def gradient_averaged_twice(total, n):
    return total / n**2
