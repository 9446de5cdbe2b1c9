"""A right backward pass keeps its points beside a forward pass that fails, and a wrong cache is not forgiven."""

import pytest

from grader import Grader
from grader.submissions import load_source
from tests.library import assignment

BACKWARD = """
import numpy as np


def affine_backward(dout, cache):
    x, w, b = cache
    return dout.dot(w.T).reshape(x.shape), x.reshape(len(x), -1).T.dot(dout), dout.sum(axis=0)


def affine_forward(x, w, b):
"""
FORWARD = "    return x.reshape(len(x), -1).dot(w) + b, (x, w, b)\n"


@pytest.fixture(scope="module")
def graded(session):
    with Grader(assignment("cs231n-layers"), sandbox=session.sandbox) as grader:

        def grade(forward):
            submission = load_source(BACKWARD + forward, "layers.py")
            return grader.grade(submission, functions=["affine_forward", "affine_backward"])

        yield grade


@pytest.mark.parametrize(
    "forward",
    [
        "    return x.dot(w.T[0]) + b[0, 0], (x, w, b)\n",  # raises
        "    pass\n",
    ],
)
def test_a_failing_forward_pass_costs_its_own_points(graded, forward):
    report = graded(forward)
    backward = report.function("affine_backward")
    own = [check for check in backward.checks if check.status != "passed"]
    assert all("derivative" in check.id for check in own), [(check.id, check.message) for check in own]
    assert backward.diagnoses == ()
    assert report.function("affine_forward").score < report.function("affine_forward").max_score


def test_a_right_output_with_a_wrong_cache_is_not_forgiven(graded):
    assert graded(FORWARD.replace("(x, w, b)", "(w, x, b)")).function("affine_backward").status != "passed"


def test_all_right(graded):
    report = graded(FORWARD)
    assert report.score == report.function("affine_forward").max_score + report.function("affine_backward").max_score


WINDOWS = """
import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    raise IndexError("not yet")


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    back, dw = np.zeros_like(padded), np.zeros_like(w)
    for i, j in np.ndindex(dout.shape[2:]):
        window = ..., slice(i * stride, i * stride + w.shape[2]), slice(j * stride, j * stride + w.shape[3])
        back[window] += np.tensordot(dout[:, :, i, j], w, 1)
        dw += np.tensordot(dout[:, :, i, j].T, padded[window], 1)
    return back[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]], dw, dout.sum(axis=(0, 2, 3))
"""


def test_the_derivative_of_a_forward_pass_that_raises_is_no_loss_of_the_way_back(session):
    with Grader(assignment("cs231n-layers"), sandbox=session.sandbox) as grader:
        functions = ["conv_forward_naive", "conv_backward_naive"]
        report = grader.grade(load_source(WINDOWS, "layers.py"), functions=functions)
    backward = report.function("conv_backward_naive")
    assert (backward.score, backward.carried) == (backward.max_score, 0)


def test_a_wrong_way_back_without_a_forward_pass_is_judged(session):
    text = WINDOWS[WINDOWS.index("def conv_backward") :].replace("dout.sum(axis=(0, 2, 3))", "np.sum(dout)")
    with Grader(assignment("cs231n-layers"), sandbox=session.sandbox) as grader:
        report = grader.grade(load_source(f"import numpy as np\n\n\n{text}", "layers.py"))
    (told,) = report.function("conv_backward_naive").diagnoses
    assert told.title == "`np.sum(dout)` runs over everything, and should run along the axes (0, 2, 3)"
