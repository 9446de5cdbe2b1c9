"""Functions that look like a known one, and last layers that are written out: right ones are said to be right."""

import pytest

from grader.reading.explain import explain
from grader.reading.told.explanation import Explanation

SINGLE = """
import numpy as np
rng = np.random.RandomState(0)
def f(z):
    return 2 / (1 + np.exp(-z)) - 1
def slope(a):
    return 0.5 * (1 + a) * (1 - a)
V, W = rng.randn(2, 3), rng.randn(1, 2)
signs = [(-1, -1, -1, -1), (-1, -1, 1, 1), (-1, 1, 1, 1), (1, 1, -1, -1), (1, -1, 1, 1), (1, 1, 1, -1)]
for k in range(300):
    row = signs[rng.randint(0, 6)]
    x = np.array(row[:3], float).reshape(3, 1)
    h = f(V @ x)
    o = f(W @ h)
    d = (o - row[3]) * slope(o)
    {order}
    V = V - 0.1 * e @ x.T
"""
WRITTEN_OUT = """
import numpy as np
x, t = np.array([1.0, 2.0]), 3.0
V, b = np.array([[0.5, 0.1, -0.7], [0.2, 0.4, 0.1]]), np.array([0.1, 0.2, 0.1])
w, c = np.array([0.3, 0.7, -0.5]), 0.1
for k in range(60):
    z = x @ V + b
    h = np.maximum(0, z)
    out = np.{of}(w * h) + c
    cost = (out - t) ** 2 / 2
    g = out - t
    dw = g * {entering}
    db = g * w * (z > 0){part}
    V -= 0.01 * np.outer(x, db)
    b -= 0.01 * db
    w -= 0.01 * dw
    c -= 0.01 * g
"""
FUNCTION = """
import numpy as np
rng = np.random.RandomState(3)
X = rng.randn(60, 3)
T = (X[:, :1] * X[:, 1:2] > 0).astype(float)
V, b, W, c = rng.randn(3, 5) * 0.5, np.zeros((1, 5)), rng.randn(5, 1) * 0.5, np.zeros((1, 1))
def g(z):
    return {g}
for k in range(100):
    h = g(X @ V + b)
    p = 1 / (1 + np.exp(-(h @ W + c)))
    cost = np.mean((p - T) ** 2)
    d = {sent} * p * (1 - p)
    e = d @ W.T * ({slope})
    W = W {by} 0.1 * h.T @ d
    c = c {by} 0.1 * d.sum(0, keepdims=True)
    V = V {by} 0.1 * X.T @ e
    b = b {by} 0.1 * e.sum(0, keepdims=True)
"""
RIGHT = {"g": "1 / (1 + np.exp(-z))", "sent": "(p - T)", "slope": "h * (1 - h)", "by": "-"}
ADAM = """
import numpy as np
rng = np.random.RandomState(1)
X = rng.randn(50, 4)
T = X @ rng.randn(4, 2)
W = rng.randn(4, 2)
m, v = np.zeros_like(W), np.zeros_like(W)
for t in range(1, 40):
    p = X @ W
    d = 2 * (p - T) / 50
    G = X.T @ d
    m = 0.9 * m + 0.1 * G
    v = 0.999 * v + 0.001 * G ** 2
    first = m / (1 - 0.9 ** t)
    second = v / (1 - {share} ** t)
    W = W - 0.01 * first / (np.sqrt(second) + 1e-8)
"""


@pytest.fixture
def read(tmp_path):
    def explained(source: str) -> Explanation:
        path = tmp_path / "network.py"
        path.write_text(source, "utf-8")
        return explain(path)

    return explained


def told(found: Explanation) -> list[tuple[str, str]]:
    return [(fault.quantity, fault.code) for fault in found.faults]


@pytest.mark.parametrize(
    ("order", "faults"),
    [
        ("e = W.T @ d * slope(h); W = W - 0.1 * d @ h.T", []),
        ("W = W - 0.1 * d @ h.T; e = W.T @ d * slope(h)", [("δ1", "new-weights")]),
    ],
)
def test_the_number_that_a_function_of_one_unit_takes_away_is_no_target(read, order, faults):
    found = read(SINGLE.format(order=order))
    assert found.network is not None
    assert [layer.activation for layer in found.network.layers] == ["2·sigmoid − 1"] * 2
    assert next(one for one in found.chain if one.name == "a2").text == "return 2 / (1 + np.exp(-z)) - 1"
    assert (found.status, told(found)) == ("fault" if faults else "right", faults)


@pytest.mark.parametrize(
    ("of", "entering", "part", "faults"),
    [
        ("sum", "h", "", []),
        ("sum", "z", "", [("dW2", "z-for-activation")]),
        ("mean", "h / 3", " / 3", []),
    ],
)
def test_a_last_layer_that_is_written_out_is_not_left_away(read, of, entering, part, faults):
    found = read(WRITTEN_OUT.format(of=of, entering=entering, part=part))
    assert (found.status, told(found)) == ("fault" if faults else "right", faults)
    if of == "sum":
        assert found.network is not None
        assert [layer.activation for layer in found.network.layers] == ["ReLU", "identity"]
    else:  # of a mean no chain is read, but each parameter is measured
        assert {"V", "b", "w"} <= {one.own_name for one in found.chain if one.status == "right"}


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"g": "1 / (1 + np.exp(z))", "slope": "-h * (1 - h)"}, []),
        ({"g": "1 / (1 + np.exp(z))"}, [("a1", "sigmoid-sign")]),
        ({"g": "1 / 1 + np.exp(-z)"}, [("a1", "sigmoid-without-brackets")]),
        ({"g": "1 / 1 + np.exp(-z)", "slope": "1 - h"}, []),
        ({"g": "np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z)))"}, [("a1", "sigmoid-of-absolute")]),
        ({"sent": "cost", "by": "+"}, [("δ2", "error-squared")]),
    ],
)
def test_a_function_is_no_slip_where_the_way_back_has_its_own_slope(read, changed, faults):
    found = read(FUNCTION.format(**RIGHT | changed))
    assert told(found) == faults
    assert found.status == ("fault" if faults else "right")


@pytest.mark.parametrize(
    ("share", "faults"), [("0.999", []), ("0.9", [("step", "adam-second-corrected-with-first-share")])]
)
def test_a_second_average_of_adam_with_the_correction_of_the_first_is_told(read, share, faults):
    assert told(read(ADAM.format(share=share))) == faults
