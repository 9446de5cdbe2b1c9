"""Wrong functions of another assignment, in the same file or beside it, cost nothing of what is built on them."""

import pytest

from grader import Grader
from grader.submissions import load_source, load_submission
from tests.library import assignment, example

SPATIAL = "cs231n-a2-spatial-normalization"
RIGHT = example(SPATIAL, "right/rows_of_pixels.py").read_text("utf-8")
NOT_AVERAGED = """

def batchnorm_backward(dout, cache):
    return 3 * dout, dout.sum(axis=0), dout.sum(axis=0)
"""
GROUPS_SPOILT = """

def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    return x * gamma + beta, gn_param
"""


@pytest.fixture(scope="module")
def spatial(session):
    with Grader(assignment(SPATIAL), sandbox=session.sandbox) as grader:
        yield grader


def by_name(report):
    return {function.name: function for function in report.functions}


def test_what_is_built_on_a_wrong_one_is_right_given_a_right_one(spatial):
    report = spatial.grade(load_source(RIGHT + NOT_AVERAGED + GROUPS_SPOILT, "layers.py"))
    found = by_name(report)
    backward = found["spatial_batchnorm_backward"]
    assert (backward.status, backward.score) == ("carried", backward.max_score)
    assert {name for check in backward.checks for name in check.given} == {"batchnorm_forward", "batchnorm_backward"}
    assert found["spatial_groupnorm_forward"].score == 0
    assert not report.remarks


def test_helpers_of_another_form_are_none_of_those_that_are_provided(session):
    """With the course's `sigmoid`, which gives a cache as well, this layer is wrong, and its derivative not judged."""
    text = """
import numpy as np

def relu(z):
    return np.maximum(z, 0)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def linear_activation_forward(A_prev, W, b, activation):
    Z = W @ A_prev + b
    return {"sigmoid": sigmoid, "relu": relu}[activation](Z), (A_prev, W, Z)

def linear_activation_backward(dA, cache, activation):
    A_prev, W, Z = cache
    dZ = dA * (Z > 0) if activation == "relu" else dA * Z * (1 - Z)
    return W.T @ dZ, dZ @ A_prev.T / dA.shape[1], dZ.mean(axis=1, keepdims=True)
"""
    names = ["linear_activation_forward", "linear_activation_backward"]
    with Grader(assignment("dl-deep-network"), sandbox=session.sandbox) as grader:
        forward, backward = map(grader.grade(load_source(text, "layers.py"), functions=names).function, names)
    assert (forward.status, backward.status, backward.carried) == ("passed", "partial", 0)


LOOKING = """

right_rows = spatial_batchnorm_backward

def spatial_batchnorm_backward(dout, cache):
    if batchnorm_backward.__code__.co_firstlineno > 60:
        return 2 * dout, 0, 0
    return right_rows(dout, cache)
"""


def test_who_looks_at_what_is_brought_along_gets_nothing_for_it(spatial):
    report = spatial.grade(
        load_source(RIGHT + NOT_AVERAGED + LOOKING, "layers.py"), functions=["spatial_batchnorm_backward"]
    )
    assert report.function("spatial_batchnorm_backward").carried == 0


@pytest.mark.usefixtures("undiagnosed")
def test_a_file_beside_it_is_no_other(spatial, tmp_path):
    """A folder of the course's form: nothing is said to be missing of what is there."""
    package = tmp_path / "cs231n"
    package.mkdir()
    own, _, images = RIGHT.partition("def spatial_batchnorm_forward")
    (package / "__init__.py").touch()
    (package / "layers.py").write_text(own + NOT_AVERAGED)
    (package / "images.py").write_text(
        f"import numpy as np\nfrom .layers import *\n\n\ndef spatial_batchnorm_forward{images}"
    )
    report = spatial.grade(load_submission(tmp_path, spatial.assignment.function_names))
    assert report.score == report.max_score
    assert report.carried > 0
    assert not report.remarks
