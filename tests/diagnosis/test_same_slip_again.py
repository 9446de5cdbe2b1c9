"""The same slip made at several places: of one function, and of several."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import Grader
from grader.diagnosis.repair.allowance import KEPT_FOR_LATER, Allowance
from grader.diagnosis.written.handed_on import is_of_arguments
from grader.submissions import load_source
from tests import library

WRONG = Path(__file__).parents[2] / "assignments/dl-convolution/examples/wrong"

POOLED = """
import numpy as np

def pool_forward(A_prev, hparameters, mode="max"):
    m, n_H_prev, n_W_prev, n_C = A_prev.shape
    f, stride = hparameters["f"], hparameters["stride"]
    n_H, n_W = (n_H_prev - f) // stride + 1, (n_W_prev - f) // stride + 1
    A = np.zeros((m, n_H, n_W, n_C))
    for h in range(n_H):
        for w in range(n_W):
            top = h * f
            left = w * f
            window = A_prev[:, top:top + f, left:left + f, :]
            A[:, h, w, :] = window.max(axis=(1, 2)) if mode == "max" else window.mean(axis=(1, 2))
    return A, (A_prev, hparameters)
"""


@pytest.fixture(scope="module")
def convolution():
    with Grader("dl-convolution") as session:
        yield session


def codes(report) -> dict[str, list[str]]:
    return {one.name: [found.code for found in one.diagnoses] for one in report.functions if one.diagnoses}


def test_each_of_three_functions_with_the_same_slip_is_told_it(convolution):
    found = codes(convolution.grade(WRONG / "stride_forgotten.py"))
    assert found["conv_backward"] == ["conv_backward.times"]
    assert found["pool_backward"] == ["pool_backward.times"]


def test_what_is_wrong_behind_a_cache_of_arguments_is_told(convolution):
    assert codes(convolution.grade(WRONG / "modes_mixed_up.py"))["pool_backward"] == ["pool_backward.accumulate"]


def test_a_slip_in_both_directions_is_told_with_both_lines(convolution):
    report = convolution.grade(load_source(POOLED, "homework.py"), functions=["pool_forward"])
    (diagnosis,) = next(one for one in report.functions if one.name == "pool_forward").diagnoses
    assert [edit["line"] for edit in diagnosis.evidence["edits"]] == [11, 12]
    assert "2 times, in lines 11 and 12" in diagnosis.explanation


@given(st.integers(0, 5_000), st.integers(0, 5_000_000), st.integers(0, 12))
def test_a_share_of_the_trials_leaves_something_for_later_functions(trials: int, calls: int, later: int) -> None:
    allowance = Allowance(trials, calls)
    with allowance.share(later):
        assert 0 <= trials - allowance.trials <= later * KEPT_FOR_LATER[0]
        assert allowance.trials >= trials // (later + 1)
        assert allowance.calls >= calls // (later + 1)
    assert (allowance.trials, allowance.calls) == (trials, calls)


@pytest.mark.parametrize(
    ("body", "is_right"),
    [
        ("cache = (x, w)\n    return x @ w, cache", True),
        ("return x @ w, (x, {'w': w})", True),
        ("cache = (x, w)\n    cache = (x, x @ w)\n    return x @ w, cache", False),
        ("x = x - 1\n    return x @ w, (x, w)", False),
        ("x -= 1\n    return x @ w, (x, w)", False),
        ("x[0] = 1\n    return x @ w, (x, w)", False),
        ("cache = [x]\n    cache[0] = w\n    return x @ w, cache", False),
        ("out = x @ w\n    return out, (x, w, out)", False),
        ("return x @ w", False),
    ],
)
def test_what_is_handed_on_is_of_arguments_alone(body: str, is_right: bool) -> None:
    (definition,) = ast.parse(f"def forward(x, w):\n    {body}\n").body
    assert isinstance(definition, ast.FunctionDef)
    assert is_of_arguments(definition, (1,)) == is_right


COLUMNS = """
import numpy as np

def columns(x, height, width, stride, rows, cols):
    found = [x[:, :, i * stride:i * stride + height, j * stride:j * stride + width].reshape(len(x), -1)
             for i in range(rows) for j in range(cols)]
    return np.stack(found, axis=2)

def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    F, _, height, width = w.shape
    rows, cols = (x.shape[2] - height + p) // s + 1, (x.shape[3] - width + p) // s + 1
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    taken = columns(padded, height, width, s, rows, cols)
    out = w.reshape(F, -1) @ taken + b[:, None]
    return out.reshape(len(x), F, rows, cols), (w, conv_param, taken, padded.shape)

def conv_backward_naive(dout, cache):
    w, conv_param, taken, shape = cache
    s, p = conv_param["stride"], conv_param["pad"]
    F, _, height, width = w.shape
    rows, cols = dout.shape[2:]
    d = dout.reshape(len(dout), F, -1)
    dw = sum(one @ other.T for one, other in zip(d, taken)).reshape(w.shape)
    back = w.reshape(F, -1).T @ d
    dpadded = np.zeros(shape)
    for n in range(rows * cols):
        i, j = n // cols * s, n % cols * s
        dpadded[:, :, i:i + height, j:j + width] += back[:, :, n].reshape(len(dout), -1, height, width)
    return dpadded[:, :, p:shape[2] - p, p:shape[3] - p], dw, d.sum(axis=(0, 2))
"""


def test_what_reads_columns_that_the_same_slip_of_both_sizes_spoils_loses_nothing():
    with Grader("cs231n-layers") as session:
        report = session.grade(
            load_source(COLUMNS, "homework.py"), functions=["conv_forward_naive", "conv_backward_naive"]
        )
    forward, backward = (one for one in report.functions if one.name.startswith("conv"))
    assert forward.score < forward.max_score
    assert backward.score == backward.max_score
    assert not backward.diagnoses


def test_both_squares_of_a_penalty_are_told_in_their_line():
    text = library.example("cs231n-two-layer-net", "right/functions_and_permutations.py").read_text("utf-8")
    right, wrong = "(np.sum(p['W1'] ** 2) + np.sum(p['W2'] ** 2))", "(np.sum(p['W1']) ** 2 + np.sum(p['W2']) ** 2)"
    assert text.count(right) == 1
    with Grader("cs231n-two-layer-net") as session:
        report = session.grade(load_source(text.replace(right, wrong), "neural_net.py"), functions=["TwoLayerNet.loss"])
    (diagnosis,) = next(one for one in report.functions if one.name == "TwoLayerNet.loss").diagnoses
    assert diagnosis.location.line == text[: text.index(right)].count("\n") + 1
    assert "every check of `TwoLayerNet.loss` passes" in diagnosis.explanation
