"""The student's own source line at a location."""

from typing import TYPE_CHECKING

from grader.render.cleaning import clipped, printable
from grader.report import Location

if TYPE_CHECKING:
    from grader.submissions import Submission

_MAX_CHARACTERS = 300


def source_line(submission: "Submission | None", location: Location | None) -> str:
    """The line of the submission's source at a location, stripped; empty where it is not known."""
    if submission is None or location is None or location.line is None:
        return ""
    for unit in (*submission.units, *submission.modules.values()):
        if (unit.file, unit.cell) == (location.file, location.cell):
            lines = unit.original.split("\n")
            line = lines[location.line - 1] if 0 < location.line <= len(lines) else ""
            return clipped(printable(line).strip(), _MAX_CHARACTERS)
    return ""
