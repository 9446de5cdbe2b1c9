"""Batches, gradebooks, and what instructors decide about them."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from grader.batch.gradebook import RowStatus
from grader.batch.policy import Adjustment
from grader.service.api.models.common import MAX_INTEGER, Line, Sent, Text, Time, Told
from grader.service.api.models.courses import PolicyBody
from grader.service.api.models.submissions import ScoreInfo, StudentInfo
from grader.service.batch_terms import OwnTerms
from grader.service.data import GradingState


class FunctionPoints(Told):
    """What one function scored."""

    name: str
    status: str
    score: float
    max_score: float
    carried: float = Field(description="of the score, what is carried forward")
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
    written: dict[Line, Points] = Field({}, description="points of answers that a person has read, by question")


class AdjustmentInfo(Told):
    """What an instructor decided about one student's score."""

    student: str
    points: float
    override: float | None
    comment: str
    written: dict[str, float]


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
    seed: int = Field(description="of the random inputs")
    policy: dict[str, Any] | None = Field(description="of what is made of this batch; null: the assignment's")
    links: BatchLinks


class BatchTerms(Sent):
    """A batch's own terms; what is left out stays as it is, at first the assignment's."""

    seed: int | None = Field(None, ge=0, le=MAX_INTEGER, description="another one grades all again")
    policy: PolicyBody | None = Field(None, description="as in `policy.toml`, for what is made of this batch alone")
    adjustments: dict[Line, AdjustmentBody] = Field({}, description="by key or e-mail address; part of the policy")

    def terms(self) -> OwnTerms:
        decided = {
            student: Adjustment(a.points, a.override, a.comment, a.written) for student, a in self.adjustments.items()
        }
        return OwnTerms(self.seed, self.policy, decided)


class Selection(Sent):
    """Whom something is for."""

    only: list[Line] = Field([], description="students, by key, name or e-mail address, or patterns with `*`")


class RegradeOfBatch(Selection):
    """Whom to grade again."""

    hold: bool = Field(False, description="nothing of it counts, or is seen by students, before it is handed back")


class NewBatch(BatchTerms, Selection):
    """What an upload may say beside its file."""


class Regraded(Told):
    """How many submissions are graded again."""

    regraded: int


class Worksheet(Told):
    """Moodle's grading worksheet, filled in."""

    content: str
    notes: list[str] = Field(description="rows that it lacks, and what else should be known")


class Cancelled(Told):
    """How many gradings were stopped."""

    cancelled: int
