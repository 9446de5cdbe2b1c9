"""The gradebook: one row for every student, whatever became of the submission."""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from grader.assignments import Assignment
from grader.batch.journal import FunctionGrade, Graded
from grader.batch.policy import Adjustment, Lateness, Policy, Score, final_score, lateness
from grader.batch.roster import Entry, Student
from grader.report import Fault, ReportStatus

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
RowStatus = ReportStatus | Literal["not_graded"]


@dataclass(frozen=True)
class Row:
    """One student.

    Attributes:
        attempt: the one that counts.
        status: `internal_error` and `not_graded` have no score: a fault of the grader is no zero.
        report: path of the page below the output folder; "" without one.
        remarks: on how the submission was found.
    """

    student: Student
    attempt: int
    late: Lateness
    status: RowStatus
    score: Score | None
    functions: tuple[FunctionGrade, ...] = ()
    reason: str = ""
    fault: Fault = "grader"
    report: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gradebook:
    """Every row, sorted by student, and what the points are out of."""

    assignment_id: str
    title: str
    maximum: float
    functions: tuple[str, ...]
    rows: tuple[Row, ...]


def make_gradebook(
    assignment: Assignment,
    entries: Sequence[Entry],
    graded: Mapping[tuple[str, int], Graded],
    policy: Policy,
    adjustments: Mapping[str, Adjustment],
) -> Gradebook:
    """The gradebook of what is graded so far."""
    maximum = maximum_points(assignment, policy)
    attempts: dict[str, list[Row]] = defaultdict(list)
    for entry in entries:
        row = _row(entry, graded.get(entry.key), maximum, policy, adjustments)
        attempts[entry.student.key].append(row)
    rows = (_counting(rows, policy) for _, rows in sorted(attempts.items()))
    return Gradebook(
        assignment.id, assignment.metadata.title, maximum, tuple(dict.fromkeys(assignment.function_names)), tuple(rows)
    )


def maximum_points(assignment: Assignment, policy: Policy) -> float:
    """What the points are out of: all but those of extra credit."""
    extra = sum(check.points for check in assignment.checks if check.function in policy.score.extra_credit)
    return round(assignment.points - extra, 6)


def _row(
    entry: Entry, graded: Graded | None, maximum: float, policy: Policy, adjustments: Mapping[str, Adjustment]
) -> Row:
    late = lateness(policy.late, entry.submitted_at, entry.late)
    student = entry.student
    if graded is None:
        return Row(student, entry.attempt, late, "not_graded", None)
    score = None
    if graded.status != "internal_error":
        adjustment = adjustments.get(student.key) or adjustments.get(student.email)
        score = final_score(policy, graded.score, maximum, late, adjustment)
    return Row(
        student,
        entry.attempt,
        late,
        graded.status,
        score,
        functions=graded.functions,
        reason=graded.reason,
        fault=graded.fault,
        report=next((path for path in graded.documents if path.endswith(".html")), ""),
        remarks=graded.remarks,
    )


def _counting(attempts: Sequence[Row], policy: Policy) -> Row:
    """The attempt that counts; of equally good ones the later."""
    if policy.attempts.count == "last":
        return max(attempts, key=lambda row: row.attempt)
    return max(attempts, key=lambda row: (-1.0 if row.score is None else row.score.final, row.attempt))


def grades_csv(gradebook: Gradebook) -> str:
    """`grades.csv`: everything about every student; nothing in it depends on when or how fast it was graded."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(
        [
            *("student", "name", "email", "attempt", "status", "late", "late_hours"),
            *("raw_score", "late_penalty", "adjustment", "score", "max_score"),
            *(f"function {name}" for name in gradebook.functions),
            *("comment", "remarks", "report"),
        ]
    )
    for row in gradebook.rows:
        points = {function.name: function.score for function in row.functions}
        score = row.score
        writer.writerow(
            [
                *map(as_text, (row.student.key, row.student.name, row.student.email)),
                row.attempt,
                row.status,
                "yes" if row.late.is_late else "no",
                as_number(row.late.hours),
                *map(as_number, (score.raw, score.penalty, score.adjustment, score.final) if score else [None] * 4),
                as_number(gradebook.maximum),
                *(as_number(points.get(name)) for name in gradebook.functions),
                as_text("; ".join(filter(None, (row.reason, score.comment if score else "")))),
                as_text("; ".join(row.remarks)),
                row.report,
            ]
        )
    return stream.getvalue()


def as_number(value: float | None, digits: int = 4) -> str:
    """A number without superfluous zeros; nothing for None."""
    return "" if value is None else f"{round(value, digits) + 0.0:.{digits}f}".rstrip("0").rstrip(".")


def as_text(text: str) -> str:
    """Text for a spreadsheet: what a spreadsheet would take for a formula is marked as text."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def from_text(cell: str) -> str:
    """What `as_text` was given."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell
