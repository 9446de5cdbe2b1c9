"""The directory at the end of a ZIP, looked at before `zipfile` takes it apart, for which its size does not count.

`zipfile` takes quadratic time for the extra field of an entry, and a step for each four bytes of it. Layout: PKWARE's
APPNOTE, 4.3.12 (entries), 4.3.14 to 4.3.16 (the end of the directory).
"""

import calendar
import os
import struct
import zipfile
from collections.abc import Iterator
from typing import IO

ENTRY = b"PK\x01\x02"
_ENTRY_BYTES = 46
_END, _END_BYTES = b"PK\x05\x06", 22
_END_64_BYTES, _LOCATOR, _LOCATOR_BYTES = 56, b"PK\x06\x07", 20
_COMMENT_BYTES = 1 << 16
_EXTRA_BYTES = 1_024  # of one entry; tools write some 30, and a name once more
_EXTRA_AVERAGE = 128
_EXTRA_IN_ALL = 65_536  # on top of the average, for few entries


def modified(info: zipfile.ZipInfo) -> float:
    """When a member was changed last, in seconds since 1970."""
    try:
        return float(calendar.timegm((*info.date_time, 0, 0, 0)))
    except ValueError:  # month 0, as some tools write
        return 0.0


def has_oversized_fields(directory: bytes) -> bool:
    """Whether the extra fields of a directory's entries are larger than any tool writes them."""
    sizes = [*_extra_sizes(directory)]
    return max(sizes, default=0) > _EXTRA_BYTES or sum(sizes) > _EXTRA_IN_ALL + _EXTRA_AVERAGE * len(sizes)


def _extra_sizes(data: bytes) -> Iterator[int]:
    at = data.find(ENTRY)
    while 0 <= at <= len(data) - _ENTRY_BYTES:
        name, extra = struct.unpack_from("<HH", data, at + 28)
        yield min(extra, max(len(data) - at - _ENTRY_BYTES - name, 0))
        at = data.find(ENTRY, at + 4)


def read_directory(file: IO[bytes]) -> bytes:
    """The directory of the ZIP, empty where none is found: `zipfile` will say why."""
    size = file.seek(0, os.SEEK_END)
    start = max(size - _END_BYTES - _COMMENT_BYTES, 0)
    file.seek(start)
    tail = file.read()
    last = len(tail) - _END_BYTES
    at = last if last >= 0 and tail.startswith(_END, last) and tail.endswith(b"\0\0") else tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        return b""
    length, end = struct.unpack_from("<L", tail, at + 12)[0], start + at
    file.seek(max(end - _LOCATOR_BYTES - _END_64_BYTES, 0))
    before = file.read(_LOCATOR_BYTES + _END_64_BYTES)
    if before.startswith(_LOCATOR, _END_64_BYTES):
        end -= _LOCATOR_BYTES + _END_64_BYTES
        length = struct.unpack_from("<Q", before, 40)[0]
    file.seek(max(end - length, 0))
    return file.read(min(length, end))
