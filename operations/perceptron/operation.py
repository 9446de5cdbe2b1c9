"""The operation, its words, and how its networks are drawn."""

from grader.assignments import Operation
from operations.conventions import KEY, LAYOUT_OR_SAMPLE, MEAN
from operations.texts import layout_words
from reference import perceptron as formula


def words(*, layout):
    columns = layout == "columns"
    return {**layout_words(layout), "product": "W x" if columns else "x W"}


perceptron = Operation(
    formula,
    words=words,
    conventions={"layout": "rows", "mean": "delta"},
    values={**KEY, "layout": LAYOUT_OR_SAMPLE, "mean": MEAN},
    parts={"named_gradients": {"key": "{}"}},
)
