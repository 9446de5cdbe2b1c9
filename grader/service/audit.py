"""Who changed what that grades depend on."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from grader.service.data import AuditEntry, Course, User


def record(
    session: Session, actor: User, action: str, *, course: Course | None = None, subject: str = "", **detail: Any
) -> None:
    """Add an entry in the transaction of the change itself, so that there is never the one without the other."""
    session.add(
        AuditEntry(
            actor=actor.login, course=course.slug if course else "", action=action, subject=subject[:300], detail=detail
        )
    )


def entries(
    session: Session, course: Course | None, *, limit: int = 200, before: int | None = None
) -> list[AuditEntry]:
    """The latest first; those of one course, or all."""
    query = sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if course is not None:
        query = query.where(AuditEntry.course == course.slug)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    return list(session.scalars(query))
