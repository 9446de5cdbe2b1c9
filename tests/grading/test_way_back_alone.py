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
