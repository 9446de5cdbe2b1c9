"""The thing itself is asked for: a gradient by the chain rule, a training that learns; told, or with points."""

import numpy as np
import pytest

from grader.datasets import load_mnist
from grader.diagnosis.cases.where import Source
from grader.diagnosis.written.ready_made import ready_made
from grader.grading import Grader
from grader.report import Report
from grader.submissions import load_source

TOML = 'title = "A layer"\nsummary = "One layer."\nversion = "1.0"\npoints = 10\n'
CONTRACT = '''def cost(W, X, Y):
    """Mean squared error of tanh(X W)."""


def backward(W, X, Y):
    """The gradient of the cost in W."""
'''
SOLUTION = """import numpy as np


def cost(W, X, Y):
    return float(np.mean((np.tanh(X @ W) - Y) ** 2))


def backward(W, X, Y):
    out = np.tanh(X @ W)
    return X.T @ (2 * (out - Y) * (1 - out**2)) / out.size
"""
CHECKS = """from grader.checks import check, expect, is_deterministic


def draw(rng):
    return rng.normal(size=(6, 5)), rng.normal(size=(4, 6)), rng.normal(size=(4, 5))


@check("cost", points=3, title="Values")
def cost_values(student, solution, rng):
    drawn = draw(rng)
    expect(student.cost(*drawn), "cost").close_to(solution.cost(*drawn))


@check("backward", points=6, title="Values")
def backward_values(student, solution, rng):
    drawn = draw(rng)
    expect(student.backward(*drawn), "dW").close_to(solution.backward(*drawn))


@check("backward", points=1, title="The same every time")
def backward_twice(student, rng):
    is_deterministic(student.backward, *draw(rng))
"""
COST = SOLUTION.partition("def backward")[0]
DIFFERENCES = """def backward(W, X, Y):
    grad = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        for sign in (1, -1):
            V = W.copy()
            V[i] += sign * 1e-5
            grad[i] += sign * {cost} / 2e-5
    return grad
"""
COMPLEX = """def backward(W, X, Y):
    def own(V):
        return np.mean((np.tanh(X @ V) - Y) ** 2)
    grad = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        V = W.astype(complex)
        V[i] += 1e-20j
        grad[i] = own(V).imag / 1e-20
    return grad
"""
TAPE = """import tape


def backward(W, X, Y):
    return tape.grad(lambda V: other_cost(V, X, Y))(W)


def other_cost(W, X, Y):
    return ((X @ W).tanh() - Y).square_mean()
"""
TAPE_MODULE = """import numpy as np


class Noted:
    __array_ufunc__ = None

    def __init__(self, value, parents=()):
        self.value, self._parents, self.grad = value, parents, 0

    def __add__(self, other):
        return Noted(self.value + other, [(self, lambda g: g)])

    def __sub__(self, other):
        return Noted(self.value - other, [(self, lambda g: g)])

    def __mul__(self, other):
        return Noted(self.value * other, [(self, lambda g: g * other)])

    def __rmatmul__(self, other):
        return Noted(other @ self.value, [(self, lambda g: other.T @ g)])

    def tanh(self):
        out = np.tanh(self.value)
        return Noted(out, [(self, lambda g: g * (1 - out**2))])

    def square_mean(self):
        n = self.value.size
        return Noted(np.mean(self.value**2), [(self, lambda g: g * 2 * self.value / n)])


def grad(f):
    def of(x):
        start = Noted(x)
        waiting = [(f(start), 1.0)]
        while waiting:
            node, g = waiting.pop()
            node.grad = node.grad + g
            waiting += [(parent, back(g)) for parent, back in node._parents]
        return start.grad
    return of
"""
RIGHT = {
    "forward once more, and a cost for a print": """def backward(W, X, Y):
    out = np.tanh(X @ W)
    for name in range(3):
        last = cost(W, X, Y)
    return X.T @ (2 * (out - Y) * (1 - out**2)) / out.size
""",
    "an entry at a time": """def entry(X, delta, i, j):
    return np.sum(X[:, i] * delta[:, j])


def slope(value):
    return 1 - value**2


def backward(W, X, Y):
    out = np.tanh(X @ W)
    delta = np.array([[2 * (out[n, j] - Y[n, j]) * slope(out[n, j]) / out.size for j in range(5)] for n in range(4)])
    return np.array([[entry(X, delta, i, j) for j in range(5)] for i in range(6)])
""",
    "a sample at a time, with sums that are checked": """def backward(W, X, Y):
    grad = np.zeros_like(W)
    for x, y in zip(X, Y):
        out = np.tanh(x @ W)
        for i in range(6):
            share = np.exp(x) / np.sum(np.exp(x))
            assert abs(np.sum(share) - 1) < 1e-9
            grad[i] += x[i] * 2 * (out - y) * (1 - out**2) / Y.size
    return grad
""",
    "constants by functions": """def count(X, Y):
    return float(Y.size)


def backward(W, X, Y):
    out = np.tanh(X @ W)
    grad = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        grad[i] = 2 * np.dot(X[:, i[0]], (out - Y)[:, i[1]] * (1 - out[:, i[1]] ** 2)) / count(X, Y)
    return grad
""",
    "a class of matrices": """class Matrix:
    def __init__(self, values):
        self.values = np.asarray(values)

    def __mul__(self, other):
        return Matrix(self.values * unwrapped(other))

    def __add__(self, other):
        return Matrix(self.values + unwrapped(other))

    def __matmul__(self, other):
        return Matrix(self.values @ unwrapped(other))


def unwrapped(matrix):
    return getattr(matrix, "values", matrix)


def backward(W, X, Y):
    out = np.tanh(unwrapped(Matrix(X) @ Matrix(W)))
    return unwrapped(Matrix(X.T) @ (Matrix(out - Y) * (2 * (1 - out**2) / out.size)))
""",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("layer")


def grade(folder, text: str, demands: str = "", more: dict[str, str] | None = None) -> Report:
    files = {"assignment.toml": TOML + demands, "contract.py": CONTRACT, "solution.py": SOLUTION, "checks.py": CHECKS}
    for name, content in files.items():
        (folder / name).write_text(content)
    handed_in = folder / "handed_in"
    handed_in.mkdir(exist_ok=True)
    for old in handed_in.iterdir():
        old.unlink()
    for name, content in {"hw.py": COST + text, **(more or {})}.items():
        (handed_in / name).write_text(content)
    with Grader(folder) as session:
        return session.grade(handed_in if more else handed_in / "hw.py")


@pytest.mark.parametrize(
    ("text", "more", "words"),
    [
        (DIFFERENCES.format(cost="cost(V, X, Y)"), None, "derivative by differences"),
        (DIFFERENCES.format(cost="np.mean((np.tanh(X @ V) - Y) ** 2)"), None, "derivative by differences"),
        (COMPLEX, None, "complex step"),
        (TAPE, {"tape.py": TAPE_MODULE}, "differentiated automatically"),
    ],
    ids=["own cost", "written out", "complex", "a library"],
)
def test_a_gradient_without_the_chain_rule_is_told(folder, text, more, words):
    report = grade(folder, text, more=more)
    assert report.score == 10
    assert words in "".join(report.function("backward").remarks)


def test_it_costs_the_functions_points_where_the_assignment_says_so(folder):
    report = grade(folder, COMPLEX, '\n[demands]\nderivatives = "points"\n')
    assert (report.score, report.function("backward").status) == (3, "failed")
    assert "complex step" in report.function("backward").checks[0].message
    assert not grade(folder, COMPLEX, '\n[demands]\nderivatives = "ignore"\n').function("backward").remarks


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_nothing_is_told_of_what_is_right_in_odd_dress(folder, text):
    report = grade(folder, text, '\n[demands]\nderivatives = "points"\n')
    assert report.score == 10
    assert not report.function("backward").remarks


def test_nothing_but_zeros_earns_nothing_for_being_the_same_every_time(folder):
    report = grade(folder, "def backward(W, X, Y):\n    return 0 * W\n")
    assert report.function("backward").score == 0
    assert report.function("cost").score == 3


TRAINED = '''def predict(images, weights):
    """Labels of images."""


def train(images, labels):
    """Class means, and a history."""
'''
LEARNS = """import numpy as np


def predict(images, weights):
    return np.argmin(((images[:, None, :] - weights) ** 2).sum(axis=2), axis=1)


def train(images, labels):
    means = np.stack([images[labels == k].mean(axis=0) for k in range(10)])
    accuracy = float(np.mean(predict(images, means) == labels))
    return means, [{"cost": 1.0, "accuracy": accuracy}]
"""
TRAINING_CHECK = """from grader.checks import check, expect
from grader.checks.training import accuracy, note_own_training


@check("train", points=10, title="Accuracy")
def train_accuracy(student, solution, dataset):
    reached, histories = [], []
    for side in (student, solution):
        weights, history = side.train(dataset.X_train, dataset.y_train)
        reached.append(accuracy(side.predict(dataset.X_test, weights), dataset.y_test))
        histories.append(history)
    note_own_training("train", dataset, *histories, test_accuracy=reached[0], reference_test_accuracy=reached[1])
    expect(reached[0], "accuracy").is_at_least(reached[1] - 0.05)
"""


def test_a_network_that_is_brought_along_is_told_from_one_that_learns(folder):
    data = load_mnist(400, 100)
    stored = np.stack([data.X_train[data.y_train == k].mean(axis=0) for k in range(10)]).round(2).tolist()
    brought = LEARNS.replace(
        "means = np.stack([images[labels == k].mean(axis=0) for k in range(10)])", "means = STORED"
    )
    toml = TOML + '\n[dataset]\nname = "mnist"\ntrain = 400\ntest = 100\n'
    for name, text in {"assignment.toml": toml, "contract.py": TRAINED, "solution.py": LEARNS}.items():
        (folder / name).write_text(text)
    (folder / "checks.py").write_text(TRAINING_CHECK)
    (folder / "right.py").write_text(LEARNS)
    needs_many = LEARNS.replace("means = np", "means = 0 * images[:10] if len(images) < 300 else np")
    (folder / "needs_many.py").write_text(needs_many)
    (folder / "brought.py").write_text(f"{brought}\n\nSTORED = np.array({stored})\n")
    with Grader(folder) as session:
        trained, train = [], session.solution.module.train
        session.solution.module.train = lambda *given: trained.append(given) or train(*given)
        for name in ("right.py", "needs_many.py"):  # which shows it in a trial of few images, or in one of all
            assert not session.grade(folder / name).function("train").remarks
        assert len(trained) == 1  # the reference is not trained with other labels, unless there is something to tell
        (told,) = session.grade(folder / "brought.py").function("train").remarks
        assert "does not depend on the labels" in told
        assert len(trained) == 2


def test_a_fault_in_the_looking_is_told_and_takes_no_grade(folder, monkeypatch):
    def broken(*_: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr("grader.grading_run.unmet_demands", broken)
    report = grade(folder, SOLUTION.partition("def backward")[1] + SOLUTION.partition("def backward")[2])
    assert (report.status, report.score) == ("graded", 10)
    assert any("the demands of the assignment" in remark and "KeyError" in remark for remark in report.remarks)


WRITTEN = """import numpy as np

def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
"""
COMPARED = """    assert np.allclose(ready(z, 1), e / e.sum(axis=1, keepdims=True))
"""
OF_A_LIBRARY = [
    "import scipy.special as sp\n\ndef softmax(z):\n    return sp.softmax(z, axis=1)\n",
    "from scipy.special import softmax as r\n\ndef s(z):\n    return r(z, 1)\n\ndef softmax(z):\n    return s(z)\n",
    "import numpy as np, scipy.special as sp\n\ndef softmax(z):\n    return np.exp(sp.log_softmax(z, axis=1))\n",
    "def softmax(z):\n    from scipy.special import softmax\n    return softmax(z, axis=1)\n",
    "from scipy import special\nrows = special.softmax\nsoftmax = rows\n",
]
OF_ITS_OWN = [
    WRITTEN,
    f"from scipy.special import softmax\n{WRITTEN}",
    f"from scipy.special import softmax as ready\n{WRITTEN.replace('    return', COMPARED + '    return')}",
    "import numpy as np\nfrom scipy.special import logsumexp\n\n"
    "def softmax(z):\n    return np.exp(z - logsumexp(z, axis=1, keepdims=True))\n",
]


@pytest.mark.parametrize(("text", "is_told"), [*((t, True) for t in OF_A_LIBRARY), *((t, False) for t in OF_ITS_OWN)])
def test_a_softmax_of_a_library_is_told(text, is_told):
    told = ready_made("softmax", Source(load_source(text)))
    assert bool(told) == is_told, told


@pytest.mark.parametrize("name", ["softmax_loss", "SoftmaxWithLoss.forward", "sigmoid_derivative", "Network.predict"])
def test_a_function_with_another_task_may_use_a_library(name):
    owner, _, method = name.rpartition(".")
    body = f"def {method}(self, z):\n        return softmax(expit(z))\n"
    body = f"class {owner}:\n    {body}" if owner else body
    assert not ready_made(name, Source(load_source(f"from scipy.special import softmax, expit\n\n{body}")))


ROWS = """from grader.checks import check, expect


@check("softmax", points=10, title="Values")
def values(student, solution, rng):
    z = rng.normal(size=(3, 4))
    expect(student.softmax(z), "p").close_to(solution.softmax(z))
"""


def test_an_assignment_may_take_the_points_of_a_softmax_of_a_library(tmp_path):
    folder = tmp_path / "rows"
    folder.mkdir()
    contract = 'def softmax(z):\n    """Of each row of z (n, k)."""\n'
    for name, content in (("contract.py", contract), ("solution.py", WRITTEN), ("checks.py", ROWS)):
        (folder / name).write_text(content)
    for demanded, score in (("", 10), ('\n[demands]\nready_made = "points"\n', 0)):
        (folder / "assignment.toml").write_text(TOML + demanded)
        with Grader(folder) as session:
            report = session.grade(load_source(OF_A_LIBRARY[0]))
        assert report.score == score
        told = [*report.functions[0].remarks, *(check.message for check in report.functions[0].checks)]
        assert any("scipy.special.softmax" in words for words in told), told
