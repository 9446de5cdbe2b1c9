"""The solution with something wrong in it, in the submission's place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from grader import Grader
from grader.assignments import Assignment, Mistake
from grader.checks.implementation import Implementation
from grader.checks.local import Solution, Variant
from grader.checks.run import CheckRun, CheckSetting, run_checks
from grader.datasets import load_mnist
from grader.diagnosis import Diagnoser, Findings
from grader.diagnosis.planted.planting import plant
from grader.diagnosis.repair.allowance import Allowance, Spent
from tests import library


@dataclass(frozen=True, repr=False)
class Clinic:
    """One assignment with all that a diagnosis needs."""

    assignment: Assignment
    setting: CheckSetting
    diagnoser: Diagnoser

    def runs(self, student: Implementation, functions: Sequence[str]) -> list[CheckRun]:
        return run_checks([c for c in self.assignment.checks if c.function in functions], student, self.setting)

    def of(self, student: Implementation, functions: Sequence[str] | None = None) -> Findings:
        names = functions or [name for name in self.assignment.function_names if name != "train"]
        found = self.diagnoser.diagnose(self.runs(student, names), self.setting, student=student)
        assert not found.errors
        return found

    def submission(self, text: str, *changes: tuple[str, str]) -> Variant:
        """A submission of this text, with changes, in this process."""
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        module = ModuleType("submission")
        exec(compile(text, "submission.py", "exec"), module.__dict__)
        return Variant(self.assignment.contract, module)

    def planted(self, *mistakes: Mistake) -> Variant:
        return Variant(self.assignment.contract, plant(self.assignment, mistakes))

    def replaced(self, **replacements: Callable[..., Any]) -> Variant:
        return Variant(self.assignment.contract, self.assignment.new_solution(replacements))

    def mistake(self, code: str) -> Mistake:
        return next(mistake for mistake in self.assignment.mistakes if mistake.code == code)


@pytest.fixture(scope="session")
def grader_of() -> Iterator[Callable[[str], Grader]]:
    """Graders of the library's assignments: each begins once in a process."""
    begun: dict[str, Grader] = {}

    def of(assignment: str) -> Grader:
        if assignment not in begun:
            begun[assignment] = Grader(assignment)
        return begun[assignment]

    yield of
    for grader in begun.values():
        grader.close()


@pytest.fixture
def nothing_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a text and its values tell where no change of it does."""

    def spent(allowance: Allowance, trials: int, price: int) -> None:
        raise Spent

    monkeypatch.setattr(Allowance, "spend", spent)


def clinic_of(name: str) -> Clinic:
    """A clinic for an assignment of the library, without a data set."""
    assignment = library.assignment(name)
    solution = Solution(assignment.contract, assignment.solution)
    return Clinic(assignment, CheckSetting(solution, 0, None), Diagnoser(assignment))


@pytest.fixture(scope="session")
def clinic() -> Clinic:
    assignment = library.assignment("mnist-mlp")
    solution = Solution(assignment.contract, assignment.solution)
    return Clinic(assignment, CheckSetting(solution, 0, load_mnist(2000, 1000)), Diagnoser(assignment))


def codes(findings: Findings) -> set[str]:
    return {diagnosis.code for found in findings.diagnoses.values() for diagnosis in found}
