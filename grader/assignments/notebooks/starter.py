"""What students get of a source notebook: the answers taken out, and proof that none is left."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from grader.assignments.errors import AssignmentError
from grader.assignments.notebooks.cells import Cell, SourceNotebook

ANSWER_OF = "grader"  # the key of a cell's metadata that names the question which it answers
_OWN = frozenset({"nbgrader", ANSWER_OF})  # keys of metadata that hold names and points, and nothing of an author's
_TELLING = 6  # a shorter line (`else:`, `x = 1`) says nothing about an answer


def student_notebook(notebook: SourceNotebook) -> str:
    """The text of the students' notebook file.

    Raises:
        AssignmentError: a line of an answer or of a hidden test would be in it.
    """
    cells = [_cell(cell, number) for number, cell in enumerate(notebook.cells, start=1) if cell.student is not None]
    document = {"cells": cells, "metadata": _metadata(notebook), "nbformat": 4, "nbformat_minor": 5}
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    demand_no_answers(notebook, [cell["source"] for cell in cells])
    _demand_none_in_metadata(notebook, {"of the notebook": notebook.metadata.get("otter", {})})
    _demand_none_in_metadata(
        notebook,
        {
            f"of {cell.place}": {key: value for key, value in made["metadata"].items() if key not in _OWN}
            for cell, made in zip((cell for cell in notebook.cells if cell.student is not None), cells, strict=True)
        },
    )
    return text


def demand_no_answers(notebook: SourceNotebook, shown: list[str]) -> None:
    """Raise AssignmentError where a line that students must not see stands more often than it is given to them."""
    given = Counter(line for cell in notebook.cells for line in _open_lines(cell))
    there = Counter(line.strip() for text in shown for line in text.split("\n"))
    for cell in notebook.cells:
        for number, line in _secret_lines(cell):
            if there[line] > given[line]:
                raise AssignmentError(
                    f"{notebook.path}, {cell.place}, line {number}: students would see `{line[:60]}`, "
                    "which is part of an answer or of a hidden test"
                )


def _demand_none_in_metadata(notebook: SourceNotebook, held: Mapping[str, Any]) -> None:
    """Raise AssignmentError where metadata hold a line that students must not see, in whatever else they hold."""
    given = "\n".join(line for cell in notebook.cells for line in _open_lines(cell))
    for where, metadata in held.items():
        text = "\n".join(_strings(metadata))
        for cell in notebook.cells:
            for number, line in _secret_lines(cell):
                if line in text and line not in given:
                    raise AssignmentError(
                        f"{notebook.path}, metadata {where}: students would find `{line[:60]}`, line {number} of "
                        f"{cell.place}, which is part of an answer or of a hidden test"
                    )


def _secret_lines(cell: Cell) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(cell.raw.source.split("\n"), start=1):
        if number in cell.secret and len(line.strip()) >= _TELLING:
            yield number, line.strip()


def _open_lines(cell: Cell) -> Iterator[str]:
    """Lines that students are given: of every cell those that are no secret, and those of stubs."""
    if cell.student is None:
        return
    own = [line.strip() for i, line in enumerate(cell.raw.source.split("\n"), start=1) if i not in cell.secret]
    stub = [line.strip() for line in cell.student.split("\n")]
    yield from (Counter(own) | Counter(stub)).elements()


def _cell(cell: Cell, number: int) -> dict[str, Any]:
    metadata = {key: value for key, value in cell.raw.metadata.items() if key != ANSWER_OF}
    if cell.kind == "written" and cell.name:
        metadata[ANSWER_OF] = {"question": cell.name}
    made: dict[str, Any] = {
        "cell_type": cell.raw.cell_type,
        "id": f"cell-{number}",
        "metadata": metadata,
        "source": cell.student or "",
    }
    if cell.raw.cell_type == "code":
        made |= {"execution_count": None, "outputs": []}
    return made


def _strings(value: Any) -> Iterator[str]:
    """Every text in metadata: keys, values, whatever they are in."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _metadata(notebook: SourceNotebook) -> dict[str, Any]:
    kept = {key: notebook.metadata[key] for key in ("kernelspec", "language_info", "otter") if key in notebook.metadata}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"kernelspec": kernel, "language_info": {"name": "python"}} | kept
