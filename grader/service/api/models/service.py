"""The audit log, and the service itself."""

from typing import Any, Literal

from pydantic import Field

from grader.service.api.models.common import Time, Told


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
