"""The files of a folder or an archive, in memory: Python, and the data beside it where these are asked for."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.submissions.errors import first_of, printable

_SOURCE_SUFFIXES = frozenset({".py", ".ipynb"})
_ARCHIVE_SUFFIXES = frozenset({".zip", ".tar", ".gz", ".tgz", ".rar", ".7z", ".xz", ".bz2"})
_IGNORED_FOLDERS = frozenset({"__MACOSX", "__pycache__", "venv", "site-packages", "dist-packages", "node_modules"})


@dataclass(frozen=True)
class StoredFile:
    """A file's content under its path relative to the root, with "/" between the parts."""

    path: str
    data: bytes
    modified: float = 0.0


@dataclass(frozen=True)
class FileTree:
    """The source files of a submission, sorted by path, its data, and the names of what was left out."""

    name: str
    files: tuple[StoredFile, ...]
    left_out: tuple[str, ...] = ()
    data: tuple[StoredFile, ...] = ()

    @property
    def sha256(self) -> str:
        """A fingerprint of paths and contents, each preceded by its length."""
        digest = hashlib.sha256()
        for file in (*self.files, *self.data):
            for part in (file.path.encode(errors="surrogateescape"), file.data):
                digest.update(len(part).to_bytes(8, "big"))
                digest.update(part)
        return digest.hexdigest()


def is_ignored(path: str) -> bool:
    """Whether a path belongs to a tool and not to the student: hidden files, caches, virtual environments."""
    return any(part in _IGNORED_FOLDERS or part.startswith(".") for part in PurePosixPath(path).parts)


def is_source(path: str) -> bool:
    """Whether the file is a module or a notebook by its name."""
    return PurePosixPath(path).suffix.lower() in _SOURCE_SUFFIXES


def make_tree(
    name: str, files: dict[str, StoredFile], left_out: list[str], data: dict[str, StoredFile] | None = None
) -> FileTree:
    """The tree of `files`, and of the `data` beside them."""
    kept = data or {}
    return FileTree(
        name, tuple(files[path] for path in sorted(files)), tuple(left_out), tuple(kept[path] for path in sorted(kept))
    )


def unwrapped(tree: FileTree) -> FileTree:
    """The tree without the folders around everything, up to a package; it is named after the innermost of them."""
    parents = [PurePosixPath(file.path).parts[:-1] for file in tree.files]
    depth = 0
    while all(len(parts) > depth for parts in parents) and len({parts[depth] for parts in parents}) == 1:
        depth += 1
    if any(file.path == "/".join([*parents[0][:depth], "__init__.py"]) for file in tree.files):
        depth -= 1  # the innermost is a package, and its name is part of the work
    if depth <= 0:
        return tree
    files = tuple(
        StoredFile("/".join(PurePosixPath(file.path).parts[depth:]), file.data, file.modified) for file in tree.files
    )
    return FileTree(parents[0][depth - 1], files, tree.left_out, tree.data)


def why_nothing(tree: FileTree) -> str:
    """What is there instead of Python, for a message."""
    if not tree.left_out:
        return "it is empty"
    inner = [path for path in tree.left_out if PurePosixPath(path).suffix.lower() in _ARCHIVE_SUFFIXES]
    if inner:
        return f"it holds another archive, {printable(inner[0])}, which is not opened"
    return f"it holds {_listed(tree.left_out)}"


def remark_on_left_out(tree: FileTree) -> str | None:
    """One line naming the files that the submission will not find when it runs."""
    return f"left out, not Python: {_listed(tree.left_out)}" if tree.left_out else None


def _listed(paths: tuple[str, ...]) -> str:
    return first_of([printable(path, 60) for path in paths])
