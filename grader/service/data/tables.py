"""The tables. Times are UTC; files are in the storage, by the SHA-256 of their content."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from grader.batch.names import new_secret


class Role(StrEnum):
    """What somebody is in a course."""

    STUDENT = "student"
    INSTRUCTOR = "instructor"


class GradingState(StrEnum):
    """`failed`: given up by a fault of the grader or of the assignment, never the student's."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        return self not in (GradingState.QUEUED, GradingState.RUNNING)


class UtcDateTime(sa.TypeDecorator[datetime]):
    """A point in time; SQLite keeps no time zone, so it is always UTC there."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """Constraints have names, so that migrations can speak of them on both databases."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: sa.JSON, list[Any]: sa.JSON}  # noqa: RUF012


class User(Base):
    """Somebody who signs in; `login` is lower case."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(sa.String(200), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    email: Mapped[str] = mapped_column(sa.String(200), default="")
    is_admin: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    @property
    def label(self) -> str:
        return self.name or self.login


class Token(Base):
    """What somebody signs in with: 256 random bits, of which only the SHA-256 is kept.

    `made_by_id` is the account that made it, which has seen it.
    """

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    label: Mapped[str] = mapped_column(sa.String(100), default="")
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"))

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True, foreign_keys=[user_id])


class Visit(Base):
    """A browser that is signed in; ends with its token at the latest.

    Attributes:
        secret: what its forms are signed with.
        unsent: a form that came before the sign-in, to be shown once more.
    """

    __tablename__ = "visits"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    token_id: Mapped[int] = mapped_column(sa.ForeignKey("tokens.id", ondelete="CASCADE"), index=True)
    secret: Mapped[str] = mapped_column(sa.String(64))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    expires_at: Mapped[datetime]
    unsent: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))

    token: Mapped[Token] = relationship(lazy="joined", innerjoin=True)


class Course(Base):
    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class Enrollment(Base):
    """Somebody's part in a course; `student_key` is what the gradebook and the platform's downloads call them.

    `canvas` is `grader.batch.roster.CanvasIds`, if a roster from Canvas was imported.
    """

    __tablename__ = "enrollments"
    __table_args__ = (sa.UniqueConstraint("course_id", "student_key"),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    course_id: Mapped[int] = mapped_column(
        sa.ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[Role] = mapped_column(sa.Enum(Role, native_enum=False, length=20))
    student_key: Mapped[str] = mapped_column(sa.String(200))
    canvas: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    course: Mapped[Course] = relationship(lazy="joined", innerjoin=True)


class CourseAssignment(Base):
    """An assignment of the library, set for a course.

    Attributes:
        assignment: id of the assignment in the library, or of a folder among the service's own.
        due_at: what comes later is late, and `policy` says what that costs.
        closes_at: nothing is accepted any more.
        carried_forward: what counts of errors carried forward; as the assignment says if None.
        policy: as in a `policy.toml`, without the due date.
        pseudonym_key: the secret by which anonymous reports get their names, the same in every download, and by which
            every submission gets random inputs of its own.
    """

    __tablename__ = "course_assignments"
    __table_args__ = (sa.UniqueConstraint("course_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("courses.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(sa.String(80))
    title: Mapped[str] = mapped_column(sa.String(200))
    assignment: Mapped[str] = mapped_column(sa.String(200))
    opens_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    max_attempts: Mapped[int | None]
    hints: Mapped[str | None] = mapped_column(sa.String(20))
    carried_forward: Mapped[str | None] = mapped_column(sa.String(10))
    seed: Mapped[int] = mapped_column(default=0)
    policy: Mapped[dict[str, Any]] = mapped_column(default=dict)
    pseudonym_key: Mapped[str] = mapped_column(sa.String(64), nullable=True, default=new_secret)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    course: Mapped[Course] = relationship(lazy="joined", innerjoin=True)


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


class ExplainedFile(Base):
    """A file that somebody wants explained: a network of their own, outside of any course. No grade comes of it.

    Attributes:
        key: what makes a file that is sent twice one file.
        cost: which cost is meant, as `grade explain --cost` has it; empty if the file tells.
        tries, job, claim: as a grading has them.
        status: as `grader.reading.explanation.Explanation` has it.
        reason: why the grader gave up.
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
    state: Mapped[GradingState] = mapped_column(
        sa.Enum(GradingState, native_enum=False, length=20), default=GradingState.QUEUED
    )
    tries: Mapped[int] = mapped_column(default=0)
    job: Mapped[str | None] = mapped_column(sa.String(80), unique=True)
    claim: Mapped[str | None] = mapped_column(sa.String(80))
    created_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    finished_at: Mapped[datetime | None]
    status: Mapped[str | None] = mapped_column(sa.String(20))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    document: Mapped[str | None] = mapped_column(sa.String(64))
    page: Mapped[str | None] = mapped_column(sa.String(64))


class Archive(Base):
    """A ZIP of a class's reports that somebody asked for; it is not kept for long.

    Attributes:
        key: the same for all archives that hold the same.
        batch_id: the batch that it is of; of everybody in the course if None.
        user_id: who asked first.
        feedback_alone, similarity, worksheet: what it holds, as `archives.Wanted` has it; the worksheet's blob.
        tries, job, claim: as a grading has them.
        reason: why it was given up.
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
    state: Mapped[GradingState] = mapped_column(
        sa.Enum(GradingState, native_enum=False, length=20), default=GradingState.QUEUED
    )
    tries: Mapped[int] = mapped_column(default=0)
    job: Mapped[str | None] = mapped_column(sa.String(80), unique=True)
    claim: Mapped[str | None] = mapped_column(sa.String(80))
    created_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    finished_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    blob: Mapped[str | None] = mapped_column(sa.String(64))


class Grading(Base):
    """One grading of a submission; a regrading is a new one, and the last that is done counts.

    Attributes:
        number: from 1.
        held: waits for an instructor to hand it back; until then it does not count, and students do not see it.
        tries: how often a worker has begun with it.
        job: its job in the queue; a new one for each time that it is put there.
        claim: of the worker that has it; results of a worker whose claim is out of date are void.
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
    state: Mapped[GradingState] = mapped_column(
        sa.Enum(GradingState, native_enum=False, length=20), default=GradingState.QUEUED
    )
    is_batch: Mapped[bool] = mapped_column(default=False)
    held: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    fault: Mapped[str] = mapped_column(sa.String(20), default="grader", server_default="grader")
    uses_attempt: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    requested_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"), index=True)
    requested_at: Mapped[datetime] = mapped_column(default=utc_now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    job: Mapped[str | None] = mapped_column(sa.String(80), unique=True)
    claim: Mapped[str | None] = mapped_column(sa.String(80))
    status: Mapped[str | None] = mapped_column(sa.String(20))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
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


class Adjustment(Base):
    """An instructor's own decision about a student's score; survives every regrading.

    Attributes:
        written: question -> points, of answers that a person has read.
    """

    __tablename__ = "adjustments"

    course_assignment_id: Mapped[int] = mapped_column(
        sa.ForeignKey("course_assignments.id", ondelete="CASCADE"), primary_key=True
    )
    student_key: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    points: Mapped[float] = mapped_column(default=0.0)
    override: Mapped[float | None]
    comment: Mapped[str] = mapped_column(sa.Text, default="")
    written: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))


class AuditEntry(Base):
    """Who changed what that grades depend on; never changed, never deleted with what it speaks of."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now)
    actor: Mapped[str] = mapped_column(sa.String(200))
    course: Mapped[str] = mapped_column(sa.String(80), default="", index=True)
    action: Mapped[str] = mapped_column(sa.String(60))
    subject: Mapped[str] = mapped_column(sa.String(300), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Worker(Base):
    """A process that grades, and when it last said so (seconds by the database's clock)."""

    __tablename__ = "workers"

    executor: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    beat: Mapped[float]
    host: Mapped[str] = mapped_column(sa.String(200), default="")
    is_draining: Mapped[bool] = mapped_column(default=False)
