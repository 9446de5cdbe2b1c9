"""The gradebook as a CSV for Canvas ("Import" in its gradebook).

Canvas takes the first columns for the student (by `ID`, then by the SIS ids, then by name), the columns after `Section`
for assignments, and compares scores to two decimals. A column headed `Title (12345)` is that assignment; another title
becomes a new one. An empty cell leaves a grade as it is. Format: `lib/gradebook_importer.rb` of canvas-lms.
"""

import csv
import io

from grader.batch.gradebook import Gradebook, Row, as_number, as_text

_INFO_COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_DIGITS = 2


def canvas_csv(gradebook: Gradebook, *, column: str, layout: str) -> str:
    """Students of a Canvas download go by Canvas's id, others by what may be their SIS ids."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([*_INFO_COLUMNS, column])
    writer.writerow(["    Points Possible", "", "", "", "", as_number(gradebook.maximum, _DIGITS)])
    for row in gradebook.rows:
        if layout == "canvas" and not row.student.key.isdecimal():
            continue  # handed in anonymously: Canvas itself couldn't tell whose grade it is
        score = as_number(row.score.final, _DIGITS) if row.score else ""
        writer.writerow([*map(as_text, (row.student.label, *_ids(row, layout))), "", score])
    return stream.getvalue()


def _ids(row: Row, layout: str) -> tuple[str, str, str]:
    if layout == "canvas":
        return row.student.key, "", ""
    return "", row.student.key, row.student.email
