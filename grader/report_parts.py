"""The parts of a report that are about no function: the assignment, training runs, answers that a person reads."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.assignments import Assignment
from grader.checks.run import CheckRun
from grader.diagnosis.training.curves import diagnose_training
from grader.report import AssignmentInfo, CarriedForwardTerms, Location, TrainingReport, WrittenAnswer
from grader.submissions import Submission

MAX_CHARACTERS = 4_000
MAX_ANSWERS = 200


@dataclass(frozen=True)
class AnswerCell:
    """A cell that answers a question: its text, cut where it is long, and its number if it is a code cell."""

    text: str
    cell: int | None


def answer_cells(submission: Submission) -> Mapping[str, AnswerCell]:
    """Question -> the cell that answers it; nothing for what is no notebook."""
    if submission.document is None:
        return {}
    found: dict[str, AnswerCell] = {}
    code = 0
    for cell in json.loads(submission.document.text).get("cells", ()):
        if not isinstance(cell, dict):
            continue
        code += cell.get("cell_type") == "code"
        for name in _names(cell.get("metadata")):
            if len(found) < MAX_ANSWERS:
                source = cell.get("source", "")
                text = "".join(map(str, source)) if isinstance(source, list) else str(source)
                found[name] = AnswerCell(_cut(text), code if cell.get("cell_type") == "code" else None)
    return found


def _names(metadata: Any) -> Iterator[str]:
    """What nbgrader and the grader's own starter call the question."""
    if isinstance(metadata, dict):
        for group, key in (("nbgrader", "grade_id"), ("grader", "question")):
            settings = metadata.get(group)
            name = settings.get(key) if isinstance(settings, dict) else None
            if isinstance(name, str) and len(name) <= 200:
                yield name


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CHARACTERS else f"{text[:MAX_CHARACTERS]}\n… (cut)"


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
