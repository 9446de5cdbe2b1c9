"""Two or three faults in one function, where no single change makes any of its results right."""

import ast
import textwrap
from collections.abc import Callable

import pytest

from grader import Grader
from grader.diagnosis.repair.reporting import reporting
from grader.report import Diagnosis
from grader.sandbox.inside.recording import NAME
from grader.submissions import load_source
from tests.library import example

NETWORK = """
import numpy as np
m = 211

def forward_prop(W1, b1, W2, b2, X):
    Z1 = W1.dot(X) + b1
    A1 = np.maximum(Z1, 0)
    Z2 = W2.dot(A1) + b2
    e = np.exp(Z2 - Z2.max(axis=0))
    return Z1, A1, Z2, e / e.sum(axis=0)

def one_hot(Y):
    found = np.zeros((Y.max() + 1, Y.size))
    found[Y, np.arange(Y.size)] = 1
    return found

def leaky(Z):
    return np.where(Z > 0, 1, 0.1)

def backward_prop(Z1, A1, Z2, A2, W1, W2, X, Y):
    number = X.shape[1]
    dZ2 = A2 - one_hot(Y)
    dW2 = dZ2.dot(A1.T) / number
    db2 = np.sum(dZ2, axis=1, keepdims=True) / number
    dZ1 = W2.T.dot(dZ2) * (Z1 > 0)
    dW1 = dZ1.dot(X.T) / number
    db1 = np.sum(dZ1, axis=1, keepdims=True) / number
    return dW1, db1, dW2, db2
"""
NORMALISED = """
import numpy as np

def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get('eps', 1e-5)
    mean = x.mean(axis=1)[:, None]
    deviation = np.sqrt(x.var(axis=1)[:, None] + eps)
    normed = (x - mean) / deviation
    return gamma * normed + beta, (normed, deviation, gamma)

def layernorm_backward(dout, cache):
    normed, deviation, gamma = cache
    below = gamma * dout
    taken = below.mean(axis=1)[:, None] + normed * (below * normed).mean(axis=1)[:, None]
    return (below - taken) / deviation, (dout * normed).sum(axis=0), dout.sum(axis=0)
"""
STEP_BACK = """
import numpy as np

def linear_forward(A, W, b):
    return np.dot(W, A) + b, (A, W, b)

def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]

    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
"""
# with empty lines, of which the indentation is not written
BATCHES = (
    example("nielsen-quadratic-network", "right/network.py").read_text().replace("        self.w", "\n        self.w")
)
LOSSES = """
import numpy as np

class BCE:
    def forward(self, y_out, y_truth, individual_losses=False):
        losses = -y_truth * np.log(y_out) - (1 - y_truth) * np.log(1 - y_out)
        return losses if individual_losses else losses.mean()

    def backward(self, y_out, y_truth):
        return (y_out - y_truth) / (y_out * (1 - y_out))
"""


def told(
    grader_of: Callable[[str], Grader], assignment: str, text: str, function: str, changes: dict[str, str]
) -> tuple[Diagnosis, ...]:
    for right, wrong in changes.items():
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    grader = grader_of(assignment)
    report = grader.grade(load_source(text, "homework.py"), functions=[function])
    return next(one for one in report.functions if one.name == function).diagnoses


@pytest.mark.parametrize(
    ("assignment", "text", "function", "changes", "places"),
    [
        (
            "digits-two-layer",
            NETWORK,
            "backward_prop",
            {
                "number = X.shape[1]": "number = m",
                "np.sum(dZ2, axis=1, keepdims=True)": "np.sum(dZ2)",
                "(Z1 > 0)": "leaky(Z1)",
                "np.sum(dZ1, axis=1, keepdims=True)": "np.sum(dZ1)",
            },
            ("number = m", "db2 =", "return np.where", "db1 ="),
        ),
        (
            "cs231n-a2-normalization",
            NORMALISED,
            "layernorm_forward",
            {"x.mean(axis=1)": "x.mean(axis=0)", "x - mean": "x + mean", "normed + beta": "normed"},
            ("x.mean(axis=0)", "x + mean", "return gamma * normed,"),
        ),
        (
            "i2dl-losses",
            LOSSES,
            "BCE.backward",
            {"return (y_out - y_truth)": "return (y_out + y_truth)", "1 - y_out))": "y_out - 1))"},
            ("y_out + y_truth",),
        ),
        (  # the factor is left when the sum is right, in a line whose name is returned
            "i2dl-losses",
            LOSSES,
            "BCE.backward",
            {
                "return (y_out - y_truth) / (y_out * (1 - y_out))": "g = -1 / (len(y_out) + 1) * (y_truth / y_out + "
                "(1 - y_truth) / (1 - y_out))\n        return g"
            },
            ("g =",),
        ),
        (  # neither brings anything alone
            "i2dl-losses",
            LOSSES,
            "BCE.forward",
            {"-y_truth * np": "y_truth * np", "np.log(1 - y_out)": "np.log(y_out)"},
            ("losses = y_truth",),
        ),
        (
            "digits-two-layer",
            NETWORK,
            "forward_prop",
            {"W2.dot(A1) + b2": "W1.dot(A1) - b2"},
            ("W1.dot(A1) - b2",),
        ),
        (
            "digits-two-layer",
            NETWORK,
            "forward_prop",
            {"W1.dot(X) + b1": "W1.dot(X) - b1", "return Z1, A1, Z2": "return Z1, A1, A1"},
            ("W1.dot(X) - b1", "return Z1, A1, A1"),
        ),
        (  # behind the exception
            "cs231n-a2-normalization",
            NORMALISED,
            "layernorm_backward",
            {"gamma * dout": "gamma", "below - taken": "below + taken"},
            ("below = gamma", "taken ="),
        ),
        (
            "digits-two-layer",
            NETWORK,
            "backward_prop",
            {
                "np.sum(dZ2, axis=1, keepdims=True)": "np.sum(dZ2, 2)",
                "np.sum(dZ1, axis=1, keepdims=True)": "np.sum(dZ1, 2)",
                "dZ1.dot(X.T)": "dZ2.dot(X.T)",
            },
            ("np.sum(dZ2, 2)", "np.sum(dZ1, 2)", "dZ2.dot(X.T)"),
        ),
        (  # of which the first has a name
            "dl-deep-network",
            STEP_BACK,
            "linear_backward",
            {"np.dot(W.T, dZ)": "np.dot(W, dZ)", ", keepdims=True": ""},
            ("np.dot(W, dZ)", "np.sum(dZ, axis=1)"),
        ),
        (
            "nielsen-quadratic-network",
            BATCHES,
            "Network.update_mini_batch",
            {"* nw for": "* 0.9 * nw for", "* nb for": "* 0.9 * nb for"},
            ("* 0.9",),
        ),
    ],
)
def test_each_of_several_faults_is_told(grader_of, assignment, text, function, changes, places):
    found = told(grader_of, assignment, text, function, changes)
    for right, wrong in changes.items():
        text = text.replace(right, wrong)
    lines = {n for n, line in enumerate(text.splitlines(), start=1) if any(place in line for place in places)}
    assert {edit["line"] for one in found for edit in one.evidence["edits"]} == lines
    assert {one.location.line for one in found} <= lines
    assert all("every check" in one.explanation for one in found)


def test_what_is_right_with_some_changes_is_told_where_the_rest_is_not_found(grader_of):
    changes = {
        "np.sum(dZ2, axis=1, keepdims=True)": "np.sum(dZ2)",
        "dW2 = dZ2.dot(A1.T)": "dW2 = A1.dot(dZ2.T)",
        "number = X.shape[1]": "number = m",
        "dZ1 = W2.T.dot(dZ2) * (Z1 > 0)": "dZ1 = np.sinh(np.sin(W2.T.dot(dZ2)))",
    }
    (diagnosis, *_) = told(grader_of, "digits-two-layer", NETWORK, "backward_prop", changes)
    assert {"dW2", "db2"} == {*diagnosis.evidence["parts"]}
    assert "something else is still wrong" in diagnosis.explanation


def test_of_a_line_that_raised_the_change_is_told_with_which_it_gives_what_it_should(grader_of):
    """Behind it is more that no change rights: all that is known is what the line gives then."""
    changes = {
        "dZ1 = W2.T.dot(dZ2)": "dZ1 = W1.T.dot(dZ2)",
        "dW1 = dZ1.dot(X.T) / number": "dW1 = np.sinh(np.sin(dZ1.dot(X.T)))",
        "db1 = np.sum(dZ1, axis=1, keepdims=True) / number": "db1 = np.cosh(dZ1[:, :1])",
    }
    (diagnosis, *_) = told(grader_of, "digits-two-layer", NETWORK, "backward_prop", changes)
    assert diagnosis.title == "`W2` is meant, not `W1`"
    assert "this line gives what a right solution computes as well" in diagnosis.explanation
    assert "every check" not in diagnosis.explanation


def test_what_takes_away_1_in_two_steps_is_none(grader_of):
    """`1 - x` and another sign are as `x - 1`: that is in nobody's mind."""
    text = NORMALISED.replace("return gamma * normed + beta, (normed,", "return gamma * normed + beta, (normed + 1,")
    grader = grader_of("cs231n-a2-normalization")
    report = grader.grade(load_source(text, "homework.py"), functions=["layernorm_forward", "layernorm_backward"])
    assert not any("1 minus" in f"{one.title} {one.explanation}" for one in report.diagnoses())


def test_a_reporting_text_does_what_it_did_and_tells_its_values():
    text = textwrap.dedent("""
        def f(a, n):
            kept = {}
            for i in range(n):
                kept["a"] = a * 2
                a = kept["a"] if i else -kept["a"]
            return a + 1, kept
    """)
    seen: list[object] = []

    def note(number: int, value: object) -> object:
        seen.append(value)
        return value

    made: dict[str, object] = {NAME: note}
    exec(reporting(text), made)
    assert made["f"](3.0, 2) == (-11.0, {"a": -12.0})
    assert {6.0, -6.0, -12.0, -11.0} <= {value for value in seen if isinstance(value, float)}
    assert ast.parse(reporting(text, 7)).body, "numbers begin where they are told to"
    assert f"{NAME}(7," in reporting(text, 7)
