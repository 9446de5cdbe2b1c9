"""Known mistakes of this assignment: those of putting layers together, forwards and backwards.

Those within a layer and in the cost are in the catalogue that assignments share.
"""

from assignments.catalogue import (
    backpropagation,
    binary_cost,
    column_gradients,
    column_network,
    gradient_descent,
    relu,
    sigmoid,
)
from grader.assignments import shared

MISTAKES = shared(
    column_network.bias_missing,
    column_network.bias_subtracted,
    column_network.bias_summed,
    sigmoid.sign,
    sigmoid.missing_parentheses,
    sigmoid.tanh_instead,
    sigmoid.derivative_returned,
    sigmoid.applied_twice,
    sigmoid.identity,
    relu.max_over_axis,
    relu.identity,
    relu.absolute_value,
    relu.minimum,
    relu.step_function,
    relu.leaky,
    relu.tanh_instead,
    binary_cost,
    column_gradients,
    backpropagation.activation_derivative_missing,
    backpropagation.mask_from_the_gradient,
    backpropagation.mask_inverted,
    backpropagation.activation_instead_of_derivative,
    backpropagation.multiplied_by_z,
    backpropagation.sigmoid_derivative_of_a,
    backpropagation.tanh_derivative,
    backpropagation.tanh_derivative_of_z,
    backpropagation.leaky_derivative,
    sigmoid.of_activations,
    sigmoid.of_the_sigmoid_of_z,
    sigmoid.value_returned,
    sigmoid.one_minus_value,
    sigmoid.plus_for_minus,
    sigmoid.of_tanh,
    gradient_descent,
)
