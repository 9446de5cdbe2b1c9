"""Of two wrong functions, of which one needs the other, each is told its own; an error in here loses no other step."""

from types import ModuleType
from typing import cast

import pytest

from grader import Grader
from grader.checks.record import Observation
from grader.checks.run import CheckRun
from grader.diagnosis.cases.trace import Call, Origin, Raised, Rerun, Trace
from grader.diagnosis.own_faults import OwnFaults
from grader.submissions import load_source

SUMMED = """
import numpy as np

def softmax(predictions):
    e = np.exp(predictions - predictions.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def cross_entropy_loss(probs, target_index):
    return -np.log(probs[np.arange(len(probs)), target_index]).sum()

def softmax_with_cross_entropy(predictions, target_index):
    probs = softmax(predictions)
    return cross_entropy_loss(probs, target_index), probs - np.eye(predictions.shape[1])[target_index]
"""

COST, BOTH = "cross_entropy_loss", "softmax_with_cross_entropy"


def test_each_is_told_its_own():
    with Grader("dlcourse-layers") as session:
        report = session.grade(load_source(SUMMED, "homework.py"), functions=[COST, BOTH])
    assert not report.remarks
    told = {one.name: [diagnosis.title for diagnosis in one.diagnoses] for one in report.functions}
    assert told[COST] == ["The cost is summed over the samples, not averaged"]
    assert "The gradient is summed over the samples, not averaged" in told[BOTH]


@pytest.mark.parametrize("gives", [None, (1,), {}])
def test_what_is_made_of_a_result_that_another_function_does_not_give_is_not_asked(gives):
    def forward():
        return gives if gives is not None else [][0]

    module = ModuleType("submission")
    module.forward, module.backward = forward, lambda cache: cache
    observation = Observation("forward")
    calls = (
        Call("forward", "call", ((),), {}, None, observation),
        Call("backward", "call", ((Origin(0, (1,)),),), {}, None, observation),
    )
    rerun = Rerun(Trace(cast(CheckRun, None), calls), module)
    assert (rerun.arguments(1), rerun.given(1)) == ((), ())
    assert isinstance(rerun.result(1), Raised)


def test_an_error_in_here_loses_one_step_alone(monkeypatch):
    usual = OwnFaults.of

    def of(own, name, *others):
        if name == BOTH:
            raise IndexError("none there")
        return usual(own, name, *others)

    monkeypatch.setattr(OwnFaults, "of", of)
    with Grader("dlcourse-layers") as session:
        report = session.grade(load_source(SUMMED, "homework.py"), functions=[COST, BOTH])
    assert report.remarks == ("a step of the diagnosis failed (IndexError: none there); the grade is not affected",)
    assert next(one for one in report.functions if one.name == COST).diagnoses
