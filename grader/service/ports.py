"""What the service asks of its storage and its queue, whatever they are made of."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from grader.service.data import Archive, ExplainedFile, Grading


class Storage(Protocol):
    """Files by the SHA-256 (in hexadecimal) of their content; what was put in is durable when `put` returns.

    Equal files are kept once; putting one in again makes it young. Reading raises NotFound when there is no such file.
    """

    def put(self, data: bytes) -> str: ...

    def put_file(self, path: Path) -> str: ...

    def read(self, key: str) -> bytes: ...

    def local(self, key: str) -> AbstractContextManager[Path]:
        """The file as one on this machine, for as long as it is needed; it must not be changed."""
        ...

    def delete(self, key: str) -> None: ...

    def keys(self) -> Iterator[tuple[str, float]]:
        """Every file with its age in seconds."""
        ...

    def check(self) -> None:
        """Raises Unavailable, in words for whoever runs the service."""
        ...


class JobQueue(Protocol):
    """What waits for a worker. Rows and jobs change together, in the caller's transaction."""

    def enqueue(self, session: Session, *rows: Grading | ExplainedFile | Archive, delay_seconds: float = 0.0) -> None:
        """Give what waits in the state QUEUED a job each.

        Students share fairly: somebody's second grading counts as later than everybody's first, and a file that is to
        be explained comes behind the gradings of whoever sent it. What belongs to a batch comes after what somebody is
        waiting for, as for an archive, but not for ever.
        """
        ...

    def cancel(self, session: Session, gradings: Sequence[Grading]) -> None:
        """Take them off the queue. One that is running is stopped as soon as its state is CANCELLED."""
        ...

    def places(self, session: Session, grading_ids: Sequence[int]) -> dict[int, int]:
        """The place in the queue of those that wait, 1 for the next."""
        ...
