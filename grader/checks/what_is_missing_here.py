"""Cells that stop for want of something that is not here, or end the program, and are no error of the student's.

A course's notebook loads a data set and trains on it; neither is done in a cell. What stops for that, and what stops
for a name that would have come from there, is told in one sentence and not as a list of errors.
"""

import re
from collections.abc import Iterable, Sequence

from grader.report import CellRun
from grader.submissions import SourceUnit
from grader.submissions.syntax import top_level

LEFT_OUT = "left out here"  # what the modules that an assignment provides say when they are asked for such a thing
_NOT_DEFINED = re.compile(r"name '(\w+)' is not defined")
_MISSING_FILE = ("FileNotFoundError", "PermissionError")


def without_ours(runs: Sequence[CellRun], units: Sequence[SourceUnit]) -> tuple[tuple[CellRun, ...], list[str]]:
    """The runs, those that stopped for what is missing here as left out, and a remark on these if there are any.

    A missing file is still told: it may have been forgotten. What only follows from it is not.
    """
    sources = {(unit.file, unit.cell): unit.source for unit in units}
    absent: set[str] = set()
    judged: list[CellRun] = []
    excused: list[CellRun] = []
    for run in runs:
        is_cause = run.error is not None and (_is_left_out(run) or run.error.type in _MISSING_FILE)
        follows = run.error is not None and run.error.type == "NameError" and _undefined(run) in absent
        if is_cause or follows:
            absent |= top_level(sources.get((run.location.file, run.location.cell), "")).definitions.keys()
        if follows or _is_left_out(run):
            excused.append(run)
            run = CellRun(location=run.location, status="skipped")
        judged.append(run)
    return tuple(judged), [_remark(excused)] if excused else []


def _is_left_out(run: CellRun) -> bool:
    error = run.error
    if error is None:
        return False
    return error.type == "StandInUsed" or (error.type == "RuntimeError" and LEFT_OUT in error.message)


def _undefined(run: CellRun) -> str:
    found = _NOT_DEFINED.match(run.error.message) if run.error is not None else None
    return found[1] if found else ""


def _remark(runs: Sequence[CellRun]) -> str:
    cells = [run.location.cell for run in runs if run.location.cell is not None]
    if len(cells) < len(runs):
        places = f"what stands at {runs[0].location}"
    elif len(cells) == 1:
        places = f"cell {cells[0]}"
    else:
        places = f"cells {', '.join(map(str, cells[:-1]))} and {cells[-1]}"
    need = "needs" if len(runs) == 1 or len(cells) < len(runs) else "need"
    return f"{places} {need} data or modules that are not here, and stopped there; that costs nothing by itself"


_ENDINGS = ("SystemExit", "KeyboardInterrupt", "GeneratorExit")


def remarks_on_ends(runs: Iterable[CellRun]) -> list[str]:
    """What to say of each place at which a submission would have ended by itself."""
    told = []
    for run in runs:
        if run.error is not None and run.error.type in _ENDINGS:
            rest = "what is defined below it" if run.location.cell is None else "the other cells"
            how = "`exit()`, `quit()` or `sys.exit()`" if run.error.type == "SystemExit" else f"`{run.error.type}`"
            verb = "was" if run.location.cell is None else "were"
            told.append(f"{run.location} ends the program ({how}); {rest} {verb} run all the same")
    return told
