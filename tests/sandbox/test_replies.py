"""Whatever a cell answers is a value, a failure of the submission or a ProtocolError, and nothing else."""

import contextlib
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.sandbox import CellFailure, CellMemoryExceeded, CellTimeout, SandboxUnavailable, SubmissionRaised
from grader.sandbox.inside.wire import ProtocolError
from grader.sandbox.replies import (
    read_answer,
    read_call,
    read_calls,
    read_chain,
    read_names,
    read_outcome,
    read_ready,
)

words = st.sampled_from(["value", "raised", "timeout", "memory", "rejected", "refused", "function", "x"])
answers = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-2, 3), st.floats(), words, st.just(np.zeros(2))),
    lambda inner: st.one_of(
        st.lists(inner, max_size=6), st.lists(inner, max_size=3).map(tuple), st.dictionaries(words, inner, max_size=2)
    ),
    max_leaves=12,
)
outcomes = st.one_of(answers, st.tuples(words, answers, answers).map(list), st.tuples(words, answers).map(list))


@given(answers, outcomes)
@example([["x", np.zeros(2), "t", None, None, None]], [np.zeros(2), 1])
@example(["x", np.zeros(2), "t", None, None, None], [["value"], 1])
def test_any_answer_is_read_or_refused(answer: Any, outcome: Any) -> None:
    for read, arguments in (
        (read_answer, (answer, 0, 1.0)),
        (read_answer, ([0, outcome, 0.0, 0.0, []], 0, 1.0)),
        (read_outcome, (outcome, 1.0, 1)),
        (read_call, (answer, 1, {"x": 1})),
        (read_call, ([answer, answer], 1, {"x": 1})),
        (read_call, ([answer, [answer]], 1, {"x": 1})),
        (read_names, (answer,)),
        (read_names, ([answer],)),
    ):
        with contextlib.suppress(ProtocolError, CellFailure):
            read(*arguments)  # type: ignore[operator]
    for payload in (answer, ["each", [outcome, answer]], ["all", answer], [answer, [outcome, answer]]):
        with contextlib.suppress(ProtocolError):
            read_calls(payload, 2, seconds=1.0, memory_bytes=1)
        with contextlib.suppress(ProtocolError):
            read_chain([["all", [1, 2]], payload], 2, 2, seconds=1.0, memory_bytes=1)


@pytest.mark.parametrize("seconds", [math.nan, math.inf, "1", True, None])
def test_a_duration_is_a_finite_number(seconds: Any) -> None:
    with pytest.raises(ProtocolError):
        read_answer([0, ["value", 1], seconds, 0.0, []], 0, 1.0)


def test_a_duration_is_never_more_than_the_time_that_passed() -> None:
    answer = read_answer([0, ["value", 1], 1e9, -5.0, []], 0, 2.0)
    assert (answer.seconds, answer.cpu_seconds) == (2.0, 0.0)


@pytest.mark.parametrize(
    ("outcome", "failure", "message"),
    [
        (["raised", "ValueError", "bad", [["a.py", 3, "f"]]], SubmissionRaised, "ValueError: bad"),
        (["raised", "E", "", []], SubmissionRaised, "E"),
        (["timeout", [["a.py", 1, "<module>"]]], CellTimeout, "still running after 10 s in line 1"),
        (
            ["timeout", [["a.py", 1, "f"], ["a.py", 2, "<lambda>"]]],
            CellTimeout,
            "still running after 10 s in `f`, line 2",
        ),
        (["memory", "", []], CellMemoryExceeded, "used more than the permitted 1 GB of memory"),
    ],
)
def test_a_failure_says_what_the_student_needs(outcome: Any, failure: type[CellFailure], message: str) -> None:
    with pytest.raises(failure) as raised:
        read_outcome(outcome, 10.0, 1 << 30)
    assert str(raised.value) == message


def test_only_the_first_answer_can_say_that_the_lock_failed() -> None:
    with pytest.raises(SandboxUnavailable, match="landlock_restrict_self"):
        read_ready(["refused", "landlock_restrict_self: not permitted"])
    with pytest.raises(ProtocolError):
        read_outcome(["refused", "landlock_restrict_self: not permitted"], 1.0, 1)
