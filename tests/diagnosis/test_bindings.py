"""What a call or a line gives and nobody finds where it is looked for; placeholders; arguments in another order."""

import ast

import pytest

from grader import Grader
from grader.diagnosis.repair.subscripts import other_arguments
from grader.meanings import meaning_of
from grader.submissions import load_source
from tests.tables import table

HINGES = """
import numpy as np

def svm_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    for n in range(len(X)):
        scores = X[n] @ W
        for j in range(W.shape[1]):
            hinge = scores[j] - scores[y[n]] + 1
            if j == y[n] or hinge <= 0:
                continue
            loss += hinge
            dW[:, j] += X[n]
            dW[:, y[n]] -= X[n]
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W
"""
NORMALISED = """
def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    mean, var = x.mean(axis=0), x.var(axis=0)
    if bn_param["mode"] == "train":
        for key, value in (("running_mean", mean), ("running_var", var)):
            bn_param[key] = momentum * bn_param.get(key, np.zeros(x.shape[1])) + (1 - momentum) * value
    else:
        mean, var = bn_param["running_mean"], bn_param["running_var"]
    xn = (x - mean) / np.sqrt(var + eps)
    return gamma * xn + beta, (xn, gamma, var + eps)

def batchnorm_backward(dout, cache):
    xn, gamma, var = cache
    g = dout * gamma
    dx = (g - g.mean(axis=0) - xn * (g * xn).mean(axis=0)) / np.sqrt(var)
    return dx, (dout * xn).sum(axis=0), dout.sum(axis=0)

batchnorm_backward_alt = batchnorm_backward
"""
DROPOUT = """
import numpy as np

def dropout_forward(x, settings):
    if "seed" in settings:
        np.random.seed(settings["seed"])
    if settings["mode"] == "test":
        return x, None
    mask = (np.random.rand(*x.shape) < settings["p"]) / settings["p"]
    return x * mask, mask

def dropout_backward(dout, mask):
    return dout if mask is None else dout * mask
"""
IMAGES = """
import numpy as np

def zero_pad(X, pad):
    m, h, w, c = X.shape
    out = np.zeros((m, h + 2 * pad, w + 2 * pad, c))
    out[:, pad:pad + h, pad:pad + w] = X
    return out

def distribute_value(dz, shape):
    h, w = shape
    if h * w > 0:
        a = np.ones(shape) * dz / (h * w)
    return a
"""
LAYER = """
import numpy as np

class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
    def forward(self, x):
        self.x = x.reshape(x.shape[0], -1)
        self.shape = x.shape
        return self.x @ self.W + self.b
    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return (dout @ self.W.T).reshape(self.shape)
"""
PENALTY = """
import numpy as np

class L1Penalty:
    def __init__(self, coefficient):
        self.coefficient = coefficient
    def __call__(self, parameter):
        return self.coefficient * np.linalg.norm(parameter.ravel(), ord=1)
    def grad(self, parameter):
        return self.coefficient * np.sign(parameter)
"""
MODULE = """
import numpy as np

class LinearModule:
    def __init__(self, in_features, out_features):
        shape = in_features, out_features
        self.params = {"weight": 1e-4 * np.random.randn(*shape), "bias": np.zeros((1, out_features))}
        self.grads = {"weight": np.zeros(shape), "bias": np.zeros((1, out_features))}
    def forward(self, x):
        self.x = x
        return x @ self.params["weight"] + self.params["bias"]
    def backward(self, dout):
        self.grads["weight"] = self.x.T @ dout
        self.grads["bias"] = dout.sum(axis=0, keepdims=True)
        return dout @ self.params["weight"].T
"""
COSTS = """
import numpy as np

def costs(scores, y):
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    return p, -np.log(p[np.arange(len(y)), y]).mean()

def softmax_loss_vectorized(W, X, y, reg):
    parts = {}
    p, parts["loss"] = costs(X @ W, y)
    p[np.arange(len(y)), y] -= 1
    return parts["loss"] + reg * np.sum(W * W), X.T @ p / len(X) + 2 * reg * W
"""
WRONG = [
    ("cs231n-a1-svm", HINGES, "svm_loss_naive", "continue", "break", "ends the whole loop"),
    (
        "cs231n-a2-dropout",
        DROPOUT,
        "dropout_backward",
        "dout if mask is None else ",
        "",
        "`mask` is None in some calls",
    ),
    ("dl-convolution", IMAGES, "zero_pad", "h, pad:pad + w", "h, :w", "begins at 0, and should begin where"),
    ("dl-convolution", IMAGES, "distribute_value", "a = np.ones(shape) * dz / (h * w)", "pass", "is not written yet"),
    ("scratch-layers", LAYER, "Affine.backward", "self.dW =", "dW =", "`dW` is a name of this call alone"),
    (
        *("uva-modules", MODULE, "LinearModule.backward", 'grads["bias"] =', 'grads["weight"] ='),
        "given two values, one after the other: here `self.grads['bias']` is meant",
    ),
    (
        *("cs231n-softmax", COSTS, "softmax_loss_vectorized", 'p, parts["loss"] =', 'parts["loss"], p ='),
        "`parts['loss']` and `p` have changed places",
    ),
    (
        "scratch-layers",
        LAYER,
        "Affine.backward",
        "self.x.T @ dout",
        "None  # TODO",
        "`self.dW` is still to be computed",
    ),
    ("scratch-layers", LAYER, "Affine.backward", "self.x.T @", "x.T @", "`x` is an attribute of the object"),
    ("scratch-layers", LAYER, "Affine.backward", "dout.sum(axis=0)", "np.smu(dout, axis=0)", "There is no `np.smu`"),
    (
        *("dl-convolution", IMAGES, "zero_pad", "np.zeros((m, h + 2 * pad, w + 2 * pad, c))"),
        *("np.zeros(m, h + 2 * pad, w + 2 * pad, c)", "takes one argument here, a tuple"),
    ),
    ("mlp-penalties", PENALTY, "L1Penalty.__call__", ".ravel(), ord", ", ord", "takes the norm of a matrix"),
]


MESSAGES = [
    ("TypeError", "unsupported operand type(s) for -: 'list' and 'list'", "a - b", "a list or a tuple as if it were"),
    ("TypeError", "unsupported operand type(s) for *: 'function' and 'int'", "f * 2", "a function itself"),
    ("TypeError", 'can only concatenate str (not "int") to str', "'W' + l", "a text as if it were a number"),
    ("TypeError", "f() takes 2 positional arguments but 3 were given", "f(a, b, c)", "with 3 arguments, and takes 2"),
    ("TypeError", "f() missing 1 required positional argument: 'b'", "f(a)", "without 'b'"),
    ("AttributeError", "'dict' object has no attribute 'dw'", "grads.dw", "asks a dict for an attribute"),
    ("AttributeError", "'dict' object has no attribute 'T'", "A1.T", "asks a dict for what an array has"),
    ("AttributeError", "'list' object has no attribute 'get'", "config.get", "asks for what a dict has"),
    ("AttributeError", "module 'numpy' has no attribute 'smu'", "np.smu", "There is no `smu` in numpy"),
    ("ZeroDivisionError", "float division by zero", "a / b", "divides by 0"),
]


@pytest.mark.parametrize(("raised", "said", "operation", "words"), MESSAGES)
def test_what_a_message_of_python_means(raised, said, operation, words):
    values = {"operation": operation, "name": "f", "holder": operation, "none": ""}
    title, _, nudge = meaning_of(raised, said, operation, values)
    assert words in title
    assert nudge


@pytest.mark.parametrize(("assignment", "text", "function", "right", "wrong", "words"), WRONG)
def test_it_is_told_in_its_line(grader_of, assignment, text, function, right, wrong, words):
    grader = grader_of(assignment)
    assert right in text
    report = grader.grade(load_source(text.replace(right, wrong), "homework.py"), functions=[function])
    (diagnosis, *_) = next(one for one in report.functions if one.name == function).diagnoses
    assert words in diagnosis.title
    line = text.replace(right, wrong).splitlines()[diagnosis.location.line - 1]
    assert wrong in line


def test_a_function_left_open_is_told_by_the_name_that_is_none(grader_of):
    grader = grader_of("dl-convolution")
    text = IMAGES.replace("np.zeros((m, h + 2 * pad, w + 2 * pad, c))", "None").replace(
        "out[:, pad", "size = -out\n    out[:, pad"
    )
    report = grader.grade(load_source(text, "homework.py"), functions=["zero_pad"])
    (diagnosis,) = report.functions[0].diagnoses
    assert (report.functions[0].status, diagnosis.title) == ("missing", "`out` is still to be computed")
    assert diagnosis.location.line == 6


def _texts(made):
    return [text for text, _ in made]


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def test_arguments_that_may_be_meant():
    assert _texts(other_arguments(_expression("normal(scale, 1.0, (3, 4))"))) == ["normal(1.0, scale, (3, 4))"]
    assert _texts(other_arguments(_expression("np.dot(a, b)"))) == []


@table
def test_a_further_name_of_a_function_that_is_wrong_is_told_as_that_and_costs_nothing_more():
    text = "import numpy as np\n" + NORMALISED.replace("dx = (g", "dx = (dout")
    with Grader("cs231n-a2-normalization") as session:
        functions = ["batchnorm_backward", "batchnorm_backward_alt"]
        report = session.grade(load_source(text, "homework.py"), functions=functions)
    other = report.function("batchnorm_backward_alt")
    assert (other.follows_from, other.diagnoses) == (("batchnorm_backward",), ())
    assert other.carried
    assert other.score == other.max_score
