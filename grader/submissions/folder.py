"""A folder on disk to a tree of files."""

import os
from pathlib import Path

from grader.submissions.archive import too_many_files
from grader.submissions.errors import SubmissionRejected, printable
from grader.submissions.limits import (
    MAX_DATA_BYTES,
    MAX_DATA_FILE_BYTES,
    MAX_FILES,
    MAX_KEPT_BYTES,
    MAX_NOTEBOOK_BYTES,
    megabytes,
)
from grader.submissions.tree import FileTree, StoredFile, is_ignored, is_source, make_tree


def read_folder(folder: Path, name: str, *, with_data: bool = False) -> FileTree:
    """The source files below `folder`, and the data if they are asked for; links are left out, whatever they point to.

    Raises:
        SubmissionRejected: there are too many files, too large ones, or unreadable ones.
    """
    files: dict[str, StoredFile] = {}
    data: dict[str, StoredFile] = {}
    left_out: list[str] = []
    pending = [""]
    seen = kept = kept_data = 0
    while pending:
        prefix = pending.pop()
        for entry in _entries(folder / prefix, name):
            path = f"{prefix}{entry.name}"
            if is_ignored(path):
                continue
            seen += 1
            if seen > MAX_FILES:
                raise too_many_files(name)
            if entry.is_dir(follow_symlinks=False):
                pending.append(f"{path}/")
            elif entry.is_file(follow_symlinks=False) and is_source(path):
                files[path] = _stored(entry, path, name, MAX_KEPT_BYTES - kept)
                kept += len(files[path].data)
            elif with_data and (found := _data(entry, path, MAX_DATA_BYTES - kept_data)) is not None:
                data[path] = found
                kept_data += len(found.data)
            else:
                left_out.append(path)
    return make_tree(name, files, sorted(left_out), data)


def _entries(folder: Path, name: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            # One more than allowed is enough to know.
            return [entry for entry, _ in zip(entries, range(MAX_FILES + 1), strict=False)]
    except OSError as error:
        raise SubmissionRejected(f"{name} cannot be read: {error.strerror}: {printable(str(folder))}.") from None


def _stored(entry: os.DirEntry[str], path: str, name: str, room: int) -> StoredFile:
    limit = min(MAX_NOTEBOOK_BYTES, room)
    try:
        with Path(entry.path).open("rb") as file:
            data = file.read(limit + 1)
            modified = os.fstat(file.fileno()).st_mtime
    except OSError as error:
        raise SubmissionRejected(f"{name} cannot be read: {error.strerror}: {printable(path)}.") from None
    if len(data) > limit:
        raise SubmissionRejected(
            f"{name} is too large: with {printable(path)} its source files pass {megabytes(MAX_KEPT_BYTES)} "
            f"(or that file alone {megabytes(MAX_NOTEBOOK_BYTES)}). Submit only the notebook or the modules."
        )
    return StoredFile(path, data, modified)


def _data(entry: os.DirEntry[str], path: str, room: int) -> StoredFile | None:
    """A file that is no source; None if it is too large, no plain file, or cannot be read."""
    limit = min(MAX_DATA_FILE_BYTES, room)
    try:
        if not entry.is_file(follow_symlinks=False) or entry.stat(follow_symlinks=False).st_size > limit:
            return None
        with Path(entry.path).open("rb") as file:
            data = file.read(limit + 1)
    except OSError:
        return None
    return StoredFile(path, data) if len(data) <= limit else None
