"""Handing in: what is asked of an upload, and how it gets to disk and into the queue."""

import hashlib
import uuid
from datetime import timedelta
from pathlib import PurePosixPath

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.service import courses
from grader.service.context import Context
from grader.service.data import CourseAssignment, Enrollment, ExplainedFile, Role, Submission, User
from grader.service.data.base import utc_now
from grader.service.errors import Conflict, Forbidden, Invalid, TooLarge, TooMany, WrongKind
from grader.service.submissions import attempts_used, enqueue, next_attempt, student_key_of
from grader.submissions.errors import printable
from grader.submissions.limits import megabytes

ENDINGS = (".ipynb", ".py", ".zip", ".tar.gz", ".tgz", ".tar")
_RATE_WINDOW = timedelta(minutes=1)
_RACES = 5  # so often it is tried again when two requests took the same number


def accept(
    context: Context,
    user: User,
    assignment: CourseAssignment,
    filename: str,
    content: bytes,
    *,
    idempotency_key: str | None = None,
) -> Submission:
    """Take an upload in. When this returns it is on disk and in the queue, whatever happens next.

    Raises:
        TooLarge, WrongKind: the file is nothing that is graded.
        Conflict: the assignment is closed or its files are gone, there are no attempts left, or the key was used for
            another file.
        TooMany: too many uploads within a minute.
        Forbidden: no part in the course.
    """
    filename = tidy_filename(filename)
    demand_gradable(filename, len(content), context.settings.max_upload_bytes)
    if idempotency_key is not None and not 0 < len(idempotency_key) <= 200:
        raise Invalid("The idempotency key has 1 to 200 characters.")
    with context.sessions() as session:
        if earlier := _earlier(session, user, idempotency_key):
            return _repeated(earlier, assignment, content)
        demand_may_hand_in(context, session, user, assignment, idempotency_key)
    blob = context.storage.put(content)  # before the row that speaks of it
    for _ in range(_RACES):
        try:
            return _accept(context, user, assignment, filename, content, blob, idempotency_key)
        except IntegrityError:  # somebody else took the attempt's number, or this very request came in twice
            continue
    raise Conflict("Too much is handed in under this name at the same moment; try again.")


def demand_may_hand_in(
    context: Context,
    session: Session,
    user: User,
    assignment: CourseAssignment,
    idempotency_key: str | None = None,
    *,
    begins: bool = False,
) -> None:
    """Whatever can be asked before anything of an upload is read or kept; nothing of the repetition of a request.

    `begins`: the key will be longer by a part that tells what is in the file.

    Raises Conflict, TooMany or Forbidden, as `accept`.
    """
    if _earlier(session, user, idempotency_key, begins=begins):
        return
    _demand_open(assignment, courses.role_in(session, user, assignment.course))
    context.shelf.set_in(assignment)
    try:
        demand_rate(session, user, context.settings.uploads_per_minute)
        _demand_attempts(session, user, assignment, student_key_of(session, user, assignment.course))
    except (Conflict, TooMany):
        # Else this very request came in between the two questions.
        if not _earlier(session, user, idempotency_key, begins=begins):
            raise


def _accept(
    context: Context,
    user: User,
    assignment: CourseAssignment,
    filename: str,
    content: bytes,
    blob: str,
    idempotency_key: str | None,
) -> Submission:
    with context.sessions.begin() as session:
        key, name, email = _enter(session, user, assignment)
        if earlier := _earlier(session, user, idempotency_key):  # it came in while this one waited
            return _repeated(earlier, assignment, content)
        demand_rate(session, user, context.settings.uploads_per_minute)
        _demand_attempts(session, user, assignment, key)
        submission = Submission(
            id=str(uuid.uuid4()),
            course_assignment_id=assignment.id,
            course_assignment=session.merge(assignment, load=False),
            user_id=user.id,
            idempotency_key=idempotency_key,
            student_key=key,
            student_name=name,
            student_email=email,
            attempt=next_attempt(session, assignment, key),
            filename=filename,
            blob=blob,
            size=len(content),
            submitted_at=utc_now(),
        )
        enqueue(context, session, [submission], user)
        return submission


def tidy_filename(filename: str) -> str:
    """The name alone, of any system's path, as it can be shown; a long one keeps its ending."""
    name = PurePosixPath(filename.replace("\\", "/")).name
    ending = next((ending for ending in ENDINGS if name.lower().endswith(ending)), "")
    stem = name[: len(name) - len(ending)]
    return f"{printable(stem, 200 - len(ending))}{name[len(stem) :]}" if name else "submission"


def demand_gradable(filename: str, size: int, limit: int) -> None:
    """Raises WrongKind or TooLarge, before anything of the file is looked at."""
    if not filename.lower().endswith(ENDINGS):
        raise WrongKind(f"{filename} is not a kind of file that is graded; expected one of {', '.join(ENDINGS)}.")
    if size > limit:
        raise TooLarge(
            f"{filename} has {megabytes(size)}; at most {megabytes(limit)} are accepted. "
            "Leave out data and clear the outputs of notebooks."
        )
    if not size:
        raise Invalid(f"{filename} is an empty file. Was it saved before it was submitted?")


def demand_rate(session: Session, user: User, limit: int) -> None:
    """Of files that somebody sends, to be graded or to be explained.  Raises TooMany."""
    since = utc_now() - _RATE_WINDOW
    query = sa.select(Submission.created_at).where(
        Submission.user_id == user.id, Submission.batch_id.is_(None), Submission.created_at > since
    )
    files = sa.select(ExplainedFile.created_at).where(
        ExplainedFile.user_id == user.id, ExplainedFile.created_at > since
    )
    recent = sorted([*session.scalars(query), *session.scalars(files)])
    if len(recent) >= limit:
        seconds = (recent[-limit] - since).total_seconds()
        raise TooMany(f"At most {limit} uploads a minute; try again in {seconds:.0f} seconds.", seconds)


def _earlier(session: Session, user: User, key: str | None, *, begins: bool = False) -> Submission | None:
    if not key:
        return None
    column = Submission.idempotency_key
    same = column.startswith(f"{key}-", autoescape=True) if begins else column == key
    return session.scalar(sa.select(Submission).where(Submission.user_id == user.id, same).limit(1))


def _repeated(earlier: Submission, assignment: CourseAssignment, content: bytes) -> Submission:
    if earlier.course_assignment_id != assignment.id or earlier.blob != hashlib.sha256(content).hexdigest():
        raise Conflict("This idempotency key was used for another upload; a new upload needs a new key.")
    return earlier


def _demand_open(assignment: CourseAssignment, role: Role | None) -> None:
    if role is None:
        raise Forbidden(f"You have no part in {assignment.course.title}.")
    if role is Role.INSTRUCTOR:
        return
    if not courses.has_opened(assignment):
        raise Conflict(f"{assignment.title} opens at {assignment.opens_at:%Y-%m-%d %H:%M} UTC.")
    if courses.is_closed(assignment):
        raise Conflict(f"{assignment.title} was closed at {assignment.closes_at:%Y-%m-%d %H:%M} UTC.")


def _demand_attempts(session: Session, user: User, assignment: CourseAssignment, key: str) -> None:
    if assignment.max_attempts is None or courses.role_in(session, user, assignment.course) is Role.INSTRUCTOR:
        return
    used = attempts_used(session, assignment, key)
    if used >= assignment.max_attempts:
        raise Conflict(f"All {assignment.max_attempts} attempts at {assignment.title} are used up.")


def _enter(session: Session, user: User, assignment: CourseAssignment) -> tuple[str, str, str]:
    """Key, name and address of the student, whose uploads now wait for each other until the transaction ends."""
    touched = session.execute(
        sa.update(Enrollment)
        .where(Enrollment.user_id == user.id, Enrollment.course_id == assignment.course_id)
        .values(student_key=Enrollment.student_key)
    )
    if not touched.rowcount:  # type: ignore[attr-defined]
        if not user.is_admin:
            raise Forbidden(f"You have no part in {assignment.course.title}.")
        session.execute(sa.update(User).where(User.id == user.id).values(login=User.login))
        return user.login, user.name, user.email
    enrollment = session.get_one(Enrollment, (user.id, assignment.course_id))
    return enrollment.student_key, user.name, user.email
