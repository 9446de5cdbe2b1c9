"""The class summary as files: `summary.json`, and `index.html`, one self-contained page beside the gradebook.

The page is complete without its script, which sorts and filters the table of students.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pydantic import ValidationError

from grader.batch import summary_charts
from grader.batch.files import write_atomically
from grader.batch.gradebook import Gradebook, Row, RowStatus
from grader.batch.summarise import summarise
from grader.batch.summary import ClassSummary, FunctionSummary
from grader.render import html, wording
from grader.render.cleaning import clipped, printable
from grader.render.words import to_html
from grader.report import Report

_LINE_CHARACTERS = 200
_ROW_WORDS: dict[RowStatus, str] = {
    "graded": "graded",
    "rejected": "rejected",
    "internal_error": "fault of the grader",
    "not_graded": "not graded",
}


def write_summary(output: Path, gradebook: Gradebook, *, anonymous: bool = False) -> None:
    """Write `summary.json` and `index.html` from a gradebook and the reports beside it."""

    def read_report(row: Row) -> Report | None:
        try:
            return Report.from_json((output / row.report).with_suffix(".json").read_bytes())
        except (OSError, ValidationError):  # taken away or changed since: the gradebook alone tells of this student
            return None

    summary = summarise(gradebook, read_report, anonymous=anonymous)
    write_atomically(output / "summary.json", summary.model_dump_json(indent=1).encode())
    write_atomically(output / "index.html", render(summary).encode("utf-8", "replace"))


def render(summary: ClassSummary) -> str:
    """The page. It loads nothing, and holds its own Content-Security-Policy."""
    script, style = _file("summary.js"), html.stylesheet() + _file("summary.css")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        _environment()
        .get_template("summary.html.j2")
        .render(
            summary=summary,
            students={student.key: student for student in summary.students},
            policy=f"{html.content_security_policy(style)}; script-src 'sha256-{digest}'",
            style=Markup(style),
            script=Markup(script),
        )
    )


@cache
def _file(name: str) -> str:
    return files("grader.batch").joinpath("templates", name).read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("grader.batch", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["line"] = _line
    environment.filters["words"] = lambda text: Markup(to_html(_line(text)))
    environment.filters["number"] = wording.number
    environment.filters["percent"] = lambda share: f"{100 * share:.0f} %"
    environment.filters["address"] = lambda path: quote(path, safe="/~+")
    environment.globals.update(charts=summary_charts, wording=wording, outcome=_outcome, ROW_WORDS=_ROW_WORDS)
    return environment


def _outcome(function: FunctionSummary) -> str:
    """How the checks of a function went that went the same way for everyone."""
    passed = sum(check.passed > 0 for check in function.checks)
    if passed == len(function.checks):
        return "everyone passes every check"
    if not passed:
        return "nobody passes any check"
    return f"everyone passes the same {passed} of {wording.count(len(function.checks), 'check')}"


def _line(text: str) -> str:
    """Text from a download or a submission on one line, bounded, without what steers a display."""
    return clipped(" ".join(printable(text).split()), _LINE_CHARACTERS)
