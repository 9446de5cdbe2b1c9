"""The parts of a report that are about no function: the assignment, training runs, answers that a person reads."""

from collections.abc import Sequence

from grader.assignments import Assignment
from grader.checks.run import CheckRun
from grader.diagnosis.training.curves import diagnose_training
from grader.report import AssignmentInfo, CarriedForwardTerms, Location, TrainingReport, WrittenAnswer
from grader.submissions import Submission
from grader.submissions.answers import MAX_CHARACTERS, answer_cells


def assignment_info(assignment: Assignment, carried_forward: CarriedForwardTerms | None = None) -> AssignmentInfo:
    """What a report tells of its assignment; `carried_forward` in the place of the assignment's own terms."""
    metadata = assignment.metadata
    return AssignmentInfo(
        id=assignment.id,
        title=metadata.title,
        version=metadata.version,
        hints=metadata.hints.show,
        carried_forward=carried_forward or metadata.score.carried_forward,
    )


def training_reports(runs: Sequence[CheckRun]) -> tuple[TrainingReport, ...]:
    """The training runs that the checks made, each with what its curve tells."""
    return tuple(
        report.model_copy(update={"diagnoses": diagnose_training(report, evidence)})
        for run in runs
        for report, evidence in zip(run.record.training, run.record.training_evidence, strict=True)
    )


def written_answers(assignment: Assignment, submission: Submission) -> tuple[WrittenAnswer, ...]:
    """The answers that a person reads, as the submission has them; an untouched stub is none."""
    cells = answer_cells(submission) if assignment.written else {}
    answers = []
    for question in assignment.written:
        found = cells.get(question.name)
        text = found.text.strip() if found else ""
        place = Location(file=submission.name, cell=found.cell) if found and found.cell else None
        answers.append(
            WrittenAnswer(
                question=question.name,
                max_score=question.points,
                prompt=question.prompt[:MAX_CHARACTERS],
                answer="" if text == question.stub else text,
                is_code=question.is_code,
                location=place,
            )
        )
    return tuple(answers)
