"""What is looked for once every function has had its turn: it takes long, or what others are wrong with helps."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext

from grader.checks.run import CheckRun
from grader.diagnosis.apart import Apart
from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.verdict import Verdict
from grader.diagnosis.general import GeneralMeans
from grader.diagnosis.locating import Locating
from grader.diagnosis.other_functions import OtherFunctions
from grader.diagnosis.planted.known import KnownMistakes
from grader.diagnosis.planted.planting import Mistakes
from grader.diagnosis.repair import Repair
from grader.diagnosis.text_changes import TextChanges


class Waiting:
    """The looks that wait, for places of known mistakes and for two changes of one function.

    Attributes:
        verdicts: of each function, what is wrong with it; what is found is added here.
    """

    def __init__(
        self,
        verdicts: dict[str, Verdict],
        others: OtherFunctions,
        changes: TextChanges,
        locating: Locating | None,
        general: GeneralMeans | None,
        apart: Apart,
    ) -> None:
        self.verdicts, self._others, self._changes = verdicts, others, changes
        self._locating, self._general, self._steps = locating, general, apart
        self._looks: list[Callable[[], None]] = []
        self._confirmations: list[Callable[[], None]] = []  # of places, when all others are known

    def __len__(self) -> int:
        return len(self._looks)

    def for_place(
        self, known: KnownMistakes, context: Mistakes, runs: Sequence[CheckRun], held: Sequence[Repair]
    ) -> None:
        self._looks.append(lambda: self._locate(known, context, runs, held))
        self._confirmations.append(lambda: self._locate(known, context, runs, held, has_place=True))

    def for_two_changes(self, case: Case, runs: Sequence[CheckRun]) -> None:
        self._looks.append(lambda: self._check_in_two_steps(case, runs))

    def share(self, later: int) -> AbstractContextManager[None]:
        """Leave a share of the trials that may still be made to as many looks that come later."""
        return self._general.changes.share(later) if self._general is not None else nullcontext()

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Look within a `with` block for nothing but what is waited for since it began."""
        usual = self._looks, self._confirmations
        self._looks, self._confirmations = [], []
        try:
            yield
        finally:
            self._looks, self._confirmations = usual

    def look(self) -> None:
        """Look for all that is waited for, each with its share of what is left."""
        looks, self._looks = self._looks, []
        for number, look in enumerate(looks):
            with self.share(later=len(looks) - number - 1), self._steps.step():
                look()
        confirmations, self._confirmations = self._confirmations, []
        for confirm in confirmations:
            with self._steps.step():
                confirm()

    def _locate(
        self,
        known: KnownMistakes,
        context: Mistakes,
        runs: Sequence[CheckRun],
        held: Sequence[Repair],
        *,
        has_place: bool = False,
    ) -> None:
        """Give known mistakes the place that a repair shows; one that the text gives a place may have another."""
        verdict = self.verdicts.get(known.function)
        if self._locating is not None and verdict is not None:
            look = self._locating.confirmed if has_place else self._locating.located
            self.verdicts[known.function] = look(verdict, known, context, runs, held)
            self._others.repairs = {**self._locating.repairs, **self._others.repairs}

    def _check_in_two_steps(self, case: Case, runs: Sequence[CheckRun]) -> None:
        """Look for two changes, with the first of which some checks pass, where nothing was found.

        Or where no more is known than that what is drawn has one sign: another number may be wrong as well.
        """
        verdict = self.verdicts.get(case.function, Verdict())
        is_known = verdict.named or any(not one.code.endswith(".drawn-one-sided") for one in verdict.described)
        if is_known or case.function in self._others.follow_ons:
            return
        if described := self._changes.checked_in_two_steps(case, runs, both=bool(verdict)):
            self.verdicts[case.function] = Verdict(described=described)
