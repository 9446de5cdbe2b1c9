"""What the service asks of its storage and its queue, whatever they are made of."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from grader.service.data import Grading


class Storage(Protocol):
    """Files by the SHA-256 (in hexadecimal) of their content; what was put in is durable when `put` returns.

    Reading raises NotFound when there is no such file.
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
    """Gradings that wait for a worker. Rows and jobs change together, in the caller's transaction."""

    def enqueue(self, session: Session, grading: Grading) -> None: ...

    def cancel(self, session: Session, gradings: Sequence[Grading]) -> None: ...

    def places(self, session: Session, grading_ids: Sequence[int]) -> dict[int, int]:
        """The place in the queue of those that wait, 1 for the next."""
        ...
