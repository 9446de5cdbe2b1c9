"""Properties of functions: what breaks each of them, and what does not."""

import numpy as np
import pytest

from grader.checks.properties import (
    agree,
    depends_on_its_argument,
    is_deterministic,
    is_independent_of_batch,
    leaves_arguments_alone,
)
from grader.checks.record import Finding, note_finding, recording

Z = np.random.default_rng(0).normal(size=(4, 3))
SINGLE = "def softmax(z):\n    e = np.exp(z.astype(np.float32) * 3)\n    return e / e.sum(axis=1, keepdims=True)\n"


def seen(demand):
    with recording() as record:
        demand()
    return [finding.behaviour for finding in record.findings], record.failures


@pytest.mark.parametrize("source", ["", SINGLE])
def test_a_right_function_has_them_all(student, source):
    softmax = student(source).softmax
    assert seen(lambda: is_deterministic(softmax, Z)) == ([], [])
    assert seen(lambda: leaves_arguments_alone(softmax, Z)) == ([], [])
    assert seen(lambda: is_independent_of_batch(softmax, Z)) == ([], [])
    assert seen(lambda: depends_on_its_argument(softmax, [(Z,), (2 * Z,)])) == ([], [])


@pytest.mark.parametrize(
    "source",
    [
        "calls = []\ndef softmax(z):\n    calls.append(1)\n    return z * len(calls)\n",
        "rng = np.random.default_rng()\ndef softmax(z):\n    return rng.normal(size=z.shape)\n",
        "def softmax(z, memory=[]):\n    memory.append(z)\n    return len(memory)\n",
    ],
)
def test_state_and_randomness_are_noticed(student, source):
    findings, (failure,) = seen(lambda: is_deterministic(student(source).softmax, Z))
    assert findings == ["differs-between-calls"]
    assert failure.startswith("`softmax` gave two different results for the same arguments")


def test_a_hidden_cache_may_differ(student):
    forward = student().forward
    assert seen(lambda: is_deterministic(forward, {"W": np.ones((3, 1)), "b": np.zeros(1)}, Z)) == ([], [])


def test_a_changed_argument_is_a_failure(student):
    def noticed(z):
        note_finding(Finding("changes-its-argument", "softmax", "z"))
        return z

    class Noticing:
        name = "softmax"
        __call__ = staticmethod(noticed)

    findings, failures = seen(lambda: leaves_arguments_alone(Noticing(), Z))
    assert findings == ["changes-its-argument"]
    assert failures == ["`softmax` changes its argument `z` in place; work on a copy, since the caller still needs it"]


def test_what_another_function_changes_is_not_held_against_it(student):
    def demand():
        note_finding(Finding("changes-its-argument", "relu", "z"))
        leaves_arguments_alone(student().softmax, Z)

    assert seen(demand)[1] == []


def test_the_call_is_observed(student):
    with recording() as record:
        leaves_arguments_alone(student().softmax, Z)
    assert [observation.function for observation in record.observations] == ["softmax"]


@pytest.mark.parametrize(
    "source",
    [
        "def softmax(z):\n    return np.exp(z) / np.exp(z).sum(axis=0)\n",
        "def softmax(z):\n    return np.exp(z) / np.exp(z).sum()\n",
        "def softmax(z):\n    return z - z.mean()\n",
    ],
)
def test_mixing_the_samples_is_noticed(student, source):
    findings, (failure,) = seen(lambda: is_independent_of_batch(student(source).softmax, Z))
    assert findings == ["depends-on-the-batch"]
    assert "for row 0 when the row is alone" in failure


def test_a_wrong_shape_is_left_to_the_checks_of_values(student):
    softmax = student("def softmax(z):\n    return z.sum()\n").softmax
    assert seen(lambda: is_independent_of_batch(softmax, Z)) == ([], [])


def test_a_global_in_the_place_of_the_argument_is_noticed(student):
    softmax = student("X = np.ones((2, 2))\ndef softmax(z):\n    return X\n").softmax
    findings, (failure,) = seen(lambda: depends_on_its_argument(softmax, [(Z,), (Z + 1,), (Z - 1,)]))
    assert findings == ["ignores-its-argument"]
    assert "does it use a variable of the notebook" in failure


def test_values_agree_up_to_the_rounding_of_their_precision():
    assert agree(Z, Z * (1 + 1e-15))
    assert not agree(Z, Z * (1 + 1e-9))
    assert agree(Z.astype(np.float32), Z)
    assert not agree(Z.astype(np.float32), Z * (1 + 1e-3))
    assert agree({"a": [np.nan, 1.0]}, {"a": [np.nan, 1.0]})
    assert not agree(None, Z)
