"""What `open` gives of a file that is not there, or is written."""

from __future__ import annotations

import io
from typing import Any

from .brought import Brought


class Unnamed(io.BytesIO):
    """A file whose name tells no form: an idx file, unless it is unpickled. A head that is read at once tells which."""

    unpickled: Any = None

    def __init__(self, content: bytes, by_head: dict[int, bytes]) -> None:
        super().__init__(content)
        self.by_head = by_head

    def read(self, size: int | None = -1, /) -> bytes:
        head, self.by_head = self.by_head.get(size or 0), {}
        if head is not None:
            self.write(head)
            self.truncate()
            self.seek(0)
        return super().read(size)


class Unread(io.StringIO):
    """A file of JSON: a dict that makes what it is asked for."""

    def __init__(self, unpickled: Any) -> None:
        super().__init__("{}")
        self.unpickled = unpickled


class Written(io.BytesIO):
    """A file that is written: its content can be read again, by its name."""

    def __init__(self, brought: Brought, file: Any, is_binary: bool) -> None:
        super().__init__()
        self._brought, self._name, self._is_binary = brought, str(file), is_binary

    def write(self, text: Any) -> int:
        return super().write(text if self._is_binary else str(text).encode("utf-8", "replace"))

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def close(self) -> None:
        if not self.closed:
            self._brought.keep(self._name, self.getvalue())
        super().close()
