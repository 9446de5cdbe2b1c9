"""ZIPs of a class's reports, made by workers: asked for here, kept for a day, and made anew when something has changed.

Whoever asks waits for a while without holding a thread or a database session; everybody of a course gets the same one.
"""

import asyncio
import hashlib
import uuid
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

import grader
from grader.service.context import Context
from grader.service.data import UNDER_WAY, Archive, Batch, CourseAssignment, GradingState, User, counted
from grader.service.data.base import utc_now
from grader.service.errors import Conflict, NotFound, TooMany, Unavailable

KEPT_FOR = timedelta(days=1)
WAIT_SECONDS = 60.0  # for one that is being made; then whoever asks is told to ask again
_LOOK_SECONDS = 0.25
_WAITING = 2  # archives of one person that may wait at a time: each may take a worker for minutes
_PER_HOUR = 60


@dataclass(frozen=True)
class Wanted:
    """What an archive is to hold: everything of a batch or of a course, or what goes back to students.

    Attributes:
        worksheet: Moodle's, which tells what it calls the students' folders.
    """

    feedback_alone: bool = False
    similarity: bool = False
    worksheet: bytes | None = None


def request(
    context: Context, session: Session, user: User, assignment: CourseAssignment, batch: Batch | None, wanted: Wanted
) -> str:
    """The id of the archive of how things are now: of one that is there, or is being made, else of a new one.

    The caller commits.  Raises AssignmentAway, Conflict or TooMany.
    """
    worksheet = context.storage.put(wanted.worksheet) if wanted.worksheet is not None else None
    key = _key(context, session, assignment, batch, wanted, worksheet)
    of_key = sa.select(Archive).where(Archive.key == key, Archive.created_at > utc_now() - KEPT_FOR / 2)
    usable = of_key.where(Archive.state.in_((*UNDER_WAY, GradingState.DONE))).order_by(Archive.created_at.desc())
    if found := session.scalars(usable).first():
        return found.id
    _demand_few(session, user)
    archive = Archive(
        id=str(uuid.uuid4()),
        key=key,
        course_assignment_id=assignment.id,
        batch_id=batch.id if batch else None,
        user_id=user.id,
        feedback_alone=wanted.feedback_alone,
        similarity=wanted.similarity,
        worksheet=worksheet,
    )
    session.add(archive)
    session.flush()
    context.queue.enqueue(session, archive)
    return archive.id


async def ready(context: Context, archive_id: str) -> str:
    """Where the archive is in the storage, when it is made.

    Raises Unavailable: that takes longer. Conflict: it was given up. NotFound.
    """
    deadline = asyncio.get_running_loop().time() + WAIT_SECONDS
    while True:
        blob = await run_in_threadpool(_blob, context, archive_id)
        if blob is not None:
            return blob
        if asyncio.get_running_loop().time() > deadline:
            raise Unavailable("The archive is still waiting to be packed, or being packed; ask again in a moment.")
        await asyncio.sleep(_LOOK_SECONDS)


def _blob(context: Context, archive_id: str) -> str | None:
    with context.sessions() as session:
        archive = session.get(Archive, archive_id)
        if archive is None:
            raise NotFound("There is no such archive any more.")
        if archive.state is GradingState.FAILED:
            raise Conflict(f"The archive could not be packed: {archive.reason}")
        return archive.blob if archive.state is GradingState.DONE else None


def _demand_few(session: Session, user: User) -> None:
    """Raises Conflict or TooMany."""
    own = Archive.user_id == user.id
    if counted(session, Archive, own, Archive.state.in_(UNDER_WAY)) >= _WAITING:
        raise Conflict(f"{_WAITING} archives that you asked for are being packed; ask for the next when one is done.")
    if counted(session, Archive, own, Archive.created_at > utc_now() - timedelta(hours=1)) >= _PER_HOUR:
        raise TooMany(f"At most {_PER_HOUR} archives are packed for one person in an hour.", 600.0)


def _key(
    context: Context,
    session: Session,
    assignment: CourseAssignment,
    batch: Batch | None,
    wanted: Wanted,
    worksheet: str | None,
) -> str:
    """The same as long as the same would be packed."""
    from grader.service import outputs  # with all that writes pages and notebooks: workers never ask for this

    found = context.shelf.set_in(assignment)
    state = (
        *(assignment.id, batch.id if batch else "", wanted.feedback_alone, wanted.similarity, worksheet),
        *(found.digest, grader.__version__),
        *outputs.state_of(session, assignment),
    )
    return hashlib.sha256(repr(state).encode()).hexdigest()
