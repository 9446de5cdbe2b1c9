"""nbgrader's exchange: `submitted/{student}/{assignment}/`, with the time of submission in `timestamp.txt`.

The folder may be the course, `submitted` itself, or one of its content.
"""

from collections import defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

from grader.batch.errors import LayoutError
from grader.batch.roster import Discovery, Entry, HandedInFile, Student
from grader.batch.source import ListedFile, Listing, Source
from grader.submissions import SubmissionRejected

_SUBMITTED, TIMESTAMP = "submitted", "timestamp.txt"
OWN_FILES = (TIMESTAMP, "submission_secret.txt")  # which nbgrader puts beside what a student hands in
_OTHER_FOLDERS = frozenset({"source", "release", "autograded", "feedback", "submitted_zip", "downloaded", "exchange"})
_OTHER_FILES = frozenset({"gradebook.db", "nbgrader_config.py", "header.ipynb", "grades.csv", ".nbgrader.log"})


def confidence(listing: Listing) -> float:
    """The share of a course's own folders around `submitted`, or of students' folders that hold nothing but folders.

    Without the course around them half of the students need a timestamp: one alone could have made their own. In
    `submitted` as well it is the share of the students that counts: a folder of that name may hold any class.
    """
    units = listing.units()
    if _is_course(listing):
        own = sum(name in {_SUBMITTED, *_OTHER_FOLDERS, *_OTHER_FILES} for name in units)
        inside = Listing(_SUBMITTED, tuple(file.without_outer() for file in units[_SUBMITTED]))
        return own / len(units) * _share_of_students(inside)
    stamped = sum(any(len(f.parts) == 3 and f.parts[2] == TIMESTAMP for f in files) for files in units.values())
    return 0.9 * _share_of_students(listing) if 2 * stamped >= len(units) else 0.0


def _share_of_students(listing: Listing) -> float:
    """Of the folders those that hold an assignment's folder and nothing beside such."""
    units = listing.units()
    return sum(all(len(file.parts) >= 3 for file in files) for files in units.values()) / len(units)


def _is_course(listing: Listing) -> bool:
    return any(len(file.parts) >= 4 for file in listing.units().get(_SUBMITTED, ()))


def discover(listing: Listing, source: Source, assignment_id: str) -> Discovery:
    """An entry per student who handed in this assignment."""
    is_course = _is_course(listing)
    places: dict[tuple[str, str], list[tuple[str, ListedFile]]] = defaultdict(list)
    unmatched = []
    for file in listing.files:
        parts = file.parts
        if is_course:
            if parts[0] in _OTHER_FOLDERS or parts[0] in _OTHER_FILES:
                continue
            if parts[0] != _SUBMITTED:
                unmatched.append(f"{parts[0]}/" if len(parts) > 1 else parts[0])
                continue
            parts = parts[1:]
        if len(parts) < 3:
            unmatched.append(file.path)
            continue
        places[parts[0], parts[1]].append(("/".join(parts[2:]), file))
    assignment = _chosen({name for _, name in places}, assignment_id)
    entries = [
        _entry(student, assignment, files, source) for (student, name), files in places.items() if name == assignment
    ]
    unmatched += [f"{student}/{name}/" for student, name in places if name != assignment]
    return Discovery("nbgrader", tuple(entries), tuple(unmatched))


def _chosen(names: set[str], assignment_id: str) -> str:
    """The folder of the assignment: the one of its name, or the only one."""
    if assignment_id in names:
        return assignment_id
    if len(names) == 1:
        return names.pop()
    raise LayoutError(
        f"the students' folders hold several assignments ({', '.join(sorted(names)[:5])}) and none named "
        f"{assignment_id}; say which with --nbgrader-folder. If these are no assignments but students' own folders, "
        "`--layout folder` takes each folder of this download for a student's"
    )


def _entry(student: str, assignment: str, files: list[tuple[str, ListedFile]], source: Source) -> Entry:
    handed_in = [HandedInFile(file.stored, name, file.modified) for name, file in files if name not in OWN_FILES]
    stamp = next((file for name, file in files if name == TIMESTAMP), None)
    submitted_at = None
    remarks: tuple[str, ...] = ()
    if stamp is not None:
        try:
            submitted_at = parse_time(source.read(stamp.stored)[:200].decode("utf-8", "replace"))
        except SubmissionRejected as rejection:
            remarks = (f"the time of submission is not known: {rejection.reason}",)
    return Entry(Student(student), tuple(handed_in), submitted_at=submitted_at, place=assignment, remarks=remarks)


def parse_time(text: str) -> datetime | None:
    """`2026-02-02 15:58:23.948203 UTC`, or with another zone's name or offset; None for what is no time."""
    moment, _, zone = text.strip().rpartition(" ")
    try:
        if ":" not in moment:  # no zone by name
            parsed = datetime.fromisoformat(text.strip())
            return parsed if parsed.tzinfo else None
        if zone[:1] in "+-":
            return datetime.fromisoformat(f"{moment}{zone}")
        return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    except (ValueError, OSError, KeyError):  # ZoneInfo has a KeyError of its own for a zone that there is not
        return None
