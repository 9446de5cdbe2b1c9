"""What is made of a gradebook: the class summary, and the files of `grade batch` as one ZIP."""

import dataclasses
import threading
import time
import zipfile
from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import sqlalchemy as sa
from sqlalchemy.orm import Session

from grader.batch import BatchError
from grader.batch.exports.moodle import FilledWorksheet, fill_worksheet
from grader.batch.names import ReportNames, pseudonyms_by, report_name
from grader.batch.output import gradebook_text, write_gradebook
from grader.batch.policy import penalty_notes, stray_notes
from grader.batch.similarity import write_similarity
from grader.batch.source import ZipSource
from grader.batch.summarise import summarise
from grader.batch.summary import ClassSummary, SimilaritySummary
from grader.render import render
from grader.report import Report
from grader.service.batches import work_from_json
from grader.service.context import Context
from grader.service.data import AuditEntry, Batch, CourseAssignment, Grading, Submission
from grader.service.errors import Invalid
from grader.service.evidence import reader
from grader.service.gradebooks import Book, make_book
from grader.service.gradings import whole_page
from grader.service.storage import read_text
from grader.service.submissions import counting_grading, latest_grading

_KEPT_SUMMARIES = 32
_LONG_SECONDS = 1.0


class Export(StrEnum):
    """A gradebook as a file."""

    GRADES = "grades.csv"
    CANVAS = "canvas.csv"
    NBGRADER = "nbgrader.csv"
    JUNIT = "junit.xml"


def exported(book: Book, form: Export) -> str:
    """The gradebook as `grade batch` writes it."""
    return gradebook_text(form, book.gradebook, book.discovery, book.policy)


@dataclass(frozen=True)
class _Made:
    state: tuple[object, ...]
    at: float
    seconds: float  # that it took, where they are worth sparing
    book: Book
    summary: ClassSummary


class Summaries:
    """Class summaries; of each assignment and batch the newest, made anew when something has changed."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[int, str | None], _Made] = OrderedDict()
        self._lock = threading.Lock()

    def get(
        self,
        context: Context,
        session: Session,
        assignment: CourseAssignment,
        batch: Batch | None = None,
        *,
        patience: float = 0.0,
    ) -> tuple[Book, ClassSummary]:
        """The summary, and the gradebook that it is of.

        `patience`: how many times as long as it took to make, if that was long, one that is out of date will do: while
        a large class hands in there is always something new.
        """
        key = (assignment.id, batch.id if batch else None)
        state = _state(session, assignment)
        with self._lock:
            made = self._made.get(key)
            if made is not None and (made.state == state or time.monotonic() - made.at < patience * made.seconds):
                self._made.move_to_end(key)
                return made.book, made.summary
        began = time.monotonic()
        book = make_book(session, context.shelf, assignment, batch)
        summary = summarise(book.gradebook, reader(context, session, book))
        took = time.monotonic() - began
        made = _Made(state, began, took if took > _LONG_SECONDS else 0.0, book, summary)
        with self._lock:
            self._made[key] = made
            self._made.move_to_end(key)
            while len(self._made) > _KEPT_SUMMARIES:
                self._made.popitem(last=False)
        return made.book, made.summary


def notes(book: Book) -> list[str]:
    """What an instructor should know about a batch's gradebook."""
    return [*stray_notes(book.adjustments, book.discovery), *penalty_notes(book.policy.late, book.discovery)]


def filled_worksheet(book: Book, worksheet: bytes) -> FilledWorksheet:
    """Moodle's grading worksheet with the scores.  Raises Invalid: it is none."""
    try:
        return fill_worksheet(worksheet, book.gradebook, layout=book.discovery.layout)
    except BatchError as error:
        raise Invalid(str(error)) from error


def write_output(
    context: Context, session: Session, batch: Batch, target: Path | IO[bytes], *, similarity: bool = False
) -> None:
    """Pack what `grade batch` would have written for a batch into a ZIP at `target`."""
    book = make_book(session, context.shelf, batch.course_assignment, batch)
    policy = book.policy
    with TemporaryDirectory() as scratch, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        folder = Path(scratch)
        secret = batch.course_assignment.pseudonym_key.encode()
        name_of: ReportNames = pseudonyms_by(secret) if policy.reports.anonymous else report_name
        (folder / "reports").mkdir()
        paths: dict[str, str] = {}
        for (student, attempt), submission in book.submissions.items():
            grading = counting_grading(submission) or latest_grading(submission)
            if grading.report is None:
                continue
            name = name_of(student, attempt)
            paths[submission.id] = f"reports/{name}.html"
            for path, text in _documents(context, submission, grading, name).items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_text(text, "utf-8", "replace")
        rows = tuple(
            dataclasses.replace(row, report=paths.get(row.report.removesuffix(".html"), ""))
            for row in book.gradebook.rows
        )
        gradebook = dataclasses.replace(book.gradebook, rows=rows)
        shared = (
            _compared(context, batch, dataclasses.replace(book, gradebook=gradebook), folder) if similarity else None
        )
        write_gradebook(folder, gradebook, book.discovery, policy, similarity=shared)
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                packed.write(file, file.relative_to(folder))


def _compared(context: Context, batch: Batch, book: Book, folder: Path) -> SimilaritySummary:
    """What the submissions that count share, with pages that show it."""
    handed_in = [
        (row, work_from_json(s.work)) for row in book.gradebook.rows if (s := book.submission_of(row)) and s.work
    ]
    assignment = context.shelf.set_in(batch.course_assignment)
    with context.storage.local(batch.blob) as path, ZipSource(path) as source:
        return write_similarity(folder, assignment, handed_in, source, anonymous=book.policy.reports.anonymous)


def _documents(context: Context, submission: Submission, grading: Grading, name: str) -> dict[str, str]:
    """As `grader.batch.documents` has them; the page quotes the student's lines, for it was made while grading."""
    assert grading.report
    stored = read_text(context.storage, grading.report)
    return {
        f"reports/{name}.json": stored,
        f"reports/{name}.html": whole_page(context, submission, grading, for_instructor=False),
        f"gradescope/{name}/results.json": render(Report.from_json(stored), "gradescope"),
    }


def _state(session: Session, assignment: CourseAssignment) -> tuple[object, ...]:
    """Changes whenever the summary of an assignment does: everything but gradings is audited."""
    gradings = (
        sa.select(sa.func.count(), sa.func.max(Grading.finished_at), sa.func.sum(sa.cast(Grading.tries, sa.Integer)))
        .join(Submission)
        .where(Submission.course_assignment_id == assignment.id)
    )
    changes = sa.select(sa.func.max(AuditEntry.id)).where(AuditEntry.course == assignment.course.slug)
    return *session.execute(gradings).one(), session.scalar(changes)
