"""Assignments: a folder of plain Python becomes what a submission is graded against."""

from grader.assignments.assignment import Assignment, read_assignment
from grader.assignments.contract import ContractFunction, Opaque
from grader.assignments.declarations import Check, Mistake, check, mistake
from grader.assignments.errors import AssignmentError
from grader.assignments.library import library_folders, load_assignment

__all__ = [
    "Assignment",
    "AssignmentError",
    "Check",
    "ContractFunction",
    "Mistake",
    "Opaque",
    "check",
    "library_folders",
    "load_assignment",
    "mistake",
    "read_assignment",
]
