"""A step on a mini-batch."""

import numpy as np

from grader.assignments import Place, mistake

_STEP = "A step is $w - \\eta \\cdot$ gradient, where the gradient of a mini-batch is the mean over its samples."


@mistake(
    "update_mini_batch.nothing-changes",
    step="NN2.update_mini_batch",
    title="Neither weights nor biases change in a step",
    explain=f"{_STEP} New values in local variables are lost when the method ends: they must be put into "
    "`self.weights` and `self.biases`.",
    hints=("Are the weights after a step other than before?", "Where are `self.weights` and `self.biases` assigned?"),
)
def nothing_changes(self, mini_batch, eta, lmbda_L1, lmbda_L2, n):
    self.backprop(*(np.hstack(part) for part in zip(*mini_batch, strict=True)))


@mistake(
    "update_mini_batch.weights-not-updated",
    step="NN2.update_mini_batch",
    title="The weights are never updated, the biases are",
    explain=_STEP,
    hints=("Do the weights change in a step?", "Where is `self.weights` assigned?"),
)
def weights_not_updated(self, mini_batch, eta, lmbda_L1, lmbda_L2, n):
    nabla_b, _ = self.backprop(*(np.hstack(part) for part in zip(*mini_batch, strict=True)))
    self.biases = [b - eta * db / len(mini_batch) for b, db in zip(self.biases, nabla_b, strict=True)]


@mistake(
    "update_mini_batch.sums-pile-up",
    step="fresh_sums",
    title="The sums of the gradients pile up from one mini-batch to the next",
    explain=f"{_STEP} The arrays in which you sum are the same in every call, and are not set to 0 at its start: the "
    "second step has the gradients of the first mini-batch in it as well, and so on. Another name for an array "
    "(`sums = self.zeros`) is no new array.",
    hints=(
        "What is in your sums when `update_mini_batch` is called for the second time?",
        "Where are the arrays made in which you sum: inside the method? Are they copies?",
    ),
)
def sums_pile_up(net, sums):
    before = getattr(net, "_sums", [[0.0] * len(part) for part in sums])
    net._sums = [[a + b for a, b in zip(*parts, strict=True)] for parts in zip(before, sums, strict=True)]
    return net._sums


@mistake(
    "update_mini_batch.biases-not-updated",
    step="bias_step",
    title="The biases are never updated",
    explain="The biases follow their gradients like the weights, without penalties.",
    hints=("Do the biases change in a step?", "Where is `self.biases` assigned?"),
    place=Place(assigns="biases"),
)
def biases_not_updated(b, gradient, eta):
    return b


@mistake(
    "update_mini_batch.summed-over-the-mini-batch",
    step="batch_mean",
    title="The gradients of a mini-batch are summed, not averaged",
    explain=f"{_STEP} A sum makes the learning rate grow with the size of the mini-batch.",
    hints=("What should change in a step when each sample is in the mini-batch twice?", "Where is the factor 1/m?"),
)
def summed_over_the_mini_batch(total, samples):
    return total


@mistake(
    "update_mini_batch.averaged-twice",
    step="batch_mean",
    title="The gradient is divided by the size of the mini-batch twice",
    explain=_STEP,
    hints=("How many factors 1/m does a mean have?", "Look for every division by the size of the mini-batch."),
)
def averaged_twice(total, samples):
    return total / samples**2
