"""What shows a fault to whoever made it: the experiment of a known mistake, or the smallest input that fails."""

from collections.abc import Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from types import ModuleType

from grader.assignments import Assignment
from grader.checks.implementation import Implementation
from grader.checks.student import Student
from grader.diagnosis.cases.case import Case
from grader.diagnosis.planted.planting import Mistakes, Planting
from grader.diagnosis.shown.experiments import Experiments
from grader.diagnosis.shown.smallest import smallest_failure
from grader.report import Diagnosis, Experiment


@dataclass(frozen=True)
class Examined:
    """A function that is wrong by itself.

    Attributes:
        case: what it gave in its failed checks.
        ground: the conventions that it follows.
        found: the mistakes that are told of it.
    """

    case: Case
    ground: Mistakes
    found: Mistakes = ()


@dataclass(frozen=True)
class Demonstrated:
    """Diagnoses with their experiments, and the smallest inputs on which functions fail, by function."""

    diagnoses: Mapping[str, tuple[Diagnosis, ...]]
    smallest: Mapping[str, Experiment] = field(default_factory=dict)


class Demonstrations:
    """What can be shown with one submission that is still alive."""

    def __init__(self, assignment: Assignment, planting: Planting, student: Implementation | None) -> None:
        self._assignment, self._planting, self._student = assignment, planting, student
        self._experiments = Experiments(assignment)

    def of(
        self,
        examined: Mapping[str, Examined],
        diagnoses: Mapping[str, tuple[Diagnosis, ...]],
        failing: Collection[str],
        absent: Collection[str] = (),
    ) -> Demonstrated:
        """Each diagnosis with its experiment; where a function has none, the smallest input on which it fails.

        `failing` are all functions with a failed check: what is built on a wrong one shows its fault, perhaps. `absent`
        are those that the submission's text does not have by their names: nobody could call them.
        """
        student = self._student
        if student is None or (isinstance(student, Student) and student.has_used_half_its_time):
            return Demonstrated(diagnoses)
        shown, smallest = dict(diagnoses), {}
        with student.loaded.hurried() if isinstance(student, Student) else nullcontext():
            for name, function in examined.items():
                if name in absent or self._assignment.callees[name] & set(failing) - {name}:
                    continue
                own = tuple(self._with_experiment(one, function, student) for one in diagnoses.get(name, ()))
                if own:
                    shown[name] = own
                if not any(one.experiment for one in own) and (
                    example := self._smallest(function, student, {*failing, *absent})
                ):
                    smallest[name] = example
        return Demonstrated(shown, smallest)

    def _with_experiment(self, diagnosis: Diagnosis, function: Examined, student: Implementation) -> Diagnosis:
        mistake = next((one for one in function.found if one.code == diagnosis.code), None)
        if mistake is None:
            return diagnosis
        right = self._planting.module(function.ground)
        planted = self._planting.module((*function.ground, mistake))
        made = self._experiments.made(mistake, student, right, planted, self._accepted(function))
        return diagnosis if made is None else diagnosis.model_copy(update={"experiment": made})

    def _smallest(self, function: Examined, student: Implementation, failing: Collection[str]) -> Experiment | None:
        planted = self._planting.module((*function.ground, *function.found))
        is_all = bool(function.found) and function.case.is_shown_by(planted)
        others = set(failing) - {function.case.function}
        return smallest_failure(
            function.case, self._assignment, student, others, planted if is_all else None, self._accepted(function)
        )

    def _accepted(self, function: Examined) -> list[ModuleType]:
        """The solution in the conventions that the submission may follow, where its checks could not tell."""
        return [] if function.ground else [self._planting.module((one,)) for one in self._assignment.conventions]
