"""The service's database: the same tables on SQLite and PostgreSQL."""

from grader.service.data.database import make_engine, server_seconds, session_factory
from grader.service.data.tables import (
    Adjustment,
    AuditEntry,
    Base,
    Batch,
    Course,
    CourseAssignment,
    Enrollment,
    Event,
    Grading,
    GradingState,
    Role,
    Submission,
    Token,
    User,
    Visit,
    Worker,
)

__all__ = [
    "Adjustment",
    "AuditEntry",
    "Base",
    "Batch",
    "Course",
    "CourseAssignment",
    "Enrollment",
    "Event",
    "Grading",
    "GradingState",
    "Role",
    "Submission",
    "Token",
    "User",
    "Visit",
    "Worker",
    "make_engine",
    "server_seconds",
    "session_factory",
]
