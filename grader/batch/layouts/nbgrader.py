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

_SUBMITTED, _TIMESTAMP = "submitted", "timestamp.txt"


def confidence(listing: Listing) -> float:
    """Sure with a folder `submitted`, nearly so with timestamps in the right place."""
    if any(file.parts[0] == _SUBMITTED and len(file.parts) >= 4 for file in listing.files):
        return 0.95
    return 0.9 if any(len(file.parts) == 3 and file.parts[2] == _TIMESTAMP for file in listing.files) else 0.0


def discover(listing: Listing, source: Source, assignment_id: str) -> Discovery:
    """An entry per student who handed in this assignment."""
    is_course = any(file.parts[0] == _SUBMITTED and len(file.parts) >= 4 for file in listing.files)
    places: dict[tuple[str, str], list[tuple[str, ListedFile]]] = defaultdict(list)
    unmatched = []
    for file in listing.files:
        parts = file.parts
        if is_course:
            if parts[0] != _SUBMITTED:
                unmatched.append(f"{parts[0]}/" if len(parts) > 1 else parts[0])
                continue
            parts = parts[1:]
        if len(parts) < 3:
            unmatched.append(file.path)
            continue
        places[parts[0], parts[1]].append(("/".join(parts[2:]), file))
    assignment = _chosen({name for _, name in places}, assignment_id)
    entries = [_entry(student, files, source) for (student, name), files in places.items() if name == assignment]
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
        f"{assignment_id}; leave only one of them, or name the assignment's folder like it"
    )


def _entry(student: str, files: list[tuple[str, ListedFile]], source: Source) -> Entry:
    handed_in = [HandedInFile(file.stored, name, file.modified) for name, file in files if name != _TIMESTAMP]
    stamp = next((file for name, file in files if name == _TIMESTAMP), None)
    submitted_at = None
    remarks: tuple[str, ...] = ()
    if stamp is not None:
        try:
            submitted_at = parse_time(source.read(stamp.stored)[:200].decode("utf-8", "replace"))
        except SubmissionRejected as rejection:
            remarks = (f"the time of submission is not known: {rejection.reason}",)
    return Entry(Student(student), tuple(handed_in), submitted_at=submitted_at, remarks=remarks)


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
