"""Known mistakes of this assignment, and what is in play in a loss and its gradient.

The mistakes of a loss over arrays are in the catalogue that assignments share; here are those of a loop over samples
and those of the penalty, which are the same for both functions.
"""

from assignments.catalogue import (
    bias_gradient,
    hidden_delta,
    one_hot_labels,
    softmax_loss,
    softmax_loss_gradient,
    weight_gradient,
)
from grader.assignments import shared

# Over arrays. What overflows, and the logarithm of 0, earn a remark only, so they are not among the mistakes; a
# gradient that is averaged twice is the same for scores and for weights.
LEFT_OUT = ("softmax_loss.logarithm-of-zero", "backward.weight-gradient-averaged-again")

MISTAKES = tuple(
    entry
    for entry in shared(
        softmax_loss,
        softmax_loss_gradient,
        one_hot_labels,
        hidden_delta,
        weight_gradient,
        bias_gradient,
    )
    if entry.code not in LEFT_OUT
)
