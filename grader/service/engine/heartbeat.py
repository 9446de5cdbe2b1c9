"""Signs of life: every worker's, and which of them leads; all by the database's own clock."""

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from grader.service.data import Worker, server_seconds

LEADER = "#leader"


class Heartbeat:
    """The life signs of one worker, given a few times within its lease."""

    def __init__(self, sessions: sessionmaker[Session], executor: str, host: str, lease_seconds: float) -> None:
        self._sessions, self._executor, self._host, self._lease = sessions, executor, host, lease_seconds

    def beat(self, *, is_draining: bool = False) -> bool:
        """Say that this worker is alive; False when it had been silent for longer than its lease."""
        with self._sessions.begin() as session:
            now = server_seconds(session)
            own = Worker.executor == self._executor
            fresh = session.execute(
                sa.update(Worker).where(own, Worker.beat > now - self._lease).values(beat=now, is_draining=is_draining)
            )
            if fresh.rowcount:  # type: ignore[attr-defined]
                return True
            if not session.execute(sa.update(Worker).where(own).values(beat=now)).rowcount:  # type: ignore[attr-defined]
                session.execute(
                    sa.insert(Worker).values(
                        executor=self._executor, beat=now, host=self._host, is_draining=is_draining
                    )
                )
            return False

    def leads(self) -> bool:
        """Whether this worker is the one that looks after the others; it stays so as long as it lives."""
        with self._sessions.begin() as session:
            now = server_seconds(session)
            leader = Worker.executor == LEADER
            mine = sa.or_(Worker.host == self._executor, Worker.beat <= now - self._lease)
            won = session.execute(sa.update(Worker).where(leader, mine).values(beat=now, host=self._executor))
            if won.rowcount:  # type: ignore[attr-defined]
                return True
            if session.scalar(sa.select(Worker.executor).where(leader)):
                return False
        try:
            with self._sessions.begin() as session:
                session.execute(
                    sa.insert(Worker).values(
                        executor=LEADER, beat=server_seconds(session), host=self._executor, is_draining=False
                    )
                )
            return True
        except IntegrityError:
            return False

    def end(self) -> None:
        """This worker is no more, and leads no more."""
        with self._sessions.begin() as session:
            own = sa.or_(
                Worker.executor == self._executor, sa.and_(Worker.executor == LEADER, Worker.host == self._executor)
            )
            session.execute(sa.delete(Worker).where(own))


def living(session: Session, lease_seconds: float) -> set[str]:
    """The workers that gave a sign of life within their lease."""
    now = server_seconds(session)
    query = sa.select(Worker.executor).where(Worker.executor != LEADER, Worker.beat > now - lease_seconds)
    return set(session.scalars(query))


def bury(session: Session, seconds: float) -> None:
    """Forget the workers that have been silent for so long."""
    now = server_seconds(session)
    session.execute(sa.delete(Worker).where(Worker.executor != LEADER, Worker.beat <= now - seconds))
