"""The operation."""

from grader.assignments import Operation
from operations.conventions import KEY
from reference import batch_training as formula

batch_training = Operation(formula, goes_with=("perceptron", "cross_entropy", "l2_penalty"), values=KEY)
