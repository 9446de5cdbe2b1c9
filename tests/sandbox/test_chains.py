"""Chains: several functions called at every point in one round trip."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox import Cell, CellTimeout, Handle, Limits, Moved, Points, Sandbox, Step, SubmissionRaised

SOURCE = """
import numpy as np

def forward(params, X):
    params["W"] *= 2  # its own, whatever it does with it
    X += 1
    return X @ params["W"] / 2, lambda: X

def cost(probs, Y, weights):
    probs -= Y
    return np.sum(probs) + weights[0]

def penalty(W, factor):
    W *= W
    return factor * np.sum(W)

def fussy(W):
    if W[0, 0] > 3: raise ValueError("too large")
    return W

def slow(W):
    while W[0, 0] > 3: pass
    return W

def single(params):
    return 1.0
"""

ORIGIN = {"W": np.array([[1.0, 2.0]]), "b": np.array([0.5, 0.25])}
X, Y = np.arange(3.0).reshape(3, 1), np.full((3, 2), 0.5)
CHANGES = [Moved("W", 1, 7.0), {"W": 2 * ORIGIN["W"], "b": ORIGIN["b"]}, Moved("b", 0, -1.0), Moved("W", 0, 4.0)]
POINTS = Points(ORIGIN, CHANGES)
WHOLE = ["dict", {"W": ["key", "W"], "b": ["key", "b"]}]
FORWARD = Step("forward", [WHOLE, ["value", X]], keep=[1], item=0)


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("auto") as sandbox:
        yield sandbox


@pytest.fixture
def loaded(sandbox: Sandbox) -> Cell:
    with sandbox.cell(Limits(call_seconds=5.0)) as cell:
        assert cell.run(SOURCE, "homework.py", seconds=5).failure is None
        yield cell


def test_a_point_is_the_origin_but_for_one_number() -> None:
    first, second, third, _ = POINTS.mappings
    np.testing.assert_array_equal(first["W"], [[1.0, 7.0]])
    assert first["b"] is ORIGIN["b"]
    assert second is CHANGES[1]
    np.testing.assert_array_equal(third["b"], [-1.0, 0.25])


def test_every_call_gets_arguments_of_its_own(loaded: Cell) -> None:
    steps = [
        FORWARD,
        Step("cost", [["step", 0], ["value", Y], ["value", [3.0, X]]]),
        Step("penalty", [["key", "W"], ["value", 0.5]]),
    ]
    outputs, costs, penalties = loaded.call_chain(POINTS, steps).steps
    for point, output, cost, penalty in zip(POINTS.mappings, outputs, costs, penalties, strict=True):
        assert output[1] is None
        np.testing.assert_array_equal(output[0], (X + 1) @ point["W"])  # whatever the next step did with it
        assert cost == np.sum((X + 1) @ point["W"] - Y) + 3
        assert penalty == 0.5 * np.sum(point["W"] ** 2)


@settings(max_examples=30)  # each is a cell
@given(st.lists(st.tuples(st.sampled_from(["W", "b"]), st.integers(0, 1), st.floats(-9, 9)), min_size=1, max_size=9))
def test_a_chain_gives_what_single_calls_give(sandbox: Sandbox, moves: list[tuple[str, int, float]]) -> None:
    points = Points(ORIGIN, [Moved(*move) for move in moves])
    with sandbox.cell() as cell:
        cell.run("def both(p, x): return (p['W'] * x, p['b'] - x)\ndef add(a): return a + 1", "a.py", seconds=5)
        steps = [Step("both", [WHOLE, ["value", 3.0]], item=1), Step("add", [["step", 0]])]
        first, second = cell.call_chain(points, steps).steps
        for point, (nothing, b), more in zip(points.mappings, first, second, strict=True):
            np.testing.assert_array_equal(b, cell.call("both", [dict(point), 3.0]).value[1])
            np.testing.assert_array_equal(more, b + 1)
            assert nothing is None


def test_a_step_that_fails_is_the_last(loaded: Cell) -> None:
    outcomes = loaded.call_chain(POINTS, [Step("fussy", [["key", "W"]]), Step("penalty", [["step", 0], ["value", 1]])])
    (fussy,) = outcomes.steps
    assert [type(result) for result in fussy] == [np.ndarray, np.ndarray, np.ndarray, SubmissionRaised]


def test_a_step_is_interrupted_when_its_time_is_up(loaded: Cell) -> None:
    steps = [Step("single", [WHOLE]), Step("slow", [["key", "W"]])]
    single, slow = loaded.call_chain(POINTS, steps, seconds=0.2).steps
    assert single == [1.0] * 4
    assert isinstance(slow[3], CellTimeout)
    assert loaded.alive


def test_what_a_step_keeps_can_be_given_to_the_next(loaded: Cell) -> None:
    loaded.run("def boxed(W): return lambda: W\ndef opened(box): return box()", "boxes.py", seconds=5)
    steps = [Step("boxed", [["key", "W"]], keep=[-1]), Step("opened", [["step", 0]])]
    boxes, opened = loaded.call_chain(POINTS, steps).steps
    assert all(isinstance(box, Handle) for box in boxes)
    np.testing.assert_array_equal(opened[0], [[1.0, 7.0]])


def test_a_pair_with_something_kept_is_given_as_it_was(loaded: Cell) -> None:
    loaded.run("def boxed(W): return W, lambda: W\ndef is_open(pair): return pair[1]() is not None", "a.py", seconds=5)
    steps = [Step("boxed", [["key", "W"]], keep=[1]), Step("is_open", [["step", 0]])]
    assert loaded.call_chain(POINTS, steps).steps[1] == [True] * 4


def test_a_result_without_the_item_goes_to_the_next_step_whole(loaded: Cell) -> None:
    """What is wrong about it is for others to say."""
    loaded.run("def itself(value): return value", "itself.py", seconds=5)
    steps = [Step("single", [WHOLE], item=1), Step("itself", [["tuple", [["step", 0], ["value", 2]]]])]
    assert loaded.call_chain(POINTS, steps).steps[1] == [(1.0, 2)] * 4
