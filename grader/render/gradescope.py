"""The report as Gradescope's `results.json`: one test per function, its feedback in Markdown.

The keys are those of Gradescope's autograder specification. A fault of the grader leaves out every score, so that
Gradescope reports a failed autograder run and not a zero.
"""

import json
from typing import TYPE_CHECKING, Any

from grader.render import wording
from grader.render.cleaning import harmless
from grader.render.markdown import MarkdownReport
from grader.report import FunctionReport, Report

if TYPE_CHECKING:
    from grader.render import Audience
    from grader.submissions import Submission


def render(report: Report, *, submission: "Submission | None" = None, audience: "Audience" = "student") -> str:
    """The contents of `/autograder/results/results.json`."""
    report = harmless(report)
    document = MarkdownReport(report, submission, audience)
    output = [document.heading(), *document.training(), document.circumstances()]
    results: dict[str, Any] = {
        "execution_time": round(report.timing.total, 3),
        "output": "\n\n".join(part for part in output if part),
        "output_format": "md",
        "test_output_format": "md",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"assignment": report.assignment.id, "status": report.status, "sha256": report.submission.sha256},
        "tests": [_test(position, function, document) for position, function in enumerate(report.functions, start=1)],
    }
    if report.status != "internal_error":
        results["score"] = round(report.score, 4)
    return json.dumps(results, indent=2, ensure_ascii=False) + "\n"


def _test(position: int, function: FunctionReport, document: MarkdownReport) -> dict[str, Any]:
    status = wording.STATUS_WORDS[function.status]
    return {
        "number": str(position),
        "name": f"{function.name}: {status.word}",
        "score": round(function.score, 4),
        "max_score": round(function.max_score, 4),
        "status": "passed" if function.status in ("passed", "carried") else "failed",
        "output": document.function(function),
        "tags": [function.status],
        "extra_data": {"diagnoses": [diagnosis.code for diagnosis in function.diagnoses]},
    }
