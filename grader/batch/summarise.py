"""The class summary from a batch's gradebook and what is known of its reports: `summarise(gradebook, known)`."""

import math
import statistics
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from grader.batch.evidence import Evidence, MeasuredCurve
from grader.batch.gradebook import Gradebook, Row
from grader.batch.summary import (
    Bin,
    CheckSummary,
    ClassSummary,
    Curve,
    FunctionSummary,
    MistakeSummary,
    ScoreDistribution,
    SimilaritySummary,
    SlowSubmission,
    StudentSummary,
    TrainingSummary,
    UnnamedGroup,
)

_BINS = 10
_SLOWEST = 10
_MOST_CURVES = 200

T = TypeVar("T")
Known = tuple[Evidence, tuple[MeasuredCurve, ...]]
ReadKnown = Callable[[Row, bool], Known | None]


def summarise(
    gradebook: Gradebook, read: ReadKnown, *, anonymous: bool = False, similarity: SimilaritySummary | None = None
) -> ClassSummary:
    """The summary of a class.

    Args:
        read: what is known of a row's report, or None, and its curves, if the row is among those that are drawn; asked
            once for each, so that one report at a time is in memory.
        anonymous: students go by their keys alone.
    """
    maximum = gradebook.maximum
    drawn = {row.student.key for row in drawn_rows(gradebook.rows)}
    graded = [row for row in gradebook.rows if row.status == "graded"]
    known: dict[str, Evidence] = {}
    curves: list[tuple[str, MeasuredCurve]] = []
    for row in graded:
        key = row.student.key
        if row.report and (found := read(row, key in drawn)):
            known[key] = found[0]
            curves += [(key, line) for line in found[1]]
    checks = _checks(known)
    by_time = sorted(known.items(), key=lambda item: (-item[1].seconds, item[0]))
    return ClassSummary(
        assignment=gradebook.assignment_id,
        title=gradebook.title,
        maximum=maximum,
        statuses=Counter(row.status for row in gradebook.rows),
        unreadable=gradebook.unreadable,
        scores=_distribution([row.settled.final for row in gradebook.rows if row.settled and _is_judged(row)], maximum),
        mean_carried=statistics.fmean(row.carried or 0.0 for row in graded) if graded else None,
        functions=tuple(_function(name, graded, checks.get(name, ())) for name in gradebook.functions),
        mistakes=_mistakes(known),
        unnamed=_unnamed(known),
        slowest=tuple(SlowSubmission(student=key, seconds=one.seconds) for key, one in by_time[:_SLOWEST]),
        median_seconds=statistics.median(one.seconds for one in known.values()) if known else None,
        training=tuple(_training(curves)),
        curves_of=len(drawn),
        curves_from=len(graded),
        similarity=similarity,
        students=tuple(
            _student(row, gradebook.functions, known.get(row.student.key), anonymous) for row in gradebook.rows
        ),
    )


def _grouped(told: Iterable[tuple[str, T]], key: Callable[[T], Hashable]) -> list[list[tuple[str, T]]]:
    """What students' reports say, by what is the same in them, as they first say it."""
    found: dict[Hashable, list[tuple[str, T]]] = {}
    for student, one in told:
        found.setdefault(key(one), []).append((student, one))
    return list(found.values())


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _checks(known: Mapping[str, Evidence]) -> dict[str, list[CheckSummary]]:
    """By function."""
    found: dict[str, list[CheckSummary]] = {}
    told = ((student, check) for student, evidence in known.items() for check in evidence.checks)
    for group in _grouped(told, lambda check: (check.function, check.id)):
        first, passed = group[0][1], sum(check.passed for _, check in group)
        summary = CheckSummary(id=first.id, title=first.title, passed=passed, count=len(group))
        found.setdefault(first.function, []).append(summary)
    return found


def _mistakes(known: Mapping[str, Evidence]) -> tuple[MistakeSummary, ...]:
    """The most frequent first."""
    told = ((student, mistake) for student, evidence in known.items() for mistake in evidence.mistakes)
    found = (
        MistakeSummary(
            code=group[0][1].code,
            title=group[0][1].title,
            functions=_distinct(mistake.function for _, mistake in group),
            students=_distinct(student for student, _ in group),
        )
        for group in _grouped(told, lambda mistake: mistake.code)
    )
    return tuple(sorted(found, key=lambda mistake: (-len(mistake.students), mistake.code)))


def _unnamed(known: Mapping[str, Evidence]) -> tuple[UnnamedGroup, ...]:
    """Those that several share, the most frequent first."""
    told = ((student, fault) for student, evidence in known.items() for fault in evidence.unnamed)
    found = (
        UnnamedGroup(
            function=group[0][1].function,
            fingerprint=group[0][1].fingerprint,
            said=group[0][1].said,
            students=_distinct(student for student, _ in group),
        )
        for group in _grouped(told, lambda fault: (fault.function, fault.fingerprint))
    )
    shared = (group for group in found if len(group.students) > 1)
    return tuple(sorted(shared, key=lambda group: (-len(group.students), group.function, group.fingerprint)))


def _training(curves: Iterable[tuple[str, MeasuredCurve]]) -> Iterator[TrainingSummary]:
    for group in _grouped(curves, lambda line: (line.function, line.quantity, line.split)):
        function, quantity, split, *_ = group[0][1]
        own = [Curve(student=student, x=line.x, y=line.y) for student, line in group if line.owner == "yours"]
        others = [Curve(student="", x=line.x, y=line.y) for _, line in group if line.owner == "reference"]
        if own:
            reference = next(iter(others), None)
            yield TrainingSummary(
                function=function, quantity=quantity, split=split, curves=tuple(own), reference=reference
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


def _function(name: str, graded: Sequence[Row], checks: Sequence[CheckSummary]) -> FunctionSummary:
    grades = [function for row in graded for function in row.functions if function.name == name]
    shares = [grade.score / grade.max_score for grade in grades if grade.max_score > 0]
    return FunctionSummary(
        name=name,
        count=len(grades),
        statuses=Counter(grade.status for grade in grades),
        success=statistics.fmean(shares) if shares else None,
        checks=tuple(checks),
    )


def _student(row: Row, functions: Sequence[str], evidence: Evidence | None, anonymous: bool) -> StudentSummary:
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
        mistakes=len({mistake.code for mistake in evidence.mistakes}) if evidence else 0,
        report=row.report,
    )
