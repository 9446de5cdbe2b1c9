"""`grade new`: a small assignment that works at once, to be changed; or one made of a notebook that a course has."""

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.assignments.assignment import NOTEBOOK
from grader.assignments.errors import AssignmentError
from grader.assignments.library import HOW_TO_INSTALL, library_root
from grader.assignments.notebooks import Derived, SourceNotebook, read_source, student_notebook
from grader.assignments.notebooks.cells import RawCell
from grader.assignments.starter import demand_empty, write_texts

_ALWAYS_THERE = frozenset({"numpy", *sys.stdlib_module_names})
TEMPLATE = Path("scaffold") / "linear-regression"


@dataclass(frozen=True)
class TakenOver:
    """A new assignment made from a source notebook: its files, and what its author should know."""

    files: tuple[Path, ...]
    notebook: SourceNotebook
    derived: Derived
    remarks: tuple[str, ...]


def take_over(source: Path, folder: Path) -> TakenOver:
    """Make a new assignment of a source notebook (of nbgrader, of otter, or plain), or of a module with doctests.

    The notebook stays the one source: it is copied as `assignment.ipynb`, and nothing has to be written beside it.

    Raises:
        AssignmentError: the notebook or the folder cannot be used.
    """
    notebook = read_source(source)
    derived = Derived(notebook)
    student_notebook(notebook)  # that no answer is left is known before anything is written
    points = sum(check.points for check in derived.checks) + sum(question.points for question in derived.written)
    if not points:
        raise AssignmentError(f"{source}: nothing in it is worth points: there is no test and no question for a person")
    demand_empty(folder)
    packages = [name for name in derived.packages if name not in _ALWAYS_THERE]
    files = {NOTEBOOK: _as_notebook(source, notebook), "assignment.toml": _metadata(notebook, points, packages)}
    written = write_texts(folder, files)
    told = [f"`{name}` is imported: it has to be installed where submissions are graded" for name in packages]
    return TakenOver(tuple(written), notebook, derived, (*derived.remarks, *told))


def _metadata(notebook: SourceNotebook, points: float, packages: Sequence[str]) -> str:
    lines = [
        f"title = {json.dumps(notebook.title, ensure_ascii=False)}",
        f"summary = {json.dumps(notebook.summary or notebook.title, ensure_ascii=False)}",
        'version = "1.0"',
        f"points = {round(points, 9):.12g}  # the tests and the questions for a person add up to this",
    ]
    if packages:
        lines += ["", "[imports]", f"allowed = {json.dumps(list(packages))}"]
    return "\n".join(lines) + "\n"


def _as_notebook(source: Path, notebook: SourceNotebook) -> str:
    """The file's own text; of a module, a notebook with a cell for each of its functions."""
    if source.suffix != ".py":
        return source.read_text("utf-8-sig")
    seen: list[RawCell] = []
    for cell in notebook.cells:
        if cell.raw not in seen:
            seen.append(cell.raw)
    cells: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "id": f"cell-{cell.number}",
            "metadata": {},
            "source": cell.source,
            "outputs": [],
            "execution_count": None,
        }
        for cell in seen
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    document = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def write_scaffold(folder: Path) -> list[Path]:
    """Write the files of a new assignment (linear regression, with everything that an assignment has).

    Returns:
        the files, in the order in which to read them.

    Raises:
        AssignmentError: the folder is not empty, or cannot be written.
    """
    try:
        demand_empty(folder)
        root = library_root()
        if root is None:
            raise AssignmentError(f"the library of assignments is not installed here; {HOW_TO_INSTALL}")
        shutil.copytree(root / TEMPLATE, folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    except OSError as error:
        raise AssignmentError(f"{folder} cannot be written: {error.strerror or error}") from error
    names = ["README.md", "assignment.toml", "contract.py", "solution.py", "checks.py", "mistakes.py"]
    return [folder / name for name in names] + sorted((folder / "examples").iterdir())
