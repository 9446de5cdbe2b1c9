"""The operation, its words, and how its networks are drawn."""

import numpy as np

from grader.assignments import Operation
from operations.conventions import KEY, LAYOUT, MEAN
from operations.texts import layout_words
from reference import perceptron as formula


def words(*, layout):
    columns = layout == "columns"
    return {
        **layout_words(layout),
        "product": "W x" if columns else "x W",
        "shape": "(k, m)" if columns else "(n, k)",
        "turned": "(m, k)" if columns else "(k, n)",
    }


def parts(*, layout, weight):
    """How the operations beside it are used."""
    found = {"named_gradients": {"key": "{}"}}
    if weight != "W{}":
        found["l2_penalty"] = {"weight": weight.partition("{}")[0]}
    return found | {"dense": {"keepdims": True}, "softmax": {"axis": 0}} if layout == "columns" else found


def laid_out(params, layout, weight, bias):
    """A network of rows in another layout, under other keys."""
    found = {}
    for key, value in params.items():
        kind, turned = (weight, value.T) if key.startswith("W") else (bias, value[..., np.newaxis])
        found[kind.format(key[1:])] = turned if layout == "columns" else value
    return found


def turned(values, layout):
    """Samples that are rows, as the layout has them."""
    return values.T if layout == "columns" else values


perceptron = Operation(
    formula,
    words=words,
    conventions={"layout": "rows", "mean": "delta"},
    values={**KEY, "layout": LAYOUT, "mean": MEAN},
    parts=parts,
)
