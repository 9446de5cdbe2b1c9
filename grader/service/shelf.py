"""The assignments that courses can set: those of the library, and the service's own folder of them."""

import threading
from pathlib import Path

from grader.assignments import Assignment, load_assignment
from grader.assignments.library import library_folders
from grader.service.errors import NotFound


class Shelf:
    """Assignments by name, each read once; a folder of the service's own goes before one of the library."""

    def __init__(self, own: Path | None) -> None:
        self._own = own
        self._read: dict[str, Assignment] = {}
        self._lock = threading.Lock()

    def folders(self) -> dict[str, Path]:
        """Name -> folder, sorted by name."""
        own = {path.parent.name: path.parent for path in self._own.glob("*/assignment.toml")} if self._own else {}
        return dict(sorted((library_folders() | own).items()))

    def folder(self, name: str) -> Path:
        """Raises NotFound: there is no such assignment."""
        folders = self.folders()
        if name not in folders:
            raise NotFound(f"There is no assignment {name!r}; there are {', '.join(folders)}.")
        return folders[name]

    def get(self, name: str) -> Assignment:
        """Raises NotFound, or AssignmentError: its folder is faulty."""
        with self._lock:
            if name not in self._read:
                self._read[name] = load_assignment(self.folder(name))
            return self._read[name]
