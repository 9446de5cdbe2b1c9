"""Known mistakes of this assignment; those of networks of columns and of sigmoid outputs are in the catalogue."""

from assignments.catalogue import (
    column_cost,
    column_forward,
    column_gradients,
    gradient_descent,
    sigmoid,
    sigmoid_output,
)
from grader.assignments import shared

MISTAKES = shared(
    sigmoid.sign,
    sigmoid.missing_parentheses,
    sigmoid.tanh_instead,
    sigmoid.derivative_returned,
    sigmoid.applied_twice,
    sigmoid.relu_instead,
    sigmoid.identity,
    column_forward.bias_missing,
    column_forward.bias_subtracted,
    column_forward.bias_summed,
    column_forward.output_not_squashed,
    column_cost.without_the_other_outputs,
    column_cost.cross_entropy_without_minus,
    column_cost.averaged_over_outputs,
    sigmoid_output,
    column_gradients,
    gradient_descent,
)
