"""The Python that runs the cells: the grader's own or another one that has numpy."""

import importlib.util
import json
import os
import py_compile
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.sandbox.errors import SandboxUnavailable
from grader.sandbox.inside import describe

INSIDE = Path(describe.__file__).resolve().parent
OLDEST_VERSION = (3, 8)
# Where the C library and what extension modules link to may live; `/nix/store` where distributions use it.
SYSTEM_LIBRARIES = tuple(map(Path, ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/nix/store")))
DEVICES = ("/dev/null", "/dev/urandom")
_DESCRIBE_SECONDS = 30.0


@dataclass(frozen=True)
class Interpreter:
    """An interpreter and the files that a cell under it may read; every path is free of links.

    `installations` are folders of installed packages; they may lie inside `libraries`, and of what is in them a
    cell sees `packages` only (the grader itself, its solutions and checks may be installed there).
    """

    executable: Path
    version: str
    numpy_version: str
    libraries: tuple[Path, ...]
    installations: tuple[Path, ...]
    packages: Mapping[str, tuple[Path, ...]]

    @property
    def roots(self) -> list[Path]:
        """The folders that hold all libraries."""
        return outermost((*self.libraries, *SYSTEM_LIBRARIES))

    @property
    def hidden(self) -> list[Path]:
        """Folders that a cell must not read although they may lie inside one of the roots."""
        return outermost((*self.installations, *_own_folders()))

    @property
    def files(self) -> list[Path]:
        """What a cell reads besides the libraries: the interpreter itself and its packages."""
        return [self.executable, *(path for files in self.packages.values() for path in files)]

    def readable(self) -> list[Path]:
        """The paths that Landlock opens for reading: no hidden folder lies at or below any of the libraries'."""
        hidden = [str(folder) for folder in self.hidden]
        return [*self.files, *(Path(path) for root in self.roots for path in _without(str(root), hidden))]


def outermost(paths: Iterable[Path]) -> list[Path]:
    """The existing folders among `paths`, links resolved, without those that lie inside another."""
    kept: list[Path] = []
    for path in sorted({path.resolve() for path in paths if path.is_dir()}):
        if not kept or not path.is_relative_to(kept[-1]):
            kept.append(path)
    return kept


def find_interpreter(path: Path | None = None, packages: Sequence[str] = ()) -> Interpreter:
    """Describe the interpreter at `path`, or the running one.  Raises SandboxUnavailable if it cannot serve."""
    named = tuple(packages)
    found = _describe_own(named) if path is None else _describe_other(path, named)
    major, minor = (int(part) for part in found.version.split(".")[:2])
    if (major, minor) < OLDEST_VERSION:
        oldest = ".".join(map(str, OLDEST_VERSION))
        raise SandboxUnavailable(f"Python {oldest} or newer (found {found.version})", "choose a newer interpreter")
    missing = [name for name in ("numpy", *named) if name not in found.packages]
    if missing:
        program = path or sys.executable
        raise SandboxUnavailable(
            f"{', '.join(missing)} for {program}", f"run `{program} -m pip install {' '.join(missing)}`"
        )
    return found


@lru_cache(maxsize=8)
def _describe_own(packages: tuple[str, ...]) -> Interpreter:
    _compile_inside()
    return _interpreter(describe.describe(packages))


@lru_cache(maxsize=8)
def _describe_other(path: Path, packages: tuple[str, ...]) -> Interpreter:
    command = [str(path), "-I", describe.__file__, *packages]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_DESCRIBE_SECONDS, check=True, stdin=subprocess.DEVNULL
        )
        return _interpreter(json.loads(done.stdout))
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise SandboxUnavailable(
            f"a working Python at {path} ({type(error).__name__})", f"check that `{path} --version` works"
        ) from error


def _interpreter(found: Mapping[str, Any]) -> Interpreter:
    return Interpreter(
        executable=Path(found["executable"]),
        version=found["version"],
        numpy_version=found["numpy_version"],
        libraries=tuple(map(Path, found["libraries"])),
        installations=tuple(map(Path, found["installations"])),
        packages={name: tuple(map(Path, files)) for name, files in found["packages"].items()},
    )


def _compile_inside() -> None:
    """Write the bytecode of what the interpreter of cells loads, which may not write, where an install has not."""
    for source in INSIDE.rglob("*.py"):
        cached = Path(importlib.util.cache_from_source(str(source)))
        try:
            if not cached.exists() or cached.stat().st_mtime < source.stat().st_mtime:
                py_compile.compile(str(source), doraise=True)
        except (OSError, py_compile.PyCompileError):
            return  # a read-only installation: cells start a little slower


def _own_folders() -> list[Path]:
    """The grader and what is installed with it: solutions, checks, the reference implementation."""
    root = INSIDE.parents[2]
    return [root / name for name in ("grader", "reference", "assignments", "tests")]


def _without(root: str, hidden: Sequence[str]) -> list[str]:
    """`root`, or its parts so far as needed to leave out the hidden folders below it; all paths are without links.

    Links among the parts are left out: what they point to is either a part itself or not meant to be seen.
    """
    if any(_is_in(root, folder) for folder in hidden):
        return []
    if not any(_is_in(folder, root) for folder in hidden):
        return [root]
    try:
        entries = sorted(entry.path for entry in os.scandir(root) if not entry.is_symlink())
    except OSError:
        return []
    return [path for entry in entries for path in _without(entry, hidden)]


def _is_in(path: str, folder: str) -> bool:
    """`Path.is_relative_to` for texts: this is asked thousands of times before the first cell can start."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")
