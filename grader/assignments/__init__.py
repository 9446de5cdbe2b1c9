"""Assignments: a folder of plain Python becomes what a submission is graded against."""

from grader.assignments.assignment import Assignment, read_assignment
from grader.assignments.contract import ContractFunction, Opaque, ScriptTerms, script, vectorized
from grader.assignments.declarations import (
    Check,
    Convention,
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
    shared,
)
from grader.assignments.errors import AssignmentError
from grader.assignments.library import library_folders, load_assignment

__all__ = [
    "Assignment",
    "AssignmentError",
    "Check",
    "ContractFunction",
    "Convention",
    "Mistake",
    "Opaque",
    "Place",
    "Probe",
    "Quantities",
    "QuantitiesHook",
    "ScriptTerms",
    "check",
    "convention",
    "library_folders",
    "load_assignment",
    "mistake",
    "probe",
    "quantities",
    "read_assignment",
    "script",
    "shared",
    "vectorized",
]
