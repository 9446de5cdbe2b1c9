"""Files in a folder: written beside their place, forced to disk, then renamed into it."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from grader.service.errors import Unavailable
from grader.service.storage.keys import demand_key, key_of, key_of_file, missing


class FolderStorage:
    """`ab/cdef…` below a folder; `incoming` holds what is being written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        if not folder.is_dir():
            folder.mkdir(parents=True, mode=0o700)  # students' work and the reports on it
        self._incoming.mkdir(exist_ok=True)

    def put(self, data: bytes) -> str:
        key = key_of(data)
        if not self._renewed(key):
            self._keep(key, lambda file: file.write(data))
        return key

    def put_file(self, path: Path) -> str:
        key = key_of_file(path)
        if not self._renewed(key):
            with path.open("rb") as source:
                self._keep(key, lambda file: shutil.copyfileobj(source, file))
        return key

    def read(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise missing(key) from None

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        path = self._path(key)
        if not path.is_file():
            raise missing(key)
        yield path

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def keys(self) -> Iterator[tuple[str, float]]:
        now = time.time()
        for folder in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            for path in sorted(folder.iterdir()):
                with suppress(FileNotFoundError):
                    yield folder.name + path.name, now - path.stat().st_mtime

    def check(self) -> None:
        try:
            with tempfile.TemporaryFile(dir=self._incoming) as file:
                file.write(b"?")
        except OSError as error:
            raise Unavailable(f"nothing can be kept in {self._folder}: {error.strerror}") from error

    def _path(self, key: str) -> Path:
        demand_key(key)
        return self._folder / key[:2] / key[2:]

    def _renewed(self, key: str) -> bool:
        """Whether the file is there; then its age starts anew, so that nobody takes it for abandoned."""
        try:
            os.utime(self._path(key))
        except FileNotFoundError:
            return False
        _force(self._path(key).parent)  # whoever put it there may not have got so far
        return True

    def _keep(self, key: str, write: Callable[[IO[bytes]], object]) -> None:
        path = self._path(key)
        handle, beside = tempfile.mkstemp(dir=self._incoming)
        try:
            with os.fdopen(handle, "wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            if not path.parent.is_dir():
                path.parent.mkdir(exist_ok=True)
                _force(self._folder)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        _force(path.parent)


def _force(folder: Path) -> None:
    """Force the names in a folder to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
