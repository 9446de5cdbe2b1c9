"""The report as JSON: the data itself, with its schema version."""

from typing import TYPE_CHECKING

from pydantic_core import PydanticSerializationError

from grader.render.cleaning import harmless
from grader.report import Report

if TYPE_CHECKING:
    from grader.render import Audience
    from grader.submissions import Submission


def render(report: Report, *, submission: "Submission | None" = None, audience: "Audience" = "student") -> str:
    """The whole report, for both audiences alike; `Report.from_json` reads it back."""
    try:
        return report.to_json() + "\n"
    except PydanticSerializationError:  # half a surrogate pair in a text of the submission has no UTF-8
        return harmless(report).to_json() + "\n"
