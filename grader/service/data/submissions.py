"""What is handed in, by whom and in what, and its way to a report."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grader.service.data.base import Base, utc_now
from grader.service.data.courses import CourseAssignment


class GradingState(StrEnum):
    """`failed`: given up by a fault of the grader or of the assignment, never the student's."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        return self not in UNDER_WAY


UNDER_WAY = (GradingState.QUEUED, GradingState.RUNNING)


class Work:
    """What a worker brings to an end.

    Attributes:
        tries: how often one has begun with it.
        job: its job in the queue; a new one for each time that it is put there.
        claim: of the worker that has it; results of a worker whose claim is out of date are void.
        reason: why it has failed, or was given up.
    """

    state: Mapped[GradingState] = mapped_column(
        sa.Enum(GradingState, native_enum=False, length=20), default=GradingState.QUEUED
    )
    tries: Mapped[int] = mapped_column(default=0)
    job: Mapped[str | None] = mapped_column(sa.String(80), unique=True)
    claim: Mapped[str | None] = mapped_column(sa.String(80))
    reason: Mapped[str] = mapped_column(sa.Text, default="")


class Batch(Base):
    """A class's submissions, uploaded as one ZIP.

    Attributes:
        seed: of the random inputs, which then follow from nothing else; as the assignment's if None.
        policy: as in a `policy.toml`, for what is made of this batch alone; the assignment's if None.
        adjustments: with a policy of its own, in place of the assignment's: student -> points, override, comment.
    """

    __tablename__ = "batches"
    __table_args__ = (sa.UniqueConstraint("uploaded_by_id", "idempotency_key"),)

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    course_assignment_id: Mapped[int] = mapped_column(
        sa.ForeignKey("course_assignments.id", ondelete="CASCADE"), index=True
    )
    uploaded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"))
    idempotency_key: Mapped[str | None] = mapped_column(sa.String(200))
    filename: Mapped[str] = mapped_column(sa.String(300))
    blob: Mapped[str] = mapped_column(sa.String(64))
    layout: Mapped[str] = mapped_column(sa.String(20))
    unmatched: Mapped[list[Any]] = mapped_column(default=list)
    seed: Mapped[int | None]
    policy: Mapped[dict[str, Any] | None]
    adjustments: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    course_assignment: Mapped[CourseAssignment] = relationship(lazy="joined", innerjoin=True)


class Submission(Base):
    """What one student handed in at one time, by an upload of their own or as an entry of a batch.

    Attributes:
        user_id: the student's account; None for an entry of a batch that matches nobody on the roster.
        student_key: as in `Enrollment`; of an entry that matches nobody, as the platform calls the student.
        blob: the uploaded file; for an entry of a batch the batch's ZIP.
        work: which files of the ZIP are graded, as `grader.batch.work.Work`; None for an upload.
        entry: of a batch, as its download has it, whoever that is on the roster: key, name, email, attempt.
        is_late: the platform marked it as late.
    """

    __tablename__ = "submissions"
    __table_args__ = (
        sa.UniqueConstraint("user_id", "idempotency_key"),
        sa.UniqueConstraint("course_assignment_id", "student_key", "attempt"),
    )

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    course_assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("course_assignments.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    batch_id: Mapped[str | None] = mapped_column(sa.ForeignKey("batches.id", ondelete="CASCADE"), index=True)
    idempotency_key: Mapped[str | None] = mapped_column(sa.String(200))
    student_key: Mapped[str] = mapped_column(sa.String(200))
    student_name: Mapped[str] = mapped_column(sa.String(200), default="")
    student_email: Mapped[str] = mapped_column(sa.String(200), default="")
    attempt: Mapped[int]
    filename: Mapped[str] = mapped_column(sa.String(300))
    blob: Mapped[str] = mapped_column(sa.String(64), index=True)
    size: Mapped[int]
    work: Mapped[dict[str, Any] | None]
    entry: Mapped[dict[str, Any] | None]
    remarks: Mapped[list[Any]] = mapped_column(default=list)
    is_late: Mapped[bool] = mapped_column(default=False)
    submitted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)

    course_assignment: Mapped[CourseAssignment] = relationship(lazy="joined", innerjoin=True)
    batch: Mapped[Batch | None] = relationship()
    gradings: Mapped[list["Grading"]] = relationship(
        back_populates="submission", order_by="Grading.number", lazy="selectin"
    )

    @property
    def label(self) -> str:
        return self.student_name or self.student_key


class ExplainedFile(Work, Base):
    """A file that somebody wants explained: a network of their own, outside of any course. No grade comes of it.

    Attributes:
        key: what makes a file that is sent twice one file.
        cost: which cost is meant, as `grade explain --cost` has it; empty if the file tells.
        status: as `grader.reading.told.explanation.Explanation` has it.
        document: blob of the explanation as JSON; `page` of it as an element of a page.
    """

    __tablename__ = "explained_files"
    __table_args__ = (sa.UniqueConstraint("user_id", "key"),)

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    key: Mapped[str | None] = mapped_column(sa.String(200))
    filename: Mapped[str] = mapped_column(sa.String(300))
    blob: Mapped[str] = mapped_column(sa.String(64))
    cost: Mapped[str] = mapped_column(sa.String(20), default="")
    created_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    finished_at: Mapped[datetime | None]
    status: Mapped[str | None] = mapped_column(sa.String(20))
    document: Mapped[str | None] = mapped_column(sa.String(64))
    page: Mapped[str | None] = mapped_column(sa.String(64))


class Archive(Work, Base):
    """A ZIP of a class's reports that somebody asked for; it is not kept for long.

    Attributes:
        key: the same for all archives that hold the same.
        batch_id: the batch that it is of; of everybody in the course if None.
        user_id: who asked first.
        feedback_alone, similarity, worksheet: what it holds, as `archives.Wanted` has it; the worksheet's blob.
        blob: of the ZIP.
    """

    __tablename__ = "archives"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(64), index=True)
    course_assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("course_assignments.id", ondelete="CASCADE"))
    batch_id: Mapped[str | None] = mapped_column(sa.ForeignKey("batches.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    feedback_alone: Mapped[bool] = mapped_column(default=False)
    similarity: Mapped[bool] = mapped_column(default=False)
    worksheet: Mapped[str | None] = mapped_column(sa.String(64))
    created_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    finished_at: Mapped[datetime | None]
    blob: Mapped[str | None] = mapped_column(sa.String(64))


class Grading(Work, Base):
    """One grading of a submission; a regrading is a new one, and the last that gave a grade counts.

    Attributes:
        number: from 1.
        held: waits for an instructor to hand it back; until then it does not count, and students do not see it.
        functions: as `grader.batch.journal.FunctionGrade`.
        mistakes: code -> title of all that are named, those of training runs among them.
        remarks: the first of the report.
        fault: whose fault it is that it failed, as `grader.report.Report` has it.
        uses_attempt: it failed, by the same fault of the grader with every try of this very file.
        evidence, curves: of the report what class summaries need, as `grader.batch.evidence` has it in JSON.
        report: blob of the report as JSON, whole; `student_page` and `instructor_page` of its HTML, `results` of it for
            Gradescope, `student_notebook` and `instructor_notebook` of the annotated notebook, if it is one.
    """

    __tablename__ = "gradings"
    __table_args__ = (sa.UniqueConstraint("submission_id", "number"), sa.Index("ix_gradings_state", "state", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[str] = mapped_column(sa.ForeignKey("submissions.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(default=1)
    is_batch: Mapped[bool] = mapped_column(default=False)
    held: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    fault: Mapped[str] = mapped_column(sa.String(20), default="grader", server_default="grader")
    uses_attempt: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    requested_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"), index=True)
    requested_at: Mapped[datetime] = mapped_column(default=utc_now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
    status: Mapped[str | None] = mapped_column(sa.String(20))
    remarks: Mapped[list[Any] | None]
    score: Mapped[float | None]
    max_score: Mapped[float | None]
    functions: Mapped[list[Any]] = mapped_column(default=list)
    mistakes: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    evidence: Mapped[str | None] = mapped_column(sa.Text, deferred=True)
    curves: Mapped[str | None] = mapped_column(sa.Text, deferred=True)
    report: Mapped[str | None] = mapped_column(sa.String(64))
    student_page: Mapped[str | None] = mapped_column(sa.String(64))
    instructor_page: Mapped[str | None] = mapped_column(sa.String(64))
    results: Mapped[str | None] = mapped_column(sa.String(64))
    student_notebook: Mapped[str | None] = mapped_column(sa.String(64))
    instructor_notebook: Mapped[str | None] = mapped_column(sa.String(64))

    submission: Mapped[Submission] = relationship(back_populates="gradings")

    @property
    def carried(self) -> float:
        """What of the score is carried forward."""
        return float(sum(function.get("carried", 0.0) for function in self.functions))


class Event(Base):
    """What has happened to a grading, for live pages: `loaded`, `check`, `epoch` …; data is for everybody to see."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    grading_id: Mapped[int] = mapped_column(sa.ForeignKey("gradings.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime] = mapped_column(default=utc_now)


class Worker(Base):
    """A process that grades, and when it last said so (seconds by the database's clock)."""

    __tablename__ = "workers"

    executor: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    beat: Mapped[float]
    host: Mapped[str] = mapped_column(sa.String(200), default="")
    is_draining: Mapped[bool] = mapped_column(default=False)
