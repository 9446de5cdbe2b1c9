"""Uploads that are in memory as a whole, to be hashed and kept: of large ones a few at a time.

As many requests are answered at once as there are threads, and each may bring the largest file that is taken.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import IO

AT_ONCE = 4
SMALL = 1_000_000  # bytes that are held without waiting: what starlette itself holds of every upload

_room = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def whole(file: IO[bytes]) -> Iterator[bytes]:
    """The content of an upload, for as long as the block lasts."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    with _room if size > SMALL else nullcontext():
        yield file.read()
