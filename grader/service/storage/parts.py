"""Files part by part, so that no more of a large one is in memory than its reader takes."""

import itertools
from collections.abc import Iterator
from typing import IO

from grader.service.ports import Storage

PART = 1 << 18


def parts_of(storage: Storage, key: str) -> Iterator[bytes]:
    """Raises NotFound, at once."""
    return begun(_file(storage, key))


def parts(file: IO[bytes]) -> Iterator[bytes]:
    while part := file.read(PART):
        yield part


def begun(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The same, the first of them already there: what is wrong with a file is raised before an answer begins."""
    return itertools.chain([next(parts, b"")], parts)


def _file(storage: Storage, key: str) -> Iterator[bytes]:
    with storage.local(key) as path, path.open("rb") as file:
        yield from parts(file)
