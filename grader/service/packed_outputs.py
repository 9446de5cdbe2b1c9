"""What `grade batch` would have written, as one ZIP: for a batch, or for everybody in a course.

What is needed of the database is collected first; nothing is read, written or packed while a session is open.
"""

import dataclasses
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from sqlalchemy.orm import Session

from grader.assignments import Assignment
from grader.batch import BatchError
from grader.batch.feedback.write import CANVAS, FOLDER, GRADESCOPE, MOODLE, NBGRADER, SHEET
from grader.batch.gradebook import Gradebook, Row
from grader.batch.names import ReportNames, pseudonyms_by, report_name
from grader.batch.output import write_gradebook
from grader.batch.roster import HandedInFile
from grader.batch.similarity import write_similarity
from grader.batch.source import Source, ZipSource
from grader.batch.summary import SimilaritySummary
from grader.batch.work import Work, work_from_json
from grader.render import html
from grader.service.context import Context
from grader.service.data import Batch, CourseAssignment
from grader.service.errors import Invalid
from grader.service.gradebooks import Book, make_book
from grader.service.storage import read_text
from grader.service.submissions import counting_grading, latest_grading
from grader.submissions import SubmissionRejected

_FEEDBACK = (FOLDER, SHEET, MOODLE, CANVAS, NBGRADER, GRADESCOPE)


@dataclass(frozen=True)
class _Kept:
    """Where the documents of one submission are in the storage; "" for those there are not."""

    name: str
    filename: str
    report: str
    page: str
    results: str
    notebook: str


@dataclass(frozen=True)
class Collected:
    """Everything that an output is made of.

    Attributes:
        gradebook: its rows speak of the pages by the names that they will have.
        blob: of the batch's ZIP; "" without one.
        work: what the submissions that count consist of, for comparing their structure.
    """

    title: str
    assignment: Assignment
    book: Book
    gradebook: Gradebook
    kept: tuple[_Kept, ...]
    blob: str
    work: tuple[tuple[Row, Work], ...]


def collect(context: Context, session: Session, assignment: CourseAssignment, batch: Batch | None = None) -> Collected:
    """Of a batch, or of everybody in the course.  Raises AssignmentAway."""
    book = make_book(session, context.shelf, assignment, batch)
    secret = assignment.pseudonym_key.encode()
    name_of: ReportNames = pseudonyms_by(secret) if book.policy.reports.anonymous else report_name
    kept, names = [], {}
    for (student, attempt), submission in book.submissions.items():
        grading = counting_grading(submission) or latest_grading(submission)
        if grading.report is None or grading.student_page is None:
            continue
        names[submission.id] = name = name_of(student, attempt)
        kept.append(
            _Kept(
                name=name,
                filename=submission.filename,
                report=grading.report,
                page=grading.student_page,
                results=grading.results or "",
                notebook=grading.student_notebook or "",
            )
        )
    rows = tuple(dataclasses.replace(row, report=_page(names, row)) for row in book.gradebook.rows)
    handed_in = ((row, book.submission_of(row)) for row in rows)
    return Collected(
        title=assignment.title,
        assignment=context.shelf.set_in(assignment),
        book=book,
        gradebook=dataclasses.replace(book.gradebook, rows=rows),
        kept=tuple(kept),
        blob=batch.blob if batch else "",
        work=tuple((row, work_from_json(s.work)) for row, s in handed_in if s is not None and s.work),
    )


def write_output(
    context: Context,
    collected: Collected,
    target: Path | IO[bytes],
    *,
    similarity: bool = False,
    worksheet: bytes | None = None,
    feedback_alone: bool = False,
) -> list[str]:
    """Pack what `grade batch` would have written, or of that what goes back to students; what to know about it.

    Raises Invalid: the worksheet is none of Moodle's.
    """
    anonymous = collected.book.policy.reports.anonymous
    with TemporaryDirectory() as scratch, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        folder = Path(scratch)
        (folder / "reports").mkdir()
        for kept in collected.kept:
            for ending, text in _documents(context, collected, kept):
                (folder / "reports" / f"{kept.name}{ending}").write_text(text, "utf-8", "replace", newline="")
        with _downloaded(context, collected) as source:
            shared: SimilaritySummary | None = None
            if similarity and source is not None:
                shared = write_similarity(folder, collected.assignment, collected.work, source, anonymous=anonymous)

            def read_original(file: HandedInFile) -> bytes | None:
                try:
                    return source.read(file.stored) if source is not None else None
                except (SubmissionRejected, KeyError):  # the ZIP has no such member
                    return None

            try:
                notes = write_gradebook(
                    folder,
                    collected.gradebook,
                    collected.book.discovery,
                    collected.book.policy,
                    worksheet=worksheet,
                    similarity=shared,
                    read_original=read_original,
                )
            except BatchError as error:
                raise Invalid(str(error)) from error
        for file in sorted(folder.rglob("*")):
            path = file.relative_to(folder)
            if file.is_file() and (not feedback_alone or path.parts[0] in _FEEDBACK):
                packed.write(file, path)
    return notes


def _page(names: Mapping[str, str], row: Row) -> str:
    name = names.get(row.report.removesuffix(".html"))
    return f"reports/{name}.html" if name else ""


def _documents(context: Context, collected: Collected, kept: _Kept) -> Iterator[tuple[str, str]]:
    """As `grader.batch.documents` has them; they were made while grading, and quote the student's lines."""
    yield ".json", read_text(context.storage, kept.report)
    fragment = read_text(context.storage, kept.page)
    yield ".html", html.page(fragment, assignment=collected.title, name=kept.filename)
    for ending, blob in ((".results.json", kept.results), (".ipynb", kept.notebook)):
        if blob:
            yield ending, read_text(context.storage, blob)


@contextmanager
def _downloaded(context: Context, collected: Collected) -> Iterator[Source | None]:
    """The batch's ZIP."""
    with ExitStack() as stack:
        if not collected.blob:
            yield None
            return
        path = stack.enter_context(context.storage.local(collected.blob))
        yield stack.enter_context(ZipSource(path))
