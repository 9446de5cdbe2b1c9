"""Three kinds of less than perfect: wrong costs points, form earns a remark, what is open is called so."""

import pytest

from tests.graded import lost
from tests.library import assignment
from tests.tables import sampled

from .conftest import diagnosed, example, remarks


@pytest.mark.parametrize(
    ("name", "file", "told"),
    [
        ("cs231n-softmax", "overflows", "subtract the largest score"),
        ("cs231n-layers", "masks_and_overflow", "pixels of a window are equal"),  # ties counted twice by a pooling
        ("cs231n-two-layer-net", "row_vectors", "grads['b1'] has shape (1, 6), expected (6,)"),
        ("dl-regularization", "sample_by_sample", "the cost has shape (1, 1), expected () (one number)"),
    ],
)
def test_form_is_told_and_costs_nothing(session, name, file, told):
    report = session(name).grade(example(name, f"right/{file}.py"))
    assert report.score == 100
    assert told in remarks(report)


def test_a_loop_in_a_vectorized_function_is_told_and_costs_nothing(grade_text):
    right = example("cs231n-softmax", "right/naive_loops.py").read_text("utf-8")
    lines = right.splitlines()
    calls = "\n\ndef softmax_loss_vectorized(W, X, y, reg):\n    return softmax_loss_naive(W, X, y, reg)\n"
    report = grade_text("cs231n-softmax", right + calls)
    assert report.score == 100
    (told,) = (text for function in report.functions for text in function.remarks if "whole arrays" in text)
    first_loop = next(number for number, line in enumerate(lines, 1) if line.strip().startswith("for "))
    assert told.startswith(
        f"homework.py, line {first_loop}: `{lines[first_loop - 1].strip()[:-1]}` is a loop over `X`;"
    )
    assert "whole arrays" not in remarks(grade_text("cs231n-softmax", right))


@pytest.mark.usefixtures("undiagnosed")
def test_flat_gradients_of_biases_are_judged_once(session):
    report = session("dl-regularization").grade(example("dl-regularization", "wrong/flat_biases.py"))
    (failed,) = (check for function in report.functions for check in function.checks if check.status == "failed")
    assert failed.max_score == 3
    assert "becomes a (7, 7) matrix" in failed.message


def test_the_starters_placeholders_are_open_not_wrong(session):
    for course, file in [
        ("cs231n-softmax", "wrong/vectorized_left_open.py"),
        ("cs231n-layers", "wrong/convolutions_left_open.py"),
        ("cs231n-two-layer-net", "wrong/loss_left_open.py"),
        ("dl-regularization", "wrong/left_open.py"),
        ("dl-deep-network", "wrong/left_open.py"),
    ]:
        report = session(course).grade(example(course, file))
        assert all(code.endswith(".left-open") for code in diagnosed(report))
        for name in lost(report):
            checks = [check for check in report.function(name).checks if check.status != "passed"]
            judged_with_right_helpers = [check for check in checks if check.status == "carried"]
            open_ones = [check for check in checks if check.status == "skipped"]
            assert len(open_ones) + len(judged_with_right_helpers) == len(checks), name
            assert all("is not implemented yet" in check.message for check in open_ones)


def test_a_gradient_that_is_not_written_beside_one_that_is_leaves_its_function_begun(grade_text):
    text = """
import numpy as np

def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(len(x), -1).T @ dout
    db = None
    return dx, dw, db
"""
    found = grade_text("cs231n-layers", text).function("affine_backward")
    assert found.status == "failed"
    assert [diagnosis.title for diagnosis in found.diagnoses] == ["`db` is never computed"]

    text = """
import numpy as np

def linear_forward(A, W, b):
    return W @ A + b, (A, W, b)

def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = dZ @ A_prev.T / m
    db = None
    dA_prev = W.T @ dZ
    return dA_prev, dW, db
"""
    found = grade_text("dl-deep-network", text).function("linear_backward")
    assert found.status in ("failed", "partial")
    assert [diagnosis.title for diagnosis in found.diagnoses] == ["`db` is never computed"]


def test_a_mistake_in_loss_costs_nothing_in_train(grade_text):
    text = example("cs231n-two-layer-net", "right/neural_net.py").read_text("utf-8")
    report = grade_text("cs231n-two-layer-net", text.replace("        dhidden[hidden <= 0] = 0\n", ""))
    assert lost(report) == {"TwoLayerNet.loss"}
    assert diagnosed(report) == {"backward.activation-derivative-missing"}


COURSES = ("cs231n-softmax", "dl-regularization", "cs231n-two-layer-net", "dl-deep-network")
VALUES = ("1.0", "('a', 'b')", "(1.0, None)", "(None, {})", "(object(), object())", "[]")
# Each value in one course, each course with one; or every value in every course.
NONSENSE = sampled(
    ((value, course) for i, value in enumerate(VALUES) for course in (*COURSES[i % 4 :], *COURSES[: i % 4])),
    lambda pair: pair[0],
)


@pytest.mark.parametrize(("value", "course"), NONSENSE)
def test_nonsense_gets_no_points_and_no_mistake_by_name(grade_text, value, course):
    report = grade_text(course, nonsense(course, value))
    assert (report.status, report.score) == ("graded", 0)
    told = {code.rpartition(".")[2] for code in diagnosed(report)}
    assert told <= {"not-written", "parts-missing", "another-form-of-result", "another-shape", "other-count"}
    assert not any("diagnosis failed" in remark for remark in report.remarks)


def nonsense(course, value):
    """Everything that the course asks for, always with this value."""
    if course == "cs231n-two-layer-net":
        methods = "".join(
            f"    def {name}(self, *a, **k):\n        return {value}\n\n" for name in ("loss", "predict", "train")
        )
        return f"class TwoLayerNet:\n    def __init__(self, *a):\n        self.params = {{}}\n\n{methods}"
    return "".join(f"def {name}(*a):\n    return {value}\n\n" for name in assignment(course).function_names)
