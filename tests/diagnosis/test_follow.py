"""A function that only calls a wrong one is never blamed: whether that raises, passes caches on, or is a method."""

from contextlib import nullcontext

import numpy as np
import pytest

from grader.diagnosis.planted.follow import follow_ons
from tests.diagnosis.conftest import Clinic, clinic_of
from tests.diagnosis.test_sentences import NET

DEEP = """
import numpy as np

def sigmoid(Z):
    A = 1 / (1 + np.exp(-Z))
    return A, Z

def linear_forward(A, W, b):
    return W @ A + b, {"A": A, "W": W, "b": b}

def linear_activation_forward(A_prev, W, b, activation):
    Z, linear = linear_forward(A_prev, W, b)
    return (sigmoid(Z)[0] if activation == "sigmoid" else np.maximum(0, Z)), (linear, Z)

def L_model_forward(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        A, cache = linear_activation_forward(
            A, parameters["W%d" % l], parameters["b%d" % l], "relu" if l < L else "sigmoid")
        caches.append(cache)
    return A, caches

def compute_cost(AL, Y):
    return float(-np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)))

def linear_backward(dZ, cache):
    m = dZ.shape[1]
    dW, db = dZ @ cache["A"].T / m, dZ.sum(axis=1, keepdims=True) / m
    return cache["W"].T @ dZ, dW, db

def linear_activation_backward(dA, cache, activation):
    linear, Z = cache
    s = sigmoid(Z)[0]
    return linear_backward(dA * s * (1 - s) if activation == "sigmoid" else dA * (Z > 0), linear)

def L_model_backward(AL, Y, caches):
    grads, L = {}, len(caches)
    dA = -(Y / AL) + (1 - Y) / (1 - AL)
    for l in reversed(range(L)):
        kind = "relu" if l < L - 1 else "sigmoid"
        dA, grads["dW%d" % (l + 1)], grads["db%d" % (l + 1)] = linear_activation_backward(dA, caches[l], kind)
    return grads

def update_parameters(parameters, grads, learning_rate):
    return {k: v - learning_rate * grads["d" + k] for k, v in parameters.items()}
"""
TRAIN = """
    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        per_epoch = max(len(X) // batch_size, 1)
        losses, train, val = [], [], []
        for it in range(num_iters):
            chosen = np.random.choice(len(X), batch_size)
            loss, grads = self.loss(X[chosen], y=y[chosen], reg=reg)
            losses.append(loss)
            for key in self.params:
                self.params[key] -= learning_rate * grads[key]
            if it % per_epoch == 0:
                train.append((self.predict(X[chosen]) == y[chosen]).mean())
                val.append((self.predict(X_val) == y_val).mean())
                learning_rate *= learning_rate_decay
        return {"loss_history": losses, "train_acc_history": train, "val_acc_history": val}

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)
"""


@pytest.fixture(scope="module")
def deep() -> Clinic:
    return clinic_of("dl-deep-network")


@pytest.fixture(scope="module")
def net() -> Clinic:
    return clinic_of("cs231n-two-layer-net")


def causes(clinic: Clinic, text: str, *changes: tuple[str, str]) -> dict[str, tuple[str, ...]]:
    student = clinic.submission(text, *changes)
    names = clinic.assignment.function_names
    runs = [run for run in clinic.runs(student, names) if "dataset" not in run.check.arguments]
    return dict(follow_ons(clinic.assignment, runs, student, clinic.setting).causes)


@pytest.mark.parametrize(
    "fault",
    [("/ m, dZ.sum", "/ m * 1.3, dZ.sum"), ("    return cache", "    assert dZ.shape[0] == 1\n    return cache")],
    ids=["wrong in an unknown way", "raises"],
)
def test_callers_of_a_wrong_function_with_caches_follow_from_it(deep: Clinic, fault: tuple[str, str]) -> None:
    found = causes(deep, DEEP, fault)
    assert found["linear_activation_backward"] == ("linear_backward",)
    assert found["L_model_backward"] == ("linear_backward",)
    assert "linear_backward" not in found


def test_a_caller_with_a_fault_of_its_own_does_not_follow(deep: Clinic) -> None:
    found = causes(deep, DEEP, ("/ m, dZ.sum", "/ m * 1.3, dZ.sum"), ("dA * (Z > 0)", "dA * (Z > 0.2)"))
    assert "linear_activation_backward" not in found


@pytest.mark.parametrize(
    "fault",
    [
        ("np.log(p[rows, y])", "np.log(p @ X)"),
        ("return loss, grads", "return loss, {}"),
        ("return loss, grads", "return loss, grads['W1'], grads['W2'], grads"),
        ('"b1": dh.sum(axis=0)', '"b1": np.sin(dh.sum(axis=0))'),
    ],
    ids=["raises", "lacks gradients", "another form", "wrong in an unknown way"],
)
def test_a_training_is_not_blamed_for_the_loss(net: Clinic, fault: tuple[str, str]) -> None:
    found = causes(net, NET + TRAIN, fault)
    assert found.get("TwoLayerNet.train", ("TwoLayerNet.loss",)) == ("TwoLayerNet.loss",)
    assert "TwoLayerNet.loss" not in found
    if fault[1] != '"b1": np.sin(dh.sum(axis=0))':
        assert "TwoLayerNet.train" in found


def test_a_training_with_a_fault_of_its_own_does_not_follow(net: Clinic) -> None:
    found = causes(
        net, NET + TRAIN, ("return loss, grads", "return loss, {}"), ("losses.append(loss)", "losses.append(nothing)")
    )
    assert "TwoLayerNet.train" not in found


def test_what_the_solution_makes_of_its_inputs_is_told_only_to_functions_apart(deep: Clinic) -> None:
    """A wrong `linear_forward` could read the right activations of the layer before from its arguments."""
    told: list[np.ndarray] = []
    wrong = "    return W @ A + b", "    noted(A)\n    return W @ A + 2 * b"
    student, beside = (deep.submission("noted = abs\n" + DEEP, wrong) for _ in range(2))
    student.module.__dict__["noted"] = told.append
    student.apart = lambda: nullcontext(beside)  # type: ignore[method-assign]
    runs = deep.runs(student, deep.assignment.function_names)
    before = len(told)
    found = follow_ons(deep.assignment, runs, student, deep.setting).causes
    assert found["linear_activation_forward"] == ("linear_forward",)
    assert len(told) == before > 0
