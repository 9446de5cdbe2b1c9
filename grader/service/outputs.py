"""What is made of a gradebook: the class summary, and the single files of `grade batch`."""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from grader.batch import BatchError
from grader.batch.evidence import Evidence, curves_from_json, curves_of, curves_to_json, evidence_of
from grader.batch.exports.moodle import FilledWorksheet, fill_worksheet
from grader.batch.gradebook import Row
from grader.batch.layouts.folder import doubts
from grader.batch.output import gradebook_text
from grader.batch.policy import penalty_notes, stray_notes
from grader.batch.sound_terms import above_maximum_notes
from grader.batch.summarise import Known, ReadKnown, drawn_rows, summarise
from grader.batch.summary import ClassSummary
from grader.report import Report
from grader.service.context import Context
from grader.service.data import AuditEntry, Batch, CourseAssignment, Grading, Submission
from grader.service.errors import Invalid
from grader.service.gradebooks import Book, make_book
from grader.service.storage import read_text

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
        state = state_of(session, assignment)
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
    return [
        *doubts(book.discovery),
        *stray_notes(book.adjustments, book.discovery),
        *penalty_notes(book.policy.late, book.discovery),
        *above_maximum_notes(book.gradebook),
    ]


def filled_worksheet(book: Book, worksheet: bytes) -> FilledWorksheet:
    """Moodle's grading worksheet with the scores.  Raises Invalid: it is none."""
    try:
        return fill_worksheet(worksheet, book.gradebook, layout=book.discovery.layout)
    except BatchError as error:
        raise Invalid(str(error)) from error


def state_of(session: Session, assignment: CourseAssignment) -> tuple[object, ...]:
    """Changes whenever what is made of an assignment's grades does: everything but gradings is audited."""
    gradings = (
        sa.select(sa.func.count(), sa.func.max(Grading.finished_at), sa.func.sum(sa.cast(Grading.tries, sa.Integer)))
        .join(Submission)
        .where(Submission.course_assignment_id == assignment.id)
    )
    changes = sa.select(sa.func.max(AuditEntry.id)).where(AuditEntry.course == assignment.course.slug)
    return *session.execute(gradings).one(), session.scalar(changes)


_AT_ONCE = 500


def reader(context: Context, session: Session, book: Book) -> ReadKnown:
    """As `summarise` asks for it; everything is fetched here, in a few queries."""
    graded = (row for row in book.gradebook.rows if row.status == "graded")
    gradings = {row.student.key: found for row in graded if (found := book.grading_of(row)) is not None}
    drawn = {row.student.key for row in drawn_rows(book.gradebook.rows)}
    with_report = {grading.id: grading for grading in gradings.values() if grading.report is not None}
    evidence = dict(_texts(session, Grading.evidence, list(with_report)))
    curves = dict(_texts(session, Grading.curves, [gradings[key].id for key in drawn if key in gradings]))
    for id_, (made, lines) in _made(context, [g for id_, g in with_report.items() if id_ not in evidence]):
        evidence[id_], curves[id_] = made, lines

    def read(row: Row, is_drawn: bool) -> Known | None:
        grading = gradings.get(row.student.key)
        if grading is None or grading.id not in evidence:
            return None
        lines = curves.get(grading.id) if is_drawn else None
        return Evidence.model_validate_json(evidence[grading.id]), curves_from_json(lines) if lines else ()

    return read


def _texts(
    session: Session, column: InstrumentedAttribute[str | None], ids: Sequence[int]
) -> Iterator[tuple[int, str]]:
    for start in range(0, len(ids), _AT_ONCE):
        query = sa.select(Grading.id, column).where(Grading.id.in_(ids[start : start + _AT_ONCE]))
        yield from ((id_, text) for id_, text in session.execute(query) if text is not None)


def _made(context: Context, gradings: Sequence[Grading]) -> Iterator[tuple[int, tuple[str, str]]]:
    """From the reports, of gradings that are older than the columns; kept, so that this happens once."""
    for start in range(0, len(gradings), _AT_ONCE):
        made = {}
        for grading in gradings[start : start + _AT_ONCE]:
            assert grading.report is not None
            report = Report.from_json(read_text(context.storage, grading.report))
            made[grading.id] = evidence_of(report).model_dump_json(), curves_to_json(curves_of(report))
        with context.sessions.begin() as session:
            values = [{"id": id_, "evidence": evidence, "curves": curves} for id_, (evidence, curves) in made.items()]
            session.execute(sa.update(Grading), values)
        yield from made.items()
