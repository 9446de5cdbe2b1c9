"""Known mistakes of this assignment: those of putting layers together, forwards and backwards.

Those within a layer and in the cost are in the catalogue that assignments share.
"""

from assignments.catalogue import (
    binary_cost,
    column_forward,
    column_gradients,
    gradient_descent,
    hidden_delta,
    relu,
    sigmoid,
)
from grader.assignments import shared

MISTAKES = shared(
    column_forward.bias_missing,
    column_forward.bias_subtracted,
    column_forward.bias_summed,
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
    hidden_delta.activation_derivative_missing,
    hidden_delta.mask_from_the_gradient,
    hidden_delta.mask_inverted,
    hidden_delta.activation_instead_of_derivative,
    hidden_delta.multiplied_by_z,
    hidden_delta.sigmoid_derivative_of_a,
    hidden_delta.tanh_derivative,
    hidden_delta.tanh_derivative_of_z,
    hidden_delta.leaky_derivative,
    sigmoid.of_activations,
    sigmoid.of_the_sigmoid_of_z,
    sigmoid.value_returned,
    sigmoid.one_minus_value,
    sigmoid.plus_for_minus,
    sigmoid.of_tanh,
    gradient_descent,
)
