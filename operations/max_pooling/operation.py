"""The operation."""

from grader.assignments import Operation
from reference import max_pooling as formula

max_pooling = Operation(formula, words={"height": "the height", "width": "the width"})
