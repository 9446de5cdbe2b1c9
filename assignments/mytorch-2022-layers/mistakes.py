"""The definition of the loss in the first half of the year."""

import numpy as np

from grader.assignments import convention


@convention("MSELoss.without-a-half", step="summed_squares")
def without_a_half(outputs, targets):
    return np.sum((outputs - targets) ** 2)


@convention("MSELoss.difference-alone", step="squared_error_gradient")
def difference_alone(outputs, targets):
    return outputs - targets
