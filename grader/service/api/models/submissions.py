"""Submissions and files to explain, and what became of them."""

from typing import Any

from pydantic import Field

from grader.report import Fault, ReportStatus
from grader.service.api.models.common import Sent, Time, Told, Uuid
from grader.service.data import GradingState


class Links(Told):
    """Where more is to be had."""

    self: str
    events: str
    report: str
    html: str
    file: str


class StudentInfo(Told):
    """Whose it is."""

    key: str = Field(description="as in the gradebook")
    name: str
    email: str


class ScoreInfo(Told):
    """How a score came about."""

    raw: float | None = Field(description="as graded; null where an instructor decided about what has no grade")
    carried: float = Field(0.0, description="of the raw score, what is carried forward")
    maximum: float = Field(description="without extra credit")
    penalty: float = Field(description="points taken off for lateness")
    adjustment: float = Field(description="points that an instructor changed it by")
    final: float = Field(description="what counts")
    comment: str = Field(description="why it differs from the raw one")
    waiting: list[str] = Field([], description="questions that a person has yet to read; until then it is not final")


class SubmissionStatus(Told):
    """A submission, and how far it is."""

    id: str
    course: str
    assignment: str
    student: StudentInfo
    attempt: int
    filename: str
    size: int
    submitted_at: Time | None
    is_late: bool
    late_hours: float | None
    batch: str | None
    state: GradingState = Field(description="of the latest grading; `failed` is no fault of the work")
    place: int | None = Field(description="in the queue; 1 is the next")
    grading: int = Field(description="1, and one more for every regrading")
    tries: int
    requested_at: Time
    started_at: Time | None
    finished_at: Time | None
    status: ReportStatus | None = Field(description="of the report that counts; null: none yet")
    reason: str = Field(description="why it was rejected, or what failed")
    fault: Fault = Field(description="whose it is, where it failed: a check of the `assignment` may fail by itself")
    score: ScoreInfo | None
    remarks: list[str]
    links: Links


class Regrade(Sent):
    """Which submissions of an assignment to grade again."""

    submissions: list[Uuid] | None = Field(None, max_length=20_000, description="all of them if left out")
    hold: bool = Field(False, description="nothing of it counts, or is seen by students, before it is handed back")


class ChosenChanges(Sent):
    """Of what waits to be handed back, which."""

    submissions: list[Uuid] | None = Field(None, max_length=20_000, description="all of it if left out")


class GradeChangeInfo(Told):
    """A student's score in the gradebook, and as it would be if all that waits counted; null: none."""

    was: float | None
    now: float | None
    counts: bool = Field(description="whether it is by this submission, before or then")


class HeldChangeInfo(Told):
    """What a regrade that waits would change about one submission, in points as graded; null: no grade.

    One that refuses what has a grade takes none away: `now` is as before, and `why` says so.
    """

    submission: str
    student: StudentInfo
    attempt: int
    was: float | None
    now: float | None
    why: list[str]
    grade: GradeChangeInfo | None = Field(None, description="null where it is in no gradebook")


class HeldChanges(Told):
    """A regrade that waits to be handed back."""

    changes: list[HeldChangeInfo] = Field(description="those with other points, or refused")
    unchanged: int = Field(description="how many have the same points as before")
    underway: int = Field(description="how many are not graded yet")


class Settled(Told):
    """How many gradings were handed back or dropped."""

    gradings: int


class Regraded(Told):
    """What is graded again; what was under way already is not."""

    submissions: list[str]


class EventInfo(Told):
    """One server-sent event: `event:` is the kind, `id:` the number, `data:` a JSON object.

    `queued` {place} · `started` {try} · `loading` · `loaded` {done, total} · `check` {function, title, status, done,
    total} · `epoch` {function, epoch, epochs, cost} · `diagnosing` · `retrying` {reason, seconds} ·
    `failed` {reason} · `done` {status, score, max_score} · `end` {state}, the last.
    """

    kind: str
    id: int
    data: dict[str, Any]


class ExplanationLinks(Told):
    """Where more is to be had."""

    self: str
    document: str
    html: str


class ExplainedFileStatus(Told):
    """A file that is explained, and how far it is."""

    id: Uuid
    filename: str
    cost: str = Field(description="which cost is meant: `squared`, `cross-entropy`, or empty")
    state: GradingState
    status: str | None = Field(description="`right`, `partly`, `unjudged`, `fault` or `unread`, once it is done")
    reason: str = Field(description="why the grader gave up, where it failed")
    created_at: Time
    finished_at: Time | None
    links: ExplanationLinks
