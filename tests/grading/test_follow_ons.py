"""A function that is wrong only because another is, is told apart from that first cause."""

import pytest

from grader import Grader
from grader.render import wording
from grader.submissions import load_source
from tests import library


def test_what_is_built_on_a_wrong_softmax_follows_from_it(grade_example):
    report = grade_example("wrong/softmax_over_the_batch.py")
    assert report.function("softmax").follows_from == ()
    assert report.function("forward").follows_from == ("softmax",)
    assert report.function("backward").follows_from == ("softmax",)
    assert report.function("predict").follows_from == ("softmax",)


def test_the_first_cause_is_named_not_the_one_between(grade_example):
    report = grade_example("wrong/softmax_row_sums_not_kept.py")
    assert "needs `forward`" in report.function("backward").checks[0].message
    assert report.function("backward").follows_from == ("softmax",)


def test_a_right_gradient_of_a_wrong_cost_follows_from_the_cost(grade_example):
    report = grade_example("wrong/cost_is_a_sum.py")
    assert report.function("backward").follows_from == ("cross_entropy",)


@pytest.fixture(scope="module")
def grade_some(session):
    """The report on some functions of an example: a training is judged at length, and not looked at here."""

    def grade(name, *functions):
        return session.grade(session.assignment.folder / "examples" / name, functions=functions)

    return grade


def test_a_mistake_of_its_own_is_no_follow_on(grade_some):
    """Here backward is wrong twice over: its softmax is, and it lacks the mask."""
    report = grade_some("wrong/three_functions.py", "softmax", "forward", "backward")
    assert report.function("forward").follows_from == ("softmax",)
    assert report.function("backward").follows_from == ()


def test_an_error_is_followed_through_a_cache_of_the_wrong_size(grade_some):
    """`forward` works on a global X: the classes in its cache are those of other samples than the labels are."""
    backward = grade_some("wrong/forward_uses_global_x.py", "forward", "backward").function("backward")
    assert (backward.status, backward.follows_from, backward.diagnoses) == ("error", ("forward",), ())
    assert wording.follow_on(backward).startswith("What stops it comes from `forward`")


def test_what_fails_with_a_right_helper_as_well_is_not_said_to_follow(grade_with):
    report = grade_with(
        """
def softmax(z):
    return np.arctan(z) ** 2


def forward(params, X):
    cache = {"A0": X}
    n_layers = len(params) // 2
    for l in range(1, n_layers + 1):
        cache[f"Z{l}"] = cache[f"A{l - 1}"] @ params[f"W{l}"] + params[f"b{l}"]
        cache[f"A{l}"] = softmax(cache[f"Z{l}"]) if l == n_layers else relu(cache[f"Z{l}"])
    return np.cos(cache[f"A{n_layers}"]), cache
""",
        "softmax",
        "forward",
    )
    forward = report.function("forward")
    assert forward.follows_from == ()
    assert forward.remarks == (
        "with a right `softmax` in its place it still fails, unless they share a form of their own",
    )


def test_an_error_says_nothing_of_what_comes_after_it(grade_with):
    """`forward` is for two layers, which stops `backward` at others; at two layers this has one number for b."""
    report = grade_with(
        """
def forward(params, X):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ params["W2"] + params["b2"]
    return softmax(Z2), (X, Z1, A1, softmax(Z2))


def backward(params, cache, Y, lam):
    X, Z1, A1, P = cache
    d2 = (P - Y) / len(Y)
    d1 = (d2 @ params["W2"].T) * (Z1 > 0)
    return {
        "W1": X.T @ d1 + lam * params["W1"], "b1": np.ravel(np.sum(d1)),
        "W2": A1.T @ d2 + lam * params["W2"], "b2": np.ravel(np.sum(d2)),
    }
""",
        "forward",
        "backward",
    )
    assert report.function("forward").diagnoses[0].code == "forward.two-layers-only"
    assert report.function("backward").follows_from == ()


def test_what_needs_an_absent_function_follows_from_it(grade_example):
    report = grade_example("wrong/unfinished_cell.ipynb")
    assert report.function("train").follows_from == ("backward",)


def test_an_absent_function_is_its_own_fault(grade_example):
    report = grade_example("wrong/misspelt.py")
    assert [report.function(name).follows_from for name in ("relu", "softmax", "predict")] == [(), (), ()]


TANH = """
import numpy as np

class Tanh:
    def forward(self, input):
        e = np.exp(-input)
        self.a = {}
        return self.a

    def backward(self, output_gradient, learning_rate):
        return (1 - self.a) * (1 + self.a) * output_gradient
"""


@pytest.mark.parametrize(("kept", "status"), [("(1 - e) / (1 + e)", "carried"), ("0.3 * input**3 - e", "failed")])
def test_what_only_a_right_helper_of_ours_leaves_undone_is_no_fault_of_the_function(kept, status):
    """`forward` keeps `self.a`, as ours does not: with ours in its place `backward` can only stumble.

    With the submission's own repaired it is right; where none is found, it is told that the mistake may be there alone.
    """
    with Grader(library.assignment("layers-with-learning-rate")) as session:
        report = session.grade(load_source(TANH.format(kept), "layers.py"), functions=["Tanh.forward", "Tanh.backward"])
    backward = report.function("Tanh.backward")
    may_follow = "its checks work with what `Tanh.forward` made as well, which is wrong: the mistake may be there alone"
    assert (backward.status, backward.remarks) == (status, (may_follow,) if status == "failed" else ())
