"""A folder or a file per student.

alice/homework.ipynb            whatever is in her folder is hers
bob.py                          named after him
carol/attempt-1/network.py      several attempts, oldest first
carol/attempt-2/network.py
"""

import re
from collections import defaultdict

from grader.batch.roster import Discovery, Entry, HandedInFile, Student
from grader.batch.source import ListedFile, Listing, Source

_ATTEMPT = re.compile(r"^attempt[-_ ]?(\d{1,4})$", re.IGNORECASE)
_SUBMISSION_ENDINGS = (".ipynb", ".py", ".zip", ".tar", ".tar.gz", ".tgz")
# A layout that knows half of the files is to be preferred.
_FALLBACK = 0.5


def confidence(listing: Listing) -> float:
    """Every listing fits, unless one folder is around everything and looks like what a ZIP was made of."""
    around = listing.inside()
    return 0.0 if around and _is_wrapped(listing, around) else _FALLBACK


def _is_wrapped(listing: Listing, around: Listing) -> bool:
    """Whether the one folder is no student: it is named like the ZIP, or holds several folders and nothing else."""
    if listing.files[0].parts[0].lower() in (listing.name.lower(), "submissions", "submitted"):
        return True
    has_folders = all(len(file.parts) > 1 and not _ATTEMPT.match(file.parts[0]) for file in around.files)
    return has_folders and len({file.parts[0] for file in around.files}) > 1


def discover(listing: Listing, source: Source, assignment_id: str) -> Discovery:
    """An entry per folder and attempt, and one per file that lies among them."""
    files: dict[tuple[str, int], list[HandedInFile]] = defaultdict(list)
    unmatched = []
    for file in listing.files:
        if len(file.parts) > 1:
            key, name = _in_folder(file)
        elif file.path.lower().endswith(_SUBMISSION_ENDINGS):
            key, name = _alone(file)
        else:
            unmatched.append(file.path)
            continue
        files[key].append(HandedInFile(file.stored, name, file.modified))
    entries = (Entry(Student(student), tuple(own), attempt=attempt) for (student, attempt), own in files.items())
    return Discovery("folder", tuple(entries), tuple(unmatched))


def doubts(found: Discovery) -> list[str]:
    """What to say where a whole class may have been taken for one student."""
    if found.layout != "folder" or len(found.entries) != 1:
        return []
    (entry,) = found.entries
    several = [file for file in entry.files if file.name.lower().endswith(_SUBMISSION_ENDINGS)]
    if len(several) < 2 or len({file.name.rpartition("/")[0] for file in several}) > 1:
        return []
    return [
        f"all {len(several)} files are in the one folder {entry.student.label}, and were taken for one student's work; "
        "if they are several students', give that folder itself"
    ]


def _in_folder(file: ListedFile) -> tuple[tuple[str, int], str]:
    student, *inside = file.parts
    attempt = _ATTEMPT.match(inside[0]) if len(inside) > 1 else None
    if attempt:
        return (student, int(attempt[1])), "/".join(inside[1:])
    return (student, 1), "/".join(inside)


def _alone(file: ListedFile) -> tuple[tuple[str, int], str]:
    """The name says who it is, so that the file goes by another one: equal homework gets equal reports."""
    ending = next(ending for ending in _SUBMISSION_ENDINGS if file.path.lower().endswith(ending))
    return (file.path[: -len(ending)] or file.path, 1), f"submission{ending}"
