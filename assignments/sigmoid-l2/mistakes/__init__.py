"""Known mistakes of this assignment; those of its kind of network are in the catalogue that assignments share."""

from assignments.catalogue import forward, gradient_descent, l2_penalty, predict, sigmoid, sigmoid_output
from grader.assignments import shared

MISTAKES = shared(
    sigmoid,
    forward.bias_missing,
    forward.bias_subtracted,
    forward.bias_summed,
    forward.no_hidden_activation,
    forward.tanh_in_hidden_layers,
    forward.weights_transposed,
    forward.elementwise_product,
    sigmoid_output,
    gradient_descent,
    l2_penalty.not_squared,
    l2_penalty.plain_sum,
    l2_penalty.norm_not_squared,
    l2_penalty.square_of_the_sum,
    l2_penalty.mean_of_squares,
    predict,
)
