"""All that was handed in for an assignment, as instructors look through it: filtered, sorted, a page at a time."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.orm import Session

from grader.service.data import CourseAssignment, Grading, GradingState, Submission, counted
from grader.service.errors import Invalid

SortKey = Literal["submitted", "student", "attempt", "score", "state"]
SORT_KEYS: tuple[SortKey, ...] = get_args(SortKey)


@dataclass(frozen=True)
class Filters:
    """What is looked for; what is empty does not matter.

    Attributes:
        student: a part of the name, the key or the address.
        state: of what is going on now, or "rejected" for files that could not be read, or belong to another assignment.
        low, high: points as graded, both included.
        mistake: its code.
    """

    student: str = ""
    state: str = ""
    low: float | None = None
    high: float | None = None
    mistake: str = ""
    batch: str = ""
    sort: SortKey = "submitted"
    descending: bool = True


def find(
    session: Session, assignment: CourseAssignment, filters: Filters, *, limit: int = 100, offset: int = 0
) -> tuple[list[Submission], int]:
    """A page of submissions, and how many there are in all.  Raises Invalid."""
    latest, counting = _latest(), _counting()
    query = (
        sa.select(Submission)
        .outerjoin(latest, latest.c.submission_id == Submission.id)
        .outerjoin(counting, counting.c.submission_id == Submission.id)
        .where(Submission.course_assignment_id == assignment.id, *_conditions(filters, latest, counting))
    )
    count = counted(session, query.subquery())
    keys: dict[SortKey, tuple[sa.ColumnElement[Any], ...]] = {
        "submitted": (sa.func.coalesce(Submission.submitted_at, Submission.created_at),),
        "student": (sa.func.lower(Submission.student_name), sa.func.lower(Submission.student_key)),
        "attempt": (Submission.attempt,),  # type: ignore[dict-item]
        "score": (sa.func.coalesce(counting.c.score, -1.0),),
        "state": (latest.c.state, counting.c.status),
    }
    order = [key.desc() if filters.descending else key.asc() for key in keys[filters.sort]]
    page = query.order_by(*order, Submission.student_key, Submission.attempt.desc()).limit(limit).offset(offset)
    return list(session.scalars(page).unique()), count


@dataclass(frozen=True)
class MistakeCount:
    """In how many submissions a mistake is; the title may differ between them by a number, as in "sticks at 3.24"."""

    code: str
    title: str
    count: int


def mistakes(session: Session, assignment: CourseAssignment) -> list[MistakeCount]:
    """The most frequent first."""
    counting = _counting()
    query = sa.select(counting.c.mistakes).join(Submission, Submission.id == counting.c.submission_id)
    counts: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for named in session.scalars(query.where(Submission.course_assignment_id == assignment.id)):
        counts.update(named.keys())
        titles |= named
    return [MistakeCount(code, titles[code], count) for code, count in counts.most_common()]


def _latest() -> sa.Subquery:
    """The last grading of each submission."""
    newest = sa.select(sa.func.max(Grading.id)).group_by(Grading.submission_id)
    return sa.select(Grading).where(Grading.id.in_(newest)).subquery()


def _counting() -> sa.Subquery:
    """Of each submission the grading that `submissions.counting_grading` chooses."""
    graded = sa.func.max(sa.case((Grading.status == "graded", Grading.id)))
    chosen = sa.select(sa.func.coalesce(graded, sa.func.max(Grading.id))).group_by(Grading.submission_id)
    chosen = chosen.where(Grading.state == GradingState.DONE, ~Grading.held)
    return sa.select(Grading).where(Grading.id.in_(chosen)).subquery()


def _conditions(filters: Filters, latest: sa.Subquery, counting: sa.Subquery) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if filters.student:
        columns = (Submission.student_name, Submission.student_key, Submission.student_email)
        found.append(sa.or_(*(column.icontains(filters.student, autoescape=True) for column in columns)))
    if filters.mistake:
        named = sa.cast(counting.c.mistakes, sa.Text)
        found.append(named.contains(f"{json.dumps(filters.mistake)}: ", autoescape=True))
    if filters.batch:
        found.append(Submission.batch_id == filters.batch)
    if filters.state == "rejected":
        found.append(counting.c.status == "rejected")
    elif filters.state:
        if filters.state not in set(GradingState):
            raise Invalid(f"There is no state {filters.state[:40]!r}.")
        found.append(latest.c.state == GradingState(filters.state))
    if filters.low is not None:
        found.append(counting.c.score >= filters.low)
    if filters.high is not None:
        found.append(counting.c.score <= filters.high)
    return found
