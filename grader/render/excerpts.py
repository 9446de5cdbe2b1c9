"""The student's own source line at a location."""

from typing import TYPE_CHECKING

from grader.report import Location

if TYPE_CHECKING:
    from grader.submissions import Submission


def source_line(submission: "Submission | None", location: Location | None) -> str:
    """The line of the submission's source at a location, stripped; empty where it is not known."""
    if submission is None or location is None or location.line is None:
        return ""
    source = _source(submission, location)
    lines = source.splitlines()
    return lines[location.line - 1].strip() if 0 < location.line <= len(lines) else ""


def _source(submission: "Submission", location: Location) -> str:
    if location.cell is None or submission.notebook is None:
        return ""
    code_cells = [cell for cell in submission.notebook.cells if cell.cell_type == "code"]
    return str(code_cells[location.cell - 1].source) if 0 < location.cell <= len(code_cells) else ""
