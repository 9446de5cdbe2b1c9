"""Manual adjustments: a CSV that the instructor keeps, so that they survive every regrading.

    student,points,override,comment
    jane,+5,,"found an error in the handout"
    joe@example.edu,,80,"agreed with the dean"

A student goes by key, e-mail address, or a name that nobody else has. `points` are added, `override` takes the place of
the computed score. With a column `question`, a row that names one gives the points of an answer that a person has read.
"""

import csv
import io
import math
from collections.abc import Mapping
from pathlib import Path

from grader.batch.errors import PolicyError
from grader.batch.policy import Adjustment, Policy
from grader.batch.source import legible
from grader.batch.spreadsheet import from_text

_COLUMNS = ("student", "points", "override", "comment", "question")


def adjustments_of(policy: Policy, policy_path: Path) -> Mapping[str, Adjustment]:
    """The adjustments that a policy names, by a path relative to the policy's own file."""
    return read_adjustments(policy_path.parent / policy.adjustments) if policy.adjustments else {}


def read_adjustments(path: Path) -> Mapping[str, Adjustment]:
    """Student -> adjustment; lines about the same student add up, the last override holds.

    Raises:
        PolicyError: the file is not there, or a line says something that is no adjustment.
    """
    try:
        text = path.read_text("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except OSError as error:
        raise PolicyError(f"{path}: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise PolicyError(f"{path} is no CSV in UTF-8: {error}") from error
    adjustments: dict[str, Adjustment] = {}
    for number, line in enumerate(lines, start=2):
        where = f"{path}, row {number}"
        if None in line or None in line.values() or not {"student", "comment"} <= line.keys() <= set(_COLUMNS):
            raise PolicyError(f"{where}: expected the columns {', '.join(_COLUMNS)}, each row with as many cells")
        student = legible(from_text(line["student"].strip()))
        if not student:
            raise PolicyError(f"{where}: it names no student")
        adjustments[student] = _together(adjustments.get(student), _adjustment(line, where))
    return adjustments


def _adjustment(line: Mapping[str, str], where: str) -> Adjustment:
    override = line.get("override", "").strip()
    if question := line.get("question", "").strip():
        if override:
            raise PolicyError(f"{where}: an override is of the whole score; give the question its points")
        points = _number(line.get("points", "").strip(), where)
        said = line["comment"].strip()
        return Adjustment(comment=f"{question}: {said}" if said else "", written={question: points})
    return Adjustment(
        points=_number(line.get("points", "").strip() or "0", where),
        override=_number(override, where) if override else None,
        comment=line["comment"].strip(),
    )


def _together(first: Adjustment | None, second: Adjustment) -> Adjustment:
    if first is None:
        return second
    return Adjustment(
        points=first.points + second.points,
        override=first.override if second.override is None else second.override,
        comment="; ".join(comment for comment in (first.comment, second.comment) if comment),
        written={**first.written, **second.written},
    )


def _number(text: str, where: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise PolicyError(f"{where}: {text!r} is not a number of points")
    return number
