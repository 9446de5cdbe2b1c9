"""What an instructor decides about points: lateness, attempts, caps, extra credit; pure functions on scores.

Read from a `policy.toml`, every part of it optional:

    adjustments = "adjustments.csv"       # beside the policy

    [late]
    due = 2026-03-01T23:59:00+01:00       # where the download tells when a submission was made
    per = "day"                           # every day, or hour, begun
    penalty = 10                          # percent
    of = "score"                          # of what was reached, or of the "maximum"
    grace_minutes = 15                    # not late until then; afterwards lateness counts from `due`
    cap = 50                              # at most so many percent in all

    [attempts]
    count = "best"                        # or "last"

    [score]
    extra_credit = ["dropout"]            # functions whose points come on top of the maximum
    cap = 110                             # at most so many percent of the maximum
    unreadable = "empty"                  # or "zero": what a file that could not be read counts

    [reports]
    anonymous = true                      # pages that name nobody, under names that tell nothing

    [canvas]
    column = "Homework 3 (12345)"         # the assignment as Canvas's gradebook heads it

A cap holds before the penalty, a manual adjustment after it: the instructor has the last word.
"""

import math
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from grader.batch.errors import PolicyError
from grader.batch.roster import Discovery, Student


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class LatePolicy(_Settings):
    due: AwareDatetime | None = None
    per: Literal["day", "hour"] = "day"
    penalty: float = Field(0.0, ge=0, le=100)
    of: Literal["score", "maximum"] = "score"
    grace_minutes: float = Field(0.0, ge=0)
    cap: float = Field(100.0, ge=0, le=100)

    @property
    def period(self) -> timedelta:
        return timedelta(days=1) if self.per == "day" else timedelta(hours=1)


class AttemptPolicy(_Settings):
    count: Literal["best", "last"] = "last"


class ScorePolicy(_Settings):
    extra_credit: tuple[str, ...] = ()
    cap: float | None = Field(None, ge=0)
    unreadable: Literal["empty", "zero"] = "empty"


class ReportPolicy(_Settings):
    anonymous: bool = False


class CanvasSettings(_Settings):
    column: str = ""


class Policy(_Settings):
    adjustments: str = ""
    late: LatePolicy = LatePolicy()
    attempts: AttemptPolicy = AttemptPolicy()
    score: ScorePolicy = ScorePolicy()
    reports: ReportPolicy = ReportPolicy()
    canvas: CanvasSettings = CanvasSettings()


@dataclass(frozen=True)
class Lateness:
    """How late a submission is; `by` is None where the platform tells only that it is late."""

    is_late: bool = False
    by: timedelta | None = None

    @property
    def hours(self) -> float | None:
        return None if self.by is None else self.by / timedelta(hours=1)


@dataclass(frozen=True)
class Adjustment:
    """What an instructor decided about one student: points on top, or a score in place of the computed one.

    `written` has the points of answers that a person has read, by question.
    """

    points: float = 0.0
    override: float | None = None
    comment: str = ""
    written: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Score:
    """How a score came about.

    Attributes:
        raw: as graded; None where an instructor decided about what has no grade.
        maximum: without extra credit.
        penalty: points taken off for lateness.
        adjustment: points that the manual adjustment changed the score by.
        final: what counts.
        comment: why it differs from the raw one.
        steps: from the raw one to the final, in words and in points.
        waiting: questions that a person has yet to read; until then it is no final score.
        is_given: an instructor gave it to what has no grade.
    """

    raw: float | None
    maximum: float
    penalty: float
    adjustment: float
    final: float
    comment: str = ""
    steps: tuple[tuple[str, float], ...] = ()
    waiting: tuple[str, ...] = ()
    is_given: bool = False


def read_policy(path: Path) -> Policy:
    """Raises PolicyError: there is no such file, or it doesn't say what a policy can say."""
    try:
        return Policy.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise PolicyError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path} is not TOML: {error}") from error
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {_told(e['type'], e['msg'])}" for e in error.errors())
        raise PolicyError(f"{path}: {problems}") from error


def _told(problem: str, message: str) -> str:
    if problem == "timezone_aware":
        return "expected a time with its zone, such as 2026-03-01T23:59:00+01:00"
    return message


def lateness(policy: LatePolicy, submitted_at: datetime | None, marked_late: bool) -> Lateness:
    """From the time of submission where it and a due date are known, else from the platform's mark."""
    if policy.due is None or submitted_at is None:
        return Lateness(marked_late)
    by = submitted_at - policy.due
    return Lateness(True, by) if by > timedelta(minutes=policy.grace_minutes) else Lateness()


def adjustments_by_key(adjustments: Mapping[str, Adjustment], students: Iterable[Student]) -> dict[str, Adjustment]:
    """Student's key -> adjustment, told by the key, else by the address, else by a name that only one student has."""
    return {key: adjustments[told] for key, told in _told_of(adjustments, students).items()}


def stray_notes(adjusted: Collection[str], discovery: Discovery) -> list[str]:
    """Whose adjustment finds nobody, or not one student alone."""
    students = {entry.student.key: entry.student for entry in discovery.entries}.values()
    used = set(_told_of(adjusted, students).values())
    names = {student.name for student in students}
    return [
        f"an adjustment is for {told}, a name that several students have, or that another line is about: use the key"
        if told in names
        else f"an adjustment is for {told}, who is not in this batch"
        for told in adjusted
        if told not in used
    ]


def _told_of(adjusted: Collection[str], students: Iterable[Student]) -> dict[str, str]:
    """Student's key -> how the adjustments call the student, for those who are among them."""
    by_key = {student.key: student for student in students}
    called = Counter(student.name for student in by_key.values())
    found = {}
    for key, student in by_key.items():
        name = student.name if called[student.name] == 1 and student.name not in by_key else ""
        told = next((told for told in (key, student.email, name) if told and told in adjusted), None)
        if told is not None:
            found[key] = told
    return found


def penalty_notes(policy: LatePolicy, discovery: Discovery) -> list[str]:
    """Why a penalty may not do what its author thinks: not every download tells when a submission was made."""
    if not policy.penalty or any(entry.late for entry in discovery.entries):
        return []
    if policy.due is None:
        return ["nobody loses points for lateness: the policy names no due date, and the download marks nobody late"]
    if not any(entry.submitted_at for entry in discovery.entries):
        return [f"nobody loses points for lateness: a {discovery.layout} download of this kind tells no times"]
    return []


def late_periods(policy: LatePolicy, late: Lateness) -> int:
    """Days or hours begun; one where it is only known to be late."""
    if not late.is_late:
        return 0
    return 1 if late.by is None else max(1, math.ceil(late.by / policy.period))


def late_penalty(policy: LatePolicy, late: Lateness, score: float, maximum: float) -> float:
    """Points to take off, at most all there are."""
    percent = min(policy.cap, policy.penalty * late_periods(policy, late))
    base = score if policy.of == "score" else maximum
    return max(0.0, min(score, base * percent / 100))


def counted_score(
    policy: Policy,
    status: str,
    points: float,
    maximum: float,
    late: Lateness,
    adjustment: Adjustment | None = None,
    written: Collection[str] = (),
) -> Score | None:
    """What counts of one attempt, whatever became of it (a `RowStatus`); None: nothing does, which is no zero.

    Without a grade an instructor's own score counts all the same; points on top of nothing do not.
    """
    if status == "graded":
        return final_score(policy, points, maximum, late, adjustment, written)
    if adjustment is not None and adjustment.override is not None:
        final = round(_adjusted(0.0, adjustment), 6)
        steps = ((_adjustment_step(adjustment), final),)
        return Score(None, maximum, 0.0, final, final, adjustment.comment, steps, is_given=True)
    if status == "rejected" and policy.score.unreadable == "zero":
        score = final_score(policy, 0.0, maximum, Lateness(), adjustment)
        zero = "zero for what could not be read"
        comment = "; ".join(filter(None, (zero, score.comment)))
        is_given = bool(score.adjustment)
        return replace(score, raw=None, comment=comment, steps=((zero, 0.0), *score.steps), is_given=is_given)
    return None


def final_score(
    policy: Policy,
    raw: float,
    maximum: float,
    late: Lateness,
    adjustment: Adjustment | None = None,
    written: Collection[str] = (),
) -> Score:
    """The score that counts: capped, less the penalty, then adjusted by hand; never below zero.

    `written` names the questions that a person reads; their points count like those of checks, once they are given.
    """
    given = adjustment.written if adjustment else {}
    is_decided = adjustment is not None and adjustment.override is not None
    waiting = () if is_decided else tuple(name for name in written if name not in given)
    raw += sum(points for name, points in given.items() if name in written)
    cap = math.inf if policy.score.cap is None else maximum * policy.score.cap / 100
    capped = min(raw, cap)
    penalty = late_penalty(policy.late, late, capped, maximum)
    computed = capped - penalty
    final = _adjusted(computed, adjustment)
    comments = [
        f"capped at {cap:g} points" if capped < raw else "",
        _late_comment(policy.late, late, penalty),
        adjustment.comment if adjustment else "",
    ]
    steps = [
        (f"capped at {cap:g} points", capped - raw if capped < raw else 0.0),
        (_late_words(policy.late, late), -penalty),
        (_adjustment_step(adjustment) if adjustment else "", final - computed),
    ]
    return Score(
        raw=raw,
        maximum=maximum,
        penalty=round(penalty, 6),
        adjustment=round(final - computed, 6),
        final=round(final, 6),
        comment="; ".join(comment for comment in comments if comment),
        steps=tuple((words, round(points, 6)) for words, points in steps if points),
        waiting=waiting,
    )


def _adjustment_step(adjustment: Adjustment) -> str:
    done = "adjusted" if adjustment.override is None else f"set to {adjustment.override + adjustment.points:g}"
    return f"{done} by an instructor{f' ({adjustment.comment})' if adjustment.comment else ''}"


def _adjusted(computed: float, adjustment: Adjustment | None) -> float:
    if adjustment is None:
        return computed
    start = computed if adjustment.override is None else adjustment.override
    return max(0.0, start + adjustment.points)


def _late_comment(policy: LatePolicy, late: Lateness, penalty: float) -> str:
    if not penalty:
        return ""
    return f"{penalty:.4g} {'point' if penalty == 1 else 'points'} less for {_late_words(policy, late)}"


def _late_words(policy: LatePolicy, late: Lateness) -> str:
    periods = late_periods(policy, late)
    unknown = " (late by an unknown time)" if late.by is None else ""
    return f"{periods} {policy.per}{'s' if periods != 1 else ''} late{unknown}"
