"""What has been graded, one line of JSON each: appended, forced to disk, never changed.

A batch that was killed at any moment goes on from here. The last line may be torn: it is cut off, and its submission
is graded again. A line counts as long as the reports that it names are there unchanged.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ConfigDict, ValidationError

from grader.batch.errors import OutputError
from grader.closing import Closing
from grader.report import Fault, FunctionStatus, Report, ReportStatus

REMARKS = 5  # of a submission in the gradebook; its report has them all


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")


class FunctionGrade(_Record):
    """What a gradebook tells of one function; `carried` is what of the score is carried forward."""

    name: str
    status: FunctionStatus
    score: float
    max_score: float
    carried: float = 0.0
    diagnoses: tuple[str, ...] = ()


class Basis(_Record):
    """What a grade depends on besides the submission; a grade with another basis is out of date.

    Attributes:
        draws: digest of the key that the random inputs follow from.
        carried_forward: what counts of errors carried forward; "" of grades from before there were such.
    """

    assignment: str
    version: str
    digest: str
    seed: int
    draws: str = ""
    carried_forward: str = ""
    grader: str


class Graded(_Record):
    """One finished submission.

    Attributes:
        fingerprint: of the work that was graded.
        documents: path below the output folder -> SHA-256 of its content.
        superseded: why this counts although it is not of what was handed in last; in no journal.
    """

    student: str
    attempt: int
    fingerprint: str
    basis: Basis
    status: ReportStatus
    reason: str = ""
    fault: Fault = "grader"
    score: float
    max_score: float
    functions: tuple[FunctionGrade, ...] = ()
    remarks: tuple[str, ...] = ()
    documents: Mapping[str, str]
    superseded: str = ""

    @property
    def key(self) -> tuple[str, int]:
        return self.student, self.attempt


def function_grades(report: Report) -> tuple[FunctionGrade, ...]:
    """The part of a report that a gradebook needs."""
    return tuple(
        FunctionGrade(
            name=function.name,
            status=function.status,
            score=function.score,
            max_score=function.max_score,
            carried=function.carried,
            diagnoses=tuple(diagnosis.title for diagnosis in function.diagnoses),
        )
        for function in report.functions
    )


class Journal(Closing):
    """The journal of one output folder, held by one batch at a time; a context manager.

    `entries` has the last record of each student's attempt, `grades` the last with a grade.

    Raises OutputError when another batch holds it.
    """

    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] = path.open("a+b")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise OutputError(f"another batch is writing to {path.parent}; wait for it, or stop it") from error
        self._file.seek(0)
        content = self._file.read()
        whole = content.rfind(b"\n") + 1
        self.entries: dict[tuple[str, int], Graded] = {}
        self.grades: dict[tuple[str, int], Graded] = {}
        self._functions: dict[FunctionGrade, FunctionGrade] = {}
        self._remember(read_records(content[:whole]))
        if whole < len(content):
            self._file.truncate(whole)

    def append(self, records: Iterable[Graded]) -> None:
        """Add what was finished together; when this returns it is on disk."""
        records = list(records)
        self._file.write(b"".join(record.model_dump_json().encode() + b"\n" for record in records))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._remember(records)

    def _remember(self, records: Iterable[Graded]) -> None:
        """Thousands of submissions are in memory until the gradebook is written; most of their grades are equal."""
        for record in records:
            functions = tuple(self._functions.setdefault(function, function) for function in record.functions)
            self.entries[record.key] = kept = record.model_copy(update={"functions": functions})
            if record.status == "graded":
                self.grades[record.key] = kept

    def close(self) -> None:
        self._file.close()


def read_records(content: bytes) -> Iterator[Graded]:
    """The records of whole lines; a line that is none, as a full disk leaves it, is passed over."""
    for line in content.split(b"\n"):
        try:
            yield Graded.model_validate_json(line)
        except ValidationError:
            continue


def document_digest(document: bytes) -> str:
    """SHA-256 of a document as it was graded: the statement on what counts and a person's points come and go."""
    if document.startswith(b"<!DOCTYPE html>"):
        from grader.render.html import with_answers, with_statement  # with all that writes pages

        text = with_answers(with_statement(document.decode("utf-8", "replace"), ""), {})
        document = text.encode("utf-8", "replace")
    return hashlib.sha256(document).hexdigest()


def has_documents(graded: Graded, folder: Path) -> bool:
    """Whether every report of the submission is there as it was written."""
    try:
        return all(document_digest((folder / path).read_bytes()) == digest for path, digest in graded.documents.items())
    except OSError:
        return False
