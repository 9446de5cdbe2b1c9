"""Who handed in what: the outcome of looking through a download."""

from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class CanvasIds:
    """How Canvas's gradebook calls somebody: by these it finds the student when grades are imported."""

    name: str
    id: str
    sis_user_id: str = ""
    sis_login_id: str = ""
    section: str = ""


@dataclass(frozen=True)
class Student:
    """A student as the platform knows them.

    Attributes:
        key: unique in the download: an id of the platform, or the name of a folder.
        name: for people; the key when nothing better is known.
        canvas: as a roster from Canvas has it.
    """

    key: str
    name: str = ""
    email: str = ""
    canvas: CanvasIds | None = None

    @property
    def label(self) -> str:
        return self.name or self.key


@dataclass(frozen=True)
class HandedInFile:
    """One file of a student.

    Attributes:
        stored: where it is in the download.
        name: how the student named it, folders included.
        order: larger for newer files.
    """

    stored: str
    name: str
    order: float = 0.0


@dataclass(frozen=True)
class Entry:
    """What one student handed in at one time.

    Attributes:
        late: the platform marked it as late.
        submitted_at: when, where the download tells; always with a time zone.
        attempt: from 1; larger is later.
        place: what the platform calls the student's or the group's own folder; "" where it has none.
        remarks: what was done to get from the download to this entry.
    """

    student: Student
    files: tuple[HandedInFile, ...]
    late: bool = False
    submitted_at: datetime | None = None
    attempt: int = 1
    place: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, int]:
        return self.student.key, self.attempt


@dataclass(frozen=True)
class Discovery:
    """A download, understood.

    Attributes:
        layout: its name.
        entries: sorted by student and attempt.
        unmatched: what belongs to no student, so that nothing is dropped in silence.
    """

    layout: str
    entries: tuple[Entry, ...]
    unmatched: tuple[str, ...] = ()


EXPECTED = "--only takes a student's key, name or e-mail address"


def is_meant(student: Student, pattern: str) -> bool:
    """Whether `--only PATTERN` asks for a student: by key, name or e-mail address, or with a pattern with `*`."""
    names = filter(None, (student.key, student.name, student.email))
    return any(name == pattern or fnmatchcase(name, pattern) for name in names)
