"""The class summary from a batch's gradebook and what is known of its reports: `summarise(gradebook, known)`."""

import math
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from grader.batch.evidence import Evidence, MeasuredCurve
from grader.batch.gradebook import Gradebook, Row
from grader.batch.summary import (
    Bin,
    CheckSummary,
    ClassSummary,
    Curve,
    FunctionSummary,
    MistakeSummary,
    Quantity,
    ScoreDistribution,
    SimilaritySummary,
    SlowSubmission,
    Split,
    StudentSummary,
    TrainingSummary,
    UnnamedGroup,
)

_BINS = 10
_SLOWEST = 10
_MOST_CURVES = 200

Known = tuple[Evidence, tuple[MeasuredCurve, ...]]
ReadKnown = Callable[[Row, bool], Known | None]


def summarise(
    gradebook: Gradebook,
    read: ReadKnown,
    *,
    anonymous: bool = False,
    similarity: SimilaritySummary | None = None,
) -> ClassSummary:
    """The summary of a class.

    Args:
        read: what is known of a row's report, or None, and its curves, if the row is among those that are drawn; asked
            once for each, so that one report at a time is in memory.
        anonymous: students go by their keys alone.
    """
    evidence, maximum = _Evidence(), gradebook.maximum
    drawn = {row.student.key for row in drawn_rows(gradebook.rows)}
    for row in gradebook.rows:
        if row.status != "graded" or not row.report:
            continue
        known = read(row, row.student.key in drawn)
        if known is not None:
            evidence.add(row.student.key, known[0])
            evidence.draw(row.student.key, known[1])
    graded = [row for row in gradebook.rows if row.status == "graded"]
    by_time = sorted(evidence.seconds.items(), key=lambda item: (-item[1], item[0]))
    return ClassSummary(
        assignment=gradebook.assignment_id,
        title=gradebook.title,
        maximum=maximum,
        statuses=Counter(row.status for row in gradebook.rows),
        unreadable=gradebook.unreadable,
        scores=_distribution([row.settled.final for row in gradebook.rows if row.settled and _is_judged(row)], maximum),
        mean_carried=statistics.fmean(row.carried or 0.0 for row in graded) if graded else None,
        functions=tuple(_function(name, graded, evidence) for name in gradebook.functions),
        mistakes=evidence.by_frequency(),
        unnamed=evidence.unnamed_groups(),
        slowest=tuple(SlowSubmission(student=key, seconds=seconds) for key, seconds in by_time[:_SLOWEST]),
        median_seconds=statistics.median(evidence.seconds.values()) if evidence.seconds else None,
        training=evidence.training(),
        curves_of=len(drawn),
        curves_from=len(graded),
        similarity=similarity,
        students=tuple(_student(row, gradebook.functions, evidence, anonymous) for row in gradebook.rows),
    )


@dataclass
class _Overlay:
    curves: list[Curve] = field(default_factory=list)
    reference: Curve | None = None


@dataclass
class _Mistake:
    title: str
    functions: dict[str, None] = field(default_factory=dict)
    students: dict[str, None] = field(default_factory=dict)


@dataclass
class _Unnamed:
    said: str
    students: dict[str, None] = field(default_factory=dict)


@dataclass
class _Evidence:
    """What is kept of the reports as they pass by."""

    seconds: dict[str, float] = field(default_factory=dict)
    mistakes: dict[str, _Mistake] = field(default_factory=dict)
    mistakes_of: Counter[str] = field(default_factory=Counter)
    unnamed: dict[tuple[str, str], _Unnamed] = field(default_factory=dict)
    check_titles: dict[str, dict[str, str]] = field(default_factory=dict)
    check_counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    check_passes: Counter[tuple[str, str]] = field(default_factory=Counter)
    overlays: dict[tuple[str, Quantity, Split], _Overlay] = field(default_factory=dict)

    def add(self, student: str, evidence: Evidence) -> None:
        self.seconds[student] = evidence.seconds
        for check in evidence.checks:
            key = check.function, check.id
            self.check_titles.setdefault(check.function, {}).setdefault(check.id, check.title)
            self.check_counts[key] += 1
            self.check_passes[key] += check.passed
        for code, title, function in evidence.mistakes:
            mistake = self.mistakes.setdefault(code, _Mistake(title))
            mistake.functions[function] = None
            mistake.students[student] = None
        for print_, said, function in evidence.unnamed:
            self.unnamed.setdefault((function, print_), _Unnamed(said)).students[student] = None
        self.mistakes_of[student] = len({mistake.code for mistake in evidence.mistakes})

    def draw(self, student: str, curves: Iterable[MeasuredCurve]) -> None:
        for line in curves:
            overlay = self.overlays.setdefault((line.function, line.quantity, line.split), _Overlay())
            if line.owner == "yours":
                overlay.curves.append(Curve(student=student, x=line.x, y=line.y))
            elif overlay.reference is None:
                overlay.reference = Curve(student="", x=line.x, y=line.y)

    def by_frequency(self) -> tuple[MistakeSummary, ...]:
        found = (
            MistakeSummary(
                code=code, title=mistake.title, functions=tuple(mistake.functions), students=tuple(mistake.students)
            )
            for code, mistake in self.mistakes.items()
        )
        return tuple(sorted(found, key=lambda mistake: (-len(mistake.students), mistake.code)))

    def unnamed_groups(self) -> tuple[UnnamedGroup, ...]:
        """Those that several share, the most frequent first."""
        found = (
            UnnamedGroup(function=function, fingerprint=print_, said=one.said, students=tuple(one.students))
            for (function, print_), one in self.unnamed.items()
            if len(one.students) > 1
        )
        return tuple(sorted(found, key=lambda group: (-len(group.students), group.function, group.fingerprint)))

    def checks(self, function: str) -> tuple[CheckSummary, ...]:
        return tuple(
            CheckSummary(
                id=id_, title=title, passed=self.check_passes[function, id_], count=self.check_counts[function, id_]
            )
            for id_, title in self.check_titles.get(function, {}).items()
        )

    def training(self) -> tuple[TrainingSummary, ...]:
        return tuple(
            TrainingSummary(
                function=function,
                quantity=quantity,
                split=split,
                curves=tuple(overlay.curves),
                reference=overlay.reference,
            )
            for (function, quantity, split), overlay in self.overlays.items()
            if overlay.curves
        )


def drawn_rows(rows: Iterable[Row]) -> list[Row]:
    """At most so many graded rows that their curves can be told apart, evenly from the lowest score to the highest."""
    graded = sorted(
        (row for row in rows if row.status == "graded" and row.report),
        key=lambda row: ((row.score and row.score.raw) or 0.0, row.student.key),
    )
    if len(graded) <= _MOST_CURVES:
        return graded
    last = len(graded) - 1
    return [graded[round(index * last / (_MOST_CURVES - 1))] for index in range(_MOST_CURVES)]


def _is_judged(row: Row) -> bool:
    """Whether somebody looked at the work: the zero of a file that could not be read says nothing of the class."""
    return row.status == "graded" or (row.score is not None and row.score.is_given)


def _distribution(scores: Sequence[float], maximum: float) -> ScoreDistribution:
    if not scores:
        return ScoreDistribution(count=0)
    return ScoreDistribution(
        count=len(scores),
        mean=statistics.fmean(scores),
        median=statistics.median(scores),
        standard_deviation=statistics.pstdev(scores),
        lowest=min(scores),
        highest=max(scores),
        bins=_bins(scores, maximum),
    )


def _bins(scores: Sequence[float], maximum: float) -> tuple[Bin, ...]:
    """Tenths of the maximum, and one more for what extra credit lifts above it."""
    span = maximum if maximum > 0 else max(*scores, 1.0)
    counts = [0] * _BINS
    above = 0
    for score in scores:
        if score > span:
            above += 1
        else:
            counts[min(_BINS - 1, max(0, math.floor(_BINS * score / span)))] += 1
    bins = [Bin(low=span * i / _BINS, high=span * (i + 1) / _BINS, count=count) for i, count in enumerate(counts)]
    if above:
        bins.append(Bin(low=span, high=max(scores), count=above))
    return tuple(bins)


def _function(name: str, graded: Sequence[Row], evidence: _Evidence) -> FunctionSummary:
    grades = [function for row in graded for function in row.functions if function.name == name]
    shares = [grade.score / grade.max_score for grade in grades if grade.max_score > 0]
    return FunctionSummary(
        name=name,
        count=len(grades),
        statuses=Counter(grade.status for grade in grades),
        success=statistics.fmean(shares) if shares else None,
        checks=evidence.checks(name),
    )


def _student(row: Row, functions: Sequence[str], evidence: _Evidence, anonymous: bool) -> StudentSummary:
    grades = {function.name: function for function in row.functions}
    found = [grades.get(name) for name in functions]
    return StudentSummary(
        key=row.student.key,
        name=row.student.key if anonymous else row.student.label,
        status=row.status,
        late=row.late.is_late,
        score=row.settled.final if row.settled else None,
        is_given=row.score is not None and row.score.is_given,
        carried=row.carried,
        points=tuple(grade.score if grade else None for grade in found),
        functions=tuple(grade.status if grade else None for grade in found),
        mistakes=evidence.mistakes_of[row.student.key],
        report=row.report,
    )
