"""What a function should keep for its next call: named without a known mistake."""

import dataclasses
from pathlib import Path

import pytest

from grader import Grader
from grader.submissions import load_source
from tests import library

WRONG = Path(__file__).parents[2] / "assignments/cs231n-a2-optim/examples/wrong"


@pytest.fixture(scope="module")
def optim():
    with Grader(dataclasses.replace(library.assignment("cs231n-a2-optim"), mistakes=())) as session:
        yield session


@pytest.mark.parametrize(
    ("file", "function", "code"),
    [
        ("step_number_forgotten.py", "adam", "not-kept"),
        ("corrected_moments_kept.py", "adam", "target-too-much"),
        ("epsilon_inside.py", "rmsprop", "out-of-the-brackets"),
        ("not_corrected.py", "adam", "bias-correction"),
        ("adam_left_open.py", "sgd_momentum", "multiply"),
    ],
)
def test_state_and_brackets_are_put_right(optim, file, function, code):
    report = optim.grade(WRONG / file, functions=[function])
    assert [one.code for one in report.function(function).diagnoses] == [f"{function}.{code}"]


def test_a_state_that_is_right_keeps_its_points_where_the_step_made_of_it_is_wrong(optim):
    text = """
import numpy as np

def sgd_momentum(w, dw, config=None):
    config = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": np.zeros_like(w)} | (config or {})
    config["velocity"] = config["momentum"] * config["velocity"] - config["learning_rate"] * dw
    return w - config["velocity"], config
"""
    report = optim.grade(load_source(text, "optim.py"), functions=["sgd_momentum"]).function("sgd_momentum")
    assert {check.title for check in report.checks if check.status == "passed"} == {"The velocity that is kept"}


def test_settings_that_no_check_asks_for_are_not_said_to_be_missing(optim):
    text = """
import numpy as np

def rmsprop(w, dw, config=None):
    config = {} if config is None else config
    rate, rho, eps = config.get("learning_rate", 0.01), config.get("decay_rate", 0.99), config.get("epsilon", 1e-8)
    cache = config.get("cache", np.zeros_like(w))
    cache = rho * cache + (rho - 1) * dw**2
    return w - rate * dw / (np.sqrt(cache) + eps), {"cache": cache}
"""
    report = optim.grade(load_source(text, "optim.py"), functions=["rmsprop"]).function("rmsprop")
    (told,) = report.diagnoses
    assert told.code == "rmsprop.operator"
    assert [edit["line"] for edit in told.evidence["edits"]] == [8]
    assert "every check of `rmsprop` passes" in told.explanation


TWICE = Path(__file__).parents[2] / "assignments/dl-optimization/examples/wrong"


@pytest.fixture(scope="module")
def updates():
    with Grader(dataclasses.replace(library.assignment("dl-optimization"), mistakes=())) as session:
        yield session


def test_what_is_left_of_a_moment_is_no_penalty_and_what_is_righted_has_a_name(updates):
    text = (TWICE.parent / "right/plain.py").read_text("utf-8")
    for decay, square in (("beta1 * v[g] + ", ""), ("beta2 * s[g] + ", "")):
        assert text.count(decay) == 1
        text = text.replace(decay, square)
    function = "update_parameters_with_adam"
    told, *_ = updates.grade(load_source(text, "adam.py"), functions=[function]).function(function).diagnoses
    assert told.code == f"{function}.term"
    assert '`v["dW1"]`' in told.explanation


@pytest.mark.parametrize(
    ("file", "rule", "code"),
    [
        ("no_correction.py", "adam", "bias-correction"),
        ("step_without_velocity.py", "adam", "power"),
        ("rest_thrown_away.py", "momentum", "running-mean"),
    ],
)
def test_a_slip_that_is_made_of_both_running_means_is_named(updates, file, rule, code):
    function = f"update_parameters_with_{rule}"
    report = updates.grade(TWICE / file, functions=[function])
    assert [one.code for one in report.function(function).diagnoses] == [f"{function}.{code}"]
