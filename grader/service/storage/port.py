"""What the service asks of a storage."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from grader.service.errors import NotFound

_KEY = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20


@dataclass(frozen=True)
class StoredFile:
    """A file in the storage; `age` in seconds since it was last put there."""

    key: str
    age: float


class Storage(Protocol):
    """Files that never change: the key of a file is the SHA-256 of its content, so that equal files are kept once."""

    def put(self, data: bytes) -> str:
        """Keep a file, and tell its key. When this returns it is durable; what is there already is as good as new."""
        ...

    def put_file(self, path: Path) -> str:
        """As `put`, for a file that may not fit into memory."""
        ...

    def read(self, key: str) -> bytes:
        """The content.  Raises NotFound."""
        ...

    def local(self, key: str) -> AbstractContextManager[Path]:
        """The file on this machine's disk, to be read only, as long as the context lasts.  Raises NotFound."""
        ...

    def delete(self, key: str) -> None:
        """Forget a file; one that is not there is no error."""
        ...

    def keys(self) -> Iterator[StoredFile]:
        """Every file there is."""
        ...

    def check(self) -> None:
        """Raises Unavailable: nothing can be kept at the moment."""
        ...


def key_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def key_of_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def demand_key(key: str) -> None:
    """A key becomes part of a path, so it must be one.  Raises NotFound."""
    if not _KEY.fullmatch(key):
        raise missing(key)


def missing(key: str) -> NotFound:
    return NotFound(f"the storage has no file {key[:64]!r}")
