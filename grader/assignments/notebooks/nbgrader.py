"""Source notebooks of nbgrader: what a cell is for stands in its metadata, what students lose between two comments."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.assignments.errors import AssignmentError
from grader.assignments.notebooks.cells import Cell, RawCell, SourceNotebook


@dataclass(frozen=True)
class Regions:
    """The comments that such a part begins and ends with; either may stand anywhere in its line."""

    begin: str
    end: str


def cut(source: str, regions: Regions, where: str, stub: str = "") -> tuple[str, frozenset[int], str]:
    """What students see, with `stub` in each part's place; the numbers of the lines cut out; and what stood in them.

    Raises:
        AssignmentError: a part does not end, or ends without having begun.
    """
    shown: list[str] = []
    secret: dict[int, str] = {}
    begun = 0
    for number, line in enumerate(source.split("\n"), start=1):
        if regions.begin in line:
            if begun:
                raise AssignmentError(f"{where}, line {number}: {regions.begin} inside another one (line {begun})")
            begun = number
            indent = line[: len(line) - len(line.lstrip())]
            shown += [indent + text for text in stub.split("\n")] if stub else []
        elif regions.end in line:
            if not begun:
                raise AssignmentError(f"{where}, line {number}: {regions.end} without {regions.begin}")
            begun = 0
        elif begun:
            secret[number] = line
        else:
            shown.append(line)
    if begun:
        raise AssignmentError(f"{where}, line {begun}: {regions.begin} without {regions.end}")
    return "\n".join(shown), frozenset(secret), "\n".join(secret.values())


# nbgrader looks for these words anywhere in a line; its own documentation writes them after `###`.
SOLUTION = Regions("BEGIN SOLUTION", "END SOLUTION")
HIDDEN = Regions("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")
MARKS = Regions("BEGIN MARK SCHEME", "END MARK SCHEME")
CODE_STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
TEXT_STUB = "YOUR ANSWER HERE"
_NAME = re.compile(r"[\w-]*")


def is_nbgrader(cells: Sequence[RawCell]) -> bool:
    return any(isinstance(cell.metadata.get("nbgrader"), dict) for cell in cells)


def read_nbgrader(path: Path, raw: Sequence[RawCell], metadata: Mapping[str, Any]) -> SourceNotebook:
    """The notebook's cells with their purposes.

    Raises:
        AssignmentError: markers do not match, or a name occurs twice.
    """
    cells = [_cell(cell, path, _text_above(raw, cell)) for cell in raw]
    names = [cell.name for cell in cells if cell.name]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise AssignmentError(f"{path}: two cells have the name (grade_id) {', '.join(sorted(doubled))}")
    return SourceNotebook(path, "nbgrader", tuple(cells), metadata, tuple(_remarks(cells)))


def _cell(raw: RawCell, path: Path, above: str) -> Cell:
    settings = raw.metadata.get("nbgrader")
    settings = settings if isinstance(settings, dict) else {}
    where = f"{path}, {raw.place}"
    is_graded, is_solution = bool(settings.get("grade")), bool(settings.get("solution"))
    name = str(settings.get("grade_id", "")) if is_graded or is_solution or settings.get("task") else ""
    points = _points(settings, where) if is_graded or settings.get("task") else 0.0
    if settings.get("task"):
        shown, secret, marks = cut(raw.source, MARKS, where)
        return Cell(raw, "written", raw.source, shown, name, points, secret, rubric=marks, prompt=shown)
    if is_solution:
        shown, secret, answer = cut(raw.source, SOLUTION, where, CODE_STUB if raw.cell_type == "code" else TEXT_STUB)
        if not secret:
            stub = CODE_STUB if raw.cell_type == "code" else TEXT_STUB
            shown, secret, answer = stub, frozenset(range(1, raw.source.count("\n") + 2)), raw.source
        if is_graded or raw.cell_type != "code":
            return Cell(raw, "written", raw.source, shown, name, points, secret, rubric=answer, prompt=above)
        return Cell(raw, "answer", raw.source, shown, name, secret=secret)
    if raw.cell_type != "code":
        return Cell(raw, "text", raw.source, raw.source, name)
    if is_graded:
        shown, secret, _ = cut(raw.source, HIDDEN, where)
        # A cell of which nothing is shown stays: nbgrader looks for it in what comes back.
        return Cell(raw, "test", raw.source, shown, name, points, secret)
    for regions in (SOLUTION, HIDDEN):
        if regions.begin in raw.source:
            raise AssignmentError(f"{where}: {regions.begin} stands in a cell that nbgrader does not know as one")
    return Cell(raw, "given", raw.source, raw.source)


def _points(settings: Mapping[str, Any], where: str) -> float:
    points = settings.get("points", 0)
    if not isinstance(points, int | float) or not 0 <= points < float("inf"):
        raise AssignmentError(f"{where}: {points!r} is no number of points")
    return float(points)


def _text_above(raw: Sequence[RawCell], cell: RawCell) -> str:
    above = raw[max(0, raw.index(cell) - 1)]
    return above.source if above.cell_type == "markdown" else ""


def _remarks(cells: Sequence[Cell]) -> Iterator[str]:
    for cell in cells:
        if cell.name and not _NAME.fullmatch(cell.name):
            yield f"{cell.place}: the name {cell.name!r} is none that nbgrader accepts"
        if cell.kind == "test" and not cell.points:
            yield f"{cell.place}: the test {cell.name} is worth no points; it informs"
