"""Gradient checks of a submission: a cost travels as one chain, and nothing but the time it takes tells so."""

import numpy as np
import pytest

from grader.assignments.contract_file import read_contract
from grader.checks import plan as planning
from grader.checks.expect import expect
from grader.checks.implementation import CallFailed
from grader.checks.loaded import LoadedSubmission
from grader.checks.record import recording
from grader.checks.student import Student
from grader.sandbox import Limits, Sandbox
from grader.submissions import load_source

SOURCE = """
import numpy as np

calls = []

def forward(params, X):
    calls.append("forward")
    z = X @ params["W"] + params["b"]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True), [X]

def cost(probs, Y):
    calls.append("cost")
    return -np.sum(Y * np.log(probs)) / len(Y)

def penalty(params, lam):
    return lam * sum(np.sum(value ** 2) for value in params.values())

def count():
    return len(calls)
"""
CONTRACT = """
from grader.assignments import Opaque

def forward(params, X) -> tuple[float, Opaque]:
    "Probabilities, and a cache."

def cost(probs, Y) -> float:
    "A number."

def penalty(params, lam) -> float:
    "Another."

def count() -> int:
    "How often `forward` and `cost` were called."
"""
X, Y = np.random.default_rng(0).normal(size=(5, 3)), np.eye(2)[[0, 1, 1, 0, 1]]
AT = {"W": np.random.default_rng(1).normal(size=(3, 2)), "b": np.array([0.1, -0.2])}
POINTS = 5 + 2 * 8


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("auto") as sandbox:
        yield sandbox


@pytest.fixture
def submitted(sandbox, tmp_path, monkeypatch):
    """A submission of the contract, and the requests that its cell gets meanwhile."""
    (tmp_path / "contract.py").write_text(CONTRACT)
    contract = read_contract(tmp_path / "contract.py")
    opened = []

    def load(source):
        loaded = LoadedSubmission(load_source(source), sandbox, Limits(call_seconds=1.0), load_seconds=5.0)
        opened.append(loaded)
        loaded.load()
        requests = []
        request = loaded._cell.request
        monkeypatch.setattr(
            loaded._cell, "request", lambda operation, *rest: requests.append(operation) or request(operation, *rest)
        )
        return Student(contract, loaded, {}), requests

    yield load
    for loaded in opened:
        loaded.close()


def costs_of(student):
    def costs(points):
        probs = student.forward.map([(point, X) for point in points], item=0)
        losses = student.cost.map([(p, Y) for p in probs])
        penalties = student.penalty.map([(dict(point), 0.5) for point in points])
        return [loss + penalty for loss, penalty in zip(losses, penalties, strict=True)]

    return costs


def gradient():
    z = X @ AT["W"] + AT["b"]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    dz = (e / e.sum(axis=1, keepdims=True) - Y) / len(Y)
    return {"W": X.T @ dz + AT["W"], "b": dz.sum(axis=0) + AT["b"]}


def checked(costs, found=None):
    """What is noted of a check of a gradient, the right one or another."""
    with recording() as record:
        expect(found or gradient(), "grads").gradient_of(costs, at=AT, rng=np.random.default_rng(0))
    return record


def verdicts(record):
    return [comparison.verdict for comparison in record.comparisons]


def test_a_cost_of_three_functions_is_one_message(submitted):
    student, requests = submitted(SOURCE)
    record = checked(costs_of(student))
    assert (verdicts(record), requests) == (["right", "right"], ["call_chain"])
    assert student.count() == 2 * POINTS
    assert [(seen.function, len(seen.value)) for seen in record.observations] == [
        ("forward", POINTS),
        ("cost", POINTS),
        ("penalty", POINTS),
    ]


def test_a_wrong_gradient_is_found_like_this_too(submitted):
    student, _ = submitted(SOURCE)
    assert verdicts(checked(costs_of(student), {**gradient(), "b": 1.1 * gradient()["b"]})) == ["right", "wrong"]


def test_the_check_sees_what_it_would_have_seen_without_a_plan(submitted, monkeypatch):
    student, _ = submitted(SOURCE)
    ahead = checked(costs_of(student))
    monkeypatch.setattr("grader.checks.gradients.planned", lambda costs, keys: planning.Plan())
    one_by_one = checked(costs_of(student))
    assert ahead.comparisons == one_by_one.comparisons
    for seen, again in zip(ahead.observations, one_by_one.observations, strict=True):
        assert seen.function == again.function
        assert all(map(same, seen.value, again.value))


def same(value, other):
    if isinstance(value, tuple):
        return all(map(same, value, other))
    return np.array_equal(value, other)


def test_arithmetic_ends_the_plan_and_not_the_check(submitted):
    student, requests = submitted(SOURCE)

    def costs(points):
        halves = [2 * (p / 2) for p in student.forward.map([(point, X) for point in points], item=0)]
        losses = student.cost.map([(p, Y) for p in halves])
        return [
            loss + 0.5 * sum(np.sum(v**2) for v in point.values()) for loss, point in zip(losses, points, strict=True)
        ]

    assert verdicts(checked(costs)) == ["right", "right"]
    assert requests == ["call_chain", "call_many"]


@pytest.mark.parametrize(
    "other",
    [
        lambda points: points[::-1],
        lambda points: [{key: value.copy() for key, value in point.items()} for point in points],
        lambda points: points[: len(points) // 2] + points[len(points) // 2 :][::-1],
    ],
)
def test_a_call_that_is_not_what_was_planned_is_made(submitted, other):
    """Run on symbols the cost says one thing, in earnest another."""
    student, requests = submitted("def penalty(params, lam): return lam * params['b'][0]")

    def costs(points):
        return student.penalty.map([(point, 2.0) for point in other(points)])

    with recording() as record:
        expect({"W": np.zeros((3, 2)), "b": np.array([2.0, 0.0])}).gradient_of(
            costs, at=AT, rng=np.random.default_rng(0)
        )
    assert requests[-1] == "call_many"
    (seen,) = record.observations
    right = [2 * point["b"][0] for point in other(points_of(costs))]
    assert seen.value == pytest.approx(right, abs=1e-15)


def points_of(costs):
    """The points at which a check asks for a cost."""
    asked = []

    def noted(points):
        asked.append(points)
        return [0.0] * len(points)

    checked(noted)
    return asked[1]


def test_a_symbol_in_an_array_of_objects_ends_the_plan(submitted):
    student, requests = submitted("def penalty(params, lam): return float(len(params))")

    def costs(points):
        boxes = [np.empty(1, object) for _ in points]
        for box, point in zip(boxes, points, strict=True):
            box[0] = point["W"]
        return student.penalty.map(
            [({"W": point["W"]}, 0.0) for point in points] if len(points) > 1 else [(boxes[0], 0)]
        )

    assert verdicts(checked(costs, {"W": np.zeros((3, 2)), "b": np.zeros(2)})) == ["right", "right"]
    assert requests == ["call_many"]


def test_a_constant_of_the_cost_must_be_the_same_object(submitted):
    student, requests = submitted(SOURCE)
    rows = iter([X, X[::-1].copy()])

    def costs(points):
        other = next(rows)
        return [float(np.sum(p)) for p in student.forward.map([(point, other) for point in points], item=0)]

    checked(costs, {"W": np.zeros((3, 2)), "b": np.zeros(2)})
    assert requests == ["call_chain", "call_many"]


def test_a_failure_is_the_functions_own(submitted):
    student, requests = submitted(SOURCE.replace('calls.append("cost")', "raise ValueError('no cost')"))
    with recording(), pytest.raises(CallFailed) as caught:
        expect(gradient(), "grads").gradient_of(costs_of(student), at=AT, rng=np.random.default_rng(0))
    assert (caught.value.function, caught.value.raised) == ("cost", "ValueError")
    assert requests == ["call_chain"]


def test_an_endless_loop_costs_its_time_once(submitted):
    student, requests = submitted(SOURCE.replace('calls.append("cost")', "while True: pass"))
    for _ in range(2):
        with recording(), pytest.raises(CallFailed) as caught:
            expect(gradient(), "grads").gradient_of(costs_of(student), at=AT, rng=np.random.default_rng(0))
        assert (caught.value.function, caught.value.status) == ("cost", "timeout")
    assert requests == ["call_chain", "call_many"]  # the second time `forward` alone: `cost` is known to hang


def test_a_function_that_is_not_there_ends_the_plan(submitted):
    student, requests = submitted(SOURCE)
    student.missing = {"cost": "`cost` is not defined"}
    with recording(), pytest.raises(CallFailed) as caught:
        expect(gradient(), "grads").gradient_of(costs_of(student), at=AT, rng=np.random.default_rng(0))
    assert caught.value.status == "missing"
    assert requests == ["call_chain"]


def test_what_a_plan_notes_was_not_seen(submitted):
    student, _ = submitted(SOURCE)

    def costs(points):
        student.count()
        return costs_of(student)(points)

    record = checked(costs)
    assert [seen.function for seen in record.observations] == ["count", "forward", "cost", "penalty"]
