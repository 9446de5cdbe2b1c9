"""The gradebook with the columns of nbgrader's own `grades.csv`.

nbgrader writes its file without quoting, so that a comma in a name breaks it; here it is quoted as CSV is.
Format: `nbgrader/plugins/export.py`.
"""

import csv
import io

from grader.batch.gradebook import Gradebook, as_number

COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)


def nbgrader_csv(gradebook: Gradebook, *, due: str, submitted: dict[tuple[str, int], str]) -> str:
    """Times as ISO 8601; `submitted` is by student and attempt. A student without a score has empty cells."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for row in gradebook.rows:
        first, _, last = row.student.name.rpartition(" ")
        score = row.score
        writer.writerow(
            [
                *(gradebook.assignment_id, due, submitted.get((row.student.key, row.attempt), "")),
                *(row.student.key, last, first, row.student.email),
                *map(as_number, (score.raw, score.penalty, score.final) if score else [None] * 3),
                as_number(gradebook.maximum),
            ]
        )
    return stream.getvalue()
