"""Known mistakes of this assignment, and what is in play in its gradients.

Those in a single layer are in the catalogue that assignments share; here are those in the penalties on weights and on
the maps of the convolutions, where the question that this assignment comes from went wrong.
"""

from assignments.catalogue import (
    convolution,
    convolution_gradients,
    dense_layer,
    elu,
    max_pooling,
    softmax_loss,
    softmax_loss_gradient,
)
from grader.assignments import shared

MISTAKES = shared(
    convolution, convolution_gradients, elu, max_pooling, dense_layer, softmax_loss, softmax_loss_gradient
)
