"""Who is in a course, imported from a CSV as platforms export it.

    login,name,email,key,role
    ada@example.edu,Ada Lovelace,ada@example.edu,12345,student

`login` (or `email`, or `key`) is needed, the rest is not: `key` is what the gradebook calls the student, the login
without it; `role` is student without it.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from grader.service import audit, people
from grader.service.courses import demand_instructor
from grader.service.data import Course, Enrollment, Role, User
from grader.service.errors import Forbidden, Invalid, NotFound

MAX_ROWS = 20_000
_ALIASES = {
    "login": ("login", "username", "user", "sis login id", "student login"),
    "name": ("name", "full name", "student", "student name"),
    "email": ("email", "email address", "e-mail", "mail"),
    "key": ("key", "id", "student id", "sid", "sis user id", "id number"),
    "role": ("role",),
}


@dataclass(frozen=True)
class Imported:
    """What an import did; `tokens` holds a fresh token for everyone whose account is new."""

    added: int
    changed: int
    unchanged: int
    tokens: Mapping[str, str]


@dataclass(frozen=True)
class _Line:
    login: str
    name: str
    email: str
    key: str
    role: Role


def import_roster(session: Session, actor: User, course: Course, content: bytes) -> Imported:
    """Enroll everyone in a CSV; nobody is removed.

    Raises:
        Forbidden: not an instructor.
        Invalid: the file is no roster; nothing has been changed then.
    """
    demand_instructor(session, actor, course)
    tokens: dict[str, str] = {}
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for line in _read(content):
        user = people.find_user(session, line.login)
        if user is None:
            user = people.new_user(session, line.login, name=line.name, email=line.email, actor=actor)
            tokens[user.login] = people.create_token(session, user, f"roster of {course.slug}")
        counts[_enroll(session, actor, course, user, line)] += 1
    done = Imported(counts["added"], counts["changed"], counts["unchanged"], tokens)
    audit.record(session, actor, "roster imported", course=course, added=done.added, changed=done.changed)
    return done


def enroll(session: Session, actor: User, course: Course, user: User, role: Role, key: str = "") -> Enrollment:
    """Give somebody a part in a course, or change it.  Raises Forbidden or Invalid."""
    demand_instructor(session, actor, course)
    done = _enroll(session, actor, course, user, _Line(user.login, "", "", key or user.login, role))
    audit.record(session, actor, f"enrollment {done}", course=course, subject=user.login, role=role)
    return session.get_one(Enrollment, (user.id, course.id))


def remove(session: Session, actor: User, course: Course, user: User) -> None:
    """Take somebody's part in a course; their submissions stay.  Raises Forbidden or NotFound."""
    demand_instructor(session, actor, course)
    enrollment = session.get(Enrollment, (user.id, course.id))
    if enrollment is None:
        raise NotFound(f"{user.login} has no part in {course.title}.")
    session.delete(enrollment)
    audit.record(session, actor, "enrollment removed", course=course, subject=user.login)


def members(session: Session, course: Course) -> list[Enrollment]:
    """Instructors first, then by name."""
    query = sa.select(Enrollment).where(Enrollment.course_id == course.id)
    return sorted(session.scalars(query).unique(), key=lambda e: (e.role != Role.INSTRUCTOR, e.user.label.lower()))


def _enroll(session: Session, actor: User, course: Course, user: User, line: _Line) -> str:
    holder = session.scalar(
        sa.select(Enrollment).where(Enrollment.course_id == course.id, Enrollment.student_key == line.key)
    )
    if holder is not None and holder.user_id != user.id:
        raise Invalid(f"{user.login} and {holder.user.login} can't have the same key {line.key!r}.")
    if line.role is Role.INSTRUCTOR and user.is_admin is False and not actor.is_admin:
        existing = session.get(Enrollment, (user.id, course.id))
        if existing is None or existing.role is not Role.INSTRUCTOR:
            raise Forbidden(f"Only an admin can make {user.login} an instructor.")
    enrollment = session.get(Enrollment, (user.id, course.id))
    if enrollment is None:
        session.add(Enrollment(user=user, course=course, role=line.role, student_key=line.key))
        session.flush()
        return "added"
    if (enrollment.role, enrollment.student_key) == (line.role, line.key):
        return "unchanged"
    enrollment.role, enrollment.student_key = line.role, line.key
    session.flush()
    return "changed"


def _read(content: bytes) -> list[_Line]:
    try:
        text = content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Invalid(f"The roster is no CSV in UTF-8: {error}.") from error
    if "\0" in text:
        raise Invalid("The roster holds NUL characters; expected a CSV in UTF-8, as spreadsheets save it.")
    if not rows:
        raise Invalid("The roster has no rows; expected a header with login, name, email, key, role and a row each.")
    if len(rows) > MAX_ROWS:
        raise Invalid(f"The roster has {len(rows):,} rows; at most {MAX_ROWS:,} are read.")
    lines = [_line(number, row) for number, row in enumerate(rows, start=2)]
    for what, values in (("login", [line.login for line in lines]), ("key", [line.key for line in lines])):
        doubled = {value for value in values if values.count(value) > 1} if len(set(values)) < len(values) else set()
        if doubled:
            raise Invalid(f"The roster has the same {what} twice: {', '.join(sorted(doubled)[:5])}.")
    return lines


def _line(number: int, row: Mapping[str | None, str | None]) -> _Line:
    cells = {
        (name or "").strip().lower(): (value or "").strip() for name, value in row.items() if isinstance(value, str)
    }
    found = {field: next((cells[a] for a in aliases if cells.get(a)), "") for field, aliases in _ALIASES.items()}
    named = found["login"] or found["email"] or found["key"]
    if not named:
        raise Invalid(f"Row {number} of the roster names nobody: it needs a login, an email or a key.")
    role = found["role"].lower() or Role.STUDENT
    if role not in set(Role):
        raise Invalid(f"Row {number} of the roster: the role is student or instructor, not {role!r}.")
    try:
        login = people.tidy_login(named)
    except Invalid as invalid:
        raise Invalid(f"Row {number} of the roster: {invalid.detail}") from invalid
    return _Line(login, found["name"][:200], found["email"][:200], (found["key"] or login)[:200], Role(role))
