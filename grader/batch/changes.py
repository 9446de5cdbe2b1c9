"""What a batch that is gone on with changes: whose grade, from what to what, and why.

It is told before anything is handed back.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.batch.gradebook import Gradebook, Row
from grader.batch.spreadsheet import as_number, as_text, csv_text, from_text
from grader.render import wording
from grader.report import CheckResult, Report

FILE = "changes.csv"
_REASONS = 5

# A grade as `grades.csv` has it, by the names of its columns.
Line = Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """One student's grade that is another one now; "" is no grade."""

    student: str
    name: str
    was: str
    now: str
    why: tuple[str, ...]

    def __str__(self) -> str:
        reasons = f": {'; '.join(self.why)}" if self.why else ""
        return f"{self.name}: {self.was or 'no score'} → {self.now or 'no score'}{reasons}"


def grades_before(output: Path) -> Mapping[str, Line]:
    """The gradebook that an output folder has, by student; nothing where there is none that can be read."""
    try:
        text = (output / "grades.csv").read_text("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error):
        return {}
    return {from_text(line["student"]): line for line in lines if line.get("student") is not None}


def changes(before: Mapping[str, Line], gradebook: Gradebook, reasons: Mapping[str, Sequence[str]]) -> list[Change]:
    """Whose score differs from the one before; `reasons` are by student, of what was graded again."""
    found = []
    for row in gradebook.rows:
        line = before.get(row.student.key)
        now = as_number(row.settled.final if row.settled else None)
        maximum = as_number(gradebook.maximum)
        if line is None or (line.get("score", "") == now and (not now or line.get("max_score", "") == maximum)):
            continue
        why = _why(line, row, reasons.get(row.student.key, ()))
        if line.get("max_score", "") != maximum:
            why = (*why, f"out of {maximum} instead of {line.get('max_score', '')}")
        found.append(Change(row.student.key, row.student.label, line.get("score", ""), now, why))
    return found + _gone(before, gradebook)


def _gone(before: Mapping[str, Line], gradebook: Gradebook) -> list[Change]:
    """Those who had a score and have no row any more: a download of a part of the class is taken for the class."""
    here = {row.student.key for row in gradebook.rows}
    return [
        Change(key, line.get("name", "") or key, line["score"], "", ("is not in this download, and has no row now",))
        for key, line in before.items()
        if key not in here and line.get("score")
    ]


def changes_csv(found: Sequence[Change]) -> str:
    lines = [("student", "name", "was", "now", "why")]
    for change in found:
        why = as_text("; ".join(change.why))
        lines.append((as_text(change.student), as_text(change.name), change.was, change.now, why))
    return csv_text(lines)


def between(old: Report, new: Report) -> list[str]:
    """Why the same file has other points: check by check, the first of them, and how many more."""
    was, now = _checks(old), _checks(new)
    told = [_sentence(key, was.get(key), now.get(key)) for key in dict.fromkeys((*was, *now))]
    reasons = [sentence for sentence in told if sentence]
    more = len(reasons) - _REASONS
    return reasons[:_REASONS] + ([f"and {wording.count(more, 'more check')}"] if more > 0 else [])


def _checks(report: Report) -> dict[tuple[str, str], CheckResult]:
    return {(function.name, check.id): check for function in report.functions for check in function.checks}


def _sentence(key: tuple[str, str], was: CheckResult | None, now: CheckResult | None) -> str:
    """What has become of one check; "" for what is as it was."""
    known = now or was
    assert known is not None
    what = f"check `{known.title}` of `{key[0]}`"
    if was is None:
        return f"{what} is new, {_points(known)}"
    if now is None:
        return f"{what} is gone, {_points(was)}"
    if was.score == now.score and was.max_score == now.max_score:
        return ""
    if not was.max_score:
        return f"{what} counts now, {_points(now)}"
    if not now.max_score:
        return f"{what} does not count any more"
    if was.max_score != now.max_score and was.status == now.status:
        return f"{what} is worth {wording.number(now.max_score)} instead of {wording.number(was.max_score)}"
    if was.status != now.status:
        if now.status == "carried":
            return f"{what} is right, given {wording.listed_names(now.given)}, {_points(now)}"
        return f"{what} {'passes' if now.status == 'passed' else 'does not pass'} now, {_points(now)}"
    return f"{what} has {_points(now)} instead of {wording.number(was.score)}"


def _points(check: CheckResult) -> str:
    return f"{wording.number(check.score)} of {wording.number(check.max_score)}"


def _why(line: Line, row: Row, reasons: Sequence[str]) -> tuple[str, ...]:
    score = row.score
    told = list(reasons)
    if line.get("attempt", "") != str(row.attempt):
        told.append(f"attempt {row.attempt} counts now, not {line.get('attempt', '')}")
    if line.get("status", "") != row.status:
        told.append(f"{line.get('status', '').replace('_', ' ')} becomes {row.status.replace('_', ' ')}")
    for column, words, value in (
        ("late_penalty", "the late penalty", score.penalty if score else None),
        ("adjustment", "the adjustment", score.adjustment if score else None),
    ):
        was, now = line.get(column, "") or "0", as_number(value) or "0"
        if was != now:
            told.append(f"{words} was {was}, and is {now}")
    if not told and line.get("raw_score", "") == as_number(score.raw if score else None):
        told.append("the policy changed")
    return tuple(told)
