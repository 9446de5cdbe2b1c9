"""Gradients against central differences: right ones pass, each wrong tensor is found."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.checks.expect import expect
from grader.checks.gradients import EVERY_COORDINATE_UP_TO, compare_with_numeric_gradient
from grader.checks.record import recording

X = np.random.default_rng(0).normal(size=(20, 30))
TARGETS = np.random.default_rng(1).normal(size=(20, 10))


def parameters(seed=2):
    rng = np.random.default_rng(seed)
    return {"W": rng.normal(size=(30, 10)) / 5, "b": rng.normal(size=10), "scale": np.float64(0.7) * np.ones(())}


def cost(params):
    output = np.tanh(X @ params["W"] + params["b"]) * params["scale"]
    return float(np.mean(np.sum((output - TARGETS) ** 2, axis=1)))


def gradient(params):
    hidden = np.tanh(X @ params["W"] + params["b"])
    error = 2 * (hidden * params["scale"] - TARGETS) / len(X)
    delta = error * params["scale"] * (1 - hidden**2)
    return {"W": X.T @ delta, "b": delta.sum(axis=0), "scale": np.sum(error * hidden)}


def costs(points):
    return [cost(point) for point in points]


def compared(found, at=None, costs=costs, seed=3):
    at = at or parameters()
    return compare_with_numeric_gradient(found, costs, at, np.random.default_rng(seed), "grads")


def verdicts(comparisons):
    return [comparison.verdict for comparison in comparisons]


@given(st.integers(0, 10**6))
def test_right_gradients_pass(seed):
    at = parameters(seed)
    comparisons = compared(gradient(at), at, seed=seed)
    assert verdicts(comparisons) == ["right"] * 3
    assert max(comparison.relative_error for comparison in comparisons) < 1e-7


@pytest.mark.parametrize("key", ["W", "b", "scale"])
def test_the_wrong_tensor_is_found(key):
    found = gradient(parameters())
    found[key] = found[key] * 1.001
    assert [c.label for c in compared(found) if c.verdict == "wrong"] == [f"grads[{key!r}]"]


@given(st.integers(0, 10**6), st.floats(0.05, 1), st.data())
def test_errors_that_cancel_in_a_large_tensor_are_found(seed, size, data):
    at = parameters()
    found = gradient(at)
    assert found["W"].size > EVERY_COORDINATE_UP_TO
    first, second = data.draw(st.lists(st.integers(0, found["W"].size - 1), min_size=2, max_size=2, unique=True))
    found["W"].flat[first] += size
    found["W"].flat[second] -= size
    wrong, *others = compared(found, at, seed=seed)
    assert wrong.verdict == "wrong"
    assert "along 3 directions and in 10 coordinates" in wrong.message
    assert verdicts(others) == ["right", "right"]


def test_the_worst_coordinate_of_a_small_tensor_is_named():
    found = gradient(parameters())
    found["b"][4] += 1.0
    assert compared(found)[1].worst_index == (4,)


def test_small_errors_of_a_large_tensor_are_remarked_upon():
    found = gradient(parameters())
    found["W"] = found["W"] * (1 + 4e-5)
    comparison = compared(found)[0]
    assert (comparison.verdict, comparison.shape) == ("remark", (30, 10))
    assert comparison.message.startswith("grads['W'] agrees to 2e-05 only")


def test_every_cost_is_asked_for_in_few_messages():
    calls = []

    def counted(points):
        calls.append(len(points))
        return costs(points)

    compared(gradient(parameters()), costs=counted)
    assert calls == [1, 5 + 2 * (13 + 10 + 1)]  # once on symbols; five tell whether the cost is rounded


def test_the_points_differ_from_the_parameters_by_the_step_alone():
    at = parameters()
    seen = []

    def noted(points):
        seen.append(points)
        return costs(points)

    compared(gradient(at), at, noted)
    _, points = seen  # first come symbols
    for point in points[5:]:
        changed = [key for key in at if not np.array_equal(point[key], at[key])]
        assert len(changed) <= 1
        assert all(np.linalg.norm(point[key] - at[key]) < 1e-4 for key in changed)


def test_a_cost_that_is_rounded_on_the_way_is_judged_as_single_precision():
    at = parameters()

    def rounded(points):
        return [float(np.float32(cost)) for cost in costs(points)]

    assert verdicts(compared(gradient(at), at, rounded)) == ["right"] * len(at)


@pytest.mark.parametrize("bad", [np.nan, np.inf, None, "1.0", np.ones(2), 1j])
def test_a_cost_that_is_no_finite_number_is_told(bad):
    comparisons = compared(gradient(parameters()), costs=lambda points: [bad] * len(points))
    assert verdicts(comparisons) == ["wrong"] * 3
    assert comparisons[0].message == (
        "the cost is not one finite number near the parameters, so grads['W'] cannot be checked against it"
    )


def test_a_cost_of_shape_one_is_a_number():
    comparisons = compared(gradient(parameters()), costs=lambda points: [[[c]] for c in costs(points)])
    assert verdicts(comparisons) == ["right"] * 3


@pytest.mark.parametrize("convert", [lambda a: a.tolist(), lambda a: a[None], lambda a: a.astype(np.float32)])
def test_unusual_clothes_are_right(convert):
    found = {key: convert(np.asarray(value)) for key, value in gradient(parameters()).items()}
    assert "wrong" not in verdicts(compared(found))


def test_costs_in_single_precision_are_judged_by_what_they_can_show():
    def single(points):
        return [np.float32(cost(point)) for point in points]

    found = {key: np.asarray(value, np.float32) for key, value in gradient(parameters()).items()}
    assert "wrong" not in verdicts(compared(found, costs=single))
    found["b"] = -found["b"]
    assert verdicts(compared(found, costs=single))[1] == "wrong"


def test_a_gradient_of_zero_is_right_up_to_rounding():
    at = {"unused": np.ones((4, 5))}
    found = {"unused": np.zeros((4, 5))}
    assert verdicts(compared(found, at, lambda points: [3.7 for _ in points])) == ["right"]


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (None, "grads is None, expected a dict with 'W', 'b', 'scale'"),
        (3.0, "grads is the number 3, expected a dict with 'W', 'b', 'scale'"),
        ({}, "grads has no 'W', it has no keys"),
        ({"W": None}, "grads['W'] is None, expected an array of shape (30, 10)"),
        ({"W": np.ones((10, 30))}, "grads['W'] has shape (10, 30), expected (30, 10) (it is transposed)"),
        ({"W": np.full((30, 10), np.nan)}, "grads['W'] is not finite: 300 of 300 values NaN or infinite"),
        ({"W": "dW"}, "grads['W'] is the text 'dW', expected an array of shape (30, 10)"),
    ],
)
def test_gradients_of_another_form(found, message):
    first = compared(found)[0]
    assert first.message.startswith(message)
    assert first.expected is None  # the numeric derivatives are not asked for a form


def test_expectations_note_what_is_wrong_with_a_gradient():
    at = parameters()
    with recording() as record:
        found = gradient(at)
        found["b"] = -found["b"]
        expect(found, "grads").gradient_of(costs, at=at, rng=np.random.default_rng(0))
    (failure,) = record.failures
    assert failure.startswith("grads['b'] is wrong (relative error 1)")
    assert [comparison.verdict for comparison in record.comparisons] == ["right", "wrong", "right"]
