"""Accounts and courses: who takes part in what, on which terms, and what instructors decide."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grader.batch.names import new_secret
from grader.service.data.base import Base, utc_now


class Role(StrEnum):
    """What somebody is in a course."""

    STUDENT = "student"
    INSTRUCTOR = "instructor"


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
