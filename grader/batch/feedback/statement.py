"""What a student is told beside the report: whose it is, the score that counts, and how it came about."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.batch.gradebook import Gradebook, Row
from grader.render import wording

_OWN_SCORES = "those who handed this in have scores of their own, which their own pages tell"


@dataclass(frozen=True)
class Statement:
    """The last word on one student's work.

    Attributes:
        student: the name; "" where reports are to name nobody.
        score: what counts; None where nothing does.
        steps: from the graded points to the score, a line each; empty where nothing was changed or carried forward.
        notes: why it is this attempt that counts, or why there is no score.
        answers: the points that a person has given for written answers, by question; NaN for what others may not read.
    """

    student: str
    assignment: str
    attempt: int
    score: float | None
    maximum: float
    steps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    answers: Mapping[str, float] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """`77 of 100 points`, or that there is no score."""
        if self.score is None:
            return "no score"
        return f"{wording.number(self.score)} of {wording.number(self.maximum)} points"

    def lines(self) -> list[str]:
        """The whole as lines of text."""
        told = [f"{self.student}: {self.outcome}" if self.student else self.outcome]
        told += [f"  {step}" for step in self.steps]
        return told + [f"{note[:1].upper()}{note[1:]}." for note in self.notes]


def statement_of(row: Row, gradebook: Gradebook, *, anonymous: bool = False) -> Statement:
    """The statement about a row of the gradebook."""
    notes = list(row.passed_over)
    if row.status == "rejected":
        notes.append(f"the file was refused: {row.reason.rstrip('.')}")
    elif row.status == "internal_error":
        notes.append("it could not be graded, which is no fault of the work")
    elif row.status == "not_graded":
        notes.append("nothing was handed in" if not row.attempt else "it is not graded yet")
    if row.score is not None and row.score.waiting:
        notes.append(f"a person has yet to read {wording.listed(row.score.waiting)}; there is no score until then")
    return Statement(
        student="" if anonymous else row.student.label,
        assignment=gradebook.title,
        attempt=row.attempt,
        score=row.settled.final if row.settled else None,
        maximum=gradebook.maximum,
        steps=_steps(row),
        notes=tuple(notes),
        answers=gradebook.answers_of(row.student.key),
    )


def statement_of_group(members: Sequence[Statement]) -> Statement:
    """What all who handed in together may read: of scores that differ none, and of none how it came about."""
    first = members[0]
    named = [member.student for member in members if member.student]
    names = wording.listed(named) if named else ""
    if all(replace(member, student="", attempt=first.attempt) == replace(first, student="") for member in members):
        return replace(first, student=names)
    own = {question: math.nan for member in members for question in member.answers}
    return replace(first, student=names, score=None, steps=(), notes=(_OWN_SCORES,), answers=own)


def _signed(points: float) -> str:
    """`+5`, `−18.5`."""
    return f"{'+' if points > 0 else '−' if points < 0 else ''}{wording.number(abs(points))}"


def _steps(row: Row) -> tuple[str, ...]:
    if row.settled is None or not (row.settled.steps or row.carried):
        return ()
    carried = f", of it {wording.number(row.carried)} carried forward" if row.carried else ""
    graded = [] if row.settled.raw is None else [f"graded: {wording.number(row.settled.raw)}{carried}"]
    return (*graded, *(f"{words}: {_signed(points)}" for words, points in row.settled.steps))
