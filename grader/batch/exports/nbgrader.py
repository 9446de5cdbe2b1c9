"""The gradebook with the columns of nbgrader's own `grades.csv`.

nbgrader writes its file without quoting, so that a comma in a name breaks it; here it is quoted as CSV is.
Format: `nbgrader/plugins/export.py`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from grader.batch.gradebook import Gradebook
from grader.batch.spreadsheet import as_number, as_text, csv_text

COLUMNS: tuple[str, ...] = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)


def nbgrader_csv(
    gradebook: Gradebook, *, due: datetime | None, submitted: Mapping[tuple[str, int], datetime | None]
) -> str:
    """`submitted` is by student and attempt. A student without a score has empty cells."""
    lines = [COLUMNS]
    for row in gradebook.rows:
        first, _, last = row.student.name.rpartition(" ")
        score = row.settled
        lines.append(
            (
                *(gradebook.assignment_id, _time(due), _time(submitted.get((row.student.key, row.attempt)))),
                *map(as_text, (row.student.key, last, first, row.student.email)),
                *map(as_number, (score.raw, score.penalty, score.final) if score else [None] * 3),
                as_number(gradebook.maximum),
            )
        )
    return csv_text(lines)


def _time(moment: datetime | None) -> str:
    """As nbgrader keeps times: in UTC, and without saying so."""
    return "" if moment is None else str(moment.astimezone(UTC).replace(tzinfo=None))
