"""A reader of tar archives that allocates no more than it is told to.

`tarfile` reads extended headers of any size into memory, and before Python 3.11.10 matches them with a regular
expression that takes quadratic time (CVE-2024-6232). A submission needs regular files with their names and nothing else
of the format: ustar, GNU long names, and the `path` and `size` of pax headers. Formats: POSIX.1-2008 `pax`, GNU tar
manual.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

_BLOCK = 512
_MAX_EXTENDED_HEADER = 65_536
_MAX_EXTENDED_HEADERS = 4_000_000  # of one archive together
_MAX_HEADERS = 20_000  # of every kind, in one archive
_CHUNK = 65_536


class Stream(Protocol):
    """What is read from; it may raise for reasons of its own (limits, damaged compression)."""

    def read(self, size: int, /) -> bytes: ...


class TarError(Exception):
    """The bytes are no tar archive, or a damaged one."""


@dataclass(frozen=True)
class TarMember:
    """A member's header; the content follows by `TarReader.content` before the next member is asked for."""

    path: str
    kind: Literal["file", "folder", "link", "device", "other"]
    size: int
    modified: float


_KINDS: dict[bytes, Literal["file", "folder", "link", "device", "other"]] = {
    **dict.fromkeys((b"0", b"\0", b"7"), "file"),
    b"5": "folder",
    **dict.fromkeys((b"1", b"2"), "link"),
    **dict.fromkeys((b"3", b"4", b"6"), "device"),
}


class TarReader:
    """Walks over the members of an archive in the order in which they are stored."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._unread = 0  # of the current member, padding included
        self._headers = self._extended = 0

    def members(self) -> Iterator[TarMember]:
        """Every member but the extended headers, which are applied."""
        path: str | None = None
        size: int | None = None
        while (header := self._next_header()) is not None:
            flag = header[156:157]
            length = _number(header[124:136])
            self._unread = _padded(length)
            if flag == b"L":
                path = _text(self._extended_header(length).rstrip(b"\0"))
            elif flag == b"x":
                records = _pax_records(self._extended_header(length))
                path = records.get("path", path)
                size = _decimal(records["size"]) if "size" in records else size
            elif flag not in (b"g", b"K"):
                length = length if size is None else size
                self._unread = _padded(length)
                yield TarMember(path or _path(header), _KINDS.get(flag, "other"), length, _number(header[136:148]))
                path = size = None

    def content(self, member: TarMember) -> bytes:
        """The bytes of the member that was returned last."""
        data = self._exactly(member.size)
        self._unread -= member.size
        return data

    def _extended_header(self, length: int) -> bytes:
        self._extended += length
        if length > _MAX_EXTENDED_HEADER or self._extended > _MAX_EXTENDED_HEADERS:
            raise TarError("it holds oversized headers")
        data = self._exactly(length)
        self._unread -= length
        return data

    def _next_header(self) -> bytes | None:
        while self._unread:
            self._unread -= len(self._exactly(min(self._unread, _CHUNK)))
        header = self._stream.read(_BLOCK)
        if not header or not header.strip(b"\0"):
            return None
        self._headers += 1
        if self._headers > _MAX_HEADERS:
            raise TarError("it holds too many headers")
        if len(header) < _BLOCK:
            raise TarError("it was cut off")
        if _number(header[148:156]) != sum(header[:148]) + 8 * 0x20 + sum(header[156:]):
            raise TarError("a header's checksum is wrong")
        return header

    def _exactly(self, count: int) -> bytes:
        pieces = []
        while count > 0:
            piece = self._stream.read(count)
            if not piece:
                raise TarError("it was cut off")
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)


def is_tar(data: bytes) -> bool:
    """Whether `data` begins with a tar header (POSIX or GNU)."""
    return data[257:262] == b"ustar"


def _padded(length: int) -> int:
    return -(-length // _BLOCK) * _BLOCK


def _path(header: bytes) -> str:
    name = header[:100].split(b"\0", 1)[0]
    prefix = header[345:500].split(b"\0", 1)[0] if header[257:263] == b"ustar\0" else b""
    return _text(prefix + b"/" + name if prefix else name)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _number(raw: bytes) -> int:
    """A header's number: octal digits, or base 256 after a set bit (GNU)."""
    if raw[0] & 0x80:
        if raw[0] != 0x80:
            raise TarError("a header holds a negative or oversized number")
        return int.from_bytes(raw[1:], "big")
    digits = raw.strip(b" \0")
    if not digits:
        return 0
    if digits.strip(b"01234567"):
        raise TarError("a header holds a number that is none")
    return int(digits, 8)


def _decimal(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise TarError("a header holds a number that is none")
    return int(text)


def _pax_records(data: bytes) -> dict[str, str]:
    """The records `length key=value\\n` of a pax header."""
    data = data.rstrip(b"\0")
    records = {}
    start = 0
    while start < len(data):
        length, separator, _ = data[start : start + 20].partition(b" ")
        end = start + _decimal(length.decode("latin-1"))
        key, equals, value = data[start + len(length) + 1 : end - 1].partition(b"=")
        if not separator or not equals or not start + len(length) < end <= len(data) or data[end - 1 : end] != b"\n":
            raise TarError("it holds a damaged header")
        records[_text(key)] = _text(value)
        start = end
    return records
