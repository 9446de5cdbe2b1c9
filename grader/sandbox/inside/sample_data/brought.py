"""Files that came along with the work, or that it has written: read from memory, in the form in which they are."""

from __future__ import annotations

import io
import os
import pathlib
import re
import struct
import zlib
from typing import Any, Callable

import numpy as np

_FILES = 100  # that are written and kept
_GZIP = b"\x1f\x8b"
_IDX_KINDS = {8: ">u1", 9: ">i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}


class Brought:
    """Finds them by the path that a text asks for: of several, the one whose last folders are the same."""

    def __init__(self, given: dict[str, bytes]) -> None:
        self._given = {tuple(_parts(path)): content for path, content in given.items()}
        self._written: dict[str, bytes] = {}

    def keep(self, file: Any, content: bytes) -> None:
        """What the text writes, by the last part of its path."""
        name = "".join(_parts(_path(file))[-1:])
        if name in self._written or len(self._written) < _FILES:
            self._written[name] = content

    def find(self, file: Any) -> bytes | None:
        """The content of the file of this name, wherever it lies; None if there is none."""
        asked = _parts(_path(file))
        if asked and asked[-1] in self._written:
            return self._written[asked[-1]]
        same = {parts: _shared(parts, asked) for parts in self._given if asked and parts[-1] == asked[-1]}
        return self._given[max(same, key=lambda parts: (same[parts], -len(parts)))] if same else None

    def unpacked(self, file: Any) -> bytes | None:
        """The same, without the compression of a `.gz` file."""
        content = self.find(file)
        return None if content is None else unpacked(content)

    def exists(self, path: Any) -> bool:
        """Whether it came along, or a folder of this path did."""
        asked = tuple(_parts(_path(path)))
        return self.find(path) is not None or any(
            asked == parts[i : i + len(asked)] for parts in self._given for i in range(len(parts) - 1) if asked
        )

    def install(self, stands_in: Callable[[Any], bool]) -> None:
        """Let what asks whether a file is there know of them; if none came along, of what something stands for."""
        for owner, name in (
            (os.path, "exists"), (os.path, "isfile"), (pathlib.Path, "exists"), (pathlib.Path, "is_file"),
        ):  # fmt: skip
            setattr(owner, name, self._or_here(getattr(owner, name), stands_in))

    def _or_here(self, usual: Any, stands_in: Callable[[Any], bool]) -> Any:
        def is_here(path: Any, *args: Any, **rest: Any) -> bool:
            is_path = isinstance(path, (str, bytes, os.PathLike))
            return bool(usual(path, *args, **rest)) or (
                is_path and (self.exists(path) or (not self._given and stands_in(path)))
            )

        return is_here


def from_idx(content: bytes) -> Any:
    """The array in an idx file (MNIST's format): its type, how many axes, their sizes, the numbers.

    Raises:
        ValueError: it is no such file.
    """
    if len(content) < 4 or content[:2] != b"\0\0" or content[2] not in _IDX_KINDS:
        raise ValueError("no idx file: its first bytes are %r" % content[:4])
    sizes = struct.unpack_from(">%dI" % content[3], content, 4)
    numbers = np.frombuffer(content, _IDX_KINDS[content[2]], offset=4 + 4 * content[3])
    return numbers.astype(numbers.dtype.newbyteorder("=")).reshape(sizes)


def unpacked(content: bytes) -> bytes:
    """What was compressed by gzip, or the bytes as they are; without `gzip`, which is replaced here.

    Raises:
        zlib.error: it is damaged.
    """
    return zlib.decompress(content, zlib.MAX_WBITS | 16) if content.startswith(_GZIP) else content


def as_lines(content: bytes) -> io.StringIO:
    """A text file of which numpy reads the lines."""
    return io.StringIO(content.decode("utf-8-sig", "replace"))


def opened(content: bytes, mode: str) -> Any:
    """A file as `open` gives it."""
    return io.BytesIO(content) if "b" in mode else io.StringIO(content.decode("utf-8", "replace"), newline=None)


def _path(file: Any) -> str:
    path = os.fspath(file)
    return path.decode("utf-8", "replace") if isinstance(path, bytes) else path


def _parts(path: str) -> list[str]:
    return [part for part in re.split(r"[/\\]+", path) if part not in ("", ".", "..")]


def _shared(parts: Any, asked: Any) -> int:
    """How many of the last parts of two paths are the same."""
    pairs = zip(reversed(parts), reversed(asked))
    return next((i for i, (one, other) in enumerate(pairs) if one != other), min(len(parts), len(asked)))
