"""A place in the person's text, and a fault put together of its words and its place."""

from grader.reading.judging.finding import Finding
from grader.reading.told.explanation import Fault
from grader.reading.told.words_of_faults import Words
from grader.report import Location
from grader.submissions import Submission

MAX_TEXT = 200
Placed = tuple[Location | None, str]


def placed(submission: Submission, filename: str, line: int) -> Placed:
    return submission.locate(filename, line), submission.line_text(filename, line).strip()[:MAX_TEXT]


def fault_of(finding: Finding, words: Words, place: Placed, title: str = "") -> Fault:
    return Fault(
        quantity=finding.quantity,
        code=finding.code,
        title=title or words.title,
        explanation=words.explanation,
        effect=words.effect,
        location=place[0],
        text=place[1],
    )
