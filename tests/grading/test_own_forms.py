"""What is right, given right helpers, though these keep things in a form of the submission's own, or give zeros."""

import pytest

from grader import Grader
from grader.submissions import load_source
from tests.library import assignment, example

LAYERS = """
import collections
import numpy as np

Linear = collections.namedtuple("Linear", "A W b")


class Layer:
    def __init__(self, linear, Z):
        self.linear, self.Z = linear, Z


def linear_forward(A, W, b):
    return W @ A - b, Linear(A, W, b)


def linear_activation_forward(A_prev, W, b, activation):
    Z, linear = linear_forward(A_prev, W, b)
    assert linear.A.shape[1] == Z.shape[1]
    return (1 / (1 + np.exp(-Z)) if activation == "sigmoid" else np.maximum(0, Z)), Layer(linear, Z)


def linear_backward(dZ, cache):
    m = cache.A.shape[1]
    return cache.W.T @ dZ, dZ @ cache.A.T / m, dZ.sum(axis=1, keepdims=True) / m


def linear_activation_backward(dA, cache, activation):
    a = 1 / (1 + np.exp(-cache.Z))
    return linear_backward(dA * (a * (1 - a) if activation == "sigmoid" else cache.Z > 0), cache.linear)
"""
BUILT_ON_IT = ["linear_activation_forward", "linear_activation_backward"]


@pytest.mark.parametrize("slip", ["", "cache.Z >= -1"], ids=["right", "wrong by itself"])
def test_a_cache_of_the_submissions_own_form_is_taken_apart_beside_a_right_helper(session, slip):
    text = LAYERS.replace("cache.Z > 0", slip) if slip else LAYERS
    with Grader(assignment("dl-deep-network"), sandbox=session.sandbox) as grader:
        report = grader.grade(load_source(text, "layers.py"), functions=["linear_forward", *BUILT_ON_IT])
    right = [name for name in BUILT_ON_IT if report.function(name).score == report.function(name).max_score]
    assert right == BUILT_ON_IT[: 1 if slip else 2]
    assert all(report.function(name).follows_from == ("linear_forward",) for name in right)
    assert report.function("linear_forward").carried == 0


NETWORK = """
import numpy as np


def linear_forward(A, W, b):
    return W @ A + b, {"A": A, "W": W}


def layer(Z, last):
    return 1 / (1 + np.exp(-Z)) if last else np.maximum(0, Z)


def L_model_forward(X, parameters):
    A, caches, L = X, {}, len(parameters) // 2
    for l in range(1, L + 1):
        Z, linear = linear_forward(A, parameters[f"W{l}"], parameters[f"b{l}"])
        caches[l], A = {"linear": linear, "Z": Z}, layer(Z, l == L)
    return A, caches


def compute_cost(AL, Y):
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))


def L_model_backward(AL, Y, caches):
    grads, L = {}, len(caches)
    dZ = AL - Y
    for l in range(L, 0, -1):
        A, W = caches[l]["linear"]["A"], caches[l]["linear"]["W"]
        grads[f"dW{l}"] = dZ @ A.T / Y.shape[1]
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / Y.shape[1]
        if l > 1:
            dZ = W.T @ dZ * (caches[l - 1]["Z"] > 0)
    return grads
"""


@pytest.mark.parametrize(
    ("slips", "is_due"),
    [
        ({"range(1, L + 1)": "range(2, L + 1)"}, True),
        ({"range(1, L + 1)": "range(2, L + 1)", "W @ A + b": "W @ A - b"}, True),
        ({"range(1, L + 1)": "range(2, L + 1)", "W @ A + b": "W @ A - b", '["Z"] > 0': '["Z"] >= -1'}, False),
    ],
    ids=["the way there", "and what it calls", "and the way back"],
)
def test_a_way_back_is_judged_once_the_way_there_and_what_that_calls_are_repaired(session, slips, is_due):
    text = NETWORK
    for right, slip in slips.items():
        assert text.count(right) == 1
        text = text.replace(right, slip)
    functions = ["linear_forward", "L_model_forward", "L_model_backward"]
    with Grader(assignment("dl-deep-network"), sandbox=session.sandbox) as grader:
        report = grader.grade(load_source(text, "network.py"), functions=functions)
    back = report.function("L_model_backward")
    assert (back.score == back.max_score) is is_due, [(check.id, check.message) for check in back.checks]
    assert not (is_due and back.diagnoses)
    assert report.function("L_model_forward").score < 15


STEP_BACK = """
def linear_backward(dZ, cache):
    A, W, b = cache
    return W.T @ dZ, dZ @ A.T / A.shape[1], dZ.mean(axis=0)
"""
OWN_STEP = """        A, W = caches[l]["linear"]["A"], caches[l]["linear"]["W"]
        grads[f"dW{l}"] = dZ @ A.T / Y.shape[1]
        grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True) / Y.shape[1]
        if l > 1:
            dZ = W.T @ dZ * (caches[l - 1]["Z"] > 0)
"""
STEPS_BACK = """        dA, grads[f"dW{l}"], grads[f"db{l}"] = linear_backward(dZ, caches[l]["linear"])
        if l > 1:
            dZ = dA * (caches[l - 1]["Z"] > 0)
"""


@pytest.mark.parametrize(("mask", "is_due"), [("> 0", True), (">= -1", False)], ids=["right", "wrong"])
def test_a_way_back_is_judged_with_the_way_there_and_its_own_steps_repaired(session, mask, is_due):
    assert OWN_STEP in NETWORK
    text = NETWORK.replace("range(1, L + 1)", "range(2, L + 1)").replace(OWN_STEP, STEPS_BACK) + STEP_BACK
    text = text.replace('["Z"] > 0', f'["Z"] {mask}').replace('{"A": A, "W": W}', "(A, W, b)")
    functions = ["linear_backward", "L_model_forward", "L_model_backward"]
    with Grader(assignment("dl-deep-network"), sandbox=session.sandbox) as grader:
        report = grader.grade(load_source(text, "network.py"), functions=functions)
    back = report.function("L_model_backward")
    assert (back.score == back.max_score) is is_due, [(check.id, check.message) for check in back.checks]
    for name in ("linear_backward", "L_model_forward"):
        assert report.function(name).score < report.function(name).max_score


def test_a_way_back_is_judged_with_a_repaired_step_where_a_right_one_cannot_be_asked(session):
    """The step takes what a layer keeps, of which nobody knows what of it another step needs; it has two slips."""
    step = STEP_BACK.replace("A, W, b = cache", 'A, W = cache["A"], cache["W"]').replace("W.T @ dZ,", "W.T @ dZ / 2,")
    text = NETWORK.replace(OWN_STEP, STEPS_BACK.replace('caches[l]["linear"]', "caches[l]")) + step
    text = text.replace('{"linear": linear, "Z": Z}', '{**linear, "Z": Z}')
    with Grader(assignment("dl-deep-network"), sandbox=session.sandbox) as grader:
        report = grader.grade(load_source(text, "network.py"), functions=["linear_backward", "L_model_backward"])
    assert report.function("L_model_backward").carried == 17
    assert report.function("linear_backward").score < 13


def test_that_a_function_cannot_read_the_courses_cache_is_no_mistake_where_it_reads_its_own(session):
    """The check tries the course's where the gradients of the submission's own are wrong."""
    text = NETWORK + STEP_BACK.replace("A, W, b = cache", 'A, W = cache["A"], cache["W"]')
    with Grader(assignment("dl-deep-network"), sandbox=session.sandbox) as grader:
        report = grader.grade(load_source(text, "network.py"), functions=["linear_forward", "linear_backward"])
    titles = [diagnosis.title for diagnosis in report.function("linear_backward").diagnoses]
    assert titles == ["`dZ.mean(axis=0)` runs along axis 0, and should run along axis 1"]


NET = """
import numpy as np


class TwoLayerNet:
    def __init__(self, D, H, C, std=1e-4):
        self.params = {"W1": std * np.random.randn(D, H), "b1": np.zeros(H)}
        self.params |= {"W2": std * np.random.randn(H, C), "b2": np.zeros(C)}

    def loss(self, X, y=None, reg=0.0):
        scores = (X @ self.params["W1"] + self.params["b1"]) @ self.params["W2"] + self.params["b2"]
        return scores if y is None else (float(scores.var()), {k: 0 * v for k, v in self.params.items()})

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        curves = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        for it in range(num_iters):
            batch = np.random.choice(len(X), batch_size)
            loss, gradients = self.loss(X[batch], y[batch], reg)
            curves["loss_history"].append(loss)
            if it % max(len(X) // batch_size, 1) == 0:
                curves["train_acc_history"].append(np.mean(self.predict(X[batch]) == y[batch]))
                curves["val_acc_history"].append(np.mean(self.predict(X_val) == y_val))
        return curves
"""


def test_what_asks_with_its_defaults_asks_no_more_and_a_training_that_changes_nothing_is_not_right_by_zeros(session):
    with Grader(assignment("cs231n-two-layer-net"), sandbox=session.sandbox) as grader:
        report = grader.grade(load_source(NET, "net.py"))
    predict, train = report.function("TwoLayerNet.predict"), report.function("TwoLayerNet.train")
    assert (predict.status, predict.score) == ("carried", predict.max_score)
    changed = [check for check in train.checks if check.id.rpartition(".")[2] in ("steps", "decay")]
    assert [(check.status, check.score) for check in changed] == [("failed", 0), ("failed", 0)]
    assert train.follows_from == ()


LSTM = {"next_h = o * np.tanh(next_c)": "squashed = np.tanh(next_c)\n    next_h = o * next_c"}
LSTM |= {"= sigmoid(a[:, :H])": "= sigmoid(a[:, H : 2 * H])"}
LSTM |= {"f = sigmoid(a[:, H : 2 * H])": "f = sigmoid(a[:, :H])"}


@pytest.mark.parametrize("slip", ["", "da_g = dg"], ids=["right", "wrong by itself"])
def test_a_way_back_is_judged_once_each_of_two_mistakes_of_the_way_there_is_undone(session, slip):
    text = example("cs231n-a3-recurrent-layers", "right/rnn_layers.py").read_text()
    for right, wrong in (LSTM | ({"da_g = dg * (1 - g**2)": slip} if slip else {})).items():
        assert text.count(right) == 1
        text = text.replace(right, wrong)
    functions = ["lstm_step_forward", "lstm_step_backward"]
    with Grader(assignment("cs231n-a3-recurrent-layers"), sandbox=session.sandbox) as grader:
        report = grader.grade(load_source(text, "rnn.py"), functions=functions)
    there, back = map(report.function, functions)
    assert len(there.diagnoses) == 2
    assert not there.score
    assert (back.score == back.max_score) is not bool(slip)
    assert bool(back.diagnoses) is bool(slip)


@pytest.mark.parametrize(
    ("slips", "titles"),
    [
        ({}, []),
        ({"dWx += dWx_t": "dWx = dWx_t"}, ["`dWx`, which "]),
        (
            {
                "return dx, dh0, dWx, dWh, db": "return dx, dh0, dWx, dWh",
                "D = cache[0][0].shape[1]": "D = cash[0].size",
            },
            ["Nothing has the name `cash` where it is used", "`rnn_backward` returns 4 values, and 5 are asked for"],
        ),
        (
            {"def rnn_backward(dh, cache)": "def rnn_backward(dh, kept)"},
            ["There is no `cache`: `kept` is meant, and so in line 43"],
        ),
    ],
    ids=["right", "wrong by itself", "with two mistakes", "with another parameter"],
)
def test_what_no_check_comes_to_is_looked_at_once_what_stops_it_is_repaired(session, slips, titles):
    text = example("cs231n-a3-recurrent-layers", "right/rnn_layers.py").read_text()
    for right, wrong in {"h = np.zeros((N, T, H))\n    cache": "h = np.zeros(N, T, H)\n    cache", **slips}.items():
        assert right in text
        text = text.replace(right, wrong, 1)
    functions = ["rnn_forward", "rnn_backward"]
    with Grader(assignment("cs231n-a3-recurrent-layers"), sandbox=session.sandbox) as grader:
        back = grader.grade(load_source(text, "rnn.py"), functions=functions).function("rnn_backward")
    found = [one.title for one in back.diagnoses]
    assert [one[: len(title)] for one, title in zip(found, titles, strict=True)] == titles
    assert (back.score == back.max_score) is not bool(slips)


DOWN, OTHER = "- eta * d", "self.cost_derivative(a[-1], y)"


@pytest.mark.parametrize(
    ("changes", "is_due"),
    [({DOWN: "+ eta * d"}, False), ({OTHER: f"-{OTHER}"}, True)],
    ids=["a step that goes up", "a sign that is turned back"],
)
def test_two_signs_that_make_up_for_each_other_are_no_right_step(session, changes, is_due):
    text = example("nielsen-quadratic-network", "right/matrices.py").read_text()
    for right, wrong in {"np.subtract(output_activations, y)": "y - output_activations", **changes}.items():
        assert right in text
        text = text.replace(right, wrong)
    names = [f"Network.{name}" for name in ("cost_derivative", "backprop", "update_mini_batch")]
    with Grader(assignment("nielsen-quadratic-network"), sandbox=session.sandbox) as grader:
        report = grader.grade(load_source(text, "net.py"), functions=names)
    cost, back, step = map(report.function, names)
    assert cost.score == 0
    assert back.score == back.max_score
    assert (step.score == step.max_score) is is_due, [check.message for check in step.checks]
