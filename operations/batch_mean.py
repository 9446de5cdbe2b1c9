"""Where a gradient is summed sample by sample: the mean that is made of the sum."""

from grader.assignments import Operation
from operations.texts import GRADIENT_AVERAGED_TWICE, summed_not_averaged
from reference import batch_mean as formula

batch_mean = Operation(formula)

_MEAN = "The cost is a mean over the samples of a batch, and so is its gradient: one division by their number."


@batch_mean.mistake(
    "update.summed",
    step="batch_mean",
    explain=f"{_MEAN} A sum makes the learning rate grow with the size of the batch.",
    **summed_not_averaged("The gradients of a batch are", "Where is the factor 1/n?"),
)
def summed(total, n):
    return total


@batch_mean.mistake(
    "update.averaged-twice",
    step="batch_mean",
    explain=_MEAN,
    **GRADIENT_AVERAGED_TWICE,
)
def averaged_twice(total, n):
    return total / n**2
