"""Gradescope, "Export Submissions": `submission_metadata.yml` beside a folder per submission.

    assignment_7_export/submission_metadata.yml
    assignment_7_export/submission_123/homework.ipynb

The metadata names the submitters of each folder, several for a group: each of them is an entry. It is YAML with Ruby's
symbols as keys (`:submitters:`, `:name:`, `:sid:`, `:email:`, `:created_at:`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import yaml  # type: ignore[import-untyped]

from grader.batch.errors import LayoutError
from grader.batch.roster import Discovery, Entry, HandedInFile, Student
from grader.batch.source import Listing, Source
from grader.submissions import SubmissionRejected

METADATA = "submission_metadata.yml"
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_TIME = re.compile(r"^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d{1,6})?\d* ?(Z|UTC|[+-]\d\d:?\d\d)$")


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Takes every scalar for text, and nothing for "": somebody called Null is in quotation marks."""

    def construct_scalar(self, node: Any) -> str:
        is_nothing = not node.style and node.value in _NOTHING
        return "" if is_nothing else str(super().construct_scalar(node))


def confidence(listing: Listing) -> float:
    """The share of folders beside the metadata, if that is there at the top, where no student writes."""
    units = listing.units()
    folders = sum(len(files[0].parts) > 1 for files in units.values())
    # A student may be called as the file is, and then has a folder of that name.
    has_metadata = [file.path for file in units.get(METADATA, ())] == [METADATA]
    return (1 + folders) / len(units) if has_metadata else 0.0


def discover(listing: Listing, source: Source, assignment_id: str) -> Discovery:
    """An entry per submitter."""
    stored = next(file.stored for file in listing.files if file.path == METADATA)
    submissions = _read_metadata(source, stored)
    files: dict[str, list[HandedInFile]] = {name: [] for name in submissions}
    unmatched = []
    for file in listing.files:
        folder, _, name = file.path.partition("/")
        if name and folder in files:
            files[folder].append(HandedInFile(file.stored, name, file.modified))
        elif file.path != METADATA:
            unmatched.append(file.path)
    handed_in: dict[str, list[Entry]] = {}
    for folder, properties in submissions.items():
        for student in _submitters(folder, properties):
            handed_in_at = parse_time(properties.get(":created_at"))
            entry = Entry(student, tuple(files[folder]), submitted_at=handed_in_at, place=folder)
            handed_in.setdefault(student.key, []).append(entry)
    return Discovery("gradescope", tuple(_attempts(handed_in.values())), tuple(unmatched))


def _read_metadata(source: Source, stored: str) -> dict[str, Mapping[str, Any]]:
    """Folder -> its properties, every value a string: a student's number keeps its zeros."""
    try:
        metadata = yaml.load(source.read(stored), Loader=_Loader)
    except (yaml.YAMLError, UnicodeError, RecursionError, SubmissionRejected) as error:
        raise LayoutError(f"{METADATA} cannot be read: {str(error).splitlines()[0]}") from error
    if not isinstance(metadata, dict):
        raise LayoutError(f"{METADATA} holds no submissions; expected what Gradescope's export writes")
    return {name: properties for name, properties in metadata.items() if isinstance(properties, dict)}


def _submitters(folder: str, properties: Mapping[str, Any]) -> Iterator[Student]:
    """Those who handed in together; a submission without a known submitter goes by its folder."""
    named = [person for person in properties.get(":submitters") or () if isinstance(person, dict)]
    for person in named:
        name, sid, email = (_text(person.get(key)) for key in (":name", ":sid", ":email"))
        if sid or email or name:
            yield Student(sid or email or name, name, email)
    if not named:
        yield Student(folder)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _attempts(handed_in: Iterable[list[Entry]]) -> Iterator[Entry]:
    """Who is in several submissions, alone and in a group, has as many attempts, the oldest first."""
    for entries in handed_in:
        by_age = sorted(entries, key=lambda entry: entry.submitted_at or _LONG_AGO)
        remarks = ("this student is in several submissions, each of them an attempt",) if len(entries) > 1 else ()
        yield from (replace(entry, attempt=n, remarks=remarks) for n, entry in enumerate(by_age, start=1))


def parse_time(value: object) -> datetime | None:
    """`2026-01-30 22:41:33.142938000 Z`; None for what is no time."""
    match = _TIME.match(value) if isinstance(value, str) else None
    if match is None:
        return None
    date, time, fraction, zone = match.groups()
    try:
        return datetime.fromisoformat(f"{date}T{time}{fraction or ''}{'+00:00' if zone in ('Z', 'UTC') else zone}")
    except ValueError:  # the 31st of February
        return None
