"""Files in S3 or whatever speaks its language; credentials and endpoint as `AWS_…` variables, as everywhere."""

import os
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from grader.service.errors import Unavailable
from grader.service.storage.keys import demand_key, key_of, key_of_file, missing

_CACHE_BYTES = 2 << 30
_CHUNK = 8 << 20


class ObjectStorage:
    """Objects `ab/cdef…` below a bucket's prefix; `cache` holds those that were asked for as local files."""

    def __init__(self, url: str, *, cache: Path) -> None:
        plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
        self._store = S3Store.from_url(url, client_options={"allow_http": plain})
        self._cache = cache
        self._cache.mkdir(parents=True, exist_ok=True)
        self._in_use: Counter[str] = Counter()
        self._lock = threading.Lock()

    def put(self, data: bytes) -> str:
        key = key_of(data)
        with _reaching():
            obstore.put(self._store, _name(key), data)
        return key

    def put_file(self, path: Path) -> str:
        key = key_of_file(path)
        with _reaching():
            obstore.put(self._store, _name(key), path, chunk_size=_CHUNK)
        return key

    def read(self, key: str) -> bytes:
        with _reaching(key):
            return bytes(obstore.get(self._store, _name(key)).bytes())

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        demand_key(key)
        with self._lock:
            self._in_use[key] += 1
        try:
            yield self._fetched(key)
        finally:
            with self._lock:
                self._in_use[key] -= 1

    def delete(self, key: str) -> None:
        with suppress(FileNotFoundError), _reaching():
            obstore.delete(self._store, _name(key))

    def keys(self) -> Iterator[tuple[str, float]]:
        now = datetime.now(UTC)
        for chunk in obstore.list(self._store):
            for found in chunk:
                key = found["path"].replace("/", "")
                yield key, (now - found["last_modified"]).total_seconds()

    def check(self) -> None:
        with _reaching():
            obstore.put(self._store, "check", b"?")
            obstore.delete(self._store, "check")

    def _fetched(self, key: str) -> Path:
        """The cached copy, fetched if need be; the longest unused give way."""
        path = self._cache / key
        try:
            os.utime(path)
            return path
        except FileNotFoundError:
            pass
        with _reaching(key):
            stream = obstore.get(self._store, _name(key)).stream(min_chunk_size=_CHUNK)
        handle, beside = tempfile.mkstemp(dir=self._cache, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file, _reaching(key):
                for chunk in stream:
                    file.write(chunk)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        self._make_room()
        return path

    def _make_room(self) -> None:
        with self._lock:
            files = sorted(((path.stat(), path) for path in self._cache.iterdir()), key=lambda one: one[0].st_mtime)
            excess = sum(status.st_size for status, _ in files) - _CACHE_BYTES
            for status, path in files:
                if excess <= 0:
                    return
                if not self._in_use[path.name]:
                    path.unlink(missing_ok=True)
                    excess -= status.st_size


@contextmanager
def _reaching(key: str | None = None) -> Iterator[None]:
    """Raises NotFound when there is no object `key`, Unavailable for whatever else is wrong with the store."""
    try:
        yield
    except FileNotFoundError:
        if key is None:
            raise
        raise missing(key) from None
    except (BaseError, OSError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise Unavailable(f"the S3 storage cannot be used: {reason}") from error


def _name(key: str) -> str:
    demand_key(key)
    return f"{key[:2]}/{key[2:]}"
