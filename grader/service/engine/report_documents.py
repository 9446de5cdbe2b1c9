"""What of a report is stored: its numbers, the report itself, and its page as students and as instructors see it."""

from grader.batch.evidence import curves_of, curves_to_json, evidence_of
from grader.batch.journal import REMARKS, function_grades
from grader.render import Audience, UnsuitableSubmissionError, render
from grader.render.html import fragment
from grader.report import AssignmentInfo, Fault, Report, SubmissionInfo
from grader.service.compressed_texts import compressed
from grader.service.engine.messages import Graded
from grader.submissions import Submission


def graded(report: Report, submission: Submission | None, *, is_tired: bool = False) -> Graded:
    for_student = report.for_student()
    return Graded(
        status=report.status,
        reason=report.reason,
        score=report.score,
        max_score=report.max_score,
        functions=function_grades(report),
        mistakes=_mistakes(report),
        remarks=report.remarks[:REMARKS],
        evidence=evidence_of(report).model_dump_json(),
        curves=curves_to_json(curves_of(report)),
        documents={
            "report": compressed(render(report, "json", submission=submission, audience="instructor")),
            "student_page": compressed(fragment(for_student, submission=submission, audience="student")),
            "instructor_page": compressed(fragment(report, submission=submission, audience="instructor")),
            "results": compressed(render(for_student, "gradescope", submission=submission)),
            **_notebook("student_notebook", for_student, submission, "student"),
            **_notebook("instructor_notebook", report, submission, "instructor"),
        },
        fault=report.fault,
        is_tired=is_tired,
        is_by_file=submission is not None and report.status == "internal_error" and report.fault == "grader",
    )


def _notebook(name: str, report: Report, submission: Submission | None, audience: Audience) -> dict[str, bytes]:
    """The annotated notebook by its name; nothing for what is none."""
    try:
        return {name: compressed(render(report, "notebook", submission=submission, audience=audience))}
    except UnsuitableSubmissionError:
        return {}


def _mistakes(report: Report) -> dict[str, str]:
    found = [diagnosis for function in report.functions for diagnosis in function.diagnoses]
    found += [diagnosis for run in report.training for diagnosis in run.diagnoses]
    return {diagnosis.code: diagnosis.title for diagnosis in reversed(found)}


def without_grade(
    assignment: str, title: str, name: str, reason: str, *, max_score: float = 0.0, fault: Fault = "grader"
) -> Report:
    """The report on a submission that the grader, or the assignment, failed on before it was known much about it."""
    return Report(
        assignment=AssignmentInfo(id=assignment, title=title, version=""),
        submission=SubmissionInfo(name=name, sha256=""),
        status="internal_error",
        reason=reason,
        fault=fault,
        max_score=max_score,
    )
