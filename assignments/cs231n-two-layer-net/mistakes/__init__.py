"""Known mistakes of this assignment: those of the penalty, in both accepted forms, of the two layers, and of training.

Mistakes in single formulas are in the catalogue that assignments share.
"""

from assignments.catalogue import (
    bias_gradient,
    forward,
    gradient_descent,
    hidden_delta,
    one_hot_labels,
    predict,
    softmax_loss,
    softmax_loss_gradient,
    weight_gradient,
)
from grader.assignments import shared

# The logarithm of 0 earns a remark only; the whole forward pass of the catalogue has other arguments.
MISTAKES = tuple(
    entry
    for entry in shared(
        forward,
        softmax_loss,
        softmax_loss_gradient,
        one_hot_labels,
        hidden_delta,
        weight_gradient,
        bias_gradient,
        predict,
        gradient_descent,
    )
    if entry.step != "forward" and entry.code != "softmax_loss.logarithm-of-zero"
)
