"""Runs submissions where they can do no harm.

    with Sandbox() as sandbox, sandbox.cell() as cell:
        cell.run(source, "homework.py", seconds=10)
        cell.call("softmax", [z]).value

`Sandbox` keeps a warm process and hands out a `Cell` for each submission; what goes wrong in a cell is a
`CellFailure`, and where submissions cannot be isolated, `SandboxUnavailable` is raised before anything is run.
"""

from grader.sandbox.cell import Cell
from grader.sandbox.chains import Moved, Points, Step
from grader.sandbox.channel import Output
from grader.sandbox.errors import (
    CellCrashed,
    CellFailure,
    CellMemoryExceeded,
    CellTimeout,
    Frame,
    ResultRejected,
    SandboxUnavailable,
    SubmissionRaised,
)
from grader.sandbox.machine import Finding, diagnose_machine
from grader.sandbox.process import Answerer, Limits, Raised, Unanswered
from grader.sandbox.replies import Described, Evaluated, Note, Question, Reply, RunOutcome, Seen, ServedFunction
from grader.sandbox.sandbox import Mode, Sandbox
from grader.sandbox.values import Handle, Method, Preloaded, Token, Value

__all__ = [
    "Answerer",
    "Cell",
    "CellCrashed",
    "CellFailure",
    "CellMemoryExceeded",
    "CellTimeout",
    "Described",
    "Evaluated",
    "Finding",
    "Frame",
    "Handle",
    "Limits",
    "Method",
    "Mode",
    "Moved",
    "Note",
    "Output",
    "Points",
    "Preloaded",
    "Question",
    "Raised",
    "Reply",
    "ResultRejected",
    "RunOutcome",
    "Sandbox",
    "SandboxUnavailable",
    "Seen",
    "ServedFunction",
    "Step",
    "SubmissionRaised",
    "Token",
    "Unanswered",
    "Value",
    "diagnose_machine",
]
