"""Training runs: driven by the grader step by step, and histories that submissions tell."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.checks.record import recording
from grader.checks.training import (
    MAX_EPOCHS,
    Schedule,
    accuracy,
    costs_coincide,
    epoch_records,
    first_divergence,
    note_own_training,
    one_hot,
)
from grader.report import TrainingReport

IMAGES = np.random.default_rng(0).normal(size=(22, 3))
TARGETS = np.zeros((22, 2))
START = {"W": np.random.default_rng(1).normal(size=(3, 2)), "b": np.ones(2)}


def step(network, params, X, Y):
    cost, cache = network.forward(params, X)
    return cost, network.backward(params, cache)


def driven(student, solution, dataset, *, images=IMAGES, epochs=3, rate=0.1):
    events = []
    with recording(events.append) as record:
        costs_coincide(
            "backward",
            student,
            solution,
            step=step,
            start=START,
            images=images,
            targets=TARGETS,
            schedule=Schedule(epochs=epochs, batch_size=5, learning_rate=rate),
            dataset=dataset,
            rng=np.random.default_rng(2),
        )
    return record, events


def test_a_right_network_follows_the_reference(student, solution, dataset):
    start = {key: value.copy() for key, value in START.items()}
    record, events = driven(student(), solution, dataset)
    (report,) = record.training
    assert record.failures == []
    assert report.first_divergent_step is None
    assert report.step_costs == report.reference_step_costs
    assert len(report.step_costs) == 12
    assert report.step_costs[-1] < report.step_costs[0]
    assert report.dataset_is_stand_in
    assert [(event.epoch, event.epochs) for event in events] == [(1, 3), (2, 3), (3, 3)]
    for key in START:
        np.testing.assert_array_equal(START[key], start[key])


def test_every_epoch_shows_each_sample_once(student, solution, dataset):
    numbered = np.arange(25.0)[:, None] * np.ones(3)
    seen = []

    def noting_step(network, params, X, Y):
        seen.append(X[:, 0])
        return 1.0, params

    with recording():
        costs_coincide(
            "backward",
            student(),
            solution,
            step=noting_step,
            start=START,
            images=numbered,
            targets=np.zeros(25),
            schedule=Schedule(epochs=2, batch_size=5, learning_rate=0.1),
            dataset=dataset,
            rng=np.random.default_rng(0),
        )
    for epoch in (seen[:5], seen[5:10]):
        assert sorted(np.concatenate(epoch)) == list(range(25))


def test_the_step_at_which_the_curves_part_is_told(student, solution, dataset):
    wrong = student(
        "right = backward\n"
        "def backward(params, cache):\n"
        "    grads = right(params, cache)\n"
        "    return {**grads, 'b': -grads['b']}\n"
    )
    record, _ = driven(wrong, solution, dataset)
    (failure,) = record.failures
    assert record.training[0].first_divergent_step == 1
    assert "the cost leaves the reference at step 1" in failure


@pytest.mark.parametrize(
    ("result", "words"),
    [
        ("{'W': np.ones((3, 2))}", "the gradient of b is None"),
        ("[]", "the gradient of W is None"),
        ("{'W': 'dW', 'b': 1}", "the gradient of W is the text 'dW'"),
        ("{'W': np.ones(2), 'b': np.ones(2)}", "the gradient of W is a (2,) array of float64"),
    ],
)
def test_a_gradient_that_cannot_be_used_ends_the_run(student, solution, dataset, result, words):
    record, _ = driven(student(f"def backward(params, cache):\n    return {result}\n"), solution, dataset)
    assert record.failures == [f"no training is possible: {words}"]
    assert record.training[0].first_divergent_step == 1


@pytest.mark.parametrize("cost", ["np.nan", "np.inf", "None", "'low'"])
def test_a_cost_that_is_no_number_ends_the_run(student, solution, dataset, cost):
    record, events = driven(student(f"def cost(params, X):\n    return {cost}\n"), solution, dataset)
    report = record.training[0]
    assert (report.first_divergent_step, len(report.step_costs), events) == (0, 1, [])
    assert TrainingReport.model_validate_json(report.model_dump_json()).first_divergent_step == 0


def test_a_rate_that_blows_up_is_followed_as_well(student, solution, dataset):
    with np.errstate(all="ignore"):
        record, _ = driven(student(), solution, dataset, rate=1e200)
    assert record.training[0].step_costs[0] == record.training[0].reference_step_costs[0]


curves = st.lists(st.floats(1e-2, 1e3), max_size=8)


@given(curves)
def test_a_curve_does_not_leave_itself(costs):
    assert first_divergence(costs, costs) is None
    assert first_divergence([cost * (1 + 1e-6) for cost in costs], costs) is None


@given(curves, st.data())
def test_the_first_divergence_is_found(costs, data):
    if not costs:
        return
    i = data.draw(st.integers(0, len(costs) - 1))
    found = [cost * (1.1 if j >= i else 1) + (j >= i) for j, cost in enumerate(costs)]
    assert first_divergence(found, costs) == i
    assert first_divergence(costs[:i], costs) == i
    assert first_divergence([*costs[:i], math.nan], costs) == i


@pytest.mark.parametrize(
    "history",
    [None, 3, "history", {}, {"cost": 3}, {"cost": "12"}, np.ones((2, 2)), object(), (), {"cost": None}],
)
def test_a_history_that_is_none_gives_no_records(history):
    assert epoch_records(history, 0.5) == ()


def test_entries_that_cannot_be_read_are_none():
    entries = [{"cost": "low"}, None, 3, {}, {"cost": np.ones(2)}, {"cost": 1j}, {"cost": 10**400}, {"accuracy": []}]
    records = epoch_records(entries, 0.5)
    assert [(r.epoch, r.train_cost, r.train_accuracy) for r in records] == [(i, None, None) for i in range(1, 9)]
    assert [r.test_accuracy for r in records] == [None] * 7 + [0.5]


def test_numbers_of_every_kind_are_read():
    (record,) = epoch_records([{"cost": np.float32(0.5), "accuracy": np.array([[1]])}])
    assert (record.train_cost, record.train_accuracy, record.test_accuracy) == (0.5, 1.0, None)


def test_a_history_of_curves():
    records = epoch_records({"train_cost": [3.0, 2.0], "test_accuracy": np.array([0.1, 0.2, 0.3]), "name": "run"})
    assert [(r.train_cost, r.test_accuracy) for r in records] == [(3.0, 0.1), (2.0, 0.2), (None, 0.3)]


@pytest.mark.parametrize("history", [[{"cost": 1.0}] * (MAX_EPOCHS + 5), {"cost": [1.0] * (MAX_EPOCHS + 5)}])
def test_long_histories_are_cut_and_keep_the_test_accuracy(history):
    records = epoch_records(history, 0.9)
    assert len(records) == MAX_EPOCHS
    assert records[-1].test_accuracy == 0.9


def test_own_training_is_put_beside_the_reference(dataset):
    with recording() as record:
        note_own_training(
            "train", dataset, [{"cost": math.nan}], [{"cost": 1.0}], test_accuracy=0.1, reference_test_accuracy=0.9
        )
    (report,) = record.training
    assert (report.history[0].test_accuracy, report.reference_history[0].test_accuracy) == (0.1, 0.9)
    assert math.isnan(TrainingReport.model_validate_json(report.model_dump_json()).history[0].train_cost)


def test_accuracy():
    labels = np.array([0, 1, 2, 2])
    assert accuracy(np.array([0, 1, 2, 0]), labels) == 0.75
    assert accuracy(np.array([[0.0], [1.0], [2.0], [2.0]]), labels) == 1.0
    for unusable in (None, np.array([1, 2]), "2222", [0, 1, 2, 2]):
        assert accuracy(unusable, labels) == 0.0


def test_one_hot():
    np.testing.assert_array_equal(one_hot(np.array([2, 0]), 3), [[0, 0, 1], [1, 0, 0]])


def test_a_slip_that_moves_few_numbers_shows_within_a_few_steps():
    """Biases averaged twice change the cost by 1 in 2,000 after eight steps: that shows in every draw."""
    costs = [2.3 - 0.02 * i for i in range(8)]
    slipped = [cost * (1 + 6e-5 * i) for i, cost in enumerate(costs)]
    assert first_divergence(slipped, costs) is not None
