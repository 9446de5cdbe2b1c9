"""A submission with what its checks gave, while it is alive and can be asked for more."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.assignments import ContractFunction
from grader.checks.run import CheckRun, CheckSetting
from grader.checks.student import Student
from grader.diagnosis.cases.where import Source


@dataclass(frozen=True)
class Judged:
    """What may be asked of one submission.

    Attributes:
        student: its functions, in a cell.
        source: its text.
        contract: what the task asks for.
        setting: what its checks were run with.
        runs: every check that was run.
    """

    student: Student
    source: Source
    contract: Sequence[ContractFunction]
    setting: CheckSetting
    runs: Sequence[CheckRun]
