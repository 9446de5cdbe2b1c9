"""An assignment in one notebook: as nbgrader or otter keep it, or a plain one with functions and tests."""

from pathlib import Path

from grader.assignments.notebooks.cells import SourceNotebook, read_cells
from grader.assignments.notebooks.derived import Derived
from grader.assignments.notebooks.nbgrader import is_nbgrader, read_nbgrader
from grader.assignments.notebooks.otter import is_otter, read_otter
from grader.assignments.notebooks.plain import module_cells, read_plain
from grader.assignments.notebooks.starter import student_notebook

__all__ = ["Derived", "SourceNotebook", "read_source", "student_notebook"]


def read_source(path: Path) -> SourceNotebook:
    """The notebook, or module, with what each of its cells is for.

    Raises:
        AssignmentError: it cannot be read, or contradicts itself: which cell, which line.
    """
    if path.suffix == ".py":
        return read_plain(path, module_cells(path), {})
    cells, metadata = read_cells(path)
    if is_otter(cells):
        return read_otter(path, cells, metadata)
    if is_nbgrader(cells):
        return read_nbgrader(path, cells, metadata)
    return read_plain(path, cells, metadata)
