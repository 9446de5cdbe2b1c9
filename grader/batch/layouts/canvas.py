"""Canvas, "Download Submissions": one flat ZIP, the student in each file's name.

    doejane_LATE_1234_567890_homework.ipynb     sortable name, mark, user id, attachment id, name of the file
    anon_x7Qk2_567890_homework.ipynb            anonymous grading
    LATE_anon_x7Qk2_567890_homework.ipynb
    doejane_1234_text.html                      an answer typed into the page, or a link

Canvas takes every character but letters, digits and "_" out of the name, and rewrites names that hold `_12_`, so that
the two ids can be found again. A file handed in again under the same name gets a suffix: `homework-1.ipynb`.
Format: `lib/content_zipper.rb` of canvas-lms.
"""

import re
from collections import defaultdict

from grader.batch.roster import Discovery, Entry, HandedInFile, Student
from grader.batch.source import ListedFile, Listing, Source

_OWNER = r"^(?:(?!LATE_|anon_)(?P<name>\w+?)_)?(?:(?P<late>LATE)_)?(?P<user>anon_[A-Za-z0-9]+|\d+)_"
_ATTACHMENT = re.compile(_OWNER + r"(?P<attachment>\d+)_(?P<file>.+)$")
_TYPED = re.compile(_OWNER + r"(?P<file>(?:text|link)\.html)$")
_SUFFIXED = re.compile(r"^(?P<stem>.+)-(?P<number>\d+)(?P<ending>\.[^.]*)?$")


def confidence(listing: Listing) -> float:
    """The share of files whose names are Canvas's."""
    return sum(_match(file) is not None for file in listing.files) / len(listing.files)


def discover(listing: Listing, source: Source, assignment_id: str) -> Discovery:
    """An entry per user."""
    found: dict[str, list[tuple[re.Match[str], ListedFile]]] = defaultdict(list)
    unmatched = []
    for file in listing.files:
        if match := _match(file):
            found[match["user"]].append((match, file))
        else:
            unmatched.append(file.path)
    return Discovery("canvas", tuple(_entry(user, matches) for user, matches in found.items()), tuple(unmatched))


def _match(file: ListedFile) -> re.Match[str] | None:
    return _TYPED.match(file.path) or _ATTACHMENT.match(file.path) if len(file.parts) == 1 else None


def _entry(user: str, matches: list[tuple[re.Match[str], ListedFile]]) -> Entry:
    files = [HandedInFile(file.stored, match["file"], _attachment(match)) for match, file in matches]
    newest, remarks = _newest_versions(files)
    return Entry(
        Student(user, next((match["name"] for match, _ in matches if match["name"]), "")),
        tuple(newest),
        late=any(match["late"] for match, _ in matches),
        remarks=tuple(remarks),
    )


def _attachment(match: re.Match[str]) -> float:
    """Attachment ids grow with time; what was typed into the page has none."""
    return float(match.groupdict().get("attachment") or 0)


def _newest_versions(files: list[HandedInFile]) -> tuple[list[HandedInFile], list[str]]:
    """Of `homework.ipynb`, `homework-1.ipynb` … the newest; `lab-1.py` and `lab-2.py` alone are two files."""
    names = {file.name for file in files}
    versions: dict[str, list[HandedInFile]] = defaultdict(list)
    for file in files:
        suffixed = _SUFFIXED.match(file.name)
        plain = f"{suffixed['stem']}{suffixed['ending'] or ''}" if suffixed else file.name
        versions[plain if plain in names else file.name].append(file)
    newest = [max(group, key=lambda file: file.order) for group in versions.values()]
    remarks = [
        f"of {len(group)} files named {name} the newest was graded"
        for name, group in versions.items()
        if len(group) > 1
    ]
    return newest, remarks
