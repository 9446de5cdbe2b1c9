"""Expectations of a check: soft inside one, AssertionError outside."""

import numpy as np
import pytest

from grader.checks.expect import expect
from grader.checks.record import CheckRecord, Finding, fail, findings_so_far, note_finding, recording, remark


def failures(demand) -> list[str]:
    with recording() as record:
        demand()
    return record.failures


def test_a_failed_expectation_lets_the_check_go_on():
    with recording() as record:
        expect(1.0, "a").close_to(2.0)
        expect(1.0, "b").close_to(1.0)
        expect(np.ones((1, 1)), "c").close_to(1.0)
        expect(3.0, "d").close_to(4.0)
    assert [c.verdict for c in record.comparisons] == ["wrong", "right", "remark", "wrong"]
    assert [message[:10] for message in record.failures] == ["a is wrong", "d is wrong"]
    assert record.remarks == ["c has shape (1, 1), expected () (one number)"]


def test_outside_a_check_it_raises():
    with pytest.raises(AssertionError, match="a is wrong"):
        expect(1.0, "a").close_to(2.0)
    with pytest.raises(AssertionError, match="not finite"):
        expect(np.nan).is_finite()
    with pytest.raises(AssertionError, match="why"):
        fail("why")
    expect(1.0).close_to(1.0)
    remark("nobody hears it")
    note_finding(Finding("depends-on-the-batch", "f"))
    assert findings_so_far() == ()


def test_records_do_not_mix():
    with recording() as outer:
        fail("outer")
        with recording() as inner:
            fail("inner")
        fail("outer again")
        fail("outer")
    assert (outer.failures, inner.failures) == (["outer", "outer again"], ["inner"])


def test_the_record_is_left_when_the_check_raises():
    with pytest.raises(ZeroDivisionError), recording():
        raise ZeroDivisionError
    with pytest.raises(AssertionError):
        fail("there is no record any more")


def test_a_record_says_things_once():
    record = CheckRecord()
    record.remark("so")
    record.remark("so")
    assert record.remarks == ["so"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (np.array([1.0, np.inf, np.nan]), "the result is not finite: 2 of 3 values NaN or infinite"),
        (-np.inf, "the result is not finite: 1 of 1 values NaN or infinite"),
        (None, "the result is None, expected numbers"),
        ("text", "the result is the text 'text', expected numbers"),
        ([[1], [2, 3]], "the result is a list of 2, expected numbers"),
        ({"a": 1}, "the result is a dict with 'a', expected numbers"),
    ],
)
def test_values_that_are_not_finite(value, message):
    assert failures(lambda: expect(value).is_finite()) == [message]


@pytest.mark.parametrize("value", [0, True, 1e308, np.ones((2, 2)), [1, 2.5], 1j])
def test_finite_values(value):
    assert failures(lambda: expect(value).is_finite()) == []


def test_bounds():
    assert failures(lambda: expect(0.8, "accuracy").is_at_least(0.8)) == []
    assert failures(lambda: expect(np.array([[0.8]]), "accuracy").is_at_most(0.8)) == []
    assert failures(lambda: expect(0.1, "accuracy").is_at_least(0.8, what="it is easy")) == [
        "accuracy is 0.1, expected at least 0.8 (it is easy)"
    ]
    assert failures(lambda: expect(3, "cost").is_at_most(0.25)) == ["cost is 3, expected at most 0.25"]


@pytest.mark.parametrize("value", [None, "0.9", np.ones(2), [], {}, 1j, np.array("a"), object()])
def test_bounds_of_what_is_no_number(value):
    for demand in (lambda: expect(value).is_at_least(0), lambda: expect(value).is_at_most(9)):
        (message,) = failures(demand)
        assert message.endswith("expected one number")


def test_nan_is_within_no_bounds():
    assert failures(lambda: expect(np.nan).is_at_least(0)) == ["the result is nan, expected at least 0"]
    assert failures(lambda: expect(np.nan).is_at_most(0)) == ["the result is nan, expected at most 0"]


def test_equal_labels():
    assert failures(lambda: expect([1, 2], "labels").equals([1, 2])) == []
    assert failures(lambda: expect(np.array([1, 0]), "labels").equals([1, 2])) == [
        "labels is wrong in 1 of 2 places, first at [1]: found 0, expected 2"
    ]
