"""Late penalties, attempts, caps and adjustments as pure functions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.adjustments import read_adjustments
from grader.batch.errors import PolicyError
from grader.batch.policy import (
    Adjustment,
    Lateness,
    LatePolicy,
    Policy,
    ScorePolicy,
    final_score,
    late_penalty,
    late_periods,
    lateness,
    read_policy,
)

DUE = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)
POINTS = st.floats(0, 100, allow_nan=False)
HOURS = st.floats(0.001, 2000).map(lambda hours: Lateness(True, timedelta(hours=hours)))
LATE_POLICIES = st.builds(
    LatePolicy,
    per=st.sampled_from(["day", "hour"]),
    penalty=st.floats(0, 100),
    of=st.sampled_from(["score", "maximum"]),
    cap=st.floats(0, 100),
)
POLICIES = st.builds(Policy, late=LATE_POLICIES, score=st.builds(ScorePolicy, cap=st.none() | st.floats(0, 150)))


@given(LATE_POLICIES, HOURS, POINTS)
def test_a_penalty_is_never_more_than_the_score_or_its_cap(policy, late, score):
    penalty = late_penalty(policy, late, score, 100.0)
    base = score if policy.of == "score" else 100.0
    assert 0 <= penalty <= score
    assert penalty <= base * policy.cap / 100 + 1e-9


@given(LATE_POLICIES, HOURS, HOURS, POINTS)
def test_later_never_costs_less(policy, one, other, score):
    earlier, later = sorted((one, other), key=lambda late: late.by or timedelta())
    assert late_penalty(policy, earlier, score, 100.0) <= late_penalty(policy, later, score, 100.0)


@given(POLICIES, POINTS)
def test_on_time_the_score_is_the_raw_one_up_to_the_cap(policy, raw):
    score = final_score(policy, raw, 100.0, Lateness())
    cap = policy.score.cap if policy.score.cap is not None else 1000.0
    assert score.penalty == 0
    assert score.final == pytest.approx(min(raw, cap), abs=1e-5)


@given(POLICIES, POINTS, HOURS, st.floats(0, 200), st.floats(-50, 50))
def test_the_instructor_has_the_last_word(policy, raw, late, override, points):
    adjusted = final_score(policy, raw, 100.0, late, Adjustment(override=override, comment="agreed"))
    assert adjusted.final == pytest.approx(override, abs=1e-5)
    assert adjusted.comment.endswith("agreed")
    moved = final_score(policy, raw, 100.0, late, Adjustment(points=points))
    plain = final_score(policy, raw, 100.0, late)
    assert moved.final == pytest.approx(max(0.0, plain.final + points), abs=1e-5)


@given(POLICIES, POINTS, HOURS)
def test_the_parts_add_up(policy, raw, late):
    score = final_score(policy, raw, 100.0, late, Adjustment(points=-3))
    capped = min(raw, policy.score.cap) if policy.score.cap is not None else raw
    assert capped - score.penalty + score.adjustment == pytest.approx(score.final, abs=1e-4)


@pytest.mark.parametrize(
    ("after", "late"),
    [
        (timedelta(0), Lateness()),
        (timedelta(minutes=15), Lateness()),
        (timedelta(minutes=15, seconds=1), Lateness(True, timedelta(minutes=15, seconds=1))),
        (timedelta(days=-3), Lateness()),
    ],
)
def test_grace(after, late):
    policy = LatePolicy(due=DUE, grace_minutes=15)
    assert lateness(policy, DUE + after, marked_late=False) == late


def test_a_known_time_counts_for_more_than_the_platforms_mark():
    assert lateness(LatePolicy(due=DUE), DUE, marked_late=True) == Lateness()
    assert lateness(LatePolicy(due=DUE), None, marked_late=True) == Lateness(True)
    assert lateness(LatePolicy(), DUE, marked_late=True) == Lateness(True)


@pytest.mark.parametrize(
    ("per", "hours", "periods"), [("day", 1, 1), ("day", 24, 1), ("day", 24.5, 2), ("hour", 24.5, 25), ("hour", 0.1, 1)]
)
def test_every_period_begun_counts(per, hours, periods):
    assert late_periods(LatePolicy(per=per), Lateness(True, timedelta(hours=hours))) == periods


def test_an_unknown_time_counts_as_one_period_and_says_so():
    policy = Policy(late=LatePolicy(penalty=10))
    score = final_score(policy, 80.0, 100.0, Lateness(True))
    assert (score.penalty, score.final) == (8.0, 72.0)
    assert score.comment == "8 points less for 1 day late (late by an unknown time)"


def test_a_penalty_of_the_maximum():
    policy = Policy(late=LatePolicy(penalty=10, of="maximum"))
    assert final_score(policy, 80.0, 100.0, Lateness(True, timedelta(days=2))).final == 60.0


def test_a_policy_is_read(tmp_path):
    path = tmp_path / "policy.toml"
    path.write_text(
        'adjustments = "mine.csv"\n[late]\ndue = 2026-03-01T23:59:00+00:00\npenalty = 10\nper = "hour"\n'
        '[attempts]\ncount = "best"\n[score]\nextra_credit = ["slope"]\ncap = 110\n[reports]\nanonymous = true\n'
        '[canvas]\ncolumn = "HW 3 (77)"\n'
    )
    policy = read_policy(path)
    assert policy.late.due == DUE
    assert policy.attempts.count == "best"
    assert policy.score == ScorePolicy(extra_credit=("slope",), cap=110)
    assert policy.reports.anonymous


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[late]\npenalty = 120", "late.penalty"),
        ("[late]\ndue = 2026-03-01T23:59:00", "late.due: expected a time with its zone"),
        ("[latte]\npenalty = 1", "latte"),
        ("[late", "not TOML"),
        ("[score]\ncap = nan", "score.cap"),
    ],
)
def test_a_policy_that_says_something_else_is_told(tmp_path, text, told):
    path = tmp_path / "policy.toml"
    path.write_text(text)
    with pytest.raises(PolicyError, match=told):
        read_policy(path)


def test_a_policy_that_is_not_there_is_told(tmp_path):
    with pytest.raises(PolicyError, match="No such file"):
        read_policy(tmp_path / "absent.toml")


def test_adjustments_add_up_by_student(tmp_path):
    path = tmp_path / "adjustments.csv"
    path.write_text(
        '\ufeffstudent,points,override,comment\njane,+5,,"found an error, twice"\njane,-1.5,,typo\njoe,,80,agreed\n'
        "'=ann,1,,as grades.csv writes it\n",
        "utf-8",
    )
    assert read_adjustments(path) == {
        "jane": Adjustment(3.5, None, "found an error, twice; typo"),
        "joe": Adjustment(0.0, 80.0, "agreed"),
        "=ann": Adjustment(1.0, None, "as grades.csv writes it"),
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("student,points,override,comment\njane,five,,", "'five' is not a number"),
        ("student,points,override,comment\njane,inf,,", "'inf' is not a number"),
        ("student,points,override,comment\n,5,,x", "names no student"),
        ("student,points,override,comment\njane,5", "as many cells"),
        ("student,points,override,comment\njane,5,,x,y", "as many cells"),
        ("name,points,comment\njane,5,x", "expected the columns"),
        ('student,comment\n"jane,x', "no CSV"),
    ],
)
def test_an_adjustment_that_is_none_is_told(tmp_path, text, told):
    path = tmp_path / "adjustments.csv"
    path.write_text(text)
    with pytest.raises(PolicyError, match=told):
        read_adjustments(path)
