"""Texts in the storage, compressed, and files part by part: no more of one is in memory than its reader takes."""

import gzip
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from grader.service.compressed_texts import decompressed
from grader.service.ports import Storage


def read_text(storage: Storage, key: str) -> str:
    """Raises NotFound."""
    return decompressed(storage.read(key))


@contextmanager
def open_text(storage: Storage, key: str) -> Iterator[IO[bytes]]:
    """To be read part by part, in UTF-8.  Raises NotFound."""
    with storage.local(key) as path, gzip.open(path) as text:
        yield cast(IO[bytes], text)


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
