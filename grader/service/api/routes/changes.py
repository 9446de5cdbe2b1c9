"""A regrade that waits: what it would change, and handing it back or dropping it."""

from fastapi import APIRouter

from grader.service import held
from grader.service.api import presenting
from grader.service.api.deps import CallerDep
from grader.service.api.models.common import Slug
from grader.service.api.models.submissions import ChosenChanges, GradeChangeInfo, HeldChangeInfo, HeldChanges, Settled
from grader.service.api.problems import documented

router = APIRouter(tags=["gradebook"], responses=documented(401, 403, 404, 422))

_CHANGES = "/courses/{course}/assignments/{assignment}/changes"


@router.get(_CHANGES, summary="What a regrade would change")
def show_changes(course: Slug, assignment: Slug, caller: CallerDep) -> HeldChanges:
    """For instructors: of a regrade with `hold`, and of one on the pages, before anything of it counts."""
    with caller.assignment(course, assignment, teaches=True) as (session, _, found):
        waiting = held.held(session, found)
        differing = [change for change in waiting if change.differs]
        changes = held.with_grades(session, caller.context.shelf, found, differing)
        return HeldChanges(
            changes=[_told(change) for change in changes],
            unchanged=len(waiting) - len(changes),
            underway=held.underway(session, found),
        )


@router.post(_CHANGES + "/hand-back", summary="Let a regrade count")
def hand_back(course: Slug, assignment: Slug, body: ChosenChanges, caller: CallerDep) -> Settled:
    """For instructors: of the submissions chosen, or of all; what is not graded yet goes on waiting."""
    with caller.assignment(course, assignment) as (session, user, found):
        return Settled(gradings=held.hand_back(session, user, found, body.submissions))


@router.post(_CHANGES + "/drop", summary="Forget a regrade")
def drop(course: Slug, assignment: Slug, body: ChosenChanges, caller: CallerDep) -> Settled:
    """For instructors: of the submissions chosen, or of all; the points of before stay."""
    with caller.assignment(course, assignment) as (session, user, found):
        return Settled(gradings=held.drop(session, user, found, body.submissions))


def _told(change: held.HeldChange) -> HeldChangeInfo:
    submission, grade = change.submission, change.grade
    return HeldChangeInfo.of(
        change,
        submission=submission.id,
        student=presenting.student_of(submission),
        attempt=submission.attempt,
        grade=grade and GradeChangeInfo.of(grade),
    )
