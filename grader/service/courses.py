"""Courses, who is what in them, and the assignments that are set for them."""

import itertools
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.orm import Session

from grader.batch.policy import LatePolicy, Policy
from grader.report import CarriedForwardTerms, HintPolicy
from grader.service import audit
from grader.service.data import Course, CourseAssignment, Enrollment, Role, User
from grader.service.data.base import utc_now
from grader.service.errors import Conflict, Forbidden, Invalid, NotFound
from grader.service.people import demand_admin
from grader.service.shelf import Shelf

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


def new_course(session: Session, actor: User, slug: str, title: str) -> Course:
    """Raises Forbidden, Invalid or Conflict."""
    demand_admin(actor)
    _demand_slug(slug)
    if session.scalar(sa.select(Course).where(Course.slug == slug)) is not None:
        raise Conflict(f"There is a course {slug} already.")
    course = Course(slug=slug, title=_title(title))
    session.add(course)
    session.flush()
    audit.record(session, actor, "course created", course=course, subject=course.title)
    return course


def courses_of(session: Session, user: User) -> list[tuple[Course, Role]]:
    """The courses that somebody has a part in; admins are instructors of all."""
    roles = {e.course_id: e.role for e in session.scalars(sa.select(Enrollment).where(Enrollment.user_id == user.id))}
    query = sa.select(Course).order_by(Course.title)
    if not user.is_admin:
        query = query.where(Course.id.in_(roles))
    return [(course, Role.INSTRUCTOR if user.is_admin else roles[course.id]) for course in session.scalars(query)]


def get_course(session: Session, user: User, slug: str) -> Course:
    """Raises NotFound, also for a course that somebody has no part in."""
    course = session.scalar(sa.select(Course).where(Course.slug == slug))
    if course is None or role_in(session, user, course) is None:
        raise NotFound(f"There is no course {slug!r} that you have a part in.")
    return course


def role_in(session: Session, user: User, course: Course) -> Role | None:
    """Admins are instructors everywhere."""
    if user.is_admin:
        return Role.INSTRUCTOR
    enrollment = session.get(Enrollment, (user.id, course.id))
    return enrollment.role if enrollment else None


def demand_instructor(session: Session, user: User, course: Course) -> None:
    """Raises Forbidden."""
    if role_in(session, user, course) is not Role.INSTRUCTOR:
        raise Forbidden(f"This is for instructors of {course.title}.")


def demand_staff(session: Session, user: User) -> None:
    """Raises Forbidden: neither an admin nor an instructor of any course."""
    teaches = sa.select(Enrollment).where(Enrollment.user_id == user.id, Enrollment.role == Role.INSTRUCTOR)
    if not user.is_admin and session.scalars(teaches.limit(1)).first() is None:
        raise Forbidden("This is for instructors.")


def set_assignment(
    session: Session,
    actor: User,
    course: Course,
    shelf: Shelf,
    assignment: str,
    *,
    slug: str = "",
    title: str = "",
    **settings: Any,
) -> CourseAssignment:
    """Set an assignment for a course; `settings` as in `change_assignment`.

    Raises:
        Forbidden: not an instructor.
        NotFound: there is no such assignment.
        Conflict: the course has one by that slug.
        Invalid: a setting makes no sense.
    """
    demand_instructor(session, actor, course)
    found = shelf.get(assignment)
    slug = slug or assignment
    _demand_slug(slug)
    taken = sa.select(CourseAssignment).where(CourseAssignment.course_id == course.id, CourseAssignment.slug == slug)
    if session.scalar(taken) is not None:
        raise Conflict(f"{course.title} has an assignment {slug!r} already; give this one another slug.")
    made = CourseAssignment(
        course=course, slug=slug, title=_title(title or found.metadata.title), assignment=assignment
    )
    _apply(made, settings)
    session.add(made)
    session.flush()
    audit.record(session, actor, "assignment set", course=course, subject=slug, **_recorded(settings))
    return made


def change_assignment(session: Session, actor: User, assignment: CourseAssignment, settings: Mapping[str, Any]) -> None:
    """Change some of title, opens_at, due_at, closes_at, max_attempts, hints, carried_forward, seed, policy.

    Raises Forbidden, or Invalid: a setting makes no sense.
    """
    demand_instructor(session, actor, assignment.course)
    _apply(assignment, settings)
    audit.record(
        session, actor, "assignment changed", course=assignment.course, subject=assignment.slug, **_recorded(settings)
    )


def assignments_of(session: Session, user: User, course: Course) -> list[CourseAssignment]:
    """Those that somebody may know of: students see none before it opens."""
    query = sa.select(CourseAssignment).where(CourseAssignment.course_id == course.id)
    found = session.scalars(query.order_by(CourseAssignment.due_at, CourseAssignment.slug))
    sees_all = role_in(session, user, course) is Role.INSTRUCTOR
    return [assignment for assignment in found if sees_all or has_opened(assignment)]


def get_assignment(session: Session, user: User, course: Course, slug: str) -> CourseAssignment:
    """Raises NotFound, also for one that has not opened yet."""
    query = sa.select(CourseAssignment).where(CourseAssignment.course_id == course.id, CourseAssignment.slug == slug)
    found = session.scalar(query)
    if found is None or not (has_opened(found) or role_in(session, user, course) is Role.INSTRUCTOR):
        raise NotFound(f"{course.title} has no assignment {slug!r}.")
    return found


def has_opened(assignment: CourseAssignment) -> bool:
    return assignment.opens_at is None or assignment.opens_at <= utc_now()


def is_closed(assignment: CourseAssignment) -> bool:
    return assignment.closes_at is not None and assignment.closes_at <= utc_now()


def policy_of(assignment: CourseAssignment) -> Policy:
    """The policy with the assignment's own due date."""
    policy = Policy.model_validate(assignment.policy)
    return policy.model_copy(update={"late": policy.late.model_copy(update={"due": assignment.due_at})})


def _apply(assignment: CourseAssignment, settings: Mapping[str, Any]) -> None:
    for name, value in settings.items():
        setattr(assignment, name, value)
    assignment.title = _title(assignment.title)
    times = [("opens_at", assignment.opens_at), ("due_at", assignment.due_at), ("closes_at", assignment.closes_at)]
    known = [(name, time) for name, time in times if time is not None]
    for (earlier, first), (later, second) in itertools.pairwise(known):
        if first > second:
            raise Invalid(f"{earlier} ({first:%Y-%m-%d %H:%M}) is after {later} ({second:%Y-%m-%d %H:%M}).")
    if assignment.max_attempts is not None and assignment.max_attempts < 1:
        raise Invalid("max_attempts is a number from 1, or nothing for any number of attempts.")
    if assignment.seed is not None and not 0 <= assignment.seed < 2**31:
        raise Invalid("seed is a number from 0 to 2147483647.")
    if assignment.hints is not None and assignment.hints not in HintPolicy.__args__:  # type: ignore[attr-defined]
        raise Invalid(f"hints is nudge, pointer or explanation, not {assignment.hints!r}.")
    if assignment.carried_forward not in (None, *CarriedForwardTerms.__args__):  # type: ignore[attr-defined]
        raise Invalid(f"carried_forward is full, half or none, not {assignment.carried_forward!r}.")
    _demand_policy(assignment.policy or {})


def _demand_policy(policy: Mapping[str, Any]) -> None:
    try:
        read = Policy.model_validate(policy)
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise Invalid(f"policy: {problems}") from error
    if read.adjustments or read.late.due != LatePolicy().due:
        raise Invalid("policy: the due date is the assignment's due_at, and adjustments are made per student.")


def _recorded(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in settings.items()}


def _demand_slug(slug: str) -> None:
    if not _SLUG.fullmatch(slug):
        raise Invalid(f"{slug[:80]!r} can't be part of an address: expected lower case letters, digits and hyphens.")


def _title(title: str) -> str:
    title = " ".join(title.split())[:200]
    if not title:
        raise Invalid("A title is needed.")
    return title
