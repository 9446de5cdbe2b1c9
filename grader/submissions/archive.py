"""Archives to trees of files, in memory: nothing is ever written to disk.

Only modules and notebooks are unpacked, and data where they are asked for, so whatever else an archive holds costs
nothing. Sizes in headers are not believed: reading stops at the bounds of `limits`, whatever was promised.
"""

import gzip
import io
import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from grader.submissions.errors import SubmissionRejected, printable
from grader.submissions.limits import (
    MAX_COMPRESSION_RATIO,
    MAX_DATA_BYTES,
    MAX_DATA_FILE_BYTES,
    MAX_FILES,
    MAX_KEPT_BYTES,
    MAX_NOTEBOOK_BYTES,
    MAX_PATH_CHARACTERS,
    MAX_UNPACKED_BYTES,
    megabytes,
)
from grader.submissions.tar import Stream, TarError, TarReader, is_tar
from grader.submissions.tree import FileTree, StoredFile, is_ignored, is_source, make_tree
from grader.submissions.zip_directory import ENTRY, has_oversized_fields, modified, read_directory

_PACK_AGAIN = "Pack only the notebook or the modules, and submit again."
# Small files may be as dense as they like.
_RATIO_MATTERS_FROM = 10_000_000


def is_archive(data: bytes) -> bool:
    """Whether the bytes begin like an archive that can be read."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b")) or is_tar(data)


def read_archive(data: bytes, name: str, *, with_data: bool = False) -> FileTree:
    """The source files of a `.zip`, `.tar` or `.tar.gz`, and the data beside them if they are asked for.

    Raises:
        SubmissionRejected: it is damaged, encrypted, too large, or holds links, devices or paths out of itself.
    """
    collected = _Collected(name, with_data)
    if data.startswith(b"PK"):
        _read_zip(data, collected)
    elif data.startswith(b"\x1f\x8b"):
        limit = min(MAX_UNPACKED_BYTES, max(_RATIO_MATTERS_FROM, MAX_COMPRESSION_RATIO * len(data)))
        _read_tar(_Limited(gzip.GzipFile(fileobj=io.BytesIO(data)), limit, name), collected)
    else:
        _read_tar(io.BytesIO(data), collected)
    return make_tree(name, collected.files, collected.left_out, collected.data)


@dataclass
class _Collected:
    """The files that were accepted so far, under the bounds that hold for every kind of archive."""

    name: str
    with_data: bool = False
    files: dict[str, StoredFile] = field(default_factory=dict)
    data: dict[str, StoredFile] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    seen: int = 0
    kept: int = 0
    kept_data: int = 0

    def admits(self, raw_path: str, size: int) -> str | None:
        """The path of a regular file whose content is wanted, or None; bounds are checked either way."""
        path = self._checked_path(raw_path)
        if is_ignored(path):
            return None
        if not is_source(path):
            if self.with_data and size <= min(MAX_DATA_FILE_BYTES, MAX_DATA_BYTES - self.kept_data):
                self.kept_data += size
                return path
            self.left_out.append(path)
            return None
        if size > MAX_NOTEBOOK_BYTES or self.kept + size > MAX_KEPT_BYTES:
            raise SubmissionRejected(
                f"{self.name} unpacks to too much: {printable(path)} has {megabytes(size)}, a file may have "
                f"{megabytes(MAX_NOTEBOOK_BYTES)} and all together {megabytes(MAX_KEPT_BYTES)}. {_PACK_AGAIN}"
            )
        self.kept += size
        return path

    def add(self, path: str, data: bytes, modified: float) -> None:
        """Keep a file; as with unpacking to disk, a later one of the same name replaces an earlier one."""
        kept = self.files if is_source(path) else self.data
        kept[path] = StoredFile(path, data, modified)

    def count_member(self) -> None:
        self.seen += 1
        if self.seen > MAX_FILES:
            raise too_many_files(self.name)

    def refuse(self, raw_path: str, what: str) -> None:
        """Reject a link or a device, unless it sits where nothing is read anyway."""
        path = self._checked_path(raw_path)
        if not is_ignored(path):
            raise SubmissionRejected(
                f"{self.name} holds {what}, {printable(path)}; expected plain files. {_PACK_AGAIN}"
            )

    def _checked_path(self, raw_path: str) -> str:
        path = raw_path.replace("\\", "/")
        parts = PurePosixPath(path).parts
        if path.startswith("/") or ".." in parts or (parts and parts[0].endswith(":")):
            raise SubmissionRejected(
                f"{self.name} holds a path that leads out of it, {printable(raw_path)}; expected relative paths. "
                f"{_PACK_AGAIN}"
            )
        if len(path) > MAX_PATH_CHARACTERS:
            raise SubmissionRejected(
                f"{self.name} holds a path of {len(path):,} characters; at most {MAX_PATH_CHARACTERS} are accepted."
            )
        return "/".join(parts)


def too_many_files(name: str) -> SubmissionRejected:
    """The rejection of an archive or a folder by its number of files."""
    return SubmissionRejected(
        f"{name} holds more than {MAX_FILES:,} files. Leave out virtual environments and data, and submit again."
    )


def _damaged(name: str, detail: str) -> SubmissionRejected:
    return SubmissionRejected(f"{name} is a damaged archive ({printable(detail)}). Pack it again and submit it.")


# zip --------------------------------------------------------------------------------------------------------------


def _read_zip(data: bytes, collected: _Collected) -> None:
    # zipfile makes an object per entry of the directory as soon as it opens an archive. Each begins with this
    # signature, so there are no more entries than signatures; archives stored inside may add some.
    if data.count(ENTRY) > 2 * MAX_FILES:
        raise too_many_files(collected.name)
    if has_oversized_fields(read_directory(io.BytesIO(data))):
        raise _damaged(collected.name, "its directory holds oversized fields")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                collected.count_member()
                _read_zip_member(archive, info, collected)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(collected.name, str(error)) from None


def _read_zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, collected: _Collected) -> None:
    if not info.filename:
        raise zipfile.BadZipFile("a file in it has no name")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        collected.refuse(info.filename, "a link" if kind == stat.S_IFLNK else "a device")
        return
    if info.is_dir():
        return
    path = collected.admits(info.filename, info.file_size)
    if path is None:
        return
    if info.flag_bits & 0x1:
        raise SubmissionRejected(f"{collected.name} is protected by a password. Pack it without one, and submit again.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SubmissionRejected(
            f"{collected.name} is packed by a rare method; expected deflate. Pack it with the system's own zip."
        )
    if info.file_size > max(_RATIO_MATTERS_FROM, MAX_COMPRESSION_RATIO * info.compress_size):
        raise _bomb(collected.name)
    with archive.open(info) as member:
        content = member.read(info.file_size + 1)  # zipfile itself stops at the size of the header
    collected.add(path, content, modified(info))


def _bomb(name: str) -> SubmissionRejected:
    return SubmissionRejected(
        f"{name} unpacks to more than {MAX_COMPRESSION_RATIO} times its size or {megabytes(MAX_UNPACKED_BYTES)}, "
        f"as an archive bomb does. {_PACK_AGAIN}"
    )


# tar --------------------------------------------------------------------------------------------------------------


def _read_tar(stream: Stream, collected: _Collected) -> None:
    reader = TarReader(stream)
    try:
        for member in reader.members():
            collected.count_member()
            if member.kind == "file":
                path = collected.admits(member.path, member.size)
                if path is not None:
                    collected.add(path, reader.content(member), member.modified)
            elif member.kind != "folder":
                what = {"link": "a link", "device": "a device"}.get(member.kind, "an entry that is no plain file")
                collected.refuse(member.path, what)
    except (TarError, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _damaged(collected.name, str(error)) from None


class _Limited:
    """Decompressed bytes, up to a limit."""

    def __init__(self, stream: Stream, limit: int, name: str) -> None:
        self._stream = stream
        self._left = limit
        self._name = name

    def read(self, size: int, /) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise _bomb(self._name)
        return data
