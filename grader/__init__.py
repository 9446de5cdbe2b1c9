"""Grades neural networks written from scratch in numpy, and names the mistake.

    import grader
    report = grader.grade("mnist-mlp", "homework.ipynb")
    print(report.score, [diagnosis.title for diagnosis in report.diagnoses()])

What is named here is loaded when it is first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from grader.version import __version__

if TYPE_CHECKING:
    from grader.assignments import Assignment, AssignmentError, load_assignment
    from grader.grading import Grader, Progress, grade
    from grader.reading.explain import explain
    from grader.reading.told.explanation import Explanation
    from grader.report import Report
    from grader.sandbox import SandboxUnavailable
    from grader.submissions import Submission, SubmissionRejected, load_submission


_HOMES = {
    "Assignment": "grader.assignments",
    "AssignmentError": "grader.assignments",
    "Explanation": "grader.reading.told.explanation",
    "Grader": "grader.grading",
    "Progress": "grader.grading",
    "Report": "grader.report",
    "SandboxUnavailable": "grader.sandbox",
    "Submission": "grader.submissions",
    "SubmissionRejected": "grader.submissions",
    "explain": "grader.reading.explain",
    "grade": "grader.grading",
    "load_assignment": "grader.assignments",
    "load_submission": "grader.submissions",
}

__all__ = [
    "Assignment",
    "AssignmentError",
    "Explanation",
    "Grader",
    "Progress",
    "Report",
    "SandboxUnavailable",
    "Submission",
    "SubmissionRejected",
    "__version__",
    "explain",
    "grade",
    "load_assignment",
    "load_submission",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'grader' has no attribute {name!r}")
