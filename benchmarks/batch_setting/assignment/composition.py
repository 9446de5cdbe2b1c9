"""The operations of the library's assignment; what is checked is the benchmark's own."""

from dataclasses import replace

from grader.assignments import library_folders
from grader.assignments.modules import run_part

(table,) = run_part(library_folders()["mnist-mlp"], "composition", "library_composition")
USES = tuple(replace(use, points=None) for use in table.USES)
