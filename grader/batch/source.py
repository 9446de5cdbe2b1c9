"""A download as a list of names and a way to read them: a folder, or a ZIP that is never unpacked to disk."""

import io
import os
import stat
import time
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from grader.batch.errors import LayoutError
from grader.closing import Closing
from grader.submissions import SubmissionRejected
from grader.submissions.errors import printable
from grader.submissions.limits import MAX_ARCHIVE_BYTES, megabytes
from grader.submissions.tree import is_ignored
from grader.submissions.zip_directory import has_oversized_fields, modified, read_directory

_PART = 1 << 18

MAX_LISTED_FILES = 500_000


@dataclass(frozen=True)
class ListedFile:
    """A file of the download; `path` has "/" between its parts, `stored` is what `Source.read` takes."""

    path: str
    stored: str
    modified: float

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.path.split("/"))

    def without_outer(self) -> "ListedFile":
        """The same as it is called inside the outermost of its folders."""
        return replace(self, path=self.path.partition("/")[2])


@dataclass(frozen=True)
class Listing:
    """Every regular file of the download `name`, sorted by path, and the paths of what is none (links, devices)."""

    name: str
    files: tuple[ListedFile, ...]
    irregular: tuple[str, ...] = ()

    def units(self) -> Mapping[str, Sequence[ListedFile]]:
        """What lies side by side at the top: a folder with all that is in it, or a file alone.

        A platform names these; what is below them is named by students. So whoever hands in many files, or files with
        the names of another platform, is still one unit of a class.
        """
        found: dict[str, list[ListedFile]] = {}
        for file in self.files:
            found.setdefault(file.parts[0], []).append(file)
        return found

    def inside(self) -> "Listing | None":
        """The content of the one folder around everything; None where there is no such folder."""
        outer = {file.parts[0] for file in self.files if len(file.parts) > 1}
        if len(outer) != 1 or any(len(file.parts) == 1 for file in self.files):
            return None
        return Listing(self.name, tuple(file.without_outer() for file in self.files), self.irregular)


class Source(Closing):
    """Where the files of a download are."""

    listing: Listing

    def read(self, stored: str) -> bytes:
        """The content of a file.  Raises SubmissionRejected: it is too large, damaged or protected."""
        raise NotImplementedError


def open_source(path: Path) -> Source:
    """Raises LayoutError: it is neither a folder nor a ZIP that can be read."""
    if path.is_dir():
        return FolderSource(path)
    if path.is_file():
        return ZipSource(path)
    raise LayoutError(f"there is no folder or ZIP {path}")


class FolderSource(Source):
    """A folder on disk; links are listed, never followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        irregular: list[str] = []
        files = []
        for entry, path in _walk(folder):
            if not entry.is_file(follow_symlinks=False):
                irregular.append(legible(path))
                continue
            files.append(ListedFile(legible(path), path, entry.stat(follow_symlinks=False).st_mtime))
        self.listing = _listing(folder.name, files, irregular)

    def read(self, stored: str) -> bytes:
        try:
            with (self._folder / stored).open("rb") as file:
                data = file.read(MAX_ARCHIVE_BYTES + 1)
        except OSError as error:
            raise SubmissionRejected(f"{printable(stored)} cannot be read: {error.strerror}.") from None
        return _bounded(data, stored)


class ZipSource(Source):
    """A ZIP file, read member by member."""

    def __init__(self, path: Path, content: bytes | None = None) -> None:
        """`content` in place of what is at `path`."""
        try:
            with path.open("rb") if content is None else io.BytesIO(content) as file:
                if has_oversized_fields(read_directory(file)):
                    raise zipfile.BadZipFile("its directory holds oversized fields")
            self._archive = zipfile.ZipFile(path if content is None else io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise LayoutError(f"{path} is no ZIP that can be read ({error}); expected a folder or a ZIP") from error
        self._members: dict[str, zipfile.ZipInfo] = {}
        irregular: list[str] = []
        for info in self._archive.infolist():
            name = _member_name(info)
            if info.is_dir() or is_ignored(name):
                continue
            if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
                irregular.append(legible(name))
            elif name in self._members:
                irregular.append(f"{legible(name)} (a second file of this name)")
            else:
                self._members[name] = info
        files = [ListedFile(legible(name), name, modified(info)) for name, info in self._members.items()]
        self.listing = _listing(path.stem, files, irregular)

    def read(self, stored: str) -> bytes:
        with self._opened(stored) as member:
            return _bounded(member.read(MAX_ARCHIVE_BYTES + 1), stored)

    def copy(self, stored: str, to: IO[bytes]) -> None:
        """As `read`, into a file, with little of it in memory at a time."""
        size = 0
        with self._opened(stored) as member:
            while part := member.read(_PART):
                size += len(part)
                if size > MAX_ARCHIVE_BYTES:
                    raise _too_large(stored)
                to.write(part)

    @contextmanager
    def _opened(self, stored: str) -> Iterator[IO[bytes]]:
        info = self._members[stored]
        if info.flag_bits & 0x1:
            raise SubmissionRejected(f"{printable(stored)} is protected by a password.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SubmissionRejected(f"{printable(stored)} is packed by a rare method; expected deflate.")
        if info.file_size > MAX_ARCHIVE_BYTES:
            raise _too_large(stored)
        try:
            with self._archive.open(info) as member:
                yield member
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise SubmissionRejected(f"{printable(stored)} is damaged in the ZIP ({printable(str(error))}).") from None

    def close(self) -> None:
        self._archive.close()


def legible(text: str) -> str:
    """`text` in Unicode's composed form, bytes that are no text spelled out."""
    return unicodedata.normalize("NFC", text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))


def _walk(folder: Path) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Every entry that is no folder, with its path below `folder`."""
    pending = [""]
    while pending:
        prefix = pending.pop()
        try:
            with os.scandir(folder / prefix) as found:
                entries = list(found)
        except OSError as error:
            raise LayoutError(f"{folder / prefix} cannot be read: {error.strerror}") from error
        for entry in entries:
            path = f"{prefix}{entry.name}"
            if is_ignored(path):
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append(f"{path}/")
            else:
                yield entry, path


def _listing(name: str, files: list[ListedFile], irregular: list[str]) -> Listing:
    if len(files) > MAX_LISTED_FILES:
        raise LayoutError(f"there are {len(files):,} files; at most {MAX_LISTED_FILES:,} are looked through")
    return Listing(name, tuple(sorted(files, key=lambda file: file.path)), tuple(sorted(irregular)))


def _member_name(info: zipfile.ZipInfo) -> str:
    """The member's name; many tools write UTF-8 without saying so, and `zipfile` then takes it for code page 437."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/").lstrip("/")


def _bounded(data: bytes, stored: str) -> bytes:
    if len(data) > MAX_ARCHIVE_BYTES:
        raise _too_large(stored)
    return data


def _too_large(stored: str) -> SubmissionRejected:
    return SubmissionRejected(f"{printable(stored)} is too large; at most {megabytes(MAX_ARCHIVE_BYTES)} are accepted.")


_CHUNK = 1 << 20
_FIRST_YEAR, _LAST_YEAR = 1980, 2107  # that a ZIP can tell


def pack_folder(folder: Path, target: Path, *, limit: int) -> None:
    """Pack a folder; the same files give the same ZIP. What is no file (a link, a device) is in it by name alone.

    Raises:
        LayoutError: it cannot be read, is empty, or gets larger than `limit` bytes.
    """
    listing = FolderSource(folder).listing
    if not listing.files:
        raise LayoutError(f"there are no files in {folder}")
    try:
        with target.open("wb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in listing.files:
                entry = zipfile.ZipInfo(_name(file.path), _time(file.modified))
                entry.compress_type = zipfile.ZIP_DEFLATED
                with (folder / file.stored).open("rb") as content, archive.open(entry, "w", force_zip64=True) as packed:
                    while chunk := content.read(_CHUNK):
                        packed.write(chunk)
                        if raw.tell() > limit:
                            raise LayoutError(f"{folder} is more than {megabytes(limit)} when it is packed")
            for path in listing.irregular:
                entry = zipfile.ZipInfo(_name(path))
                entry.external_attr = stat.S_IFLNK << 16
                archive.writestr(entry, "")
    except OSError as error:
        raise LayoutError(f"{error.filename or folder}: {error.strerror}") from error


def _name(path: str) -> str:
    """A ZIP from Windows has backslashes between folders, so that none can be in a name."""
    return path.replace("\\", "_")


def _time(modified: float) -> tuple[int, int, int, int, int, int]:
    """In UTC, as `ZipSource` reads it."""
    moment = time.gmtime(max(0.0, modified))
    if not _FIRST_YEAR <= moment.tm_year <= _LAST_YEAR:
        return (_FIRST_YEAR, 1, 1, 0, 0, 0)
    return (moment.tm_year, moment.tm_mon, moment.tm_mday, moment.tm_hour, moment.tm_min, moment.tm_sec)
