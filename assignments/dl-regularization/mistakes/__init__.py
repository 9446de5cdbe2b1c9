"""Known mistakes of this assignment: those of a penalty λ/(2m)·ΣW² and of its gradient.

Those of the cost of the data, of sums of squares and of going back through layers are in the catalogue that assignments
share.
"""

from assignments.catalogue import binary_cost, column_gradients, hidden_delta, l2_penalty, sigmoid_output
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
    hidden_delta.activation_derivative_missing,
    hidden_delta.mask_from_the_gradient,
    hidden_delta.mask_inverted,
    hidden_delta.activation_instead_of_derivative,
    hidden_delta.multiplied_by_z,
    hidden_delta.sigmoid_derivative_of_z,
    hidden_delta.sigmoid_derivative_of_a,
    hidden_delta.tanh_derivative,
    hidden_delta.tanh_derivative_of_z,
    hidden_delta.leaky_derivative,
)
