"""Files of another day: what numpy and the courses have changed since costs nothing, and hides no fault."""

import warnings

import numpy as np
import pytest

from grader import Grader
from grader.compatibility.reasons import list_indices, outdated
from grader.compatibility.wording import ATTRIBUTES, NUMPY_NAMES
from grader.render import first_words, render
from grader.report import StudentError
from grader.sandbox.inside.old_stack import names as old_names
from grader.submissions import load_source
from tests import library

from .conftest import messages


@pytest.fixture(scope="module")
def layers(tmp_path_factory):
    path = tmp_path_factory.mktemp("layers") / "layers.py"

    def grade(text, *functions):
        path.write_text(text, "utf-8")
        return session.grade(path, functions=functions)

    with Grader(library.assignment("cs231n-layers")) as session:
        yield grade


AFFINE = """
import numpy as np

def affine_forward(x, w, b):
    return {} @ w + b, (x, w, b)
"""


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("np.reshape(x, newshape=(len(x), -1))", "`newshape=` was removed in numpy 2.4"),
        (
            "np.array(x.reshape(len(x), -1).tolist(), copy=False)",
            "`np.array(x, copy=False)` is an error since numpy 2.0",
        ),
        ("np.lib.pad(x.reshape(len(x), -1), 0, 'constant')", "`numpy.lib.pad` has gone: use `np.pad`"),
    ],
)
def test_what_numpy_has_dropped_costs_nothing(layers, rows, told):
    affine = layers(AFFINE.format(rows), "affine_forward").function("affine_forward")
    assert affine.status == "passed"
    assert told in " ".join(affine.remarks)


@pytest.mark.parametrize("name", [name for name in NUMPY_NAMES if name not in dir(np)])
def test_a_name_that_numpy_has_dropped_is_known_by_what_numpy_says_of_it(name):
    with warnings.catch_warnings(action="ignore"), pytest.raises(AttributeError) as raised:
        getattr(np, name)
    error = StudentError(type="AttributeError", message=str(raised.value))
    assert [found.detail for found in outdated([error])] == [name]


def test_what_a_cell_has_of_older_modules_is_known_when_it_is_not_there():
    there = {**old_names.ATTRIBUTES, **old_names.later_attributes()}
    assert {f"{module}.{name}" for module, names in there.items() for name in names} <= set(ATTRIBUTES)


@pytest.mark.parametrize(
    "call",
    [
        lambda: np.take(np.arange(5), np.array([2.0])),
        lambda: np.pad(np.ones(3), 1.0),
        lambda: np.random.choice(5.0, 2),
        lambda: np.unravel_index(2.0, (2, 2)),
        lambda: np.put_along_axis(np.zeros((2, 2)), np.array([[1.0]]), 1, 1),
    ],
)
def test_a_float_that_was_a_whole_number_in_python_2_is_known_by_what_numpy_says_of_it(call):
    with pytest.raises((TypeError, IndexError, ValueError)) as raised:
        call()
    error = StudentError(type=raised.type.__name__, message=str(raised.value))
    assert [found.kind in ("float-size", "float-index") for found in outdated([error])] == [True]


IM2COL = """
import numpy as np
from {} import *

def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    f, _, height, width = w.shape
    down, across = (1 + (n + 2 * pad - k) // stride for n, k in zip(x.shape[2:], (height, width)))
    out = w.reshape(f, -1) @ im2col_indices(x, height, width, padding=pad, stride=stride) + b[:, None]
    return out.reshape(f, down, across, len(x)).transpose(3, 0, 1, 2), (x, w, b, conv_param)

def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    f, _, height, width = w.shape
    d = dout.transpose(1, 2, 3, 0).reshape(f, -1)
    cols = im2col_indices(x, height, width, padding=pad, stride=stride)
    dx = col2im_indices(w.reshape(f, -1).T @ d, x.shape, height, width, padding=pad, stride=stride)
    return dx, (d @ cols.T).reshape(w.shape), d.sum(axis=1)
"""


@pytest.mark.parametrize("module", ["cs231n.im2col", ".im2col", "im2col"])
def test_the_courses_own_im2col_need_not_be_handed_in(layers, module):
    report = layers(IM2COL.format(module), "conv_forward_naive", "conv_backward_naive")
    assert report.score == report.max_score
    assert "not in the submission, so the assignment's own is used" in " ".join(report.remarks)


def test_a_fault_is_not_hidden_by_what_an_older_stack_accepts(grade_with):
    report = grade_with("def relu(z):\n    for _ in xrange(2):\n        pass\n    return np.maximum(z, bias)\n")
    assert "NameError: name 'bias' is not defined" in messages(report, "relu")


def test_what_scipy_had_of_numpy_works(session, right_answer):
    text = right_answer.replace(
        "import numpy as np", "import numpy as np\nimport scipy as sp\nfrom scipy import exp", 1
    )
    text += "\ndef softmax(z):\n    e = exp(z - sp.amax(z, axis=1)[:, sp.newaxis])\n"
    text += "    return e / sp.sum(e, axis=1)[:, None]\n"
    report = session.grade(load_source(text, "homework.py"))
    assert report.score == report.max_score


LAYOUT_OF_2015 = """
import numpy as np

def softmax_loss_vectorized(W, X, y, reg):
    s = W.dot(X)
    p = np.exp(s - s.max(axis=0))
    p /= p.sum(axis=0)
    n = np.arange(X.shape[1])
    loss = -np.log(p[y, n]).mean() + reg * np.sum(W * W)
    p[y, n] -= 1
    return loss, p.dot(X.T) / len(n) + 2 * reg * W
"""


def test_the_layout_of_2015_is_told():
    with Grader(library.assignment("cs231n-softmax")) as session:
        report = session.grade(load_source(LAYOUT_OF_2015, "softmax.py"), functions=["softmax_loss_vectorized"])
    told = messages(report, "softmax_loss_vectorized")
    assert "takes W as (C, D) and X as (D, N), samples as columns, which is how the course had it up to 2015" in told
    codes = [diagnosis.code for diagnosis in report.functions[0].diagnoses]
    assert codes == ["softmax_loss_vectorized.takes-samples-as-columns"]


def test_one_sample_that_fits_either_way_round_is_no_layout():
    rows = LAYOUT_OF_2015.replace("W.dot(X)", 'np.einsum("nd,dc->nc", X, W)').replace("s.max(axis=0)", "s.max(axis=1)")
    rows = rows.replace("p.sum(axis=0)", "p.sum(axis=1)[:, None]").replace("X.shape[1]", "X.shape[0]")
    rows = rows.replace("p[y, n]", "p[n, y]").replace("p.dot(X.T)", "X.T.dot(p)")
    with Grader(library.assignment("cs231n-softmax")) as session:
        report = session.grade(load_source(rows, "softmax.py"), functions=["softmax_loss_vectorized"])
    assert "columns" not in report.functions[0].diagnoses[0].title


FUNCTIONS_OF_2015 = """
import numpy as np

def init_two_layer_model(input_size, hidden_size, output_size):
    return {"W1": np.ones((input_size, hidden_size)), "b1": np.zeros(hidden_size),
            "W2": np.ones((hidden_size, output_size)), "b2": np.zeros(output_size)}

def two_layer_net(X, model, y=None, reg=0.0):
    return np.maximum(0, X.dot(model["W1"]) + model["b1"]).dot(model["W2"]) + model["b2"]
"""


def test_the_functions_of_2015_are_told_where_a_class_is_asked_for():
    with Grader(library.assignment("cs231n-two-layer-net")) as session:
        report = session.grade(load_source(FUNCTIONS_OF_2015, "neural_net.py"))
    assert first_words.headline(report).startswith(
        "`TwoLayerNet` is not defined in neural_net.py; `two_layer_net` is how"
    )
    assert "up to 2015" in render(report, "text")
    assert "up to 2015" in render(report, "html")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("p[[range(n), y]] -= 1\n", [1]),
        ("at = [range(n), y]\nloss = p[at]\np[at] -= 1\n", [2, 3]),
        ("at = [0, 1]\np[at]\np[[0, 1]]\nfor i in [range(n), y]:\n    p[i]\n", []),
    ],
)
def test_a_list_of_indices_is_seen_under_a_name_too(text, lines):
    assert [found.location.line for found in list_indices(load_source(text))] == lines
