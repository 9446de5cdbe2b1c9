"""The class summary as files: `summary.json`, and `index.html`, one self-contained page beside the gradebook.

The page is complete without its script, which sorts and filters the table of students.
"""

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup
from pydantic import ValidationError

from grader.batch import summary_charts
from grader.batch.evidence import curves_of, evidence_of
from grader.batch.files import write_atomically
from grader.batch.gradebook import Gradebook, Row, RowStatus
from grader.batch.pages import environment, template_file
from grader.batch.summarise import Known, summarise
from grader.batch.summary import ClassSummary, FunctionSummary, SimilaritySummary, StudentSummary
from grader.render import html, wording
from grader.report import Report

_SHOWN_MISTAKES = 20  # the others fold
_ROW_WORDS: dict[RowStatus, str] = {
    "graded": "graded",
    "rejected": "rejected",
    "internal_error": "failed, by no fault of the work",
    "not_graded": "not graded",
}


def write_summary(
    output: Path, gradebook: Gradebook, *, anonymous: bool = False, similarity: SimilaritySummary | None = None
) -> None:
    """Write `summary.json` and `index.html` from a gradebook and the reports beside it."""

    def read(row: Row, is_drawn: bool) -> Known | None:
        try:
            report = Report.from_json((output / row.report).with_suffix(".json").read_bytes())
        except (OSError, ValidationError):  # taken away or changed since: the gradebook alone tells of this student
            return None
        return evidence_of(report), curves_of(report) if is_drawn else ()

    summary = summarise(gradebook, read, anonymous=anonymous, similarity=similarity)
    write_atomically(output / "summary.json", summary.model_dump_json(indent=1).encode())
    write_atomically(output / "index.html", render(summary).encode("utf-8", "replace"))


def render(summary: ClassSummary) -> str:
    """The page. It loads nothing, and holds its own Content-Security-Policy."""
    script, style = template_file("summary.js"), html.stylesheet() + stylesheet()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return _rendered(
        "summary.html.j2",
        summary,
        lambda student: quote(student.report, safe="/~+"),
        policy=f"{html.content_security_policy(style)}; script-src 'sha256-{digest}'",
        style=Markup(style),
        script=Markup(script),
        is_whole=True,
    )


def fragment(summary: ClassSummary, address_of: Callable[[StudentSummary], str]) -> str:
    """The summary without its table of students, as part of another page, which has both style sheets.

    `address_of` tells where a student's name leads; nowhere for "".
    """
    return _rendered("summary_body.html.j2", summary, address_of, is_whole=False)


def stylesheet() -> str:
    """What the summary needs beside the style sheet of reports."""
    return template_file("summary.css")


def _rendered(template: str, summary: ClassSummary, address_of: Callable[[StudentSummary], str], **more: object) -> str:
    return (
        environment()
        .get_template(template)
        .render(
            summary=summary,
            students={student.key: student for student in summary.students},
            address_of=address_of,
            charts=summary_charts,
            shown_mistakes=_SHOWN_MISTAKES,
            outcome=_outcome,
            ROW_WORDS=_ROW_WORDS,
            **more,
        )
    )


def _outcome(function: FunctionSummary) -> str:
    """How the checks of a function went that went the same way for everyone."""
    passed = sum(check.passed > 0 for check in function.checks)
    if passed == len(function.checks):
        return "everyone passes every check"
    if not passed:
        return "nobody passes any check"
    return f"everyone passes the same {passed} of {wording.count(len(function.checks), 'check')}"
