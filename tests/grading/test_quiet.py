"""What is not the student's stays out of the report: warnings on the grader's inputs, cells without their data."""

import warnings

import nbformat
from nbformat import v4

from grader import Grader
from grader.checks.arguments import argument_adapters
from grader.submissions import load_source
from tests import library

UNSHIFTED = """
def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)

def cross_entropy(probs, Y):
    return -np.mean(np.log(probs[Y == 1]))
"""


def test_numpys_warnings_on_our_inputs_are_no_output(grade_with):
    report = grade_with(UNSHIFTED, "softmax", "cross_entropy")
    assert report.function("softmax").status == report.function("cross_entropy").status == "partial"
    assert report.output.stderr == ""


def test_what_is_run_around_a_function_that_changes_an_argument_warns_of_nothing():
    for adapter in argument_adapters(library.assignment("cs231n-a2-normalization").contract):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compile(adapter.source, adapter.filename, "exec")


def test_calls_that_are_made_again_to_be_looked_at_warn_of_nothing_either():
    example = library.example("cs231n-two-layer-net", "right/neural_net.py")
    with Grader(library.assignment("cs231n-two-layer-net")) as session:
        report = session.grade(example, functions=["TwoLayerNet.loss"])
    assert (report.function("TwoLayerNet.loss").status, report.output.stderr) == ("passed", "")


def test_no_rounding_is_suspected_beside_wrong_values(grade_with):
    wrapped = """
right_backward = backward
def backward(params, cache, Y, lam):
    grads = right_backward(params, cache, Y, lam)
    return {**grads, "b1": grads["b1"] * (1 + 4e-5), "W2": grads["W2"] * WRONG}
"""
    right = grade_with(wrapped.replace("WRONG", "1"), "backward").function("backward")
    wrong = grade_with(wrapped.replace("WRONG", "1.3"), "backward").function("backward")
    assert "rounding" in "".join(right.remarks)
    assert wrong.status == "partial"
    assert "rounding" not in wrong.model_dump_json()


def test_warnings_of_the_submissions_own_cells_stay(session, right_answer):
    report = session.grade(load_source(f"{right_answer}\nnp.log(np.zeros(2))\n", "homework.py"), functions=["relu"])
    assert "RuntimeWarning: divide by zero encountered in log" in report.output.stderr


def test_a_submission_that_wants_errors_gets_them(session, right_answer):
    text = f"{right_answer}\nnp.seterr(over='raise')\n{UNSHIFTED}"
    check = session.grade(load_source(text, "homework.py"), functions=["softmax"]).function("softmax").checks[3]
    assert check.error.type == "FloatingPointError"


def test_a_notebook_that_trains_on_the_courses_data_lists_no_errors():
    example = library.example("dl-regularization", "right/Regularization.ipynb")
    with Grader(library.assignment("dl-regularization")) as session:
        report = session.grade(example)
    assert {run.status for run in report.cells} == {"ran", "skipped"}
    assert "cells 2, 4, 5 and 10 need data or modules that are not here, and stopped there" in " ".join(report.remarks)


def test_what_follows_from_a_missing_file_is_told_once(session, right_answer, tmp_path):
    texts = [
        right_answer,
        "data = np.load('train.npy')\nX = data[:, :-1]",
        "means = X.mean(axis=0)",
        "print(means)",
        "print(another)",
    ]
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell(text) for text in texts]), tmp_path / "homework.ipynb")
    report = session.grade(tmp_path / "homework.ipynb", functions=["relu"])
    assert [run.status for run in report.cells] == ["ran", "error", "skipped", "skipped", "error"]
    assert [run.error.type for run in report.cells if run.error] == ["FileNotFoundError", "NameError"]
