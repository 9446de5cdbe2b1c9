"""Batches, gradebooks, adjustments, the audit log, and the service itself."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from grader.batch.gradebook import RowStatus
from grader.service.api.models.common import Sent, Text, Time, Told
from grader.service.api.models.submissions import ScoreInfo, StudentInfo
from grader.service.data import GradingState


class BatchLinks(Told):
    """Where more is to be had."""

    self: str
    events: str
    output: str
    gradebook: str
    submissions: str


class BatchInfo(Told):
    """A class's submissions, uploaded as one ZIP, and how far they are."""

    id: str
    course: str
    assignment: str
    filename: str
    layout: str = Field(description="the platform that the ZIP comes from")
    unmatched: list[str] = Field(description="files that belong to no student")
    created_at: Time
    total: int
    done: int
    states: dict[GradingState, int]
    ungraded: int = Field(description="finished without a grade")
    is_finished: bool
    links: BatchLinks


class Cancelled(Told):
    """How many gradings were stopped."""

    cancelled: int


class FunctionPoints(Told):
    """What one function scored."""

    name: str
    status: str
    score: float
    max_score: float
    diagnoses: list[str]


class GradebookRow(Told):
    """One student, and the attempt that counts."""

    student: StudentInfo
    attempt: int = Field(description="0: nothing was handed in")
    submission: str | None
    status: RowStatus
    is_late: bool
    late_hours: float | None
    score: ScoreInfo | None
    functions: list[FunctionPoints]
    reason: str
    remarks: list[str]


class GradebookInfo(Told):
    """A row for every student, whatever became of the submission."""

    assignment: str
    title: str
    maximum: float
    functions: list[str]
    rows: list[GradebookRow]


Points = Annotated[float, Field(ge=-1e6, le=1e6)]


class AdjustmentBody(Sent):
    """What an instructor decides about one student's score."""

    points: Points = Field(0.0, description="added to the score")
    override: Points | None = Field(None, description="in place of the computed score")
    comment: Annotated[Text, StringConstraints(max_length=2000)] = Field(description="why; the student reads it")


class AdjustmentInfo(Told):
    """What an instructor decided about one student's score."""

    student: str
    points: float
    override: float | None
    comment: str


class AuditInfo(Told):
    """Who changed what that grades depend on."""

    id: int
    at: Time
    actor: str
    course: str
    action: str
    subject: str
    detail: dict[str, Any]


class Health(Told):
    """The process lives."""

    status: Literal["ok"] = "ok"
    version: str


class Readiness(Told):
    """What the service needs, each `ok` or what is wrong with it."""

    status: Literal["ready", "not ready"]
    database: str
    storage: str
    workers: int = Field(description="that are alive")
