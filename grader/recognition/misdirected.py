"""What to tell about a submission that was handed in for another assignment than the one it belongs to."""

from grader.assignments import Assignment
from grader.assignments.outline import Outline
from grader.recognition.catalogue import Catalogue
from grader.recognition.recognise import ENOUGH_SHARE
from grader.report import Report
from grader.submissions import Submission


def remark_on_another(assignment: Assignment, submission: Submission) -> str:
    """A remark where the submission clearly belongs to another assignment, or to another version of this; else ""."""
    if _has_its_share(assignment, submission):
        return ""
    verdict = Catalogue.around(assignment.folder).compare(submission)
    match = verdict.instead_of(assignment.id)
    if match is None:
        return ""
    kind = "another version of this assignment" if verdict.is_another_version(assignment.id) else "another assignment"
    return (
        f"this looks like work for {kind}, {match.title} ({match.id}): {match.reason}. "
        f"It was graded as {assignment.metadata.title}"
    )


def refusal(assignment: Assignment, submission: Submission, report: Report) -> str:
    """Why a submission is not graded at all: nothing of the assignment is in it, and it belongs to another; else ""."""
    if not report.functions or any(function.status != "missing" for function in report.functions):
        return ""
    match = Catalogue.around(assignment.folder).compare(submission).instead_of(assignment.id)
    if match is None:
        return ""
    title = assignment.metadata.title
    return f"nothing of {title} is in it; it looks like work for {match.title} ({match.id}): {match.reason}"


def _has_its_share(assignment: Assignment, submission: Submission) -> bool:
    """Whether enough of the assignment is there, as it asks for it, to look no further: others need not be read."""
    outline = Outline(assignment.id, assignment.metadata.title, assignment.contract, frozenset())
    (evidence,) = Catalogue([outline]).compare(submission).evidence
    return evidence.share >= ENOUGH_SHARE and evidence.fitting == evidence.names
