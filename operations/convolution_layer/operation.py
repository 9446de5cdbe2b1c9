"""The operation."""

from grader.assignments import Operation
from reference import convolution_layer as formula

convolution_layer = Operation(formula, words={"sizes": " that are given"})
