"""The student's own source line at a location."""

from typing import TYPE_CHECKING

from grader.render.cleaning import clipped, printable
from grader.report import Location

if TYPE_CHECKING:
    from grader.submissions import Submission

_MAX_CHARACTERS = 300
_LOOKED_AT = 10_000  # of a line, which may be the whole file


def source_line(submission: "Submission | None", location: Location | None) -> str:
    """The line of the submission's source at a location, stripped; empty where it is not known."""
    if submission is None or location is None:
        return ""
    return clipped(printable(submission.line_at(location)[:_LOOKED_AT]).strip(), _MAX_CHARACTERS)
