"""`grade explain` and `grader.explain`: what they say, in every form, and how they end."""

import json
from pathlib import Path

import nbformat
import pytest

import grader
from grader.reading.told.explanation import Explanation
from grader.render.explanation_text import explanation_text
from tests.tables import table

from .scripts import ASIDE, CORPUS

WRONG = CORPUS / "planar_dicts__slope_at_a.py"
RIGHT = CORPUS / "planar_dicts.py"


@pytest.fixture(scope="module")
def wrong() -> Explanation:
    return grader.explain(WRONG)


def test_the_fault_has_quantity_code_words_and_place(wrong):
    fault = wrong.faults[0]
    assert (fault.quantity, fault.code) == ("δ1", "slope-at-activation")
    assert fault.title
    assert fault.explanation
    assert (fault.location.file, fault.location.line) == (WRONG.name, 36)
    assert "np.multiply" in fault.text


def test_the_network_is_described(wrong):
    network = wrong.network
    assert [(layer.inputs, layer.units, layer.activation) for layer in network.layers] == [
        (2, 5, "tanh"),
        (5, 1, "sigmoid"),
    ]
    assert (network.layout, network.batch, network.optimizer, network.rate) == ("columns", 300, "gradient descent", 1.2)
    assert network.cost == "binary cross-entropy"
    assert network.layers[0].names["z"] == "Z1"


def test_what_is_above_the_fault_is_ticked(wrong):
    states = {quantity.name: quantity.status for quantity in wrong.chain}
    assert states["δ2"] == states["dW2"] == states["db2"] == "right"
    assert states["δ1"] == "wrong"


def test_json_can_be_read_back(wrong):
    assert Explanation.model_validate(json.loads(wrong.model_dump_json())) == wrong


def test_a_cost_that_is_none_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match='\'squared\'; it may be "squared error" or "cross-entropy"'):
        grader.explain(RIGHT, cost="squared")


def test_the_command_tells_by_its_exit_status(grade, tmp_path):
    told = grade("explain", str(WRONG))
    assert told.exit_code == 1
    assert "line 36" in told.stdout
    assert "✗ δ₁" in told.stdout
    assert grade("explain", str(RIGHT)).exit_code == 0
    nothing = tmp_path / "nothing.py"
    nothing.write_text("import numpy as np\nprint(np.zeros(3))\n")
    unread = grade("explain", str(nothing))
    assert unread.exit_code == 2
    assert "Add the lines" in " ".join(unread.stdout.split())


def test_what_was_not_judged_is_named_and_not_called_right(grade, tmp_path):
    script = tmp_path / "falling.py"  # weights that fall by a rule that nobody has
    script.write_text((ASIDE / "gelu_adamw.py").read_text("utf-8").replace("wd*P[i]", "np.exp(-P[i])"))
    told = grade("explain", str(script))
    assert told.exit_code == 0
    assert "this is right" not in told.stdout
    assert "Not judged:\n  · W1 (line 14)\n  · W2 (line 14)" in told.stdout


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("print(X @ X)", "The shapes in the product `X @ X` do not fit: `X` has the shape (3, 2)"),
        ("np.dot(X, X.mean(axis=0, keepdims=True))", "and `X.mean(axis=0, keepdims=True)` has the shape (1, 2)"),
        ("X -= X.sum(axis=1)", "`X` has the shape (3, 2) and `X.sum(axis=1)` has the shape (3,)"),
        ("X @ np.ones((4, 2))", "`X @ np.ones((4, 2)).T` would fit, and give the shape (3, 4)"),
        ("X - np.array([0, 1, 1]) if 0 else X - [0, 1, 1]", "`[0, 1, 1]` is a list of 3"),
        (
            "y = np.arange(3); X - y",
            "`y` has one number for each row: if these are numbers of classes, make them one-hot",
        ),
        ("X / X.sum(axis=1)", "With `keepdims=True` in `X.sum(axis=1)` each row keeps its own number"),
        ("np.zeros(1, len(X))", "`np.zeros` takes the whole shape as one, in brackets of its own"),
        ("class A:\n  def _init_(self, n): ...\nA(3)", "line 4 defines `_init_`, which nobody calls"),
        ("Xs = X; Xz @ X.T", "`X`, in line 2, is written nearly like it"),
        ("np.maximun(X, 0)", "numpy has no `maximun`; `maximum` is written nearly like it"),
        ("X[3] * 2", "`X[3]` reaches beyond the end of the array: `X` has the shape (3, 2)"),
        ("a = X.sort(); a * 2", "`X.sort()` (line 3) changes what it is called on, and gives nothing back"),
        ('"loss: " + X.mean()', "`+` puts two texts together, and `X.mean()` is none"),
    ],
)
def test_a_file_that_stops_says_where_and_at_which_shapes(grade, tmp_path, line, told):
    script = tmp_path / "stops.py"
    script.write_text(f"import numpy as np\nX = np.ones((3, 2))\n{line}\n")
    answer = grade("explain", str(script))
    assert answer.exit_code == 1
    said = " ".join(answer.stdout.split())
    assert f"The file stops in line {2 + len(line.splitlines())}, before a step" in said
    assert told in said
    assert "gufunc" not in said


@pytest.mark.parametrize("form", ["[-7, 2]", "'a matrix `X`'", "[10**4500]"])
def test_what_went_into_an_operation_is_told_only_if_it_can_be(tmp_path, form):
    script = tmp_path / "lies.py"
    lie = f"__grader_recorder__.fails = lambda at, of: __grader_recorder__.failed.update({{at: [{form}, [3]]}})"
    script.write_text(f"import numpy as np\nX = np.ones((3, 2))\n{lie}\nX @ X\n")
    explanation = grader.explain(script)
    assert "has the shape" not in explanation_text(explanation)


def test_a_page_holds_the_picture_and_no_script(grade, tmp_path):
    page = tmp_path / "page.html"
    grade("explain", str(WRONG), "--output", str(page))
    text = page.read_text("utf-8")
    assert "<svg" in text
    assert "<script" not in text
    assert "slope" in text or "derivative of the activation" in text


def test_a_notebook_is_annotated_under_the_cell_of_the_fault(grade, tmp_path):
    head, tail = WRONG.read_text("utf-8").split("\n\ndef backward")
    cells = [nbformat.v4.new_code_cell(text) for text in (head, "def backward" + tail)]
    notebook = tmp_path / "mine.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebook)
    told = grade("explain", str(notebook), "--format", "notebook")
    annotated = nbformat.reads(told.stdout, as_version=4)
    assert [cell.cell_type for cell in annotated.cells] == ["markdown", "code", "code", "markdown"]
    assert "Line 6" in annotated.cells[-1].source


def test_only_a_notebook_can_be_annotated(grade):
    refused = grade("explain", str(RIGHT), "--format", "notebook")
    assert refused.exit_code == 2
    assert "only a notebook" in refused.stderr


def test_grade_run_points_to_it_where_no_assignment_is_named(grade):
    told = grade("run", str(WRONG))
    assert told.exit_code == 2
    assert f"grade explain {WRONG}" in told.stderr


@pytest.mark.parametrize(
    "hostile",
    [
        "__grader_recording__ = lambda: {'places': 7}",
        "import builtins; builtins.__grader_recorder__.flow.extend([-5, 10**9, 3])",
        "__grader_recorder__.failed[10**9] = [[-1], None]",
        "import os; os._exit(3)",
        "raise BaseException('x' * 10**6)",
        "__grader_recorder__ = None\nx = np.ones((2, 2)) @ np.ones((2, 2))",
        "class A(np.ndarray):\n    __class__ = property(lambda self: 1 / 0)\nx = np.ones(3).view(A)\ny = x @ x",
        "class B(float):\n    def __float__(self): return 10**400\ny = np.eye(2) @ np.eye(2) * B(2)",
        "x = np.full((2, 2), 1e308)\nfor i in range(9): x = x @ x * 1e308",
        "def f(x): return f(x @ x)\nf(np.eye(2))",
        "x = []\nx.append(x)\ny = np.dot(np.eye(2), np.eye(2))\nx[0][0] = y",
    ],
)
def test_a_file_that_meddles_with_the_recording_is_told_in_words(tmp_path, hostile):
    script = tmp_path / "hostile.py"
    script.write_text(f"import numpy as np\n{hostile}\n")
    explanation = grader.explain(Path(script))
    assert explanation.status == "unread" or [fault.code for fault in explanation.faults] == ["stops"]
    assert len(explanation_text(explanation)) < 5_000


def test_elements_that_a_loop_sets_in_rows_of_a_matrix_change_the_matrix(tmp_path):
    file = tmp_path / "elements.py"
    file.write_text(
        "import numpy as np\n"
        "W, V = np.random.randn(2, 2), np.random.randn(2, 1)\n"
        "for r in range(50):\n"
        "    for x, y in zip([[0.2, 1.0], [1.0, 0.3], [0.5, 0.7]], [0, 1, 1]):\n"
        "        h = 1 / (1 + np.exp(-np.dot(x, W)))\n"
        "        o = 1 / (1 + np.exp(-np.dot(h, V)))\n"
        "        d = (o - y) * o * (1 - o)\n"
        "        e = np.dot(d, V.T) * np.dot(h, 1 - h)\n"
        "        for i in range(2):\n"
        "            V[i] -= 0.1 * d[0] * h[i]\n"
        "            for j in range(2):\n"
        "                W[j][i] -= 0.1 * e[i] * x[j]\n"
    )
    explanation = grader.explain(file)
    assert [(fault.quantity, fault.code) for fault in explanation.faults] == [("δ1", "unexplained")]


def test_a_file_that_only_defines_a_network_is_told_where_it_would_stop(tmp_path):
    file = tmp_path / "defines.py"
    file.write_text(
        "import numpy as np\n"
        "class Net:\n"
        "    def __init__(self, sizes):\n"
        "        self.W = [np.random.randn(n, m) for n, m in zip(sizes[:-1], sizes[1:])]\n"
        "    def train(self, X, y, epochs, lr):\n"
        "        cache = {'out': X @ self.W[0]}\n"
        "        return cache['output'] - y\n"
    )
    explanation = grader.explain(file)
    assert explanation.status == "unread"
    assert "KeyError: 'output' (defines.py, line 7)" in explanation.reason


NORMALISED = """
import numpy as np
rng = np.random.default_rng(1)
X = rng.normal(size=(60, 5))
Y = (X[:, :1] * X[:, 1:2] > 0) * 1.0
W, V = rng.normal(size=(5, 7)), rng.normal(size=(7, 1))
g, h = np.ones(7), np.zeros(7)
for step in range(200):
    z = X @ W
    s = np.sqrt(z.var(0) + 1e-6)
    n = (z - z.mean(0)) / s
    a = np.tanh(n * g + h)
    o = 1 / (1 + np.exp(-(a @ V)))
    cost = -np.mean(Y * np.log(o) + (1 - Y) * np.log(1 - o))
    d = (o - Y) / len(X)
    e = (d @ V.T) * (1 - a**2)
    m = e * g
    back = (m - m.mean(0) - n * (m * n).mean(0)) / s
    V -= 0.5 * a.T @ d
    g -= 0.5 * (e * n).sum(0)
    h -= 0.5 * e.sum(0)
    W -= 0.5 * X.T @ back
"""


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", ("right", "", 0)),
        ("m - m.mean(0) - n", "m - n", ("fault", "dW1", 18)),
        pytest.param("(e * n).sum(0)", "(e * z).sum(0)", ("fault", "g", 20), marks=table),
    ],
)
def test_what_has_no_formula_is_moved_and_the_cost_measured(tmp_path, old, new, found):
    file = tmp_path / "normalised.py"
    file.write_text(NORMALISED.replace(old, new))
    explanation = grader.explain(file)
    fault = explanation.faults[0] if explanation.faults else None
    assert (explanation.status, fault.quantity if fault else "", fault.location.line if fault else 0) == found


def test_the_spirals_of_a_book_are_stood_in_for(tmp_path):
    file = tmp_path / "spirals.py"
    file.write_text(
        "import numpy as np\nimport nnfs\nfrom nnfs.datasets import spiral_data\nnnfs.init()\n"
        "X, y = spiral_data(samples=20, classes=3)\n"
        "W, b = 0.1 * np.random.randn(2, 3), np.zeros((1, 3))\n"
        "for step in range(20):\n"
        "    e = np.exp(X @ W + b)\n"
        "    d = e / e.sum(axis=1, keepdims=True)\n"
        "    d[range(60), y] -= 1\n"
        "    W += -0.1 * X.T @ d / 60\n"
        "    b += -0.1 * d.mean(axis=0, keepdims=True)\n"
    )
    assert grader.explain(file).status == "right"


def test_weights_of_zeros_that_never_move_are_told(tmp_path):
    file = tmp_path / "zeros.py"
    file.write_text(
        "import numpy as np\n"
        "X, Y = np.random.randn(30, 4), np.random.rand(30, 2)\n"
        "W, V = np.zeros((4, 5)), np.zeros((5, 2))\n"
        "for step in range(20):\n"
        "    h = np.maximum(X @ W, 0)\n"
        "    d = (h @ V - Y) / 30\n"
        "    dW = X.T @ ((d @ V.T) * (h > 0))\n"
        "    V -= 0.1 * h.T @ d\n"
        "    W -= 0.1 * dW\n"
    )
    fault = grader.explain(file).faults[0]
    assert (fault.code, fault.location.line) == ("zero-weights", 3)


def test_a_printed_cost_of_which_one_part_has_the_wrong_sign(tmp_path):
    file = tmp_path / "cost.py"
    file.write_text(
        "import numpy as np\n"
        "X = np.random.randn(40, 3)\n"
        "Y = (X[:, :1] > 0) * 1.0\n"
        "w, b = np.zeros((3, 1)), 0.0\n"
        "for step in range(20):\n"
        "    a = 1 / (1 + np.exp(-(X @ w + b)))\n"
        "    cost = np.sum(-Y * np.log(a) + (1 - Y) * np.log(1 - a)) / 40\n"
        "    w = w - 0.1 * X.T @ (a - Y) / 40\n"
        "    b = b - 0.1 * np.mean(a - Y)\n"
        "    print(cost)\n"
    )
    explanation = grader.explain(file)
    assert [(fault.quantity, fault.code, fault.location.line) for fault in explanation.faults] == [
        ("cost", "cost-part-sign", 7)
    ]
