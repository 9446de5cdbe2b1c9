"""What the gradings of one assignment share: the sandbox, the data, the solution and its results."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from grader.assignments import Assignment, folder_of, load_assignment
from grader.assignments.settings import read_metadata
from grader.checks.allowance import Allowances
from grader.checks.local import Solution
from grader.checks.run import CheckSetting
from grader.closing import Closing
from grader.preparation import Preparation
from grader.report import CarriedForwardTerms, complete_models
from grader.sandbox import Limits, Sandbox
from grader.sandbox import Mode as SandboxMode

if TYPE_CHECKING:
    from grader.diagnosis import Diagnoser


class GradingSession(Closing):
    """An assignment, ready to grade any number of submissions against; what they share is computed once."""

    def __init__(
        self,
        assignment: Assignment | str | Path,
        *,
        sandbox: SandboxMode | Sandbox = "auto",
        seed: int = 0,
        carried_forward: CarriedForwardTerms | None = None,
        begun: Preparation | None = None,
    ) -> None:
        """`carried_forward` is what counts in the place of the assignment's own terms.

        `begun` is what has been prepared ahead for this assignment, with a sandbox of the mode `sandbox` that is for
        this session alone.
        """
        self._own_sandbox = not isinstance(sandbox, Sandbox)
        if begun is not None and begun.sandbox is not None:
            self.sandbox = begun.sandbox
        else:
            self.sandbox = sandbox if isinstance(sandbox, Sandbox) else Sandbox(sandbox)
        preparation = begun or self._begin(assignment)
        try:
            self.assignment = assignment if isinstance(assignment, Assignment) else load_assignment(assignment)
            complete_models()
            self.dataset = preparation.dataset()
        except BaseException:
            with preparation:
                pass
            self.close()
            raise
        self.carried_forward = carried_forward or self.assignment.metadata.score.carried_forward
        self.seed = seed

    def _begin(self, assignment: Assignment | str | Path) -> Preparation:
        """Load the data set while the rest of the assignment is read, and let the sandbox start on the other core."""
        folder = assignment.folder if isinstance(assignment, Assignment) else folder_of(assignment)
        metadata = assignment.metadata if isinstance(assignment, Assignment) else read_metadata(folder)
        self.sandbox.start()
        return Preparation(folder, metadata, self.sandbox if self._own_sandbox else None)

    @cached_property
    def solution(self) -> Solution:
        return Solution(self.assignment.contract, self.assignment.solution)

    @cached_property
    def limits(self) -> Limits:
        """Those of every cell."""
        limits = self.assignment.metadata.limits
        return Limits(
            call_seconds=limits.call_seconds,
            total_seconds=limits.total_seconds,
            memory_bytes=limits.memory_mb << 20,
            output_bytes=limits.output_kb << 10,
            result_bytes=limits.result_mb << 20,
        )

    @cached_property
    def allowances(self) -> Allowances:
        return Allowances(self.assignment)

    @cached_property
    def diagnoser(self) -> "Diagnoser":
        from grader.diagnosis import Diagnoser

        return Diagnoser(self.assignment)

    @cached_property
    def setting(self) -> CheckSetting:
        return CheckSetting(self.solution, self.seed, self.dataset)

    def close(self) -> None:
        if self._own_sandbox:
            self.sandbox.close()
