"""From what was graded to the rows that count."""

from datetime import UTC, datetime

import pytest

from grader.assignments import load_assignment
from grader.batch.gradebook import make_gradebook
from grader.batch.journal import Basis, Graded
from grader.batch.policy import Adjustment, AttemptPolicy, LatePolicy, Policy, ScorePolicy
from grader.batch.roster import Entry, Student

BASIS = Basis(assignment="softplus", version="1.0", digest="d", seed=0, grader="0.1")


@pytest.fixture
def make(assignment):
    """A gradebook of entries with these scores; None for one that is not graded."""
    loaded = load_assignment(assignment)

    def make(scores, policy, adjustments=None, **properties):
        entries = [Entry(Student(student), (), attempt=attempt, **properties) for student, attempt in scores]
        graded = {key: record(*key, score) for key, score in scores.items() if score is not None}
        return make_gradebook(loaded, entries, graded, policy, adjustments or {})

    return make


def record(student: str, attempt: int, score: float, **changes) -> Graded:
    values = {"status": "graded", "fingerprint": "f", "basis": BASIS, "max_score": 10, "documents": {}, **changes}
    return Graded(student=student, attempt=attempt, score=score, **values)


def finals(gradebook) -> dict[str, tuple[int, float | None]]:
    return {row.student.key: (row.attempt, row.score.final if row.score else None) for row in gradebook.rows}


SCORES = {("jane", 1): 9.0, ("jane", 2): 4.0, ("joe", 1): 5.0, ("joe", 2): 5.0, ("zoe", 1): None}


def test_the_last_attempt_counts(make):
    policy = Policy(attempts=AttemptPolicy(count="last"))
    assert finals(make(SCORES, policy)) == {"jane": (2, 4.0), "joe": (2, 5.0), "zoe": (1, None)}


def test_the_best_attempt_counts_and_of_equal_ones_the_later(make):
    policy = Policy(attempts=AttemptPolicy(count="best"))
    assert finals(make(SCORES, policy)) == {"jane": (1, 9.0), "joe": (2, 5.0), "zoe": (1, None)}


def test_the_best_attempt_is_the_best_after_its_penalty(assignment):
    entries = [
        Entry(Student("jane"), (), attempt=1, submitted_at=datetime(2026, 3, 1, tzinfo=UTC)),
        Entry(Student("jane"), (), attempt=2, submitted_at=datetime(2026, 3, 9, tzinfo=UTC)),
    ]
    graded = {("jane", 1): record("jane", 1, 7.0), ("jane", 2): record("jane", 2, 10.0)}
    late = LatePolicy(due=datetime(2026, 3, 2, tzinfo=UTC), penalty=10, cap=50)
    policy = Policy(late=late, attempts=AttemptPolicy(count="best"))
    gradebook = make_gradebook(load_assignment(assignment), entries, graded, policy, {})
    assert finals(gradebook) == {"jane": (1, 7.0)}


@pytest.mark.parametrize("count", ["last", "best"])
@pytest.mark.parametrize("outcome", ["rejected", "internal_error", None])
def test_what_is_not_graded_takes_no_grade_away(assignment, count, outcome):
    entries = [Entry(Student("jane"), (), attempt=attempt) for attempt in (1, 2, 3)]
    graded = {("jane", 1): record("jane", 1, 3.0), ("jane", 2): record("jane", 2, 9.0)}
    if outcome:
        graded["jane", 3] = record("jane", 3, 0.0, status=outcome, reason="unreadable")
    policy = Policy(attempts=AttemptPolicy(count=count), score=ScorePolicy(unreadable="zero"))
    gradebook = make_gradebook(load_assignment(assignment), entries, graded, policy, {})
    assert finals(gradebook) == {"jane": (2, 9.0)}
    (row,) = gradebook.rows
    assert len(row.passed_over) == 1
    assert row.passed_over[0].startswith("attempt 3 ")


def test_extra_credit_is_not_in_the_maximum(make):
    policy = Policy(score=ScorePolicy(extra_credit=("slope",), cap=120))
    gradebook = make({("jane", 1): 10.0}, policy)
    assert gradebook.maximum == 6
    assert finals(gradebook) == {"jane": (1, 7.2)}


def test_adjustments_find_students(make):
    gradebook = make(SCORES, Policy(), {"jane": Adjustment(override=8, comment="agreed")})
    assert finals(gradebook)["jane"] == (2, 8.0)
    assert next(row.score.comment for row in gradebook.rows if row.student.key == "jane") == "agreed"


def test_a_fault_of_ours_has_no_score(assignment):
    graded = {("jane", 1): record("jane", 1, 0.0, status="internal_error", reason="ours")}
    gradebook = make_gradebook(
        load_assignment(assignment), [Entry(Student("jane"), ())], graded, Policy(), {"jane": Adjustment(points=1)}
    )
    assert finals(gradebook) == {"jane": (1, None)}
