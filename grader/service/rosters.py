"""Who is in a course: imported from a roster as platforms export it, or told one by one.

An import is a plan first, which says what would change, and then carried out. `key` is what the gradebook and a
platform's downloads call a student. Whoever gets another key takes along what was handed in and decided under the one
before: a key is a name, and the work belongs to the account.
"""

import dataclasses
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from grader.batch.errors import RosterError
from grader.batch.roster import CanvasIds
from grader.batch.roster_file import Person, read_roster
from grader.service import audit, people
from grader.service.courses import demand_instructor
from grader.service.data import Course, Enrollment, Role, User
from grader.service.errors import Forbidden, Invalid, NotFound
from grader.service.student_keys import NOBODYS, demand_no_others_work, set_keys


@dataclass(frozen=True)
class Change:
    """What an import does about one person: `what` is "added", "changed" or "unchanged"; details are sentences."""

    login: str
    name: str
    what: Literal["added", "changed", "unchanged"]
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Step:
    """One person of a roster on the way into the course; `user` is None for a new account."""

    login: str
    person: Person
    key: str
    role: Role
    user: User | None
    enrollment: Enrollment | None
    change: Change


@dataclass(frozen=True)
class Plan:
    """What an import would do; `notes` are about rows that were left out or guessed at."""

    steps: tuple[_Step, ...]
    notes: tuple[str, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(step.change for step in self.steps)

    @property
    def counts(self) -> Counter[str]:
        """How many are added, changed and unchanged."""
        return Counter(change.what for change in self.changes)


def plan_import(session: Session, actor: User, course: Course, content: bytes) -> Plan:
    """What importing a roster would change; nothing is.  Raises Forbidden, or Invalid: the file is no roster."""
    demand_instructor(session, actor, course)
    try:
        roster = read_roster(content)
    except RosterError as error:
        raise Invalid(f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
    enrolled = {e.user_id: e for e in session.scalars(_enrollments(course)).unique()}
    by_key = {e.student_key: e for e in enrolled.values()}
    by_address = _by_address(roster.people, enrolled.values())
    notes = list(roster.notes)
    steps: dict[str, _Step] = {}
    for person in roster.people:
        login, user = _account(session, person, by_key, by_address)
        if login in steps:
            raise Invalid(f"Rows {steps[login].person.row} and {person.row} of the roster are both {login}.")
        enrollment = enrolled.get(user.id) if user else None
        role = Role(person.part)
        if role is Role.INSTRUCTOR and not _may_be_instructor(actor, user, enrollment):
            notes.append(f"row {person.row}: only an admin can make {login} an instructor; left out")
            continue
        key = person.key or (enrollment.student_key if enrollment else login)
        change = _change(session, actor, course, login, person, key, role, user, enrollment)
        steps[login] = _Step(login, person, key, role, user, enrollment, change)
    plan = Plan(tuple(steps.values()), tuple(notes))
    _demand_own_keys(plan.steps, enrolled.values())
    demand_no_others_work(session, course, {step.key: step.user for step in plan.steps})
    return plan


def import_roster(session: Session, actor: User, course: Course, content: bytes) -> tuple[Plan, dict[str, str]]:
    """Enroll everyone on a roster; nobody is removed.

    Returns what was planned and done, and login -> token of everyone whose account is new.

    Raises:
        Forbidden: not an instructor.
        Invalid: the file is no roster, or two people would have one key; nothing has been changed then.
    """
    plan = plan_import(session, actor, course, content)
    tokens: dict[str, str] = {}
    wanted: dict[int, tuple[Enrollment, str]] = {}
    for step in plan.steps:
        user = step.user
        if user is None:
            person = step.person
            user = people.new_user(session, step.login, name=person.name, email=person.email, actor=actor)
            tokens[user.login] = people.create_token(session, user, f"roster of {course.slug}", actor=actor)
        elif _may_correct(session, actor, user):
            user.name, user.email = step.person.name or user.name, step.person.email or user.email
        enrollment = step.enrollment
        if enrollment is None:
            enrollment = Enrollment(user=user, course=course, role=step.role, student_key=f"{NOBODYS}{user.id}")
            session.add(enrollment)
        _set_role(session, enrollment, step.role)
        if step.person.canvas:
            enrollment.canvas = dataclasses.asdict(step.person.canvas)
        wanted[user.id] = enrollment, step.key
    session.flush()
    moved = set_keys(session, course, wanted.values())
    added, changed = plan.counts["added"], plan.counts["changed"]
    audit.record(session, actor, "roster imported", course=course, added=added, changed=changed, keys=dict(moved))
    return plan, tokens


def enroll(session: Session, actor: User, course: Course, user: User, role: Role, key: str = "") -> Enrollment:
    """Give somebody a part in a course, or change it.  Raises Forbidden or Invalid."""
    demand_instructor(session, actor, course)
    enrollment = session.get(Enrollment, (user.id, course.id))
    if role is Role.INSTRUCTOR and not _may_be_instructor(actor, user, enrollment):
        raise Forbidden(f"Only an admin can make {user.login} an instructor.")
    key = key or (enrollment.student_key if enrollment else user.login)
    holder = session.scalar(_enrollments(course).where(Enrollment.student_key == key))
    if holder is not None and holder.user_id != user.id:
        raise Invalid(f"{user.login} and {holder.user.login} can't have the same key {key!r}.")
    demand_no_others_work(session, course, {key: user})
    done = "unchanged" if enrollment and (enrollment.role, enrollment.student_key) == (role, key) else "changed"
    if enrollment is None:
        done, enrollment = "added", Enrollment(user=user, course=course, role=role, student_key=f"{NOBODYS}{user.id}")
        session.add(enrollment)
    _set_role(session, enrollment, role)
    session.flush()
    set_keys(session, course, [(enrollment, key)])
    audit.record(session, actor, f"enrollment {done}", course=course, subject=user.login, role=role)
    return enrollment


def correct(session: Session, actor: User, course: Course, user: User, *, name: str, email: str) -> Enrollment:
    """Correct the name and the address of somebody in the course.

    Raises Forbidden: it is not for this instructor to say; or NotFound: nobody in this course.
    """
    demand_instructor(session, actor, course)
    enrollment = session.get(Enrollment, (user.id, course.id))
    if enrollment is None:
        raise NotFound(f"{user.login} has no part in {course.title}.")
    if not _may_correct(session, actor, user):
        raise Forbidden(f"{user.login} is an admin, or in courses of others as well: only an admin can correct this.")
    user.name, user.email = " ".join(name.split())[:200], email.strip()[:200]
    audit.record(session, actor, "account corrected", course=course, subject=user.login, name=user.name)
    return enrollment


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
    found = session.scalars(_enrollments(course)).unique()
    return sorted(found, key=lambda e: (e.role != Role.INSTRUCTOR, e.user.label.lower()))


def canvas_ids(enrollment: Enrollment) -> CanvasIds | None:
    """As the last roster from Canvas had them."""
    return CanvasIds(**enrollment.canvas) if enrollment.canvas else None


def _enrollments(course: Course) -> sa.Select[Enrollment]:
    return sa.select(Enrollment).where(Enrollment.course_id == course.id)


def _by_address(listed: Sequence[Person], enrolled: Collection[Enrollment]) -> Mapping[str, User]:
    """Those in the course by their e-mail address, where it is one person's alone, on the roster and in the course."""
    on_roster = Counter(person.email.lower() for person in listed)
    in_course = Counter(e.user.email.lower() for e in enrolled)
    users = {e.user.email.lower(): e.user for e in enrolled}
    return {at: user for at, user in users.items() if at and on_roster[at] == 1 and in_course[at] == 1}


def _account(
    session: Session, person: Person, by_key: Mapping[str, Enrollment], by_address: Mapping[str, User]
) -> tuple[str, User | None]:
    """The login, and the account if there is one: who has no login of their own is found by the key as well.

    Who is known neither way is found by the address: platforms call the same person differently, and whoever gets a
    second account leaves all their work with the first.

    Raises Invalid.
    """
    if not person.login and person.key in by_key:
        holder = by_key[person.key].user
        return holder.login, holder
    try:
        login = people.tidy_login(person.login or person.email or person.key)
    except Invalid as invalid:
        raise Invalid(f"Row {person.row} of the roster: {invalid.detail}") from invalid
    user = people.find_user(session, login) or by_address.get(person.email.lower())
    return user.login if user else login, user


def _change(
    session: Session,
    actor: User,
    course: Course,
    login: str,
    person: Person,
    key: str,
    role: Role,
    user: User | None,
    enrollment: Enrollment | None,
) -> Change:
    name = person.name or (user.name if user else "") or login
    details = []
    if user is None:
        details.append("a new account, with a token")
    else:
        corrections = [
            f"{what} {old or 'none'} becomes {new}"
            for what, old, new in (("name", user.name, person.name), ("e-mail", user.email, person.email))
            if new and new != old
        ]
        if corrections and not _may_correct(session, actor, user):
            corrections = ["name and e-mail stay: the account is an admin's, or in courses of others as well"]
        details += corrections
        if person.login and person.login.lower() != user.login:
            details.append(f"known by the address {person.email}: the login stays {user.login}")
    if enrollment is None:
        details.append(f"{role}, key {key}")
        return Change(login, name, "added", tuple(details))
    if enrollment.role is not role:
        details.append(f"{enrollment.role} becomes {role}")
    if enrollment.student_key != key:
        details.append(f"key {enrollment.student_key} becomes {key}; what was handed in goes along")
    if person.canvas and canvas_ids(enrollment) != person.canvas:
        details.append("the ids of Canvas are kept for its gradebook")
    return Change(login, name, "changed" if details else "unchanged", tuple(details))


def _may_be_instructor(actor: User, user: User | None, enrollment: Enrollment | None) -> bool:
    is_one = (enrollment is not None and enrollment.role is Role.INSTRUCTOR) or (user is not None and user.is_admin)
    return actor.is_admin or is_one


def _may_correct(session: Session, actor: User, user: User) -> bool:
    """Admins may correct everybody, instructors those who are in no course but theirs."""
    if actor.is_admin or actor.id == user.id:
        return True
    mine = sa.select(Enrollment.course_id).where(Enrollment.user_id == actor.id, Enrollment.role == Role.INSTRUCTOR)
    others = sa.select(Enrollment).where(Enrollment.user_id == user.id, Enrollment.course_id.not_in(mine))
    return not user.is_admin and session.scalars(others.limit(1)).first() is None


def _demand_own_keys(steps: Sequence[_Step], enrolled: Collection[Enrollment]) -> None:
    """Raises Invalid: two people would have the same key once all is done."""
    listed = {step.user.id for step in steps if step.user}
    holders = {e.student_key: e.user.login for e in enrolled if e.user_id not in listed}
    for step in steps:
        other = holders.setdefault(step.key, step.login)
        if other != step.login:
            raise Invalid(f"{step.login} and {other} can't have the same key {step.key!r}.")


def _set_role(session: Session, enrollment: Enrollment, role: Role) -> None:
    if role is Role.INSTRUCTOR and enrollment.role is not role:
        people.drop_handed_out_tokens(session, enrollment.user)
    enrollment.role = role
