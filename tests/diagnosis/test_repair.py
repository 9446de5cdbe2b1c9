"""The line of a mistake that no pattern finds: the one whose change makes the function right."""

from pathlib import Path

import pytest

from grader import Grader
from grader.report import FunctionReport
from grader.submissions import load_source
from tests import library

RIGHT = (Path(__file__).parents[2] / "assignments/mnist-mlp/examples/right/verbose.py").read_text("utf-8")


@pytest.fixture(scope="module")
def mlp():
    with Grader(library.assignment("mnist-mlp")) as session:
        yield session


def graded(session: Grader, text: str, function: str) -> FunctionReport:
    report = session.grade(load_source(text, "homework.py"), functions=[function])
    return next(one for one in report.functions if one.name == function)


def spoilt(line: int, right: str, wrong: str) -> str:
    lines = RIGHT.splitlines()
    assert right in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(right, wrong)
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("line", "right", "wrong", "function"),
    [
        (57, "lam * params", "lam / params", "backward"),
        (58, "axis=0", "axis=-1", "backward"),
        (54, " / number_of_samples", "", "backward"),
        (29, "range(1, number_of_layers(params) + 1)", "range(number_of_layers(params) + 1, 1)", "l2_penalty"),
    ],
)
def test_a_slip_is_found_in_its_line(mlp, line, right, wrong, function):
    (diagnosis, *_) = graded(mlp, spoilt(line, right, wrong), function).diagnoses
    assert diagnosis.location.line == line


def test_a_slip_in_a_function_of_the_students_own_is_found_there(mlp):
    own = "def penalty_of(w, lam):\n    return lam * w + w\n\n\n"
    text = RIGHT.replace('lam * params[f"W{layer}"]', 'penalty_of(params[f"W{layer}"], lam)', 1)
    assert text != RIGHT
    text = text.replace("def backward", own + "def backward")
    (diagnosis, *_) = graded(mlp, text, "backward").diagnoses
    assert text.splitlines()[diagnosis.location.line - 1].strip() == "return lam * w + w"


def test_of_two_pieces_alike_in_a_line_the_one_that_is_meant_is_told():
    """`-l + 1`, the change put in as text, would be another number than `-(l + 1)`."""
    text = """
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

class Network:
    def __init__(self, sizes):
        self.sizes = sizes
        self.biases = [np.random.randn(y, 1) for y in sizes[1:]]
        self.weights = [np.random.randn(y, x) for x, y in zip(sizes, sizes[1:])]

    def backprop(self, x, y):
        found_b, found_w = [0 * b for b in self.biases], [0 * w for w in self.weights]
        seen = [x]
        for b, w in zip(self.biases, self.weights):
            seen.append(sigmoid(w @ seen[-1] + b))
        delta = (seen[-1] - y) * seen[-1] * (1 - seen[-1])
        found_b[-1], found_w[-1] = delta, delta @ seen[-2].T
        for l in range(2, len(self.sizes)):
            delta = self.weights[-l + 1].T @ delta * seen[-l] * (1 - seen[-l])
            found_b[-l] = delta
            found_w[-l] = np.dot(delta, seen[-l].T)
        return found_b, found_w
"""
    with Grader("nielsen-quadratic-network") as session:
        (told, *_) = graded(session, text, "Network.backprop").diagnoses
    assert told.title == "Off by one: `seen[-l - 1]` is meant, not `seen[-l]`"
    assert "With `seen[-l - 1]` in the place of `seen[-l]`" in told.explanation


def test_the_change_that_does_is_told(mlp):
    text = """
import numpy as np

def l2_penalty(params, lam):
    weights = [value for name, value in params.items() if name.startswith("W")]
    total = sum(np.sum(w ** 2) for w in weights)
    halved = total / 5
    return lam * halved
"""
    (diagnosis, *_) = graded(mlp, text, "l2_penalty").diagnoses
    assert diagnosis.location.line == 7
    assert "`total / 2` in the place of `total / 5`" in diagnosis.explanation


def test_a_size_that_is_mistaken_for_another_is_told_as_that_not_as_a_transpose():
    text = """
import numpy as np

def layernorm_forward(x, gamma, beta, ln_param):
    centred = x - x.mean(axis=1, keepdims=True)
    std = np.sqrt(x.var(axis=1, keepdims=True) + ln_param.get("eps", 1e-5))
    return gamma * centred / std + beta, (centred / std, std, gamma)

def layernorm_backward(dout, cache):
    normed, std, gamma = cache
    N, D = dout.shape
    up = dout * gamma
    sums = up.sum(axis=1, keepdims=True), (up * normed).sum(axis=1, keepdims=True)
    drift = normed.sum(axis=1, keepdims=True) / D  # 0, whatever D is
    dx = (up - sums[0] / N - normed * sums[1] / N) / std + drift
    return dx, (dout * normed).sum(axis=0), dout.sum(axis=0)
"""
    with Grader("cs231n-a2-normalization") as layers:
        (diagnosis, *_) = graded(layers, text, "layernorm_backward").diagnoses
    assert "`D` is meant" in diagnosis.title


def test_trying_leaves_nothing_behind(mlp):
    text = spoilt(57, "lam * params", "lam / params").replace(
        "    number_of_samples = Y.shape[0]", '    number_of_samples = Y.shape[0]\n    print("called")'
    )
    report = mlp.grade(load_source(text, "homework.py"), functions=["backward"])
    calls = report.output.stdout.count("called")
    assert 0 < calls < 100, "what edits print is no output of the submission"


def test_a_slow_function_is_not_tried(mlp):
    slow = "    sum(abs(i) for i in range(50_000))\n    number_of_samples = Y.shape[0]"
    text = spoilt(57, "lam * params", "lam / params").replace("    number_of_samples = Y.shape[0]", slow)
    found = graded(mlp, text, "backward")
    (diagnosis, *_) = found.diagnoses
    assert "every check" not in diagnosis.explanation
    assert diagnosis.location.line == 58, "the line in which its values go wrong shows in a few calls"


def test_a_branch_without_the_slope_is_told_rather_than_a_condition_under_which_it_is_not_taken(mlp):
    right = '            error = error @ params[f"W{layer}"].T * relu_derivative(before["z"])\n'
    wrong = "            if layer == number_of_layers(params):\n"
    wrong += '                error = error @ params[f"W{layer}"].T\n            else:\n    ' + right
    assert right in RIGHT
    text = RIGHT.replace(right, wrong)
    (diagnosis,) = graded(mlp, text, "backward").diagnoses
    assert "slope" in diagnosis.title
    assert text.splitlines()[diagnosis.location.line - 1].strip() == 'error = error @ params[f"W{layer}"].T'


def test_an_assertion_that_holds_at_one_size_only_is_too_much(mlp):
    text = RIGHT.replace("    return grads\n", '    assert grads["b1"].size == 3\n    return grads\n')
    (diagnosis,) = graded(mlp, text, "backward").diagnoses
    assert diagnosis.title.startswith("What `assert grads[")
    assert "Without it every check" in diagnosis.explanation


def test_two_faults_of_a_function_in_the_middle_of_a_file_are_both_told(mlp):
    lines = spoilt(57, "lam * params", "lam / params").splitlines()
    lines[57] = lines[57].replace("axis=0", "axis=-1")
    first, second = graded(mlp, "\n".join(lines), "backward").diagnoses
    assert [[edit["line"] for edit in one.evidence["edits"]] for one in (first, second)] == [[57], [58]]
    assert '`grads["b1"]`' not in first.explanation  # each rights its own part


def test_what_is_left_of_a_sum_is_its_last_part(mlp):
    text = """
import numpy as np

def l2_penalty(params, lam):
    for l in range(1, len(params) // 2 + 1):
        penalty = lam / 2 * np.sum(params[f"W{l}"] ** 2)
    return penalty
"""
    report = mlp.grade(load_source(text, "homework.py"), functions=["l2_penalty"])
    assert report.function("l2_penalty").diagnoses[0].location.line == 6
