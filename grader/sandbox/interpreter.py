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
SYSTEM_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/nix/store")
DEVICES = ("/dev/null", "/dev/urandom")
_DESCRIBE_SECONDS = 30.0


@dataclass(frozen=True)
class Interpreter:
    """An interpreter and the files that a cell under it may read.

    `installations` are folders of installed packages; they may lie inside `libraries`, and of what is in them a
    cell sees `packages` only (the grader itself, its solutions and checks may be installed there).
    """

    executable: str
    version: str
    numpy_version: str
    libraries: tuple[str, ...]
    installations: tuple[str, ...]
    packages: Mapping[str, tuple[str, ...]]

    @property
    def hidden(self) -> tuple[str, ...]:
        """Folders that a cell must not read although they may lie inside a library folder."""
        return (*self.installations, *_own_folders())

    def readable(self) -> list[str]:
        """The paths that Landlock opens for reading: no hidden folder lies at or below any of them."""
        visible: list[str] = [self.executable]
        for root in outermost((*self.libraries, *SYSTEM_LIBRARIES)):
            visible += _without(root, self.hidden)
        for files in self.packages.values():
            visible += files
        return visible


def outermost(paths: Iterable[str]) -> list[str]:
    """The existing folders among `paths`, links resolved, without those that lie inside another."""
    kept: list[str] = []
    for path in sorted({os.path.realpath(path) for path in paths if os.path.isdir(path)}):
        if not kept or not is_inside(path, kept[-1]):
            kept.append(path)
    return kept


def is_inside(path: str, folder: str) -> bool:
    """Whether `path` is `folder` or lies below it; both absolute and without links."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def find_interpreter(path: Path | None, packages: Sequence[str]) -> Interpreter:
    """Describe the interpreter at `path`, or the running one.  Raises SandboxUnavailable if it cannot serve."""
    names = tuple(dict.fromkeys(("numpy", *packages)))
    found = _describe_own(names) if path is None else _describe_other(str(path), names)
    major, minor = (int(part) for part in found.version.split(".")[:2])
    if (major, minor) < OLDEST_VERSION:
        raise SandboxUnavailable(
            f"Python {OLDEST_VERSION[0]}.{OLDEST_VERSION[1]} or newer (found {found.version})",
            "choose a newer interpreter",
        )
    if "numpy" not in found.packages:
        raise SandboxUnavailable(
            f"numpy for {path or sys.executable}",
            f"run `{path or sys.executable} -m pip install numpy`",
        )
    return found


@lru_cache(maxsize=8)
def _describe_own(packages: tuple[str, ...]) -> Interpreter:
    _compile_inside()
    return _interpreter(describe.describe(packages))


@lru_cache(maxsize=8)
def _describe_other(path: str, packages: tuple[str, ...]) -> Interpreter:
    command = [path, "-I", describe.__file__, *packages]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_DESCRIBE_SECONDS, check=True, stdin=subprocess.DEVNULL
        )
        return _interpreter(json.loads(done.stdout))
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise SandboxUnavailable(
            f"a working Python at {path} ({type(error).__name__})", f"check that `{path} --version` works"
        ) from error


def _interpreter(found: dict[str, Any]) -> Interpreter:
    return Interpreter(
        executable=found["executable"],
        version=found["version"],
        numpy_version=found["numpy_version"],
        libraries=tuple(found["libraries"]),
        installations=tuple(found["installations"]),
        packages={name: tuple(files) for name, files in found["packages"].items()},
    )


def _compile_inside() -> None:
    """Write the bytecode of the files that every cell's interpreter loads, where an install has not."""
    for source in INSIDE.glob("*.py"):
        cached = Path(importlib.util.cache_from_source(str(source)))
        try:
            if not cached.exists() or cached.stat().st_mtime < source.stat().st_mtime:
                py_compile.compile(str(source), doraise=True)
        except (OSError, py_compile.PyCompileError):
            return  # a read-only installation: cells start a little slower


def _own_folders() -> list[str]:
    """The grader and what is installed with it: solutions, checks, the reference implementation."""
    root = INSIDE.parents[2]
    return [str(root / name) for name in ("grader", "reference", "assignments", "tests") if (root / name).is_dir()]


def _without(root: str, hidden: Sequence[str]) -> list[str]:
    """`root`, or its parts so far as needed to leave out the hidden folders below it.

    Links among the parts are left out: what they point to is either a part itself or not meant to be seen.
    """
    if any(is_inside(root, folder) for folder in hidden):
        return []
    if not any(is_inside(folder, root) for folder in hidden):
        return [root]
    try:
        entries = sorted(entry.path for entry in os.scandir(root) if not entry.is_symlink())
    except OSError:
        return []
    return [path for entry in entries for path in _without(entry, hidden)]
