"""What is one mistake, or one wrong number, to a student is told once, in assignments that are tables and questions."""

from pathlib import Path

import pytest

from grader.assignments import read_assignment
from grader.grading import Grader
from grader.report import FunctionReport
from grader.submissions import load_source

PENALISED = {
    "assignment.toml": 'title = "Penalty"\nsummary = "Of two layers."\nversion = "1.0"\npoints = 10\n',
    "composition.py": "from operations import l2_penalty\n\nUSES = (l2_penalty.use(),)\n",
    "contract.py": 'def cost(W1, W2, lam) -> dict:\n    """The penalty, and gradients of sum W³/3 with it."""\n',
    "solution.py": """
def cost(W1, W2, lam):
    params = {"W1": W1, "W2": W2}
    parts = penalty_gradients(params, lam, 1)
    return {"cost": l2_penalty(params, lam), "dW1": W1**2 + parts["W1"], "dW2": W2**2 + parts["W2"]}
""",
    "checks.py": """
from grader.checks import compared

@compared("cost", points=10, title="The cost")
def cost(implementation, rng):
    return implementation.cost(rng.normal(size=(3, 4)), rng.normal(size=(4, 2)), 0.37)
""",
}
RIGHT = """
import numpy as np

def cost(W1, W2, lam):
    penalty = lam / 2 * (np.sum(W1 ** 2) + np.sum(W2 ** 2))
    return {"cost": penalty, "dW1": W1**2 + lam * W1, "dW2": W2**2 + lam * W2}
"""


@pytest.fixture(scope="module")
def penalised(tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp("penalised")
    for name, text in PENALISED.items():
        (folder / name).write_text(text)
    with Grader(read_assignment(folder)) as session:
        yield session


def graded(session: Grader, text: str) -> FunctionReport:
    (function,) = session.grade(load_source(text, "homework.py")).functions
    return function


@pytest.mark.parametrize(
    ("line", "wrong", "title"),
    [
        (" + np.sum(W2 ** 2)", "", "Only the first layer's weights are in the penalty"),
        ("np.sum(W1 ** 2) + ", "", "Only the last layer's weights are in the penalty"),
        ("W2**2 + lam * W2", "W2**2", "The penalty is missing from the last layer's gradient"),
    ],
)
def test_mistakes_that_are_one_in_a_network_of_two_layers_are_one(penalised, line, wrong, title):
    assert RIGHT.count(line) == 1
    (diagnosis,) = graded(penalised, RIGHT.replace(line, wrong)).diagnoses
    assert (diagnosis.title, diagnosis.confidence) == (title, "certain")
    assert len(diagnosis.alternatives) >= 1


def test_a_part_that_was_wrong_when_it_was_asked_for_first_is_not_told_again(penalised):
    (check,) = graded(penalised, RIGHT.replace("lam * W1", "lam * abs(W1)")).checks
    assert [one.label for one in check.comparisons if one.verdict != "right"] == ["the cost['dW1']"]
    assert "asked again" not in check.message


LOGISTIC = """
import numpy as np

def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z < 0, e / (1 + e), 1 / (1 + e))

def _run(w, b, X):
    return sigmoid(X.dot(w))

def cost(w, b, X, y, lam):
    a = _run(w, b, X)
    data = -(y * np.log(a) + (1 - y) * np.log(1 - a))
    return data.mean() + lam * (w ** 2).sum() / 2

def gradients(w, b, X, y, lam):
    error = _run(w, b, X) - y
    return X.T.dot(error) / len(X) + lam * w, error.mean(axis=0)

def update(value, gradient, rate):
    return value - rate * gradient
"""
SAME = "It is the same mistake as in `cost`"


def told_of_both(text: str) -> list:
    with Grader(read_assignment(Path(__file__).parent / "logistic-regression")) as session:
        report = session.grade(load_source(text, "homework.py"))
    return [one.diagnoses for one in report.functions if one.name in ("cost", "gradients")]


def test_a_mistake_in_what_two_functions_call_is_named_in_both():
    (cost,), (gradients,) = told_of_both(LOGISTIC)
    assert cost.code == gradients.code == "forward.bias-missing"
    assert cost.location == gradients.location
    assert "same mistake" not in cost.explanation
    assert gradients.explanation.endswith(f"{SAME}: both go through `_run`, in which it is.")


def test_a_mistake_that_two_functions_make_each_in_a_line_of_its_own_is_named_in_both():
    text = LOGISTIC.replace("a = _run(w, b, X)", "a = sigmoid(X.dot(w))")
    (cost,), (gradients,) = told_of_both(text.replace("_run(w, b, X) - y", "sigmoid(X.dot(w)) - y"))
    assert cost.code == gradients.code == "forward.bias-missing"
    assert gradients.explanation.endswith(f"{SAME}.")
    assert gradients.location != cost.location


NORMALISED = {
    "assignment.toml": 'title = "Norm"\nsummary = "Forward and back."\nversion = "1.0"\npoints = 20\n',
    "composition.py": "from operations import layer_norm, relu\n\nUSES = (layer_norm.use(), relu.use())\n",
    "contract.py": '''
def forward(x, gamma, beta):
    """ReLU of the layer normalisation of x (n, d)."""


def backward(dout, x, gamma, beta) -> tuple:
    """The gradients in x, gamma and beta."""
''',
    "solution.py": """
def forward(x, gamma, beta):
    return relu(layer_norm(x, gamma, beta)[0])

def backward(dout, x, gamma, beta):
    out, cache = layer_norm(x, gamma, beta)
    return layer_norm_backward(relu_backward(dout, out), cache)
""",
    "checks.py": """
from grader.checks import compared

def drawn(rng):
    return rng.normal(size=(7, 4)), rng.normal(size=4), rng.normal(size=4)

@compared("forward", points=10, title="The output")
def forward(implementation, rng):
    return implementation.forward(*drawn(rng))

@compared("backward", points=10, title="The gradients")
def backward(implementation, rng):
    return implementation.backward(rng.normal(size=(7, 4)), *drawn(rng))
""",
}
NORM = """
import numpy as np

def _run(x):
    deviation = x.var(axis=1, keepdims=True) + 1e-5
    return deviation, (x - x.mean(axis=1, keepdims=True)) / deviation

def forward(x, gamma, beta):
    return np.maximum(gamma * _run(x)[1] + beta, 0)

def backward(dout, x, gamma, beta):
    deviation, standard = _run(x)
    dout = dout * (gamma * standard + beta > 0)
    g = gamma * dout
    taken = g.mean(axis=1, keepdims=True) + standard * (g * standard).mean(axis=1, keepdims=True)
    return (g - taken) / deviation, (dout * standard).sum(axis=0), dout.sum(axis=0)
"""


def test_a_mistake_of_the_way_forward_is_named_on_the_way_back_that_runs_it_too(tmp_path):
    for name, text in NORMALISED.items():
        (tmp_path / name).write_text(text)
    with Grader(read_assignment(tmp_path)) as session:
        functions = session.grade(load_source(NORM, "homework.py")).functions
    assert [function.score for function in functions] == [0, 0]
    (forward,), (backward,) = (function.diagnoses for function in functions)
    assert forward.code == backward.code == "layer_norm.divided-by-the-variance"
    assert "It is the same mistake as in `forward`" in backward.explanation
