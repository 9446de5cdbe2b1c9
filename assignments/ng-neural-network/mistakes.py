"""What goes wrong when parameters are unrolled."""

from grader.assignments import mistake


@mistake(
    "nnCostFunction.theta2-first",
    step="in_order",
    title="The gradient is unrolled in the wrong order: Theta2 first",
    explain="The gradient has each number where the parameter has its own: Theta1, then Theta2.",
    hints=("Which parameter does the first number of the gradient belong to?", "Look at the concatenation."),
)
def theta2_first(first, second):
    return second, first
