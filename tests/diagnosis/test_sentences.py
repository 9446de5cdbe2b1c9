"""What is said of a wrong submission is true of every value that it speaks of, and contradicts nothing else."""

import ast

import numpy as np
import pytest

from grader.diagnosis.repair.other_assignments import other_assignments
from grader.sandbox.inside.encoding import encode
from grader.sandbox.inside.wire import Bounds
from tests.diagnosis.conftest import Clinic, clinic_of
from tests.tables import table

SOFTMAX = """
import numpy as np

def softmax_loss_vectorized(W, X, y, reg):
    n, rows = len(X), np.arange(len(X))
    s = X @ W
    s = s - s.max(axis=1, keepdims=True)
    p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
    d = p.copy()
    d[rows, y] -= 1
    loss = -np.log(p[rows, y]).mean() + reg * np.sum(W * W)
    dW = X.T @ d / n + 2 * reg * W
    return loss, dW
"""
NET = """
import numpy as np

class TwoLayerNet:
    def __init__(self, D, H, C, std=1e-4):
        self.params = {"W1": std * np.random.randn(D, H), "b1": np.zeros(H),
                       "W2": std * np.random.randn(H, C), "b2": np.zeros(C)}

    def loss(self, X, y=None, reg=0.0):
        W1, b1, W2, b2 = (self.params[k] for k in ("W1", "b1", "W2", "b2"))
        h = np.maximum(0, X @ W1 + b1)
        s = h @ W2 + b2
        if y is None:
            return s
        n, rows = len(X), np.arange(len(X))
        e = np.exp(s - s.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        loss = -np.log(p[rows, y]).mean() + reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        p[rows, y] -= 1
        d = p / n
        dh = d @ W2.T * (h > 0)
        grads = {"W2": h.T @ d + 2 * reg * W2, "b2": d.sum(axis=0),
                 "W1": X.T @ dh + 2 * reg * W1, "b1": dh.sum(axis=0)}
        return loss, grads
"""


@pytest.fixture(scope="module")
def softmax() -> Clinic:
    return clinic_of("cs231n-softmax")


@pytest.fixture(scope="module")
def net() -> Clinic:
    return clinic_of("cs231n-two-layer-net")


def told(clinic: Clinic, text: str, function: str, *changes: tuple[str, str]) -> dict[str, str]:
    """What is told of a function of a text with changes, explanation by title."""
    student = clinic.submission(text, *changes)
    found = clinic.of(student, [function]).diagnoses.get(function, ())
    return {diagnosis.title: diagnosis.explanation for diagnosis in found}


def test_what_is_right_and_what_is_wrong_have_names(softmax: Clinic) -> None:
    strange = ("X.T @ d / n", "X.T @ np.sin(3 * d) / n")
    assert list(told(softmax, SOFTMAX, "softmax_loss_vectorized", strange)) == ["`dW` is wrong, `loss` is right"]


def test_two_faults_one_of_them_known_are_not_contradicted(softmax: Clinic) -> None:
    found = told(
        softmax,
        SOFTMAX,
        "softmax_loss_vectorized",
        ("X.T @ d / n", "X.T @ d"),
        ("np.log(p[rows, y])", "np.log(0.3 + p[rows, y] ** 2)"),
    )
    ((title, explanation),) = found.items()
    assert "dW" in title or "gradient" in title
    assert "Why `loss` is wrong too, these numbers do not show" in explanation


def test_zeros_are_called_zeros(softmax: Clinic) -> None:
    found = told(softmax, SOFTMAX, "softmax_loss_vectorized", ("X.T @ d / n + 2 * reg * W", "np.zeros_like(W)"))
    ((title, explanation),) = found.items()
    assert title == "`dW` is 0 in every place"
    assert "Right as it is: `loss`" in explanation


@pytest.mark.parametrize(
    ("change", "title"),
    [
        (("return loss, dW", "return dW, loss"), "returns its results in another order: asked for is (loss, dW)"),
        (("return loss, dW", "return loss, np.full(W.shape, np.nan)"), "`dW` is nan or infinite"),
        (("return loss, dW", "return loss, np.ones(W.shape)"), "`dW` is the same number in every place"),
        ((".mean() + reg", " + reg"), "`loss` is of shape (7,) and should be one number"),
        (("return loss, dW", "return loss, W"), "`dW` is W instead"),
        (("return loss, dW", "return loss, dW.astype(int)"), "`dW` is cut to whole numbers"),
        (("return loss, dW", "return loss, np.random.randn(*W.shape)"), "`dW` is wrong, `loss` is right"),
        (("return loss, dW", "return loss"), "must return 2 values, (loss, dW), and it returned 1"),
    ],
)
def test_odd_results_are_called_what_they_are(softmax: Clinic, change: tuple[str, str], title: str) -> None:
    (said,) = told(softmax, SOFTMAX, "softmax_loss_vectorized", change)
    assert said.endswith(title)


def test_no_penalty_is_said_to_be_in_a_gradient_that_is_zero(softmax: Clinic) -> None:
    found = told(
        softmax,
        SOFTMAX,
        "softmax_loss_vectorized",
        ("X.T @ d / n + 2 * reg * W", "np.zeros_like(W)"),
        (" + reg * np.sum(W * W)", ""),
    )
    assert "`dW` is 0 in every place" in found
    assert not any("in the gradient" in title for title in found)


def test_a_gradient_of_half_the_penalty_is_not_short_of_anything(softmax: Clinic) -> None:
    """It passes its check; that the loss has a row less of the penalty is no reason to hold it to the whole one."""
    found = told(
        softmax,
        SOFTMAX,
        "softmax_loss_vectorized",
        ("+ 2 * reg * W", "+ reg * W"),
        ("reg * np.sum(W * W)", "0.5 * reg * np.sum(W[:-1] ** 2)"),
    )
    assert list(found) == ["`loss` is wrong, `dW` is right"]


def test_what_a_loss_lacks_is_told_by_the_sum_that_it_lacks(softmax: Clinic) -> None:
    found = told(softmax, SOFTMAX, "softmax_loss_vectorized", ("+ reg * np.sum(W * W)", "+ 3 * np.sum(np.abs(W))"))
    assert "`loss` is" in next(iter(found))


@pytest.mark.parametrize(
    ("returned", "title"),
    [
        ("loss, grads['W1'], grads['W2'], grads", "returns 4 values where it must return 2 values, (loss, grads)"),
        pytest.param("loss", "returns one number where it must return 2 values, (loss, grads)", marks=table),
    ],
)
def test_another_number_of_values_is_all_that_is_told(net: Clinic, returned: str, title: str) -> None:
    found = told(net, NET, "TwoLayerNet.loss", ("return loss, grads", f"return {returned}"))
    assert list(found) == [f"`TwoLayerNet.loss` {title}"]


def test_gradients_that_are_not_there_are_missing_by_name(net: Clinic) -> None:
    found = told(net, NET, "TwoLayerNet.loss", ("return loss, grads", 'return loss, {"b2": grads["b2"]}'))
    ((title, explanation),) = found.items()
    assert title == '`grads["W1"]`, `grads["W2"]` and `grads["b1"]` are missing in what `TwoLayerNet.loss` returns'
    assert 'Right as they are: `loss` and `grads["b2"]`' in explanation or "`loss`" in explanation


def test_what_the_solution_draws_at_random_is_no_fault(net: Clinic) -> None:
    found = told(net, NET, "TwoLayerNet", ('"b1": np.zeros(H)', '"b1": np.full(H, 0.5) + 0.1 * np.random.randn(H)'))
    assert list(found) == ['`params["b1"]` is not 0, as it should be']


def test_an_error_is_nothing_that_is_missing(net: Clinic) -> None:
    assert not told(net, NET, "TwoLayerNet.loss", ("np.log(p[rows, y])", "np.log(p @ X)"))


def test_signs_that_agree_by_chance_are_no_explanation(clinic: Clinic) -> None:
    """The bias gradients of one draw may be wrong just where some bias is negative."""
    right = clinic.assignment.solution.bias_gradient
    student = clinic.replaced(bias_gradient=lambda delta, n: right(delta, n) * (1 + np.arange(delta.shape[1]) % 2))
    found = clinic.of(student, ["backward"]).diagnoses.get("backward", ())
    assert not any("negative" in diagnosis.title or "positive" in diagnosis.title for diagnosis in found)


def test_a_masked_array_is_called_one() -> None:
    """What its masked places hold is nothing that anybody gave."""
    masked, unmasked = np.ma.masked_less([-1.0, 2.0], 0), np.ma.masked_less([1.0, 2.0], 0)
    handed_on: list[object] = []

    def special(value: object) -> dict[str, object]:
        handed_on.append(value)
        return {}

    encode([masked, unmasked], special, Bounds(1000))
    assert [value is masked for value in handed_on] == [True]


def test_labels_that_do_not_occur_are_no_matter_of_sizes(net: Clinic) -> None:
    """The number of classes is read off the labels: right wherever the last class occurs."""
    counted = ('"b2": d.sum(axis=0)', '"b2": np.bincount(y, weights=d[rows, y]) + d.sum(axis=0) * 0 + np.zeros(3)')
    assert not any("sizes" in title for title in told(net, NET, "TwoLayerNet.loss", counted))


def test_a_size_that_is_written_into_the_code_is_told_with_sizes(softmax: Clinic) -> None:
    fixed = ("reg * np.sum(W * W)", "reg * np.sum(W * W * np.ones((5, 1)))")
    found = told(softmax, SOFTMAX, "softmax_loss_vectorized", fixed)
    assert list(found) == ["`softmax_loss_vectorized` works at some sizes and fails at others"]
    assert "`W` of shape (5," in next(iter(found.values()))


@pytest.mark.parametrize(
    ("line", "has_a_value", "count"),
    [("dW[:, 0] = 0", True, 0), ("total = 0.0", True, 0), ("dW[:, 0] = x", True, 1), ("dW[:, 0] = x", False, 0)],
)
def test_a_number_that_is_set_is_not_said_to_be_added(line: str, has_a_value: bool, count: int) -> None:
    made = other_assignments(ast.parse(line).body[0], has_a_value=lambda place: has_a_value)
    assert len(list(made)) == count
