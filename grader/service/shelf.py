"""The assignments that courses can set: those of the library, and the service's own folder of them."""

import logging
import threading
from pathlib import Path

from grader.assignments import Assignment, AssignmentError, read_assignment
from grader.assignments.library import library_folders, stamp_of
from grader.assignments.settings import Metadata, read_metadata
from grader.service.data import CourseAssignment
from grader.service.errors import AssignmentAway, NotFound

_log = logging.getLogger(__name__)


class Shelf:
    """Assignments by name, read again when their files have changed; the service's own go before the library's."""

    def __init__(self, own: Path | None) -> None:
        self._own = own
        self._read: dict[str, tuple[object, Assignment]] = {}
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
        folder = self.folder(name)
        stamp = stamp_of(folder)
        with self._lock:
            if name not in self._read or self._read[name][0] != stamp:
                self._read[name] = stamp, read_assignment(folder)
            return self._read[name][1]

    def set_in(self, assignment: CourseAssignment) -> Assignment:
        """What a course has set.  Raises AssignmentAway: its folder was there then, and is gone or faulty now."""
        name = assignment.assignment
        try:
            return self.get(name)
        except NotFound:
            _log.error("the folder of the assignment %r, set in %s, is gone", name, assignment.course.slug)
            wrong = "is gone"
        except (AssignmentError, OSError) as error:
            _log.error("the assignment %r, set in %s, is faulty: %s", name, assignment.course.slug, error)
            wrong = "is faulty (the log of the service tells what it is)"
        raise AssignmentAway(
            f"The folder of the assignment {name!r} {wrong}. What was handed in and the feedback on it stay, but "
            "nothing can be graded until whoever runs the service has put the folder right."
        )

    def described(self) -> dict[str, Metadata]:
        """Name -> what its `assignment.toml` says, no more being read; without it none is there, as the log tells."""
        found = {}
        for name, folder in self.folders().items():
            try:
                found[name] = read_metadata(folder)
            except (AssignmentError, OSError) as error:  # OSError: taken away since
                _log.error("a faulty assignment: %s", error)
        return found
