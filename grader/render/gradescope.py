"""The report as Gradescope's `results.json`: one test per function, its feedback in Markdown.

The keys are those of Gradescope's autograder specification. A fault of the grader leaves out every score, so that
Gradescope reports a failed autograder run and not a zero.
"""

import json
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from grader.render import wording
from grader.render.cleaning import harmless
from grader.render.markdown import MarkdownReport
from grader.render.words import to_markdown
from grader.report import FunctionReport, Report, WrittenAnswer

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
        "tests": [
            *(_test(position, function, document) for position, function in enumerate(report.functions, start=1)),
            *(_answer(position, answer) for position, answer in enumerate(report.written, len(report.functions) + 1)),
        ],
    }
    if report.status != "internal_error":
        results["score"] = round(report.score, 4)
    return json.dumps(results, indent=2, ensure_ascii=False) + "\n"


def with_answers(tests: Sequence[Mapping[str, Any]], given: Mapping[str, float]) -> list[Mapping[str, Any]]:
    """The tests of a report with the points that a person has given, by question; other answers wait."""
    told = []
    for test in tests:
        kept = (test.get("extra_data") or {}).get("answer")
        if kept:
            answer = WrittenAnswer.model_validate(kept)
            score = given.get(answer.question)
            test = _answer(int(test["number"]), answer.model_copy(update={"score": score}))
        told.append(test)
    return told


def _answer(number: int, answer: WrittenAnswer) -> dict[str, Any]:
    """An answer that a person reads: without a score, which would be a zero, until it has one."""
    points = {} if answer.score is None or math.isnan(answer.score) else {"score": round(answer.score, 4)}
    kept = {"question", "max_score", "location", "answer"}
    return {
        "number": str(number),
        "name": f"{answer.question}: {wording.read(answer.score, answer.max_score)}",
        **points,
        **({"max_score": round(answer.max_score, 4)} if points else {}),
        "output": to_markdown(wording.written_answer(answer)),
        "tags": ["written"],
        "extra_data": {
            "answer": answer.model_copy(update={"answer": answer.answer[:1]}).model_dump(mode="json", include=kept)
        },
    }


def _test(position: int, function: FunctionReport, document: MarkdownReport) -> dict[str, Any]:
    status = wording.status_words(function)
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
