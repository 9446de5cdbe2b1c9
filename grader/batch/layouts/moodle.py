"""Moodle, "Download all submissions": a folder per student and kind of submission, or the same written into file names.

    Jane Doe_12345_assignsubmission_file/src/network.py           (older sites put another "_" after `file`)
    Jane Doe_12345_assignsubmission_file_homework.ipynb           "download submissions in folders" switched off
    Participant 12345_12345_assignsubmission_file/homework.ipynb  blind marking
    Jane Doe_12345_assignsubmission_onlinetext/onlinetext.html    typed into the page

The number is the row of the grading worksheet (its `Identifier`), not the user's id. Moodle lets no "_" into the name,
so the first number belongs to the student, whatever the files are called.
Format: `mod/assign/classes/downloader.php` and `feedback/file/importziplib.php` of Moodle.
"""

import re
from collections import defaultdict

from grader.batch.roster import Discovery, Entry, HandedInFile, Student
from grader.batch.source import ListedFile, Listing, Source

_PREFIX = re.compile(
    r"^(?P<name>[^/]+?)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)(?:_?/(?P<inside>.+)|_(?P<flat>.+))$", re.DOTALL
)


def confidence(listing: Listing) -> float:
    """The share of folders, and of files beside them, whose names are Moodle's."""
    units = listing.units()
    return sum(_PREFIX.match(files[0].path) is not None for files in units.values()) / len(units)


def discover(listing: Listing, source: Source, assignment_id: str) -> Discovery:
    """An entry per row of the worksheet."""
    files: dict[str, list[HandedInFile]] = defaultdict(list)
    students: dict[str, Student] = {}
    places: dict[str, str] = {}
    unmatched = []
    for file in listing.files:
        match = _PREFIX.match(file.path)
        if match is None:
            unmatched.append(file.path)
            continue
        students.setdefault(match["id"], Student(match["id"], match["name"].replace("_", " ").strip()))
        places.setdefault(match["id"], f"{match['name']}_{match['id']}")
        files[match["id"]].append(_handed_in(match, file))
    entries = tuple(Entry(student, tuple(files[key]), place=places[key]) for key, student in students.items())
    return Discovery("moodle", entries, tuple(unmatched))


def _handed_in(match: re.Match[str], file: ListedFile) -> HandedInFile:
    return HandedInFile(file.stored, match["inside"] or match["flat"], file.modified)
