"""Keys: the SHA-256 of a file's content, in hexadecimal."""

import hashlib
import re
from pathlib import Path

from grader.service.errors import NotFound

_KEY = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20


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
    return NotFound(f"The storage has no file {key[:64]!r}.")
