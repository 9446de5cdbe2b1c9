"""What is wrong with functions that a slip of syntax keeps from being there, which the text shows how to put right.

It is told beside what is told of the text as it is, which earns no points: that does not run.
"""

from collections.abc import Mapping, Sequence

from grader.report import Diagnosis, FunctionReport, Location
from grader.submissions import SourceUnit, Submission
from grader.submissions.syntax import SyntaxFault, parse

NO_CONSTRUCTOR = ".constructor-not-python"  # at the end of a code
NOT_PYTHON = "is not Python"  # in the message about a function that was lost
LONGEST = 80  # characters of a line


def are_lost(functions: Sequence[FunctionReport]) -> set[str]:
    """The functions that are not there, or of which no object can be made, as a part of the file is not Python."""
    return {
        one.name
        for one in functions
        if any(told.code.endswith(NO_CONSTRUCTOR) for told in one.diagnoses)
        or (one.status == "missing" and any(NOT_PYTHON in check.message for check in one.checks))
    }


def with_what_is_behind(
    functions: Sequence[FunctionReport], mended: Mapping[str, FunctionReport], submission: Submission
) -> tuple[FunctionReport, ...]:
    """The reports, with what came of functions that were lost in the submission with its syntax put right."""
    units = [one for one in (*submission.units, *submission.modules.values()) if one.mended is not None]
    told = []
    for one in functions:
        found = _told(one.name, mended[one.name], units) if one.name in mended else ()
        own = [each for each in one.diagnoses if not each.code.endswith(NO_CONSTRUCTOR)] if found else one.diagnoses
        told.append(one.model_copy(update={"diagnoses": (*found, *own)}))
    return tuple(told)


def _told(name: str, now: FunctionReport, units: Sequence[SourceUnit]) -> tuple[Diagnosis, ...]:
    """The slip of syntax, what comes of the function without it, and what is wrong then."""
    is_right = now.status in ("passed", "carried")
    unit, fault = _nearest(now.location, units)
    if now.status == "missing" or (unit.mended is not None and fault.line in unit.mended.guessed and not is_right):
        return ()  # not written either; or the function may be wrong for what it was taken for
    if is_right:
        then = f"every check of `{name}` passes."
    elif now.diagnoses:
        then = "more shows, which is told as well."
    else:
        then = f"`{name}` runs, and {'raises an error' if now.status == 'error' else 'gives wrong results'}."
    slip = Diagnosis(
        code=f"{name}.not-python",
        title=f"Line {fault.line} is not Python: {fault.message}",
        explanation=f"With {_meant(units, fault.line)} {then}",
        location=Location(file=unit.file, cell=unit.cell, line=fault.line),
    )
    proof = f"every check of `{name}` passes"
    behind = (
        one.model_copy(
            update={"explanation": one.explanation.replace(f"{proof}.", f"{proof}, once that is put right as well.")}
        )
        for one in now.diagnoses
    )
    return (slip, *behind)


def _nearest(place: Location | None, units: Sequence[SourceUnit]) -> tuple[SourceUnit, SyntaxFault]:
    """The first fault in the function or class that a place is in; the first of all, if there is none."""
    for unit in (one for one in units if place is not None and (one.file, one.cell) == (place.file, place.cell)):
        tree = parse(unit.as_meant.source)
        for one in tree.body if tree is not None else ():
            lines = range(one.lineno, (one.end_lineno or one.lineno) + 1)
            inside = [fault for fault in unit.faults if fault.line in lines]
            if (
                inside
                and place is not None
                and (unit.file, unit.cell) == (place.file, place.cell)
                and place.line in lines
            ):
                return unit, inside[0]
    return units[0], units[0].faults[0]


def _meant(units: Sequence[SourceUnit], own: int) -> str:
    """What was put in the place of lines that are not Python, but for guesses elsewhere than in a line of one's own."""
    told = []
    for unit in units:
        if unit.mended is None:
            continue
        lines = [one for one in unit.mended.lines if one == own or one not in unit.mended.guessed]
        cell = f" of cell {unit.cell}" if unit.cell is not None else ""
        before, after = unit.original.split("\n"), unit.mended.source.split("\n")
        changed = [line for line in lines if before[line - 1].strip() != after[line - 1].strip()]
        moved = sorted({*lines} - {*changed})
        told += [f"`{after[line - 1].strip()[:LONGEST]}` in line {line}{cell}" for line in changed]
        if moved:
            place = f"lines {moved[0]} to {moved[-1]}" if len(moved) > 1 else f"line {moved[0]}"
            told.append(f"{place}{cell} indented as the lines around")
    return " and ".join(told)
