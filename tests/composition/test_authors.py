"""Two assignments of an instructor, of at most sixty lines and without a word about mistakes, name what is wrong."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.assignments import read_assignment
from grader.checks.local import Solution, Variant
from grader.checks.run import CheckSetting, run_check
from grader.grading import Grader
from grader.submissions import load_source
from tests.tables import WHOLE

HERE = Path(__file__).parent
GUIDE = HERE.parents[1] / "docs" / "authors.md"
LINES = 60

LOGISTIC = """
import numpy as np

def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z < 0, e / (1 + e), 1 / (1 + e))

def cost(w, b, X, y, lam):
    a = sigmoid(X.dot(w) + b)
    data = -(y * np.log(a) + (1 - y) * np.log(1 - a))
    return data.mean() + lam * (w ** 2).sum() / 2

def gradients(w, b, X, y, lam):
    error = sigmoid(X.dot(w) + b) - y
    dw = X.T.dot(error) / len(X)
    dw = dw + lam * w
    db = error.mean(axis=0)
    return dw, db

def update(value, gradient, rate):
    return value - rate * gradient
"""

TWO_LAYERS = """
import numpy as np

class TwoLayerNet:
    def __init__(self, params):
        self.params = {name: np.array(array) for name, array in params.items()}
        self.m = {name: np.zeros(np.shape(array)) for name, array in params.items()}
        self.v = {name: np.zeros(np.shape(array)) for name, array in params.items()}
        self.t = 0

    def loss(self, X, y, mask):
        W1, b1, gamma, beta, W2, b2 = (self.params[k] for k in ("W1", "b1", "gamma", "beta", "W2", "b2"))
        N = X.shape[0]
        z = X @ W1 + b1
        mu = z.mean(0)
        var = ((z - mu) ** 2).mean(0)
        std = np.sqrt(var + 1e-5)
        xhat = (z - mu) / std
        bn = gamma * xhat + beta
        r = np.maximum(bn, 0)
        h = r * mask / 0.8
        s = h @ W2 + b2
        s = s - s.max(1, keepdims=True)
        p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
        loss = -np.log(p[np.arange(N), y]).sum() / N
        ds = p.copy()
        ds[np.arange(N), y] -= 1
        ds /= N
        g = {"W2": h.T @ ds, "b2": ds.sum(0)}
        dh = ds @ W2.T
        dr = dh * mask / 0.8
        dbn = dr * (bn > 0)
        g["gamma"] = (dbn * xhat).sum(0)
        g["beta"] = dbn.sum(0)
        dx = dbn * gamma
        dz = (dx - dx.mean(0) - xhat * (dx * xhat).mean(0)) / std
        g["W1"] = X.T @ dz
        g["b1"] = dz.sum(0)
        return loss, g

    def step(self, grads, lr):
        self.t += 1
        for k in self.params:
            self.m[k] = 0.9 * self.m[k] + 0.1 * grads[k]
            self.v[k] = 0.999 * self.v[k] + 0.001 * grads[k] ** 2
            mhat = self.m[k] / (1 - 0.9 ** self.t)
            vhat = self.v[k] / (1 - 0.999 ** self.t)
            self.params[k] = self.params[k] - lr * mhat / (np.sqrt(vhat) + 1e-8)
"""

WRONG = {
    "logistic-regression": [
        ("dw = dw + lam * w", "dw = dw + 2 * lam * w", "backward.penalty-doubled"),
        ("dw = dw + lam * w", "dw = dw + lam / len(X) * w", "backward.penalty-divided-by-samples"),
        ("dw = dw + lam * w", "dw = dw", "backward.penalty-missing"),
        ("lam * (w ** 2).sum() / 2", "lam * (w ** 2).sum()", "cost.penalty-half-missing"),
        ("+ (1 - y) * np.log(1 - a)", "", "cost.term-of-negative-labels-missing"),
        ("(1 - y) * np.log(1 - a)", "y * np.log(1 - a)", "cost.both-terms-with-the-label"),
        ("db = error.mean(axis=0)", "db = error.mean(axis=0) + lam / len(X) * b", "gradients.too-much"),
        ("X.dot(w) + b)\n    data", "X.dot(w))\n    data", None),
        ("value - rate * gradient", "value + rate * gradient", "update.ascent"),
        ("- y\n", "* 1.0\n", None),
    ],
    "two-layer-net": [
        ("h @ W2 + b2", "h @ W2", "forward.output-bias-missing"),
        ("((z - mu) ** 2).mean(0)", "((z - mu) ** 2).sum(0) / (N - 1)", "batch_norm.variance-of-samples"),
        ("np.sqrt(var + 1e-5)", "var + 1e-5", "batch_norm.divided-by-the-variance"),
        ("gamma * xhat + beta", "gamma * xhat", "batch_norm.beta-missing"),
        ("r * mask / 0.8", "r * mask", "dropout.not-scaled"),
        ("dr = dh * mask / 0.8", "dr = dh / 0.8", "dropout_backward.mask-missing"),
        ("dbn = dr * (bn > 0)", "dbn = dr", "backward.activation-derivative-missing"),
        ("(dbn * xhat).sum(0)", "dbn.sum(0)", "batch_norm_backward.scale-gradient-without-normalised"),
        ("(dx - dx.mean(0) - xhat", "(dx - xhat", "batch_norm_backward.mean-taken-for-a-constant"),
        ("ds /= N", "pass", "backward.not-averaged"),
        ("self.m[k] / (1 - 0.9 ** self.t)", "self.m[k]", "adam.first-moment-not-corrected"),
        ("0.001 * grads[k] ** 2", "0.001 * grads[k]", "adam.second-moment-not-squared"),
    ],
}
RIGHT = {"logistic-regression": LOGISTIC, "two-layer-net": TWO_LAYERS}


@pytest.fixture(scope="module", params=sorted(WRONG))
def session(request) -> Iterator[Grader]:
    with Grader(read_assignment(HERE / request.param)) as session:
        yield session


def test_it_takes_at_most_sixty_lines(session):
    texts = [path.read_text() for path in session.assignment.folder.iterdir() if path.suffix in (".py", ".toml")]
    assert sum(bool(line.strip()) for text in texts for line in text.splitlines()) <= LINES


def test_the_examples_of_the_docs_work_as_they_are_written(tmp_path):
    folders = {}
    for fence in re.findall(r"^```(?:python|toml)\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        if head := re.match(r"# (logistic|modules)/([\w.]+)\n", fence):
            folder = folders.setdefault(head[1], tmp_path / head[1])
            folder.mkdir(exist_ok=True)
            (folder / head[2]).write_text(fence, "utf-8")
    assert len(folders) == 2
    for folder in folders.values():
        assignment = read_assignment(folder)
        setting = CheckSetting(Solution(assignment.contract, assignment.solution), 0, None)
        student = Variant(assignment.contract, assignment.new_solution())
        assert all(run_check(check, student, setting).result.status == "passed" for check in assignment.checks)


def test_one_output_has_no_classes_to_divide_by():
    codes = {mistake.code for mistake in read_assignment(HERE / "logistic-regression").mistakes}
    assert "backward.not-averaged" in codes
    assert not codes & {"backward.divided-by-classes", "backward.divided-by-entries"}


def test_a_right_file_in_another_dress_gets_everything(session):
    report = session.grade(load_source(RIGHT[session.assignment.id], "right.py"))
    assert report.score == report.max_score
    assert not list(report.diagnoses())


def test_wrong_files_lose_points_and_their_mistakes_are_named(session):
    missed = []
    # A third of them; `make tables`: all.
    for line, wrong, code in WRONG[session.assignment.id][:: 1 if WHOLE else 3]:
        text = RIGHT[session.assignment.id]
        assert text.count(line) == 1, line
        report = session.grade(load_source(text.replace(line, wrong), "wrong.py"))
        told = {found for d in report.diagnoses() for found in (d.code, *d.alternatives)}
        if report.score == report.max_score or (code is not None and code not in told):
            missed.append((wrong, code, told))
    assert not missed
