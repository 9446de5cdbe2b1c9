"""Calls that end with an error, told by what is meant: axes, options, names, heads of methods."""

import pytest

from tests.tables import table

from .sources import AFFINE, COLUMNS

SLOPES = """
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - cache["A2"] ** 2)
    dW2, db2 = np.dot(dZ2, cache["A1"].T) / m, np.sum(dZ2, axis=1, keepdims=True) / m
    return {"dW2": dW2, "db2": db2, "dW1": np.dot(dZ1, X.T) / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m}
"""


def test_a_backward_pass_is_looked_at_without_the_forward_pass_that_the_check_does_without(told):
    (one,) = told("dl-planar", f"import numpy as np\n{SLOPES}", "backward_propagation")
    assert one.title.startswith("`cache['A1'] ** 2` is meant")


def test_a_constructor_that_gives_something_back_has_the_lines_of_a_method_whose_head_is_missing(told):
    text = AFFINE.replace("    def forward(self, x):\n        self.x = x\n        return", "        self.out =")
    text = text.replace("@ self.W + self.b\n", "@ self.W + self.b\n        return self.out\n").replace(
        "= x @", "= self.x @"
    )
    (one, *_) = told("scratch-layers", text, "Affine.forward")
    assert "The lines of another method stand in `__init__`" in one.title


def test_axes_that_were_added_for_one_sample_are_taken_away_where_a_product_has_too_many(told):
    text = AFFINE.replace("self.x.T @ dout", "self.x[None].T @ dout[None]").replace("dout.sum(axis=0)", "dout")
    stop, *behind = told("scratch-layers", text, "Affine.backward", "Affine.forward")
    assert "`self.x, dout` in the place of `self.x[None], dout[None]`" in stop.explanation
    assert behind


LOOPED = """
import numpy as np

def pool_forward(A_prev, hparameters, mode="max"):
    f, s = hparameters["f"], hparameters["stride"]
    (m, rows, columns, channels) = A_prev.shape
    high, wide = (rows - f) // s + 1, (columns - f) // s + 1
    A = np.zeros((m, high, wide, channels))
    for r in range(high):
        for c in range(wide):
            top_from = r * s
            left_from = c * s
            top_to = top_from + f
            left_to = left_from + f
            window = A_prev[:, top_from:top_to, left_from:left_to]
            A[:, r, c] = window.max(axis=(1, 2)) if mode == "max" else window.mean(axis=(1, 2))
    return A, (A_prev, hparameters)
"""


@pytest.mark.parametrize(
    ("old", "new", "title", "why"),
    [
        ("left_to = left_from", "left_to = left_to", "`left_to` has no value", "`left_from` in the place of `left_to`"),
    ],
)
def test_what_stops_in_loops_over_two_axes_is_told_by_the_lines_and_sizes_beside_it(told, old, new, title, why):
    (one, *_) = told("dl-convolution", LOOPED.replace(" = r * s", " = r").replace(old, new), "pool_forward")
    assert title in one.title
    assert why in one.explanation


IMAGES = """
import numpy as np

WIDTHS = lambda pad: ((0, 0), (pad, pad), (pad, pad), (0, 0))

def zero_pad(X, pad):
    return np.pad(X, WIDTHS(pad), mode="constant")
"""


@pytest.mark.parametrize(
    ("assignment", "text", "name", "old", "new", "meant"),
    [
        ("digits-two-layer", COLUMNS, "backward_prop", "dZ2, axis=1", "dZ2, dim=1", "`axis` in the place of `dim`"),
        pytest.param(
            *("dl-convolution", IMAGES, "zero_pad", '"constant"', "'zeros'"),
            "`'constant'` in the place of `'zeros'`",
            marks=table,
        ),
    ],
)
def test_an_option_that_numpy_does_not_know_is_told_with_the_one_that_is_meant(
    told, assignment, text, name, old, new, meant
):
    (one, *_) = told(assignment, text.replace(old, new), name)
    assert meant in one.explanation
