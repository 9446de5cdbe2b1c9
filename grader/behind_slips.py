"""What is wrong with functions that a slip in a heading or in the syntax hides, where the text shows what is meant.

The submission is judged once more with that put right. What comes of it is told beside what is told of the text as it
is, which earns no points: that does not run.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from grader.diagnosis.cases.where import Definition, Source
from grader.near_names import nearest
from grader.report import Diagnosis, FunctionReport, Location
from grader.submissions import SourceUnit, Submission
from grader.submissions.syntax import SyntaxFault, parse

NOT_PYTHON = "is not Python"  # in the message about a function that was lost
LONGEST = 80  # characters of a line
OF_SYNTAX = ".constructor-not-python"  # at the end of a code, as are the next ones
# What is put in the place of a heading, by what is told of it.
HEADINGS = {
    ".constructor-misnamed": (r"\bdef\s+\w+\s*\(", "def __init__("),
    ".self-missing": (r"\b(def\s+\w+\s*)\((?!\s*\))\s*", r"\1(self, "),
    ".function-for-class": (r"\bdef(?=\s+\w+\s*(?:\(\s*(?:object)?\s*\))?\s*:)", "class"),
}
_CALLED = re.compile(r"(\w+\.\w+)\(\) takes (\d+) positional arguments? but (\d+) were given")


@dataclass(frozen=True)
class Meant:
    """The submission with slips put right, and what is told of them; None of a function that the syntax hides."""

    submission: Submission
    mended: Sequence[SourceUnit]  # those whose syntax was put right, as they are written
    hidden: Mapping[str, Diagnosis | None]
    behind: Sequence[str]  # functions that fail for those


def as_meant(functions: Sequence[FunctionReport], submission: Submission) -> Meant | None:
    """The submission with the slips put right that hide functions; None if there are none, or it is not clear how."""
    source, meant = Source(submission), submission.as_meant
    there = Source(meant or submission)
    hidden: dict[str, Diagnosis | None] = {
        one.name: None
        for one in (functions if meant is not None else ())
        if any(told.code.endswith(OF_SYNTAX) for told in one.diagnoses)
        or (one.status == "missing" and source.definition(one.name) is None and there.definition(one.name) is not None)
        or (one.status == "missing" and any(NOT_PYTHON in check.message for check in one.checks))
    }
    meant = meant if meant is not None and hidden else submission
    asked, judged = {one.name for one in functions}, set[str]()
    for one in functions:
        found = _heading(one, source, asked) if one.name not in hidden else None
        if found is None:
            continue
        told, place, change = found
        changed = meant.with_line(place, change)
        if "edits" in told.evidence:  # of a constructor, with which this one is judged already
            meant, judged = changed or meant, {*judged, one.name}
        elif changed is not None or any(
            each is not None and each.location == told.location for each in hidden.values()
        ):
            meant, hidden[one.name] = changed or meant, told
    others = [one for one in functions if one.name not in hidden and not one.diagnoses]
    behind = [one.name for one in others if not (hidden.keys() | judged).isdisjoint(one.follows_from)]
    mended = [one for one in (*submission.units, *submission.modules.values()) if one.mended is not None]
    return Meant(meant, mended, hidden, behind) if meant is not submission and (hidden or behind) else None


def _heading(
    function: FunctionReport, source: Source, asked: Collection[str]
) -> tuple[Diagnosis, Location, Callable[[str], str]] | None:
    """What is told of a heading that a function fails for, where it stands, and how it becomes what is meant."""
    for told in function.diagnoses:
        kind = f".{told.code.rpartition('.')[2]}"
        if kind in HEADINGS and told.location is not None:
            return told, told.location, partial(re.sub, *HEADINGS[kind])
        edits = told.evidence.get("edits")
        if told.evidence.get("class") and isinstance(edits, list) and len(edits) == 1 and told.location is not None:
            return told, told.location, partial(_edited, str(edits[0]["before"]), str(edits[0]["after"]))
        called = [one for check in function.checks if check.error for one in _CALLED.findall(check.error.message)]
        found = source.definition(called[0][0]) if kind == ".exception" and called else None
        if found is None or int(called[0][1]) + 1 != int(called[0][2]) or found[1].decorator_list:
            continue
        if [one.arg for one in found[1].args.args[:1]] not in (["self"], ["cls"]):
            return told, _place(found), partial(re.sub, *HEADINGS[".self-missing"])
    owner, dot, own = function.name.rpartition(".")
    others = [name for name in source.methods(owner) if f"{owner}{dot}{name}" not in asked]
    near = nearest(own, [name for name in others if _is_misspelt(name, own)])
    found = source.definition(f"{owner}{dot}{near[0]}") if function.status == "missing" and len(near) == 1 else None
    if found is None or source.definition(function.name) is not None:
        return None
    place = _place(found)
    title = f"`{near[0]}` is another name than `{own}`, which is asked for"
    slip = Diagnosis(code=f"{function.name}.function-misspelt", title=title, location=place)
    return slip, place, partial(re.sub, r"\bdef\s+\w+", f"def {own}")


def _is_misspelt(name: str, meant: str) -> bool:
    """Whether no more than a letter is another one, too much, or missing, in whatever order: a digit is no slip."""
    own, asked = Counter(name.lower()), Counter(meant.lower())
    more, less = own - asked, asked - own
    return more.total() <= 1 and less.total() <= 1 and not any(one.isdigit() for one in [*more, *less])


def _edited(before: str, after: str, line: str) -> str:
    """A line with a piece of it replaced, if it stands there once."""
    return line.replace(before, after) if line.count(before) == 1 else line


def _place(found: tuple[SourceUnit, Definition]) -> Location:
    """Where a definition begins."""
    return Location(file=found[0].file, cell=found[0].cell, line=found[1].lineno)


def with_what_is_behind(
    functions: Sequence[FunctionReport], meant: Meant, found: Sequence[FunctionReport]
) -> tuple[FunctionReport, ...]:
    """The reports, with what was `found` of hidden functions once the slips are put right."""
    now = {one.name: one for one in found}
    told = []
    for one in functions:
        own = _told(now[one.name], meant) if one.name in meant.hidden else ()
        if one.name in meant.behind:
            own = _behind(now[one.name])
        kept = [each for each in one.diagnoses if own and each.code not in (own[0].code, f"{one.name}{OF_SYNTAX}")]
        told.append(one.model_copy(update={"diagnoses": (*own, *kept)}) if own else one)
    return tuple(told)


def _told(now: FunctionReport, meant: Meant) -> tuple[Diagnosis, ...]:
    """A slip, what comes of a function without it, and what is wrong then."""
    name, slip = now.name, meant.hidden[now.name]
    unit, fault = _nearest(now.location, meant.mended) if slip is None else (None, None)
    is_right = now.status in ("passed", "carried")
    is_guess = unit is not None and fault is not None and unit.mended and fault.line in unit.mended.guessed
    if now.status == "missing" or (is_guess and not is_right):
        return ()  # it is not written either; or it may be wrong for what it was taken for
    if is_right:
        then = f"every check of `{name}` passes."
    elif now.diagnoses:
        then = "more shows, which is told as well."
    else:
        then = f"`{name}` runs, and {'raises an error' if now.status == 'error' else 'gives wrong results'}."
    if slip is not None:
        slip = slip.model_copy(update={"explanation": f"{slip.explanation} With that put right {then}".strip()})
    elif unit is not None and fault is not None:
        slip = Diagnosis(
            code=f"{name}.not-python",
            title=f"Line {fault.line} is not Python: {fault.message}",
            explanation=f"With {_put_in(meant.mended, fault.line)} {then}",
            location=Location(file=unit.file, cell=unit.cell, line=fault.line),
        )
    return (*filter(None, [slip]), *_behind(now))


def _behind(now: FunctionReport) -> tuple[Diagnosis, ...]:
    """What is wrong with a function without the slips, whose proofs hold so."""
    proof = f"every check of `{now.name}` passes"
    once = f"{proof}, once that is put right as well."
    return tuple(
        one.model_copy(update={"explanation": one.explanation.replace(f"{proof}.", once)}) for one in now.diagnoses
    )


def _nearest(place: Location | None, units: Sequence[SourceUnit]) -> tuple[SourceUnit, SyntaxFault]:
    """The first fault in the function or class that a place is in; the first of all, if there is none."""
    for unit in (one for one in units if place is not None and (one.file, one.cell) == (place.file, place.cell)):
        tree = parse(unit.as_meant.source)
        for one in tree.body if tree is not None else ():
            lines = range(one.lineno, (one.end_lineno or one.lineno) + 1)
            inside = [fault for fault in unit.faults if fault.line in lines]
            if inside and place is not None and place.line in lines:
                return unit, inside[0]
    return units[0], units[0].faults[0]


def _put_in(units: Sequence[SourceUnit], own: int) -> str:
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
