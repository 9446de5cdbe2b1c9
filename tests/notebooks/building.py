"""Source notebooks as courses keep them, written down cell by cell."""

import json
from collections.abc import Sequence
from typing import Any

Cell = dict[str, Any]


def markdown(source: str, **metadata: Any) -> Cell:
    return {"cell_type": "markdown", "metadata": metadata, "source": source}


def raw(source: str) -> Cell:
    return {"cell_type": "raw", "metadata": {}, "source": source}


def code(source: str, shows: str = "", **metadata: Any) -> Cell:
    """A code cell, with what it showed when its author ran it."""
    outputs = []
    if shows:
        outputs = [
            {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": shows}}
        ]
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": outputs, "execution_count": None}


def _nbgrader(name: str, **settings: Any) -> dict[str, Any]:
    return {
        "schema_version": 3,
        "grade_id": name,
        "locked": False,
        "grade": False,
        "solution": False,
        "task": False,
    } | (settings)


def answer(name: str, source: str) -> Cell:
    """A cell of nbgrader for students to fill in."""
    return code(source, nbgrader=_nbgrader(name, solution=True))


def test(name: str, points: float, source: str) -> Cell:
    """A test cell of nbgrader."""
    return code(source, nbgrader=_nbgrader(name, grade=True, locked=True, points=points))


def manual(name: str, points: float, source: str, *, kind: str = "markdown") -> Cell:
    """A cell of nbgrader that a person grades."""
    settings = _nbgrader(name, grade=True, solution=True, points=points)
    return markdown(source, nbgrader=settings) if kind == "markdown" else code(source, nbgrader=settings)


def task(name: str, points: float, source: str) -> Cell:
    """A task of nbgrader: its text, and how it is marked."""
    return markdown(source, nbgrader=_nbgrader(name, task=True, locked=True, points=points))


def question(name: str, cells: Sequence[Cell], tests: Sequence[Cell] = (), **settings: Any) -> list[Cell]:
    """A question of Otter Assign: text and code of which code that has a solution is put into a solution block."""
    config = "\n".join([f"name: {name}", *(f"{key}: {json.dumps(value)}" for key, value in settings.items())])
    found = [raw(f"# BEGIN QUESTION\n{config}"), *cells]
    if tests:
        found += [raw("# BEGIN TESTS"), *tests, raw("# END TESTS")]
    return [*found, raw("# END QUESTION")]


def solution(*cells: Cell) -> list[Cell]:
    return [raw("# BEGIN SOLUTION"), *cells, raw("# END SOLUTION")]


def prompt(*cells: Cell) -> list[Cell]:
    return [raw("# BEGIN PROMPT"), *cells, raw("# END PROMPT")]


def notebook(*cells: Cell | Sequence[Cell]) -> str:
    flat = [one for cell in cells for one in ([cell] if isinstance(cell, dict) else cell)]
    for number, cell in enumerate(flat, start=1):
        cell["id"] = f"source-{number}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return json.dumps({"cells": flat, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1)
