"""What a class summary needs of the reports, from the database, without reading a report."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from grader.batch.evidence import Evidence, curves_from_json, curves_of, curves_to_json, evidence_of
from grader.batch.gradebook import Row
from grader.batch.summarise import Known, ReadKnown, drawn_rows
from grader.report import Report
from grader.service.context import Context
from grader.service.data import Grading
from grader.service.gradebooks import Book
from grader.service.storage import read_text

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
