"""Canvas, "Download Submissions": one flat ZIP, the student in each file's name.

    doejane_LATE_1234_567890_homework.ipynb     sortable name, mark, user id, attachment id, name of the file
    anon_x7Qk2_567890_homework.ipynb            anonymous grading
    LATE_anon_x7Qk2_567890_homework.ipynb
    doejane_1234_text.html                      an answer typed into the page, or a link

Canvas takes every character but letters, digits and "_" out of the name, and numbers between two "_" as well: the
first number between two "_" is the user, whatever the student calls the file. Only a name that ends in a number can be
read in two ways; then the other files of the download decide. A file handed in again under the same name gets a suffix,
`homework-1.ipynb`: an attempt of its own. Format: `lib/content_zipper.rb` of canvas-lms.
"""

import math
import re
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.batch.roster import Discovery, Entry, HandedInFile, Student
from grader.batch.source import ListedFile, Listing, Source

_NUMBER = re.compile(r"(?:(?<=_)|^)\d+(?=_)")
_ANONYMOUS = re.compile(r"^(?P<late>LATE_)?(?P<user>anon_[A-Za-z0-9]+)_")
_NAME = re.compile(r"^(?P<name>\w*?)_?(?P<late>(?:(?<=_)|(?<![^_]))LATE_)?$")
_ATTACHED = re.compile(r"^(?P<attachment>\d+)_(?P<file>.+)$", re.DOTALL)
_TYPED = re.compile(r"^(?:text|link)(?:-\d+)?\.html$")
_SUFFIXED = re.compile(r"^(?P<stem>.+)-(?P<number>\d+)(?P<ending>\.[^.]*)?$", re.DOTALL)
_UNKNOWN_AGE = 0.5  # as far, in orders of magnitude, as what has no attachment id counts from those of the others


@dataclass(frozen=True)
class _Reading:
    """How a name can be understood; what was typed into the page has no attachment."""

    user: str
    name: str
    is_late: bool
    attachment: int | None
    file: str

    @property
    def is_anonymous(self) -> bool:
        return not self.user.isdecimal()


def confidence(listing: Listing) -> float:
    """The share of folders, and of files beside them, whose names are Canvas's."""
    units = listing.units()
    return sum(len(files[0].parts) == 1 and bool(_readings(files[0].path)) for files in units.values()) / len(units)


def discover(listing: Listing, source: Source, assignment_id: str) -> Discovery:
    """An entry per user, and one for every version of what was handed in again."""
    possible = {file: _readings(file.path) if len(file.parts) == 1 else [] for file in listing.files}
    found: dict[str, list[tuple[_Reading, ListedFile]]] = defaultdict(list)
    for file, reading in _decided(possible):
        found[reading.user].append((reading, file))
    entries = (entry for user, files in found.items() for entry in _entries(user, files))
    return Discovery("canvas", tuple(entries), tuple(file.path for file, readings in possible.items() if not readings))


def _readings(path: str) -> list[_Reading]:
    """The ways to understand a name: its first number is the user, or the second, if the student's own name has one.

    Somebody may be called Anon; what stands for those who hand in anonymously is hardly ever a number.
    """
    readings = []
    if anonymous := _ANONYMOUS.match(path):
        if rest := _rest(path[anonymous.end() :]):
            readings.append(_Reading(anonymous["user"], "", bool(anonymous["late"]), *rest))
        if not anonymous["user"].removeprefix("anon_").isdecimal():
            return readings
    for number in list(_NUMBER.finditer(path))[:2]:
        owner, rest = _NAME.match(path[: number.start()]), _rest(path[number.end() + 1 :])
        if owner and rest:
            readings.append(_Reading(number[0], owner["name"], bool(owner["late"]), *rest))
    return readings


def has_attachment(path: str) -> bool:
    """Whether a name of the download has the attachment's id, without which Canvas takes nothing back."""
    return any(reading.attachment is not None for reading in _readings(path))


def _rest(text: str) -> tuple[int | None, str] | None:
    """Attachment id and name of the file, after the user's id."""
    if attached := _ATTACHED.match(text):
        return int(attached["attachment"]), attached["file"]
    return (None, text) if _TYPED.match(text) else None


def _decided(possible: Mapping[ListedFile, Sequence[_Reading]]) -> Iterator[tuple[ListedFile, _Reading]]:
    """Each file with the reading that goes with those of which there is no doubt: a download's ids are of one size."""
    sure = [readings[0] for readings in possible.values() if len(readings) == 1]
    names = {reading.user: reading.name for reading in sure}
    ages = [math.log10(1 + reading.attachment) for reading in sure if reading.attachment is not None]
    are_anonymous = 2 * sum(reading.is_anonymous for reading in sure) > len(sure)

    def doubt(reading: _Reading) -> tuple[bool, bool, bool, float]:
        unlike = reading.is_anonymous != are_anonymous
        stranger = names.get(reading.user, reading.name) != reading.name
        unseen = reading.user not in names  # a student who calls a file 70011_hw.py makes no user of an attachment
        if reading.attachment is None or not ages:
            return unlike, stranger, unseen, _UNKNOWN_AGE
        return unlike, stranger, unseen, abs(math.log10(1 + reading.attachment) - statistics.median(ages))

    for file, readings in possible.items():
        if readings:
            yield file, min(readings, key=doubt)


def _entries(user: str, found: Sequence[tuple[_Reading, ListedFile]]) -> Iterator[Entry]:
    """One, or as many as there are versions of a file: `homework.ipynb`, then `homework-1.ipynb`.

    `lab-1.py` and `lab-2.py` without a `lab.py` are two files.
    """
    student = Student(user, next((reading.name for reading, _ in found if reading.name), ""))
    is_late = any(reading.is_late for reading, _ in found)
    # Attachment ids grow with time; what was typed into the page has none.
    files = [HandedInFile(file.stored, reading.file, float(reading.attachment or 0)) for reading, file in found]
    versions = _versions(files)
    count = max(map(len, versions.values()))
    for attempt in range(1, count + 1):
        yield Entry(
            student,
            tuple(group[min(attempt, len(group)) - 1] for group in versions.values()),
            late=is_late,
            attempt=attempt,
            remarks=tuple(
                f"version {min(attempt, len(group))} of {len(group)} of {name}"
                for name, group in versions.items()
                if len(group) > 1
            ),
        )


def _versions(files: Sequence[HandedInFile]) -> Mapping[str, list[HandedInFile]]:
    """The files by the name that they had at first, each name's from the oldest to the newest."""
    names = {file.name for file in files}
    versions: dict[str, list[HandedInFile]] = defaultdict(list)
    for file in sorted(files, key=lambda file: (file.order, file.name)):
        suffixed = _SUFFIXED.match(file.name)
        plain = f"{suffixed['stem']}{suffixed['ending'] or ''}" if suffixed else file.name
        versions[plain if plain in names else file.name].append(file)
    return versions
