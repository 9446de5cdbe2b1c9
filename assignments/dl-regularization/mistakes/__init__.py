"""Known mistakes of this assignment: those of a penalty λ/(2m)·ΣW² and of its gradient.

Those of the cost of the data, of sums of squares and of going back through layers are in the catalogue that assignments
share.
"""

from assignments.catalogue import backpropagation, binary_cost, column_gradients, l2_penalty, sigmoid_output
from grader.assignments import shared

MISTAKES = shared(
    binary_cost,
    l2_penalty.not_squared,
    l2_penalty.plain_sum,
    l2_penalty.norm_not_squared,
    l2_penalty.square_of_the_sum,
    l2_penalty.mean_of_squares,
    l2_penalty.matrix_product,
    l2_penalty.biases_included,
    l2_penalty.last_layer_only,
    l2_penalty.first_layer_only,
    l2_penalty.last_layer_left_out,
    sigmoid_output,
    column_gradients,
    backpropagation.activation_derivative_missing,
    backpropagation.mask_from_the_gradient,
    backpropagation.mask_inverted,
    backpropagation.activation_instead_of_derivative,
    backpropagation.multiplied_by_z,
    backpropagation.sigmoid_derivative_of_z,
    backpropagation.sigmoid_derivative_of_a,
    backpropagation.tanh_derivative,
    backpropagation.tanh_derivative_of_z,
    backpropagation.leaky_derivative,
)
