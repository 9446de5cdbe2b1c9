"""Fingerprints of training curves, and silence over runs that are right."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from grader.checks.record import TrainingEvidence
from grader.diagnosis.training.curves import SIGNATURES, diagnose_training
from grader.diagnosis.training.training_run import TrainingRun, entropy
from grader.report import EpochRecord, TrainingReport

EVEN = np.full(10, 0.1)
RIGHT = (2.0, 1.0, 0.6, 0.4)
LAYERS = {"w1": (8, 6), "w2": (6, 10)}


def weights(scale: float) -> dict[str, NDArray[np.float64]]:
    rng = np.random.default_rng(3)
    return {name: scale * rng.normal(size=shape) / math.sqrt(shape[0]) for name, shape in LAYERS.items()}


def report(
    costs: list[float], accuracies: list[float] | None = None, reference: tuple[float, ...] = RIGHT
) -> TrainingReport:
    known = accuracies or [None] * len(costs)
    return TrainingReport(
        function="train",
        dataset="made up",
        history=tuple(
            EpochRecord(epoch=i, train_cost=cost, train_accuracy=accuracy)
            for i, (cost, accuracy) in enumerate(zip(costs, known, strict=True), 1)
        ),
        reference_history=tuple(EpochRecord(epoch=i, train_cost=cost) for i, cost in enumerate(reference, 1)),
    )


def code(run: TrainingReport, evidence: TrainingEvidence) -> str | None:
    found = diagnose_training(run, evidence)
    assert len(found) <= 1
    return found[0].code if found else None


def test_the_known_figures() -> None:
    run = TrainingRun(report([1.0, 1.0]), TrainingEvidence("sigmoids", EVEN))
    assert run.cost_of_knowing_nothing == pytest.approx(6.931, abs=1e-3)
    assert run.cost_of_ignorance == pytest.approx(3.251, abs=1e-3)
    run = TrainingRun(report([1.0, 1.0]), TrainingEvidence("softmax", EVEN))
    assert run.cost_of_knowing_nothing == pytest.approx(math.log(10))
    assert run.cost_of_ignorance == pytest.approx(math.log(10))


@given(st.lists(st.floats(0.01, 1.0), min_size=2, max_size=12))
def test_entropy_is_largest_for_equal_shares(parts: list[float]) -> None:
    shares = np.array(parts) / sum(parts)
    assert 0 <= entropy(shares) <= math.log(len(parts)) + 1e-12


def test_entropy_of_a_class_that_never_occurs() -> None:
    assert entropy(np.array([1.0, 0.0])) == 0.0


def test_zero_weights_are_named() -> None:
    evidence = TrainingEvidence("sigmoids", EVEN, weights_before=weights(0.0))
    (found,) = diagnose_training(report([6.931, 4.36, 3.4, 3.27, 3.2509]), evidence)
    assert found.code == "training.blind-to-the-input"
    assert found.confidence == "certain"
    assert "starts at 10·ln 2 = 6.931 and sticks at 3.251" in found.title
    assert "All weights are 0 at first." in found.explanation


def test_tiny_weights_are_named() -> None:
    evidence = TrainingEvidence("sigmoids", EVEN, weights_before=weights(0.01))
    (found,) = diagnose_training(report([6.93, 4.4, 3.3, 3.26]), evidence)
    assert found.code == "training.blind-to-the-input"
    assert "w1, w2 are tiny" in found.explanation


def test_a_plateau_with_sound_weights_has_another_cause() -> None:
    evidence = TrainingEvidence("softmax", EVEN, weights_before=weights(1.0))
    (found,) = diagnose_training(report([2.9, 2.31, 2.3, 2.302]), evidence)
    assert found.code == "training.blind-to-the-input"
    assert found.confidence == "likely"
    assert "shuffled apart" in found.explanation


def test_collapse_while_the_weights_decay() -> None:
    evidence = TrainingEvidence(
        "sigmoids", EVEN, weights_before=weights(1.0), weights_after=weights(0.01), predicted=np.full(50, 7)
    )
    (found,) = diagnose_training(report([3.29, 3.32, 3.29]), evidence)
    assert found.code == "training.weights-decay-to-nothing"
    assert found.evidence["norm of the weights, after / before"] == pytest.approx(0.01)


def test_one_class_without_decay_is_a_plateau_only() -> None:
    evidence = TrainingEvidence(
        "sigmoids", EVEN, weights_before=weights(1.0), weights_after=weights(1.0), predicted=np.full(50, 7)
    )
    assert code(report([3.29, 3.27, 3.26]), evidence) == "training.blind-to-the-input"


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        ([2.2, 4.0, math.nan, math.nan], "training.not-finite"),
        ([2.2, 9.0, math.inf], "training.not-finite"),
        ([2.7, 2.7, 2.7], "training.never-moves"),
        ([2.0, 2.9, 3.7, 4.4], "training.ascends"),
        ([27.0, 12.0, 6.0, 4.0], "training.starts-far-above-chance"),
    ],
)
def test_shapes_of_curves(costs: list[float], expected: str) -> None:
    assert code(report(costs), TrainingEvidence("softmax", EVEN, weights_before=weights(1.0))) == expected


def test_divergence_tells_where_it_began() -> None:
    (found,) = diagnose_training(report([2.2, 4.0, math.nan, math.nan]), TrainingEvidence("softmax", EVEN))
    assert found.evidence == {"first": 2, "before": [2.2, 4.0]}


def test_cost_and_accuracy_that_rise_together() -> None:
    run = report([2.0, 1.5, 1.55, 1.7, 1.9], [0.3, 0.5, 0.6, 0.7, 0.76])
    assert code(run, TrainingEvidence("softmax", EVEN)) == "training.cost-and-accuracy-rise"
    overfitted = report([2.0, 1.5, 1.55, 1.7, 1.9], [0.3, 0.6, 0.6, 0.5, 0.5])
    assert code(overfitted, TrainingEvidence("softmax", EVEN)) is None


def test_nothing_is_said_without_evidence() -> None:
    assert diagnose_training(report([2.7, 2.7, 2.7]), None) == ()


@given(
    st.lists(st.floats(0.0, 60.0), min_size=2, max_size=20),
    st.floats(0.05, 5.0),
    st.sampled_from(["softmax", "sigmoids"]),
    st.floats(0.0, 1.0),
)
def test_nothing_is_said_about_a_run_that_ends_near_the_reference(
    costs: list[float], last: float, outputs: str, scale: float
) -> None:
    evidence = TrainingEvidence(
        outputs,  # type: ignore[arg-type]
        EVEN,
        weights_before=weights(scale),
        weights_after=weights(0.01),
        predicted=np.zeros(20, dtype=np.int64),
    )
    assert diagnose_training(report([*costs, last], reference=(2.0, last / 1.2)), evidence) == ()


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=2, max_size=8))
def test_any_curve_can_be_looked_at(costs: list[float]) -> None:
    run = TrainingRun(report(costs), TrainingEvidence("sigmoids", EVEN, weights_before=weights(0.0)))
    with np.errstate(all="ignore"):
        for signature in SIGNATURES:
            signature(run)
