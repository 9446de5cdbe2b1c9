"""Assignments: a folder of plain Python becomes what a submission is graded against."""

from grader.assignments.assignment import Assignment, read_assignment
from grader.assignments.contract import (
    ContractFunction,
    Opaque,
    ScriptTerms,
    made,
    may_change,
    may_lack,
    script,
    updates,
    vectorized,
)
from grader.assignments.declarations import (
    ByHand,
    Check,
    Convention,
    Lesson,
    Mistake,
    Place,
    Probe,
    Quantities,
    QuantitiesHook,
    check,
    convention,
    mistake,
    probe,
    quantities,
)
from grader.assignments.errors import AssignmentError
from grader.assignments.library import folder_of, library_folders, load_assignment
from grader.assignments.operation import Operation, step
from grader.assignments.specialise import replacement_source
from grader.assignments.use import Use, table

__all__ = [
    "Assignment",
    "AssignmentError",
    "ByHand",
    "Check",
    "ContractFunction",
    "Convention",
    "Lesson",
    "Mistake",
    "Opaque",
    "Operation",
    "Place",
    "Probe",
    "Quantities",
    "QuantitiesHook",
    "ScriptTerms",
    "Use",
    "check",
    "convention",
    "folder_of",
    "library_folders",
    "load_assignment",
    "made",
    "may_change",
    "may_lack",
    "mistake",
    "probe",
    "quantities",
    "read_assignment",
    "replacement_source",
    "script",
    "step",
    "table",
    "updates",
    "vectorized",
]
