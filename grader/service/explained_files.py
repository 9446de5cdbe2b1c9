"""Files that somebody wants explained: a network of their own, without any assignment, and no grade comes of it."""

import uuid

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.reading.costs import COSTS
from grader.reading.told.explanation import Explanation
from grader.service.context import Context
from grader.service.data import UNDER_WAY, ExplainedFile, User, counted
from grader.service.errors import Conflict, Invalid, NotFound
from grader.service.handing_in import demand_gradable, demand_rate, tidy_filename
from grader.service.storage import read_text

_WAITING = 3  # files of one person that may wait at a time: each may take a worker for half a minute


def accept(
    context: Context, user: User, filename: str, content: bytes, *, cost: str = "", key: str | None = None
) -> ExplainedFile:
    """Take a file in. When this returns it is on disk and in the queue.

    Args:
        cost: which cost is meant, as `grade explain --cost` has it, or empty.
        key: with the same key the same request is carried out once.

    Raises TooLarge, WrongKind, Invalid, Conflict or TooMany.
    """
    filename = tidy_filename(filename)
    demand_gradable(filename, len(content), context.settings.max_upload_bytes)
    if cost and cost not in COSTS:
        raise Invalid(f"The cost is one of {', '.join(COSTS)}, or none.")
    with context.sessions() as session:
        if earlier := _earlier(session, user, key):
            return earlier
        demand_may_send(context, session, user)
    blob = context.storage.put(content)  # before the row that speaks of it
    try:
        with context.sessions.begin() as session:
            file = ExplainedFile(
                id=str(uuid.uuid4()), user_id=user.id, key=key, filename=filename, blob=blob, cost=cost
            )
            session.add(file)
            session.flush()
            context.queue.enqueue(session, file)
            return file
    except IntegrityError:  # this very request came in twice
        with context.sessions() as session:
            if earlier := _earlier(session, user, key):
                return earlier
        raise


def api_key(key: str | None) -> str | None:
    """An `Idempotency-Key`, apart from the keys that pages give."""
    return None if key is None else f"api-{key}"[:200]


def demand_may_send(
    context: Context, session: Session, user: User, key: str | None = None, *, begins: bool = False
) -> None:
    """Whatever can be asked before a byte is read; nothing of the repetition of a request.

    `begins`: the key will be longer by a part that tells what is in the file.

    Raises Conflict or TooMany.
    """
    if _earlier(session, user, key, begins=begins):
        return
    own = ExplainedFile.user_id == user.id
    if counted(session, ExplainedFile, own, ExplainedFile.state.in_(UNDER_WAY)) >= _WAITING:
        raise Conflict(f"{_WAITING} files of yours wait to be explained; send the next when one is done.")
    demand_rate(session, user, context.settings.uploads_per_minute)


def get(session: Session, user: User, file_id: str) -> ExplainedFile:
    """Raises NotFound, also for somebody else's: nobody but who sent it sees it."""
    file = session.get(ExplainedFile, file_id)
    if file is None or file.user_id != user.id:
        raise NotFound("There is no such explanation, or it is not yours.")
    return file


def listed(session: Session, user: User) -> list[ExplainedFile]:
    """Somebody's last fifty, the newest first."""
    query = sa.select(ExplainedFile).where(ExplainedFile.user_id == user.id)
    return list(session.scalars(query.order_by(ExplainedFile.created_at.desc(), ExplainedFile.id).limit(50)))


def forget(session: Session, user: User, file_id: str) -> None:
    """Delete one of one's own; a worker that has it finds nothing to write to.  Raises NotFound."""
    session.delete(get(session, user, file_id))


def explanation_of(context: Context, file: ExplainedFile) -> Explanation:
    """Raises NotFound: there is none yet."""
    return Explanation.model_validate_json(read_text(context.storage, _demand(file.document)))


def page_of(context: Context, file: ExplainedFile) -> str:
    """The explanation as HTML to be put into a page.  Raises NotFound: there is none yet."""
    return read_text(context.storage, _demand(file.page))


def _earlier(session: Session, user: User, key: str | None, *, begins: bool = False) -> ExplainedFile | None:
    if key is None:
        return None
    column = ExplainedFile.key
    matches = column.startswith(f"{key}-", autoescape=True) if begins else column == key
    return session.scalars(sa.select(ExplainedFile).where(ExplainedFile.user_id == user.id, matches)).first()


def _demand(blob: str | None) -> str:
    if blob is None:
        raise NotFound("There is no explanation yet.")
    return blob
