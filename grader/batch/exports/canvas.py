"""The gradebook as a CSV for Canvas ("Import" in its gradebook).

Canvas takes the first columns for the student (by `ID`, then by the SIS ids, then by name), the columns after `Section`
for assignments, and compares scores to two decimals. A column headed `Title (12345)` is that assignment; another title
becomes a new one. An empty cell leaves a grade as it is. Format: `lib/gradebook_importer.rb` of canvas-lms.
"""

from grader.batch.gradebook import Gradebook, Row
from grader.batch.spreadsheet import as_number, as_text, csv_text

_INFO_COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_DIGITS = 2


def canvas_csv(gradebook: Gradebook, *, column: str, layout: str) -> str:
    """Students go by what a roster from Canvas says, those of a Canvas download by Canvas's id, others by what may be
    their SIS ids.
    """
    lines: list[tuple[str, ...]] = [(*_INFO_COLUMNS, column)]
    lines.append(("    Points Possible", "", "", "", "", as_number(gradebook.maximum, _DIGITS)))
    for row in gradebook.rows:
        if row.student.canvas is None and layout == "canvas" and not row.student.key.isdecimal():
            continue  # handed in anonymously: Canvas itself couldn't tell whose grade it is
        score = as_number(row.settled.final, _DIGITS) if row.settled else ""
        lines.append((*map(as_text, _columns(row, layout)), score))
    return csv_text(lines)


def _columns(row: Row, layout: str) -> tuple[str, str, str, str, str]:
    """As they came from Canvas, where a roster from there is known."""
    student = row.student
    if ids := student.canvas:
        return ids.name, ids.id, ids.sis_user_id, ids.sis_login_id, ids.section
    if layout == "canvas":
        return student.label, student.key, "", "", ""
    return student.label, "", student.key, student.email, ""
