"""Whether what a function does itself shows in a check that failed for another one.

That the solution, with the submission's wrong helpers in it, shows the same numbers is a proof that the function is
right; but only where these helpers leave something to be seen. Of zeros, constants and `nan` every function makes the
same. So what is known to go wrong in the function is planted beside the wrong helpers: where that shows the same too,
nothing is proved.
"""

from collections.abc import Callable, Iterable, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from grader.assignments import Mistake
from grader.checks.allowance import arrays_of
from grader.checks.local import Variant
from grader.checks.observations import coincide, observe_check, reproduces
from grader.checks.record import Observation
from grader.checks.run import CheckRun, CheckSetting, passes, run_check
from grader.diagnosis.planted.planting import Planting

MISTAKES = 12  # of a function's own that are planted


class OwnWork:
    """What functions of one assignment do themselves, and whether it shows."""

    def __init__(self, planting: Planting, setting: CheckSetting) -> None:
        self.planting, self.assignment, self.setting = planting, planting.assignment, setting
        self._right: dict[str, Sequence[Observation]] = {}  # what the solution shows to a check

    def shows_in_part(self, run: CheckRun, module: ModuleType, with_mistake: Callable[[Mistake], ModuleType]) -> bool:
        """Whether what a check compares is what helpers make of it, though other parts of the results are not.

        So it is with a function that has mistakes of its own in some results, and wrong helpers behind the others.

        Args:
            module: the solution with the wrong helpers.
            with_mistake: the same, with a mistake of the function's own.
        """
        if run.result.status != "failed" or "dataset" in run.check.arguments or not run.result.comparisons:
            return False
        own = [seen.value for seen in run.record.observations if seen.function == run.check.function]
        if not is_varied(own) or not self._compares_alike(run, module):
            return False
        return not any(
            self._compares_alike(run, with_mistake(mistake)) and not self._passes(run, self.planting.module((mistake,)))
            for mistake in self.own_mistakes(run.check.function)[:MISTAKES]
        )

    def _compares_alike(self, run: CheckRun, module: ModuleType) -> bool:
        """Whether a check finds the same values, right and wrong, where a variant is in the submission's place."""
        again = run_check(run.check, self._variant(module), self.setting).result
        return again.status == run.result.status and again.comparisons == run.result.comparisons

    def _passes(self, run: CheckRun, module: ModuleType) -> bool:
        return passes(run.check, self._variant(module), self.setting)

    def shows(self, run: CheckRun, with_mistake: Callable[[Mistake], ModuleType], helped: Iterable[Any] = ()) -> bool:
        """Whether a failed check, which is explained by helpers, would have come out otherwise for a wrong function.

        Args:
            with_mistake: what explains the check, with a mistake of the function's own planted in it.
            helped: what the wrong helpers gave, where that is known.
        """
        name = run.check.function
        if run.result.status != "failed" or "dataset" in run.check.arguments:
            return False
        given = [*helped]
        own = [seen.value for seen in run.record.observations if seen.function == name]
        if not is_varied(own) or (given and not is_varied(given)):
            return False
        return not any(
            reproduces(run, self._variant(with_mistake(mistake)), self.setting) and self._is_seen(mistake, run)
            for mistake in self.own_mistakes(name)[:MISTAKES]
        )

    def _is_seen(self, mistake: Mistake, run: CheckRun) -> bool:
        """Whether a check notices a mistake where nothing else is wrong."""
        if run.check.id not in self._right:
            self._right[run.check.id] = observe_check(run, self._variant(self.planting.module(())), self.setting)
        wrong = observe_check(run, self._variant(self.planting.module((mistake,))), self.setting)
        return not coincide(self._right[run.check.id], wrong)

    def own_mistakes(self, name: str) -> tuple[Mistake, ...]:
        """The known mistakes in a function's own steps: those that it reaches through no other function."""
        reached, callees = self.assignment.reached_steps, self.assignment.callees[name]
        own = reached[name].difference(*(reached[callee] for callee in callees))
        return tuple(mistake for mistake in self.assignment.mistakes if mistake.step in own)

    def _variant(self, module: ModuleType) -> Variant:
        return Variant(self.assignment.contract, module)


def is_varied(values: Iterable[Any]) -> bool:
    """Whether there is something in values: finite numbers that differ, or a single one that is not 0."""
    for array in arrays_of([*values]):
        if array.size and np.all(np.isfinite(array)) and np.any(array != (array.flat[0] if array.size > 1 else 0)):
            return True
    return False
