"""How large a report may be, whatever a submission does: what is stored, sent and rendered starts from here.

Single texts are bounded where they are made. Here the whole is: ten thousand cells that all stop with a long message
are ten thousand short ones with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from grader.report import CellRun, CheckResult, FunctionReport, Report, StudentError

ERROR_CHARACTERS = 200_000  # of all errors of a report, their frames included
BRIEF = 200  # characters of a message, when the others have taken the room
REMARKS, REMARK = 200, 4_000
CELLS = 10_000
COMPARISONS = 500  # of one check


def bounded(report: Report) -> Report:
    """The report with its errors, messages and lists within the bounds; the same if it is so already."""
    room = _Room(ERROR_CHARACTERS)
    functions = tuple(
        function.model_copy(update={"checks": tuple(_check(check, room) for check in function.checks)})
        for function in report.functions
    )
    return report.model_copy(
        update={
            "functions": tuple(_function(function) for function in functions),
            "cells": tuple(_cell(cell, room) for cell in report.cells[:CELLS]),
            "remarks": _remarks(report.remarks),
        }
    )


@dataclass
class _Room:
    left: int

    def admits(self, error: StudentError, message: str) -> bool:
        size = len(message) + len(error.message) + len(error.type)
        for frame in error.frames:
            size += len(frame.text) + len(frame.function) + len(frame.location.file)
        self.left -= size
        return self.left >= 0


def _check(check: CheckResult, room: _Room) -> CheckResult:
    changes: dict[str, object] = {}
    if check.error is not None and not room.admits(check.error, check.message):
        changes = {"error": _brief(check.error), "message": check.message[:BRIEF], "outline": check.outline[:BRIEF]}
    if len(check.comparisons) > COMPARISONS:
        changes["comparisons"] = check.comparisons[:COMPARISONS]
    return check.model_copy(update=changes) if changes else check


def _cell(cell: CellRun, room: _Room) -> CellRun:
    if cell.error is None or room.admits(cell.error, cell.message):
        return cell
    return cell.model_copy(update={"error": _brief(cell.error), "message": cell.message[:BRIEF]})


def _brief(error: StudentError) -> StudentError:
    return error.model_copy(update={"message": error.message[:BRIEF], "frames": ()})


def _function(function: FunctionReport) -> FunctionReport:
    remarks = _remarks(function.remarks)
    return function if remarks == function.remarks else function.model_copy(update={"remarks": remarks})


def _remarks(remarks: Iterable[str]) -> tuple[str, ...]:
    return tuple(remark[:REMARK] for remark in list(remarks)[:REMARKS])
