"""The gradebook: one row for every student, whatever became of the submission."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from grader.assignments import Assignment
from grader.batch.journal import FunctionGrade, Graded
from grader.batch.policy import Adjustment, Lateness, Policy, Score, adjustments_by_key, counted_score, lateness
from grader.batch.roster import Entry, Student
from grader.batch.spreadsheet import as_number, as_text, csv_text
from grader.report import Fault, ReportStatus
from grader.submissions.errors import first_of

RowStatus = ReportStatus | Literal["not_graded"]

_NO_GRADE: Mapping[RowStatus, str] = {
    "rejected": "was refused",
    "internal_error": "could not be graded, by no fault of its own",
    "not_graded": "has no grade",
}


@dataclass(frozen=True)
class Row:
    """One student.

    Attributes:
        attempt: the one that counts: a graded one, if there is any.
        status: `internal_error` and `not_graded` have no score, unless an instructor gave one: a fault of the grader is
            no zero; what a `rejected` one counts is for the policy to say.
        report: path of the page below the output folder; "" without one.
        remarks: on how the submission was found.
        passed_over: why later attempts do not count, a sentence each.
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
    passed_over: tuple[str, ...] = ()

    @property
    def carried(self) -> float | None:
        """What of the raw score is carried forward."""
        return sum(function.carried for function in self.functions) if self.status == "graded" else None

    @property
    def settled(self) -> Score | None:
        """The score, where it is one: while an answer waits for a person there is none to hand on."""
        return None if self.score is None or self.score.waiting else self.score


@dataclass(frozen=True)
class Gradebook:
    """Every row, sorted by student, and what the points are out of; `unreadable` as the policy has it."""

    assignment_id: str
    title: str
    maximum: float
    functions: tuple[str, ...]
    rows: tuple[Row, ...]
    unreadable: Literal["empty", "zero"] = "empty"
    written: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # question -> points given, by student

    def answers_of(self, student: str) -> Mapping[str, float]:
        """The points that a person has given for a student's written answers, by question."""
        return {question: given[student] for question, given in self.written.items() if student in given}


def make_gradebook(
    assignment: Assignment,
    entries: Sequence[Entry],
    graded: Mapping[tuple[str, int], Graded],
    policy: Policy,
    adjustments: Mapping[str, Adjustment],
) -> Gradebook:
    """The gradebook of what is graded so far."""
    maximum = maximum_points(assignment, policy)
    decided = adjustments_by_key(adjustments, (entry.student for entry in entries))
    attempts: dict[str, list[Row]] = defaultdict(list)
    for entry in entries:
        questions = [question.name for question in assignment.written]
        row = _row(entry, graded.get(entry.key), maximum, policy, decided.get(entry.student.key), questions)
        attempts[entry.student.key].append(row)
    rows = (_counting(rows, policy) for _, rows in sorted(attempts.items()))
    return Gradebook(
        assignment_id=assignment.id,
        title=assignment.metadata.title,
        maximum=maximum,
        functions=tuple(dict.fromkeys(assignment.function_names)),
        rows=tuple(rows),
        unreadable=policy.score.unreadable,
        written={question.name: _given(question.name, decided) for question in assignment.written},
    )


def _given(question: str, decided: Mapping[str, Adjustment]) -> Mapping[str, float]:
    """The points that a person has given for a question, by student."""
    return {key: found.written[question] for key, found in decided.items() if question in found.written}


def maximum_points(assignment: Assignment, policy: Policy) -> float:
    """What the points are out of, those that a person gives among them: all but those of extra credit."""
    extra = sum(check.points for check in assignment.checks if check.function in policy.score.extra_credit)
    return round(assignment.points + assignment.written_points - extra, 6)


def _row(
    entry: Entry,
    graded: Graded | None,
    maximum: float,
    policy: Policy,
    adjustment: Adjustment | None,
    questions: Sequence[str],
) -> Row:
    late = lateness(policy.late, entry.submitted_at, entry.late)
    student = entry.student
    if graded is None:
        score = counted_score(policy, "not_graded", 0.0, maximum, late, adjustment)
        return Row(student, entry.attempt, late, "not_graded", score)
    score = counted_score(policy, graded.status, graded.score, maximum, late, adjustment, questions)
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
        passed_over=(graded.superseded,) if graded.superseded else (),
    )


def _counting(attempts: Sequence[Row], policy: Policy) -> Row:
    """The attempt that counts: the last graded one, or the best; of equally good ones the later.

    What is not graded takes no grade away, whatever came of it. Where nothing is graded it is the last.
    """
    graded = [row for row in attempts if row.status == "graded"]
    if graded and policy.attempts.count == "best":
        chosen = max(graded, key=lambda row: (row.score.final if row.score else 0.0, row.attempt))
    else:
        chosen = max(graded or attempts, key=lambda row: row.attempt)
    later = sorted((row for row in attempts if row.attempt > chosen.attempt and row.status != "graded"), key=_attempt)
    sentences = (f"attempt {row.attempt} {_NO_GRADE[row.status]}: attempt {chosen.attempt} counts" for row in later)
    return replace(chosen, passed_over=(*chosen.passed_over, *sentences))


def waiting_notes(gradebook: Gradebook) -> list[str]:
    """Whose answers a person has yet to read, question by question."""
    notes = []
    for name in gradebook.written:
        students = [row.student.label for row in gradebook.rows if row.score and name in row.score.waiting]
        if students:
            whose = first_of(students)
            notes.append(f"{name} waits for a person: {whose}; give its points in the adjustments, column `question`")
    return notes


def _attempt(row: Row) -> int:
    return row.attempt


def grades_csv(gradebook: Gradebook) -> str:
    """`grades.csv`: everything about every student; nothing in it depends on when or how fast it was graded."""
    header = (
        *("student", "name", "email", "attempt", "status", "late", "late_hours"),
        *("raw_score", "carried_forward", "late_penalty", "adjustment", "score", "max_score"),
        *(f"function {name}" for name in gradebook.functions),
        *(f"question {name}" for name in gradebook.written),
        *("comment", "remarks", "report"),
    )
    return csv_text([header, *(_cells(row, gradebook) for row in gradebook.rows)])


def _cells(row: Row, gradebook: Gradebook) -> Iterator[object]:
    points = {function.name: function.score for function in row.functions}
    score = row.score
    yield from map(as_text, (row.student.key, row.student.name, row.student.email))
    yield from (row.attempt, row.status, "yes" if row.late.is_late else "no", as_number(row.late.hours))
    yield from map(as_number, (score.raw, row.carried, score.penalty, score.adjustment) if score else [None] * 4)
    yield as_number(row.settled.final if row.settled else None)
    yield as_number(gradebook.maximum)
    yield from (as_number(points.get(name)) for name in gradebook.functions)
    yield from (_read(row, given) for given in gradebook.written.values())
    yield as_text("; ".join(filter(None, (row.reason, score.comment if score else ""))))
    yield as_text("; ".join((*row.passed_over, *row.remarks)))
    yield row.report


def _read(row: Row, given: Mapping[str, float]) -> str:
    """What became of an answer that a person reads."""
    if row.student.key in given:
        return as_number(given[row.student.key])
    return "waiting for a person" if row.status == "graded" else ""
