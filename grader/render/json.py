"""The report as JSON: the data itself, with its schema version."""

from typing import TYPE_CHECKING

from grader.report import Report

if TYPE_CHECKING:
    from grader.render import Audience
    from grader.submissions import Submission


def render(report: Report, *, submission: "Submission | None" = None, audience: "Audience" = "student") -> str:
    """The whole report, for both audiences alike; `Report.from_json` reads it back."""
    return report.to_json() + "\n"
