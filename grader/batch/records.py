"""What a batch has on record of each piece of work: the journal's lines, with the documents that they vouch for."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from grader.assignments import Assignment
from grader.batch.changes import between
from grader.batch.files import write_atomically
from grader.batch.jobs import Copy, Outcome
from grader.batch.journal import REMARKS, Basis, Graded, Journal, document_digest, function_grades, has_documents
from grader.batch.roster import Entry
from grader.batch.work import Work
from grader.report import Report, ReportStatus

_UNGRADED = "+ungraded"  # of a report whose student has an earlier one with a grade


@dataclass(frozen=True)
class Task:
    """An entry with all that decides whether it must be graded."""

    entry: Entry
    work: Work
    fingerprint: str
    copy: Copy


class Records:
    """The records of one batch, of which those count that were made on its present basis.

    Attributes:
        reasons: why somebody who was graded again has another grade, by student.
    """

    def __init__(self, journal: Journal, basis: Basis, assignment: Assignment, output: Path) -> None:
        self.journal, self.basis, self.assignment, self.output = journal, basis, assignment, output
        self.reasons: dict[str, list[str]] = {}

    def graded(self, task: Task) -> Graded | None:
        """The journal's record of this very work under the present assignment and seed."""
        graded = self.journal.entries.get(task.entry.key)
        if graded is None or (graded.fingerprint, graded.basis) != (task.fingerprint, self.basis):
            return None
        return graded

    def counting(self, task: Task) -> Graded | None:
        """The record that the gradebook has of a task: its last grade, for what has none since takes none away.

        That may be of the file before, or of the assignment as it was; then the record says so.
        """
        latest, grade = self.graded(task), self._grade_before(task)
        if grade is None or (latest is not None and latest.status == "graded"):
            return latest
        fits = grade.basis.assignment == self.assignment.id and grade.max_score == self.assignment.points
        if not fits or not has_documents(grade, self.output):
            return latest
        if grade.fingerprint == task.fingerprint:
            why = "this grade is from before the last change of the assignment or the seed"
        else:
            why = "this grade is of the file that was handed in before"
        if latest is not None:
            outcome = "could not be read" if latest.status == "rejected" else "made the grader fail"
            why = f"what was handed in last {outcome}: {why}"
        return grade.model_copy(update={"superseded": why})

    def is_done(self, task: Task) -> bool:
        """Whether it need not be graded; a fault of the grader is tried again."""
        graded = self.graded(task)
        return (
            graded is not None
            and graded.status != "internal_error"
            and f"reports/{self._report_name(task, graded.status)}.html" in graded.documents
            and has_documents(graded, self.output)
        )

    def record(self, group: Sequence[Task], outcome: Outcome) -> None:
        """First the documents, then the lines that vouch for them."""
        report = outcome.report
        functions = function_grades(report)
        records = []
        obsolete: set[str] = set()
        for task, documents in zip(group, outcome.documents, strict=True):
            student, attempt = task.entry.key
            before, grade = self.journal.entries.get(task.entry.key), self.journal.grades.get(task.entry.key)
            if before is not None:
                self.reasons.setdefault(student, []).extend(self._reasons(before, task, report))
            obsolete |= set(before.documents) - set(documents) if before else set()
            name = self._report_name(task, report.status)
            if name != task.copy.name:  # the report of the grade that counts stays where it is
                documents = {path.replace(f"/{task.copy.name}", f"/{name}", 1): t for path, t in documents.items()}
                obsolete -= set(grade.documents) if grade else set()
            else:
                obsolete |= set(grade.documents) - set(documents) if grade else set()
            records.append(
                Graded(
                    student=student,
                    attempt=attempt,
                    fingerprint=task.fingerprint,
                    basis=self.basis,
                    status=report.status,
                    reason=report.reason,
                    fault=report.fault,
                    score=report.score,
                    max_score=report.max_score,
                    functions=functions,
                    remarks=(*task.copy.remarks, *report.remarks)[:REMARKS],
                    documents=self._written(documents),
                )
            )
        self.journal.append(records)
        for path in obsolete:  # under a name that reports no longer have, such as one that is not anonymous
            (self.output / path).unlink(missing_ok=True)
            with suppress(OSError):  # others are in it
                (self.output / path).parent.rmdir()

    def _reasons(self, before: Graded, task: Task, report: Report) -> list[str]:
        """Why a new report differs from the one that the output folder still has."""
        if before.fingerprint != task.fingerprint:
            return ["another file was handed in"]
        path = next((p for p in before.documents if p.endswith(".json") and not p.endswith(".results.json")), "")
        try:
            return between(Report.from_json((self.output / path).read_bytes()), report)
        except (OSError, ValidationError):  # taken away, or of another version of the grader
            return ["it was graded again"]

    def _report_name(self, task: Task, status: ReportStatus) -> str:
        """Where the report goes; one without a grade goes beside that of the grade before it."""
        if status == "graded" or self._grade_before(task) is None:
            return task.copy.name
        return f"{task.copy.name}{_UNGRADED}"

    def _grade_before(self, task: Task) -> Graded | None:
        """The last grade of this attempt whose report goes by the name that reports have now."""
        grade = self.journal.grades.get(task.entry.key)
        return grade if grade and f"reports/{task.copy.name}.html" in grade.documents else None

    def _written(self, documents: Mapping[str, str]) -> dict[str, str]:
        digests = {}
        for path, text in documents.items():
            data = text.encode("utf-8", "replace")
            target = self.output / path
            target.parent.mkdir(exist_ok=True)
            write_atomically(target, data, force=False)  # one that a power cut takes is missed by its digest
            digests[path] = document_digest(data)
        return digests
