"""The way in: a path to a submission, or one line that says why not."""

import os
import stat
from collections.abc import Collection
from pathlib import Path

from grader.submissions.archive import is_archive, read_archive, too_many_files
from grader.submissions.errors import SubmissionRejected, display_name, printable
from grader.submissions.limits import (
    MAX_ARCHIVE_BYTES,
    MAX_DATA_BYTES,
    MAX_DATA_FILE_BYTES,
    MAX_FILES,
    MAX_KEPT_BYTES,
    MAX_NOTEBOOK_BYTES,
    megabytes,
)
from grader.submissions.notebook import is_notebook_json
from grader.submissions.package import submission_from_file, submission_from_tree
from grader.submissions.source_file import module_unit, read_source_file
from grader.submissions.submission import Submission, first_remarks, sha256_of
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


_ARCHIVES = (".zip", ".tar", ".gz", ".tgz")
_EXPECTED = "expected a notebook (.ipynb), a module (.py), a folder, .zip or .tar.gz"
_DOCUMENT = "Submit the notebook or the .py file itself, not a document made from it."
_HINTS = {
    **dict.fromkeys((".pdf", ".docx", ".doc", ".odt", ".rtf", ".pptx", ".xlsx", ".pages"), _DOCUMENT),
    **dict.fromkeys((".html", ".htm"), "In Jupyter, use File > Save and Export As > Notebook (.ipynb)."),
    **dict.fromkeys((".rar", ".7z", ".xz", ".bz2"), "Pack it as .zip."),
    **dict.fromkeys((".txt", ".md", ""), "If it is Python source, give it a name that ends in .py."),
    ".pyc": "Submit the .py file that it was compiled from.",
}


def load_submission(path: str | Path, contract_names: Collection[str] = (), *, with_data: bool = False) -> Submission:
    """Read a submission without running any of it.

    Args:
        path: a notebook, a module, a folder or an archive; the content decides where the name is wrong.
        contract_names: the functions asked for, which tell the work in a folder or an archive from what it imports.
        with_data: keep what lies beside the work in a folder or an archive, within `limits`.

    Raises:
        SubmissionRejected: it cannot be read as Python.
    """
    path = Path(path)
    name = display_name(path.absolute())
    try:
        status = path.stat()
    except FileNotFoundError:
        raise SubmissionRejected(f"there is no file or folder {display_name(path)}; {_EXPECTED}.") from None
    except (OSError, ValueError) as error:
        raise SubmissionRejected(f"{name} cannot be read: {_detail(error)}.") from None
    if stat.S_ISDIR(status.st_mode):
        tree = read_folder(path, name, with_data=with_data)
        return submission_from_tree(tree, contract_names, tree.sha256)
    if not stat.S_ISREG(status.st_mode):
        raise SubmissionRejected(f"{name} is a device or a pipe; {_EXPECTED}.")
    return load_bytes(_read(path, name, status.st_size), name, contract_names, with_data=with_data)


def load_bytes(data: bytes, name: str, contract_names: Collection[str] = (), *, with_data: bool = False) -> Submission:
    """Read a submission that is at hand as the content of a file, an upload say; otherwise as `load_submission`.

    Raises:
        SubmissionRejected: it cannot be read as Python.
    """
    name = display_name(name)
    suffix = Path(name).suffix.lower()
    if len(data) > MAX_ARCHIVE_BYTES:
        raise _too_large(name, len(data))
    if not data:
        raise SubmissionRejected(f"{name} is an empty file; {_EXPECTED}. Was it saved before it was submitted?")
    if is_archive(data) and _HINTS.get(suffix) is not _DOCUMENT and b"[Content_Types].xml" not in data[:4096]:
        tree = read_archive(data, name, with_data=with_data)
        return submission_from_tree(tree, contract_names, sha256_of(data))
    if suffix in (".py", ".ipynb") or is_notebook_json(data):
        return submission_from_file(read_source_file(name, data), sha256_of(data))
    if suffix in _ARCHIVES and not is_archive(data):
        raise SubmissionRejected(
            f"{name} is called an archive, but does not begin like one: it may be cut off, or another kind of file "
            "under a new name. Pack it anew, or hand in the notebook itself."
        )
    hint = _DOCUMENT if data.startswith(b"%PDF") else _HINTS.get(suffix, "")
    raise SubmissionRejected(f"{name} is {_described(data, suffix)}; {_EXPECTED}. {hint}".rstrip())


def load_source(text: str, name: str = "submission.py") -> Submission:
    """The submission that consists of the module `text`."""
    unit, remarks = module_unit(name, text.replace("\r\n", "\n").replace("\r", "\n"))
    return Submission(
        name=name,
        sha256=sha256_of(unit.original.encode()),
        kind="module",
        units=(unit,),
        remarks=first_remarks(remarks),
    )


def _read(path: Path, name: str, size: int) -> bytes:
    if size > MAX_ARCHIVE_BYTES:
        raise _too_large(name, size)
    try:
        with path.open("rb") as file:
            return file.read(MAX_ARCHIVE_BYTES + 1)
    except OSError as error:
        raise SubmissionRejected(f"{name} cannot be read: {_detail(error)}.") from None


def _too_large(name: str, size: int) -> SubmissionRejected:
    return SubmissionRejected(
        f"{name} has {megabytes(size)}; at most {megabytes(MAX_ARCHIVE_BYTES)} is accepted. "
        "Leave out data and clear the outputs of notebooks."
    )


def _described(data: bytes, suffix: str) -> str:
    kind = "binary data" if b"\0" in data[:8192] else "text"
    return f"a {suffix} file" if suffix else f"{kind} without a known suffix"


def _detail(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or "not a usable path"
