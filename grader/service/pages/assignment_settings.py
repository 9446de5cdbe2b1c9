"""What instructors set about an assignment: times, attempts, hints, and the policy on points."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from grader.assignments import Assignment
from grader.batch.policy import Policy
from grader.service import courses
from grader.service.data import Course, CourseAssignment
from grader.service.errors import Invalid, ServiceError
from grader.service.pages import links
from grader.service.pages.desk import Desk, Visitor
from grader.service.pages.forms import Fields, Form

router = APIRouter(prefix="/courses/{course}")
_LABELS = {
    "opens_at": "Opens",
    "due_at": "Due",
    "closes_at": "Closes",
    "max_attempts": "Attempts",
    "policy: late.penalty": "Percent taken off",
    "policy: late.cap": "At most percent in all",
    "policy: late.grace_minutes": "Minutes of grace",
    "policy: score.cap": "At most percent of the maximum",
}


@router.get("/new-assignment")
def show_new(desk: Desk, course: str, assignment: str = "") -> Response:
    found = desk.taught_course(course)
    if not assignment:
        choices = desk.context.shelf.described()
        return desk.page("choose_assignment.html.j2", course=found, choices=choices)
    on_shelf = desk.context.shelf.get(assignment)
    values = _values_of_policy(Policy()) | {"title": on_shelf.metadata.title, "slug": assignment, "seed": "0"}
    return _page(desk, found, None, on_shelf, values)


@router.post("/new-assignment")
def set_new(desk: Desk, form: Fields, course: str) -> Response:
    found = desk.taught_course(course)
    on_shelf = desk.context.shelf.get(form.text("assignment"))
    try:
        made = courses.set_assignment(
            desk.session,
            desk.user,
            found,
            desk.context.shelf,
            on_shelf.folder.name,
            slug=form.text("slug"),
            **_settings(form, on_shelf, {}),
        )
    except ServiceError as error:
        desk.session.rollback()
        return _page(desk, found, None, on_shelf, _typed(form), error)
    desk.session.commit()
    return desk.see(links.assignment(made, "class"), f"{made.title} is set.")


@router.get("/assignments/{assignment}/settings")
def show_settings(desk: Desk, course: str, assignment: str) -> Response:
    found = desk.taught_assignment(course, assignment)
    values = _values_of_policy(courses.policy_of(found)) | {
        "title": found.title,
        "opens_at": found.opens_at,
        "due_at": found.due_at,
        "closes_at": found.closes_at,
        "max_attempts": "" if found.max_attempts is None else str(found.max_attempts),
        "hints": found.hints or "",
        "carried_forward": found.carried_forward or "",
        "seed": str(found.seed),
    }
    return _page(desk, found.course, found, desk.context.shelf.set_in(found), values)


@router.post("/assignments/{assignment}/settings")
def change_settings(desk: Desk, form: Fields, course: str, assignment: str) -> Response:
    found = desk.taught_assignment(course, assignment)
    on_shelf = desk.context.shelf.set_in(found)
    try:
        courses.change_assignment(desk.session, desk.user, found, _settings(form, on_shelf, found.policy))
    except ServiceError as error:
        desk.session.rollback()
        return _page(desk, found.course, found, on_shelf, _typed(form), error)
    desk.session.commit()
    return desk.see(links.assignment(found, "settings"), "Saved. Scores follow the new rules at once.")


def _page(
    desk: Visitor,
    course: Course,
    assignment: CourseAssignment | None,
    on_shelf: Assignment,
    values: dict[str, Any],
    error: ServiceError | None = None,
) -> Response:
    return desk.page(
        "assignment_settings.html.j2",
        status=error.status if error else 200,
        error=error and _in_words(error),
        course=course,
        assignment=assignment,
        on_shelf=on_shelf,
        tab="settings",
        values={
            "opens_at": None,
            "due_at": None,
            "closes_at": None,
            "max_attempts": "",
            "hints": "",
            "carried_forward": "",
        }
        | values,
    )


def _in_words(error: ServiceError) -> ServiceError:
    """The same, with the page's names of the fields in place of the API's."""
    detail = error.detail
    for name, label in _LABELS.items():
        detail = detail.replace(name, label)
    return type(error)(detail)


def _settings(form: Form, on_shelf: Assignment, policy: dict[str, Any]) -> dict[str, Any]:
    """Raises Invalid."""
    late_cap = form.number("late_cap", "At most")
    unknown = set(form.texts("extra_credit")) - set(on_shelf.function_names)
    if unknown:
        raise Invalid(f"{on_shelf.metadata.title} has no function {', '.join(sorted(unknown))}.")
    return {
        "title": form.text("title"),
        "opens_at": form.time("opens_at", "Opens"),
        "due_at": form.time("due_at", "Due"),
        "closes_at": form.time("closes_at", "Closes"),
        "max_attempts": form.whole_number("max_attempts", "Attempts"),
        "hints": form.text("hints") or None,
        "carried_forward": form.text("carried_forward") or None,
        "seed": form.whole_number("seed", "Seed") or 0,
        "policy": {
            **policy,
            "late": {
                "per": form.text("late_per") or "day",
                "penalty": form.number("late_penalty", "Late penalty") or 0.0,
                "of": form.text("late_of") or "score",
                "grace_minutes": form.number("late_grace", "Grace") or 0.0,
                "cap": 100.0 if late_cap is None else late_cap,
            },
            "attempts": {"count": form.text("count") or "last"},
            "score": {"extra_credit": form.texts("extra_credit"), "cap": form.number("score_cap", "Cap")},
            "reports": {"anonymous": form.checked("anonymous")},
            "canvas": {"column": form.text("canvas_column")[:200]},
        },
    }


def _values_of_policy(policy: Policy) -> dict[str, Any]:
    late = policy.late
    return {
        "late_per": late.per,
        "late_penalty": f"{late.penalty:g}",
        "late_of": late.of,
        "late_grace": f"{late.grace_minutes:g}",
        "late_cap": f"{late.cap:g}",
        "count": policy.attempts.count,
        "extra_credit": policy.score.extra_credit,
        "score_cap": "" if policy.score.cap is None else f"{policy.score.cap:g}",
        "anonymous": policy.reports.anonymous,
        "canvas_column": policy.canvas.column,
    }


def _typed(form: Form) -> dict[str, Any]:
    """What was typed, as the page shows it again; a time that is none is left to be typed anew."""
    values: dict[str, Any] = dict.fromkeys(("title", "slug", "seed", *_values_of_policy(Policy())), "")
    values |= form.typed()
    for name in ("opens_at", "due_at", "closes_at"):
        try:
            values[name] = form.time(name, name)
        except Invalid:
            values[name] = None
    return values | {"extra_credit": form.texts("extra_credit"), "anonymous": form.checked("anonymous")}
