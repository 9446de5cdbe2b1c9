"""Texts in the storage, compressed."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from grader.service.compression import decompressed
from grader.service.ports import Storage


def read_text(storage: Storage, key: str) -> str:
    """Raises NotFound."""
    return decompressed(storage.read(key))


@contextmanager
def open_text(storage: Storage, key: str) -> Iterator[IO[bytes]]:
    """To be read part by part, in UTF-8.  Raises NotFound."""
    with storage.local(key) as path, gzip.open(path) as text:
        yield cast(IO[bytes], text)
