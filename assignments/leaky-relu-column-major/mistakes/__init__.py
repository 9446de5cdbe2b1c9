"""Known mistakes of this assignment; those of networks of columns and of sigmoid outputs are in the catalogue."""

from assignments.catalogue import column_gradients, column_network, gradient_descent, sigmoid, sigmoid_output
from grader.assignments import shared

MISTAKES = shared(
    sigmoid.sign,
    sigmoid.missing_parentheses,
    sigmoid.tanh_instead,
    sigmoid.derivative_returned,
    sigmoid.applied_twice,
    sigmoid.relu_instead,
    sigmoid.identity,
    column_network.bias_missing,
    column_network.bias_subtracted,
    column_network.bias_summed,
    column_network.output_not_squashed,
    column_network.without_the_other_outputs,
    column_network.cross_entropy_without_minus,
    column_network.averaged_over_outputs,
    sigmoid_output,
    column_gradients,
    gradient_descent,
)
