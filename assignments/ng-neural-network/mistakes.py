"""What goes wrong when parameters are unrolled."""

import numpy as np

from grader.assignments import convention, mistake


@convention("nnCostFunction.column-by-column", step="reading_order")
def column_by_column():
    return "F"


@convention("nnCostFunction.labels-from-1", step="one_hot")
def labels_from_1(y, count):
    return (y[:, np.newaxis] == 1 + np.arange(count)).astype(float)


@mistake(
    "nnCostFunction.theta2-first",
    step="in_order",
    title="The gradient is unrolled in the wrong order: Theta2 first",
    explain="The gradient has each number where the parameter has its own: Theta1, then Theta2.",
    hints=("Which parameter does the first number of the gradient belong to?", "Look at the concatenation."),
)
def theta2_first(first, second):
    return second, first
