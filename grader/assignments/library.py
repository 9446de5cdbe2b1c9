"""The assignments at hand: those of the installed library, and any folder that is one."""

import difflib
from pathlib import Path

import assignments as installed
from grader.assignments.assignment import Assignment, read_assignment
from grader.assignments.errors import AssignmentError


def library_folders() -> dict[str, Path]:
    """Assignment id -> folder, for the assignments that come with the grader."""
    root = Path(installed.__path__[0])
    return {path.parent.name: path.parent for path in sorted(root.glob("*/assignment.toml"))}


def load_assignment(name: str | Path) -> Assignment:
    """An assignment of the library by its id, or the one in a folder.

    Raises:
        AssignmentError: there is no such assignment, or its folder is faulty.
    """
    folders = library_folders()
    if str(name) in folders:
        return read_assignment(folders[str(name)])
    folder = Path(name)
    if folder.is_dir():
        return read_assignment(folder)
    similar = difflib.get_close_matches(str(name), folders, n=1)
    hint = f"; is {similar[0]!r} meant?" if similar else f" ({', '.join(folders)})"
    raise AssignmentError(f"no assignment {str(name)!r}: it is neither a folder nor one of the library{hint}")
