"""What the service answers, as far as the client reads it; what a newer service adds is passed over."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from grader.report import Fault, ReportStatus

State = Literal["queued", "running", "done", "failed", "cancelled"]
FINAL: tuple[State, ...] = ("done", "failed", "cancelled")


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Student(_Answer):
    """Whose a submission is."""

    key: str
    name: str
    email: str


class Score(_Answer):
    """How a score came about; `final` is what counts."""

    raw: float | None
    maximum: float
    penalty: float
    adjustment: float
    final: float
    comment: str
    waiting: tuple[str, ...] = ()


class SubmissionStatus(_Answer):
    """A submission, and how far it is."""

    id: str
    course: str
    assignment: str
    student: Student
    attempt: int
    filename: str
    submitted_at: datetime | None
    is_late: bool
    late_hours: float | None
    batch: str | None
    state: State
    place: int | None
    grading: int
    status: ReportStatus | None
    reason: str
    fault: Fault = "grader"
    score: Score | None
    remarks: tuple[str, ...]

    @property
    def is_finished(self) -> bool:
        return self.state in FINAL


class BatchStatus(_Answer):
    """A class's submissions, and how far they are."""

    id: str
    course: str
    assignment: str
    filename: str
    layout: str
    unmatched: tuple[str, ...]
    total: int
    done: int
    states: Mapping[State, int]
    ungraded: int
    is_finished: bool
    seed: int

    @property
    def left_out(self) -> int:
        """How many are not to be graded."""
        return self.states.get("cancelled", 0)


class BatchTerms(BaseModel):
    """A batch's own terms, in place of the course's; adjustments, by key or e-mail address, belong to the policy."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int | None = None
    policy: Mapping[str, Any] | None = None
    adjustments: Mapping[str, Mapping[str, Any]] = {}

    def told(self) -> dict[str, Any]:
        """What of it was said."""
        return self.model_dump(mode="json", exclude_defaults=True)


class GradeChange(_Answer):
    """A student's score in the gradebook, and as it would be if all that waits counted; None: no score.

    `counts`: whether it is by the submission that this is told of, before or then.
    """

    was: float | None
    now: float | None
    counts: bool


class HeldChange(_Answer):
    """What a regrade that waits would change about one submission; None: no grade."""

    submission: str
    student: Student
    attempt: int
    was: float | None
    now: float | None
    why: tuple[str, ...]
    grade: GradeChange | None = None


class HeldChanges(_Answer):
    """A regrade that waits to be handed back; `unchanged` and `underway` are counts."""

    changes: tuple[HeldChange, ...]
    unchanged: int
    underway: int


class Worksheet(_Answer):
    """A grading worksheet, filled in, and what should be known about it."""

    content: str
    notes: tuple[str, ...]


class Course(_Answer):
    """A course, and what one is in it."""

    slug: str
    title: str
    role: Literal["student", "instructor"]


class Me(_Answer):
    """The account behind the token."""

    login: str
    name: str
    is_admin: bool
    courses: tuple[Course, ...]


class Event(_Answer):
    """Something that happened to a grading; `end` is the last. `number` is 0 for what is not kept."""

    kind: str
    data: Mapping[str, Any]
    number: int = 0
