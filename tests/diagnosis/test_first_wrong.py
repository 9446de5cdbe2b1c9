"""The line in which a function goes wrong, where no change of it that was tried makes it right."""

from pathlib import Path

import numpy as np
import pytest

from grader import Grader
from grader.assignments import read_assignment
from grader.assignments.chosen_operations import choose, write_chosen
from grader.report import FunctionReport
from grader.sandbox.inside.recording import PASSES, Recorder
from grader.sandbox.replies import read_seen
from grader.submissions import load_source
from tests import library

RIGHT = (Path(__file__).parents[2] / "assignments/mnist-mlp/examples/right/verbose.py").read_text("utf-8")
WEIGHTS = 'remembered["input"].T @ error + lam'
COLUMNS = """
def backward(params, cache, Y, lam):
    m = Y.shape[0]
    grads = {}
    dZ = (cache["probs"] - Y).T
    for layer in range(number_of_layers(params), 0, -1):
        W = params[f"W{layer}"].T
        dW = dZ @ cache["layers"][layer - 1]["input"] / m
        grads[f"W{layer}"] = dW.T + lam * W.T
        grads[f"b{layer}"] = dZ.sum(axis=1) / m
        if layer > 1:
            mask = np.cos(cache["layers"][layer - 2]["z"]).T ** 2
            dZ = W.T @ dZ * mask
    return grads
"""


LAYER_NORM_IN_COLUMNS = """
import numpy as np

def layer_norm(x, gamma, beta):
    deviation = np.sqrt(x.var(axis=0, keepdims=True) + 1e-5)
    standard = (x - x.mean(axis=0, keepdims=True)) / deviation
    return gamma * standard + beta, (standard, deviation, gamma)

def layer_norm_backward(dout, cache):
    standard, deviation, gamma = cache
    below = gamma * dout
    along = (below * standard).mean(axis=0, keepdims=True) ** 3
    taken = np.sinh(np.sin(below.mean(axis=0, keepdims=True))) + standard * along
    dx = (below - taken) / deviation
    return dx, (dout * standard).sum(axis=1, keepdims=True), dout.sum(axis=1, keepdims=True)
"""


@pytest.fixture(scope="module")
def mlp():
    with Grader(library.assignment("mnist-mlp")) as session:
        yield session


def graded(session: Grader, text: str) -> FunctionReport:
    report = session.grade(load_source(text, "homework.py"), functions=["backward"])
    return next(one for one in report.functions if one.name == "backward")


def line_of(text: str, piece: str) -> int:
    (line,) = [number for number, line in enumerate(text.splitlines(), start=1) if piece in line]
    return line


def test_the_first_wrong_value_is_told_with_what_is_right_before_it(mlp):
    text = RIGHT.replace(WEIGHTS, 'remembered["input"].T @ np.sin(error) ** 3 / 7 + lam')
    (diagnosis, *others) = graded(mlp, text).diagnoses
    assert not others
    assert diagnosis.code == "backward.first-wrong-value"
    assert diagnosis.location.line == line_of(text, "np.sin(error)")
    assert "`remembered['input']` and `error`" in diagnosis.explanation
    assert "gradient in W" in diagnosis.explanation


@pytest.mark.usefixtures("nothing_tried")
def test_a_value_is_known_however_the_lines_are_organised(mlp):
    text = f"{RIGHT}\n{COLUMNS}"
    (diagnosis, *_) = graded(mlp, text).diagnoses
    assert diagnosis.location.line == line_of(text, "dZ = W.T @ dZ * mask")
    assert diagnosis.title == "`dZ` is not the value that belongs there, or something is missing behind it"
    assert "transposed, not divided by the number of samples" in diagnosis.explanation


@pytest.mark.usefixtures("nothing_tried")
def test_columns_as_the_contract_has_them_are_not_called_transposed(tmp_path):
    write_chosen(tmp_path / "columns", choose(["layer_norm:layout=columns"]))
    with Grader(read_assignment(tmp_path / "columns")) as session:
        report = session.grade(load_source(LAYER_NORM_IN_COLUMNS, "homework.py"))
    (diagnosis,) = report.functions[1].diagnoses
    assert diagnosis.location.line == line_of(LAYER_NORM_IN_COLUMNS, "dx = (below")
    assert diagnosis.explanation.endswith(
        "What belongs there: gradient in x times the deviation, by way of mean and variance too, which depend on "
        "each feature of a sample."
    )


def test_of_two_faults_the_one_that_explains_a_part_alone_is_told_of_that_part(mlp):
    text = RIGHT.replace(
        f'{WEIGHTS} * params[f"W{{layer}}"]', f'{WEIGHTS} ** 2 * params[f"W{{layer}}"] ** 3 + 0.1 * lam'
    )
    text = text.replace("error = (cache", "error = np.tanh(cache").replace(
        "/ number_of_samples\n    for", "* 0.3\n    for"
    )
    told = [one for one in graded(mlp, text).diagnoses if one.location is not None]
    assert told
    for diagnosis in told:
        assert diagnosis.location.line == line_of(text, "np.tanh(cache")
        assert "everything" not in diagnosis.explanation
        assert not any("W" in part for part in diagnosis.evidence["parts"])


def test_a_gradient_whose_terms_are_both_transposed_is_told_as_transposed(mlp):
    text = RIGHT.replace(
        f'{WEIGHTS} * params[f"W{{layer}}"]', 'error.T @ remembered["input"] + lam * params[f"W{layer}"].T'
    )
    assert text != RIGHT
    (diagnosis, *_) = graded(mlp, text).diagnoses
    assert diagnosis.code == "backward.transposed"
    assert diagnosis.location.line == line_of(text, "error.T @")


def test_every_value_of_a_short_loop_is_kept_and_of_a_long_one_the_first_and_the_last():
    recorder = Recorder()
    for i in range(PASSES + 5):
        recorder(1, np.full(3, i))
        if i < 4:
            recorder(2, float(i))
    recorder(3, 0.5)
    seen = read_seen(recorder.report())
    assert seen[1].passes == ()
    assert (seen[1].first[0], seen[1].last[0], seen[1].count) == (0, PASSES + 4, PASSES + 5)
    assert seen[2].passes == (0.0, 1.0, 2.0, 3.0)
    assert seen[3].passes == (0.5,)
