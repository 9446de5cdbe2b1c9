"""The assignments at hand: those of the installed library, and any folder that is one."""

import difflib
import os
from importlib.util import find_spec
from pathlib import Path

from grader.assignments.assignment import Assignment, read_assignment
from grader.assignments.errors import AssignmentError

HOW_TO_INSTALL = "instructors install it from a checkout: `pip install ./library`"


def library_folders() -> dict[str, Path]:
    """Assignment id -> folder, for the assignments of the library; none where it is not installed, as with students."""
    root = library_root()
    return {path.parent.name: path.parent for path in sorted(root.glob("*/assignment.toml"))} if root else {}


def library_root() -> Path | None:
    """Where the library is; it is a distribution of its own, since solutions are in it."""
    found = find_spec("assignments")
    places = list(found.submodule_search_locations or ()) if found else []
    return next((Path(place) for place in places if (Path(place) / "scaffold").is_dir()), None)


def load_assignment(name: str | Path) -> Assignment:
    """An assignment of the library by its id, or the one in a folder.

    Raises:
        AssignmentError: there is no such assignment, or its folder is faulty.
    """
    return read_assignment(folder_of(name))


def folder_of(name: str | Path) -> Path:
    """The folder of an assignment of the library by its id, or that folder itself.

    Raises:
        AssignmentError: there is no such assignment.
    """
    folders = library_folders()
    if str(name) in folders:
        return folders[str(name)]
    folder = Path(name)
    if folder.is_dir():
        return folder
    similar = difflib.get_close_matches(str(name), folders, n=1)
    known = f" ({', '.join(folders)})" if folders else f", which is not installed here; {HOW_TO_INSTALL}"
    hint = f"; is {similar[0]!r} meant?" if similar else known
    raise AssignmentError(f"no assignment {str(name)!r}: it is neither a folder nor one of the library{hint}")


def stamp_of(folder: Path) -> object:
    """What changes whenever a file of an assignment does."""
    return tuple(
        (entry.name, status.st_mtime_ns, status.st_size)
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name)
        if (status := entry.stat()) and not entry.name.startswith((".", "__pycache__"))
    )
