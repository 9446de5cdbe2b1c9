"""Known mistakes of this assignment, and what is in play in its gradients.

Those in a single formula are in the catalogue that assignments share; here are those of shapes, of sizes written into
the code, and of pooling with windows of any height and width.
"""

from assignments.catalogue import (
    bias_gradient,
    convolution,
    convolution_gradients,
    dense_layer,
    hidden_delta,
    max_pooling,
    one_hot_labels,
    relu,
    softmax_loss,
    softmax_loss_gradient,
    weight_gradient,
)
from grader.assignments import shared

# What overflows, and equal pixels in a window, earn a remark only: they are not among the mistakes.
REMARKED = ("softmax_loss.logarithm-of-zero", "max_pool_backward.equal-pixels-each-get-it")

MISTAKES = tuple(
    entry
    for entry in shared(
        relu,
        hidden_delta,
        weight_gradient,
        bias_gradient,
        dense_layer,
        softmax_loss,
        softmax_loss_gradient,
        one_hot_labels,
        convolution,
        convolution_gradients,
        max_pooling,
    )
    if entry.code not in REMARKED and entry.step != "conv_backward"
)
