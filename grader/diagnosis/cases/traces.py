"""The calls that checks made, found once for each run of a check: many questions are asked about the same ones."""

from collections.abc import Sequence
from types import ModuleType

from grader.assignments import ContractFunction
from grader.checks.run import CheckRun, CheckSetting
from grader.diagnosis.cases.playback import trace_of
from grader.diagnosis.cases.trace import Trace


class Traces:
    """Traces of one submission's checks, with one setting."""

    def __init__(self, contract: Sequence[ContractFunction], setting: CheckSetting) -> None:
        self.contract, self.setting = contract, setting
        self._found: dict[int, Trace] = {}
        self._priced: dict[int, Trace] = {}

    def of(self, run: CheckRun) -> Trace:
        """The calls of a check's run."""
        if id(run) not in self._found:  # the trace holds the run, so that no other one gets its number
            self._found[id(run)] = trace_of(run, self.contract, self.setting)
        return self._found[id(run)]

    def priced(self, run: CheckRun, solution: ModuleType, kept: Sequence[int]) -> Trace:
        """These calls, with what each of them costs on the solution."""
        if id(run) not in self._priced:
            self._priced[id(run)] = self.of(run).priced(solution, kept)
        return self._priced[id(run)]
