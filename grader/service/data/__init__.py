"""The service's database: the same tables on SQLite and PostgreSQL."""

from grader.service.data.base import Base, counted, make_engine, server_seconds, session_factory
from grader.service.data.courses import (
    Adjustment,
    AuditEntry,
    Course,
    CourseAssignment,
    Enrollment,
    Role,
    Token,
    User,
    Visit,
)
from grader.service.data.submissions import (
    UNDER_WAY,
    Archive,
    Batch,
    Event,
    ExplainedFile,
    Grading,
    GradingState,
    Submission,
    Worker,
)

__all__ = [
    "UNDER_WAY",
    "Adjustment",
    "Archive",
    "AuditEntry",
    "Base",
    "Batch",
    "Course",
    "CourseAssignment",
    "Enrollment",
    "Event",
    "ExplainedFile",
    "Grading",
    "GradingState",
    "Role",
    "Submission",
    "Token",
    "User",
    "Visit",
    "Worker",
    "counted",
    "make_engine",
    "server_seconds",
    "session_factory",
]
