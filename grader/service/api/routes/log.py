"""The audit log: who changed what that grades depend on."""

from typing import Annotated

from fastapi import APIRouter, Query

from grader.service import audit
from grader.service.api.deps import CallerDep
from grader.service.api.models.common import MAX_INTEGER, AuditInfo, Limit, Slug
from grader.service.api.problems import documented

router = APIRouter(tags=["audit"], responses=documented(401, 403, 422))

Before = Annotated[int | None, Query(ge=1, le=MAX_INTEGER, description="id of an entry: those older than it")]


@router.get("/audit", summary="The audit log")
def whole_log(caller: CallerDep, limit: Limit = 200, before: Before = None) -> list[AuditInfo]:
    """For admins: the latest first."""
    with caller.admin() as (session, _):
        return [AuditInfo.of(entry) for entry in audit.entries(session, None, limit=limit, before=before)]


@router.get("/courses/{course}/audit", summary="The audit log of a course", responses=documented(404))
def log_of_course(course: Slug, caller: CallerDep, limit: Limit = 200, before: Before = None) -> list[AuditInfo]:
    """For instructors: the latest first."""
    with caller.course(course, teaches=True) as (session, _, found):
        return [AuditInfo.of(entry) for entry in audit.entries(session, found, limit=limit, before=before)]
