"""What the gradings of one assignment share: the sandbox, the data, the solution and its results."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from grader.assignments import Assignment, load_assignment
from grader.checks.allowance import Allowances
from grader.checks.local import Solution
from grader.checks.run import CheckSetting
from grader.datasets import Dataset
from grader.report import CarriedForwardTerms, complete_models
from grader.sandbox import Mode as SandboxMode
from grader.sandbox import Sandbox

if TYPE_CHECKING:
    from grader.diagnosis import Diagnoser


class GradingSession:
    """An assignment, ready to grade any number of submissions against; what they share is computed once."""

    def __init__(
        self,
        assignment: Assignment | str | Path,
        *,
        sandbox: SandboxMode | Sandbox = "auto",
        seed: int = 0,
        carried_forward: CarriedForwardTerms | None = None,
        begun: Sandbox | None = None,
    ) -> None:
        """`carried_forward` is what counts in the place of the assignment's own terms.

        `begun` is a sandbox of the mode `sandbox` that has been started ahead, for this session alone.
        """
        self.assignment = assignment if isinstance(assignment, Assignment) else load_assignment(assignment)
        self.carried_forward = carried_forward or self.assignment.metadata.score.carried_forward
        self.seed = seed
        self.dataset = self._load_dataset()
        self._own_sandbox = not isinstance(sandbox, Sandbox)
        self.sandbox = sandbox if isinstance(sandbox, Sandbox) else self._equipped(begun or Sandbox(sandbox))
        self.sandbox.start()  # on the other core, while the submission is read
        complete_models()  # meanwhile

    def _load_dataset(self) -> Dataset | None:
        settings = self.assignment.metadata.dataset
        if settings is None:
            return None
        if settings.files is not None:
            from grader.datasets import load_tables

            return load_tables(
                self.assignment.folder,
                settings.files.train,
                settings.files.test,
                label=settings.files.label,
                sha256=settings.files.sha256,
                n_train=settings.train,
                n_test=settings.test,
            )
        if settings.name == "mnist":
            from grader.datasets import load_mnist

            return load_mnist(settings.train, settings.test)
        from grader.datasets import load_named

        return load_named(settings.name, settings.train, settings.test)

    def _equipped(self, sandbox: Sandbox) -> Sandbox:
        """The sandbox, whose cells have the images already; the labels of the test set are never in it."""
        images = {"X_train": self.dataset.X_train, "X_test": self.dataset.X_test} if self.dataset else {}
        sandbox.equip(packages=self.assignment.metadata.imports.allowed, preload=images)
        return sandbox

    @cached_property
    def solution(self) -> Solution:
        return Solution(self.assignment.contract, self.assignment.solution)

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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
