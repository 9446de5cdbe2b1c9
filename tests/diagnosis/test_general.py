"""What is told without any known mistake: what is not written, exceptions, changes that make all checks pass."""

import re
import textwrap

import pytest

from grader import Grader
from grader.report import Diagnosis
from grader.submissions import load_source
from tests import library
from tests.tables import table

SOFTMAX = """
import numpy as np
import math

def softmax_loss_vectorized(W, X, y, reg):
    n = X.shape[0]
    rows = np.arange(n)
    scores = X @ W
    scores = scores - np.max(scores, axis=1, keepdims=True)
    p = np.exp(scores) / np.sum(np.exp(scores), axis=1, keepdims=True)
    loss = -np.mean(np.log(p[rows, y])) + reg * np.sum(W * W)
    d = p.copy()
    d[rows, y] -= 1
    dW = X.T @ d / n + 2 * reg * W
    return loss, dW
"""


@pytest.fixture(scope="module")
def course():
    with Grader(library.assignment("cs231n-softmax")) as session:
        yield session


def told(session: Grader, *changes: tuple[str, str]) -> list[Diagnosis]:
    text = SOFTMAX
    for right, wrong in changes:
        assert right in text
        text = text.replace(right, wrong, 1)
    report = session.grade(load_source(text, "homework.py"), functions=["softmax_loss_vectorized"])
    assert not [remark for remark in report.remarks if "diagnosis failed" in remark]
    return [*report.functions[0].diagnoses]


def test_a_right_function_is_told_nothing(course):
    assert told(course) == []


SAMPLE_BY_SAMPLE = """
import numpy as np

def softmax_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    for x, label in zip(X, y):
        scores = x @ W
        scores -= scores.max()
        probs = np.exp(scores) / np.exp(scores).sum()
        loss += np.log(np.exp(np.delete(scores, label)).sum()) - scores[label]
        for k in range(W.shape[1]):
            dW[:, k] += -x if k == label else probs[k] * x
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W
"""


def test_beside_a_repair_of_one_result_the_known_mistake_of_another_is_told(course):
    report = course.grade(load_source(SAMPLE_BY_SAMPLE, "homework.py"), functions=["softmax_loss_naive"])
    titles = [diagnosis.title for diagnosis in report.functions[0].diagnoses]
    assert titles == [
        "The true class's gradient lacks the probability: $-1$ instead of $p - 1$",
        "`np.delete` is too much in `np.delete(scores, label)`",
    ]


def test_a_result_that_is_set_up_and_never_computed(course):
    (diagnosis,) = told(course, ("dW = X.T @ d / n + 2 * reg * W", "dW = np.zeros_like(W)"))
    assert diagnosis.title == "`dW` is never computed"
    assert diagnosis.location.line == 14
    assert "Line 14 fills `dW` with zeros" in diagnosis.explanation


def test_what_ends_a_function_with_an_error_is_told_beside_what_is_never_computed(course):
    gradient = ("dW = X.T @ d / n + 2 * reg * W", "dW = np.zeros_like(W)")
    first, second = told(
        course, gradient, ("loss = -np.mean(np.log(p[rows, y]))", "q = p[:, y]\n    loss = np.sum(p - q)")
    )
    assert first.title == "`dW` is never computed"
    assert second.title == "The shapes in `p - q` do not fit"
    assert "`p[:, y]` in line 11 takes the columns of all of `y` from every row" in second.explanation


def test_a_penalty_added_where_it_is_returned_is_not_the_whole_gradient(course):
    gradient = ("dW = X.T @ d / n + 2 * reg * W", "dW = np.zeros_like(W)")
    (diagnosis,) = told(course, gradient, ("return loss, dW", "return loss, dW / n + 2 * reg * W"))
    assert diagnosis.title == "`dW` is the penalty alone: the part of the data is not written yet"


def test_what_was_written_to_through_a_view_is_not_called_unwritten(course):
    view = "dW = np.zeros_like(W)\n    view = dW[:]\n    view += X.T @ d / n + 3 * reg * W"
    assert not any("never computed" in d.title for d in told(course, ("dW = X.T @ d / n + 2 * reg * W", view)))


@pytest.mark.parametrize(
    ("right", "wrong", "line", "after"),
    [
        ("2 * reg * W", "2 * reg + W", 14, "2 * reg * W"),
        ("X @ W", "W @ X", 8, "`X @ W` in the place of `W @ X`"),
        ("np.log(p[rows, y])", "math.log(p[rows, y])", 11, "`math.log` takes one number"),
        pytest.param("np.max(scores, axis=1, keepdims=True)", "max(scores)", 9, "np.max", marks=table),
        ("p[rows, y]", "p[y, rows]", 11, "every check"),
        ("n + 2 * reg * W", "n\n    dW = 2 * reg * W", 15, "`dW += 2 * reg * W` in the place of"),
    ],
)
def test_a_change_with_which_every_check_passes_is_told(course, right, wrong, line, after):
    (diagnosis,) = told(course, (right, wrong))
    assert diagnosis.location.line == line
    assert after in diagnosis.explanation
    assert diagnosis.confidence == "certain"
    assert diagnosis.hints
    assert after not in diagnosis.hints[0], "a nudge does not hand out the change"


def test_a_gradient_of_plus_and_minus_one_is_told_as_such(course):
    (diagnosis,) = told(course, ("d = p.copy()", "d = np.ones(p.shape)"), ("d[rows, y] -= 1", "d[rows, y] = -1.0"))
    assert diagnosis.title == "`d` holds only whole numbers, where probabilities are needed"
    assert "np.eye" not in diagnosis.explanation, "the quantity is named, not written out"


@pytest.mark.parametrize(
    ("right", "wrong", "title"),
    [
        ("    loss =", "    p = p.round(3)\n    loss =", "round.* does not belong here"),
        pytest.param(
            *(
                "    p = np.exp",
                "    scores = np.clip(scores, -1, 0.5)\n    p = np.exp",
                "makes all numbers beyond its bounds the same",
            ),
            marks=table,
        ),
    ],
)
def test_what_is_put_in_is_said_to_be_too_much(course, right, wrong, title):
    (diagnosis,) = told(course, (right, wrong))
    assert re.search(title, diagnosis.title), diagnosis.title


def test_what_overwrites_itself_outside_a_loop_is_not_said_to_be_added_up(course):
    halved = ("scores = X @ W", "scores = X @ W / 2"), ("X.T @ d / n", "X.T @ d / n / 2")
    assert not any("overwrites" in f"{d.title} {d.explanation}" for d in told(course, *halved))


def test_a_name_that_is_not_defined_has_no_shape_to_be_printed(course):
    (diagnosis,) = told(course, ("return loss, dW", "return quux + 1, dW"))
    assert diagnosis.hints[0] == "Which line gives this name its value?"


@pytest.mark.usefixtures("nothing_tried")
def test_an_exception_is_explained_with_the_sizes_of_its_operands(course):
    (diagnosis, *_) = told(
        course,
        ("scores = X @ W", "scores = X @ W + np.ones(3) @ (W + X)"),
    )
    assert diagnosis.location.line == 8
    assert "gufunc" not in diagnosis.explanation + diagnosis.title
    assert "has the shape" in diagnosis.explanation


@pytest.mark.parametrize(
    "joined",
    ["X.T @ np.cos(d) \\\n        / n", pytest.param("(X.T @ np.cos(d)  # of all\n        / n)", marks=table)],
)
def test_an_expression_over_several_lines_is_changed_like_any_other(course, joined):
    assert told(course, ("X.T @ d / n", joined), ("reg * np.sum(W * W)", "reg * np.sum(np.sin(W) * 1.7)"))


@pytest.mark.usefixtures("nothing_tried")
def test_what_does_not_fit_into_its_place_is_told_with_both_shapes(course):
    (diagnosis, *_) = told(
        course,
        ("scores = X @ W", "scores = X @ W\n    scores[:, 0][:, np.newaxis] = y.astype(float)"),
    )
    assert diagnosis.title == "What is put into `scores[:, 0][:, np.newaxis]` has another shape than the place"
    assert "newaxis` is" not in diagnosis.explanation


@pytest.mark.parametrize(
    ("assignment", "text", "function", "title"),
    [
        (
            "dl-dropout",
            "def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):\n"
            "    return parameters['w1'] @ X, ()\n",
            "forward_propagation_with_dropout",
            "There is no entry 'w1' in `parameters`",
        ),
        (
            "dl-deep-network",
            "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)\n"
            "def linear_backward(dZ, cache):\n    dA_prev = cache[1].T @ dZ\n    return\n",
            "linear_backward",
            "`linear_backward` returns nothing",
        ),
        (
            "loy-two-layer-network",
            "class NeuralNetwork:\n    def init(self, x, y):\n        self.input, self.y = x, y\n",
            "NeuralNetwork",
            "`init` is no constructor: that is called `__init__`",
        ),
        (
            "scratch-optimizers",
            "class SGD:\n    def __init__(self, lr=0.01):\n        self.steps = 0\n"
            "    def update(self, params, grads):\n        for key in params:\n"
            "            params[key] -= self.lr * grads[key]\n",
            "SGD.update",
            "`self.lr` is read in `update` and has no value",
        ),
        (
            "dl-deep-network",
            "def size(W):\n    return len(W)\ndef sizes(W):\n    return [size(W)]\n"
            "def linear_forward(A, W, b):\n    pairs = zip(sizes(W), A['Z'])\n    return W @ A + b, (A, W, b)\n",
            "linear_forward",
            "`A['Z']` asks an array for an entry by its name, as if it were a dict",
        ),
    ],
)
def test_what_ended_a_function_is_explained(assignment, text, function, title):
    with Grader(library.assignment(assignment)) as session:
        report = session.grade(load_source(text, "homework.py"), functions=[function])
    (diagnosis, *_) = report.function(function).diagnoses
    assert diagnosis.title == title


def test_what_other_classes_inherit_and_need_as_it_is_is_not_said_to_be_wrong():
    layers = (
        "import numpy as np\n\nclass Activation:\n    def __init__(self, function):\n        self.function = function\n"
        "    def forward(self, input):\n        self.input = input\n        return self.function(self.input)\n"
        "class Tanh(Activation):\n    def __init__(self):\n        super().__init__(np.tanh)\n"
        "class Sigmoid(Activation):\n    def __init__(self):\n        function = lambda x: 1 / (1 + np.exp(-x))\n"
    )
    with Grader(library.assignment("layers-with-learning-rate")) as session:
        report = session.grade(load_source(layers), functions=["Tanh.forward", "Sigmoid.forward"])
    (diagnosis,) = report.diagnoses()
    assert diagnosis.title == "`self.function` is read in `forward` and has no value"


@pytest.mark.usefixtures("nothing_tried")
def test_arrays_of_different_shapes_make_no_array(course):
    (diagnosis, *_) = told(
        course,
        ("scores = X @ W", "scores = X @ W\n    parts = np.asanyarray([X, W])"),
    )
    assert diagnosis.title == "Arrays of different shapes do not make one array: `np.asanyarray([X, W])`"


def test_an_array_of_data_is_no_index_and_nothing_is_said_of_an_argument_that_nobody_needs():
    text = """
        import numpy as np
        from utils.utils import softmax
        def naiveSoftmaxLossAndGradient(centerWordVec, outsideWordIdx, outsideVectors, dataset):
            p = softmax(outsideVectors @ centerWordVec)
            loss = -np.log(p[outsideVectors])
            p[outsideWordIdx] -= 1
            return loss, outsideVectors.T @ p, np.outer(p, p)
    """
    with Grader("cs224n-word2vec") as grader:
        source = load_source(textwrap.dedent(text), "word2vec.py")
        report = grader.grade(source, functions=["naiveSoftmaxLossAndGradient"])
    (only,) = report.functions[0].diagnoses
    assert only.title == "The index in `p[outsideVectors]` is an array of numbers with fractions"


def test_an_attribute_that_nothing_has_put_anything_into_is_told():
    text = """
        import numpy as np
        class Affine:
            def __init__(self, W, b):
                self.W, self.b = W, b
            def forward(self, x):
                return x @ self.W + self.b
            def backward(self, dout):
                self.dW, self.db = self.x.T @ dout, dout.sum(axis=0)
                return dout @ self.W.T
    """
    with Grader("scratch-layers") as grader:
        report = grader.grade(load_source(textwrap.dedent(text), "layers.py"), functions=["Affine.backward"])
    (only,) = report.functions[0].diagnoses
    assert only.title == "`forward` does not keep what `backward` needs in `self.x`"
    assert "every check of `Affine.backward` passes" in only.explanation
    assert only.location.line == 7


def test_nothing_is_said_of_an_exception_that_speaks_for_itself(course):
    found = told(course, ("n = X.shape[0]", "raise RuntimeError('to do')\n    n = X.shape[0]"))
    assert not any(d.code.endswith(".exception") for d in found)


@table  # of other files `test_determinism.py` says so
def test_the_same_file_is_told_the_same(course):
    change = ("d[rows, y] -= 1", "d[rows, y] -= 2")
    assert told(course, change) == told(course, change)


LENGTH = 340  # statements that change nothing


@pytest.mark.parametrize(
    ("right", "wrong", "title"),
    [
        ("axis=1, keepdims=True)\n    p", "axis=1)\n    p", "`np.max.scores, axis=1.` loses the axis"),
        pytest.param("d[rows, y] -= 1", "d[rows, y] += 1", "`d` is not the derivative", marks=table),
    ],
)
def test_a_very_long_function_is_changed_where_something_tells_that_it_is_wrong(course, right, wrong, title):
    filler = "".join(f"    kept_{i} = reg * {i} + n\n" for i in range(LENGTH))
    (diagnosis, *_) = told(course, ("    rows =", f"{filler}    rows ="), (right, wrong))
    assert re.search(title, diagnosis.title)
