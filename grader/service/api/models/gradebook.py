"""Gradebooks, and what instructors decide about them."""

from typing import Annotated

from pydantic import Field, StringConstraints

from grader.batch.gradebook import RowStatus
from grader.service.api.models.common import Line, Sent, Text, Told
from grader.service.api.models.submissions import ScoreInfo, StudentInfo


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
