"""A folder per student, and a sheet for a mail merge: whom to send which file."""

from collections.abc import Iterable, Sequence

from grader.batch.feedback.student import NOTEBOOK, PAGE, TEXT, Feedback
from grader.batch.spreadsheet import as_number, as_text, csv_text

FOLDER, SHEET = "feedback", "feedback.csv"
_HEADER = ("email", "name", "student", "score", "max_score", "outcome", "page", "notebook", "text")


def sheet_line(feedback: Feedback) -> tuple[str, ...]:
    """Address, name, score, and where the student's files are below the output folder; "" for what there is not."""
    row = feedback.row
    places = (f"{FOLDER}/{feedback.folder}/{name}" if name in feedback.files else "" for name in (PAGE, NOTEBOOK, TEXT))
    return (
        *map(as_text, (row.student.email, row.student.name, row.student.key)),
        as_number(feedback.statement.score),
        as_number(feedback.statement.maximum),
        as_text("; ".join([feedback.statement.outcome, *feedback.statement.steps, *feedback.statement.notes])),
        *places,
    )


def sheet(lines: Iterable[Sequence[str]]) -> str:
    """The mail merge as CSV; a line for everybody, also for whom there is no page."""
    return csv_text([_HEADER, *lines])
