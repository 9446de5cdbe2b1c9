"""A submission whose own functions are in the place of the right ones, asked and answered in just the same way.

What a function shows with these, it showed when it was graded; one that knows that it is served, and does something
else then, does so here as well. So a check counts as carried forward only if it comes out here as it came out before.
"""

from collections.abc import Mapping, Sequence
from itertools import dropwhile
from typing import Any

from grader.assignments import ContractFunction
from grader.checks.allowance import Allowance
from grader.checks.implementation import CallFailed, Function
from grader.checks.loaded import LoadedSubmission
from grader.checks.local import Solution
from grader.checks.memory import Ledger
from grader.checks.observations import coincide
from grader.checks.record import Observation
from grader.checks.run import CheckRun
from grader.checks.served import ServedStudent
from grader.checks.student import Student
from grader.sandbox import Question, Raised, Unanswered, Value


class AsGraded(ServedStudent):
    """Functions of a submission, with its own in the place of some, answered from another cell of it.

    Attributes:
        a_helper_failed: whether one of these gave no value since `begin`; why may not be seen alike from outside.
    """

    def __init__(
        self,
        contract: Sequence[ContractFunction],
        loaded: LoadedSubmission,
        missing: Mapping[str, str],
        solution: Solution,
        own: Student,
        ledger: Ledger | None = None,
    ) -> None:
        super().__init__(contract, loaded, missing, solution, ledger)
        self._source = own
        self.a_helper_failed = False

    def begin(self, function: str, allowance: Allowance, inlined: object = ()) -> None:
        super().begin(function, allowance)
        self.a_helper_failed = False

    def is_as_before(self, before: CheckRun, now: CheckRun, *, draws: bool, begins_drawn: bool) -> bool:
        """Whether a failed check comes out as it did when the submission was graded.

        Of functions that draw numbers of their own, or whose helpers failed, not all can be the same. It is enough
        then that the check fails, and in nothing less than before. Where new objects begin with drawn numbers
        (`begins_drawn`), what is read of them before anything is called need not be the same.
        """
        if now.passed or (now.result.status == "timeout") > (before.result.status == "timeout" or self.a_helper_failed):
            return False
        seen = before.record.observations, now.record.observations
        if coincide(*seen) or (begins_drawn and coincide(*map(self._after_the_beginning, seen))):
            return True
        if before.result.status == "failed" and now.result.status == "failed":
            return draws and len(now.record.failures) >= len(before.record.failures)
        return self.a_helper_failed or (draws and before.result.status == now.result.status)

    def _after_the_beginning(self, seen: Sequence[Observation]) -> Sequence[Observation]:
        """What is observed from the first call on that is not of a constructor."""
        return [*dropwhile(lambda one: one.function not in self.contract or "." not in one.function, seen)]

    def _answer(self, question: Question) -> tuple[Value, Mapping[str, Value]]:
        name, arguments, instance = question.function, [*question.arguments], None
        if self._asking is None:
            raise Unanswered(f"`{name}` is not to be asked now")
        if self.contract[name].kind == "method":
            instance, *arguments = arguments
        try:
            twin = None if instance is None else self._twin(name, instance, question.state)
            named = {key: self._theirs(value) for key, value in question.named.items()}
            value = self._source.call(Function(self._source, name, twin), [*map(self._theirs, arguments)], named)
            changed = {} if twin is None else self._changed(twin, question.state)
        except CallFailed as failure:
            self.a_helper_failed = True
            kind = "NameError" if failure.status == "missing" else failure.raised
            raise Raised(kind, failure.said) from None
        return self._ours(value, lambda token: token), changed

    def _demand_fitting(self, twin: Any, name: str, value: Any) -> None:
        """What is its own fits."""
