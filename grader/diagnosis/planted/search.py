"""Which known mistakes, alone or together, give exactly what a submission gave.

One mistake after the other is planted in the solution, and the calls of the failed checks are made again; the first
different number ends a trial. When none fits alone, each mistake is known by the cells that it touches and the cells
that it explains, and only combinations in which these add up are tried. All this ends when the budget is spent.
"""

import functools
import itertools
import operator
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.assignments import Mistake
from grader.diagnosis.cases.budget import Budget, BudgetSpent
from grader.diagnosis.cases.case import COMPARISON, Evidence, Value
from grader.diagnosis.planted.planting import Mistakes, Planting

TRIALS = {2: 1200, 3: 300}  # combinations of each size that are really run, at most
POOL = {2: 150, 3: 30}  # mistakes that are combined at all
MOST_CONTRADICTIONS = 0.75  # of the wrong cells: mistakes that act on each other leave some, and none leave all


@dataclass(frozen=True)
class Effect:
    """What one mistake does to a case: the cells that it changes, and those of them that it gets as the submission."""

    mistake: Mistake
    touched: int
    explained: int


class Search:
    """Looks for mistakes that explain a case, on top of those of other functions (the context)."""

    def __init__(
        self,
        case: Evidence,
        planting: Planting,
        candidates: Mistakes,
        context: Mistakes,
        budget: Budget,
        right: Collection[str] = (),
    ) -> None:
        """`right` are functions that pass their own checks: what is wrong in one has no part in a combination."""
        self.case, self.planting, self.context, self.budget = case, planting, context, budget
        self.right = frozenset(right)
        taken = {mistake.code for mistake in context}
        self.candidates = [mistake for mistake in candidates if mistake.code not in taken]
        self._alone: dict[str, _Replay] = {}

    def single(self) -> list[Mistakes]:
        """Every mistake that explains the whole case alone; none when not all could be tried."""
        try:
            return [(mistake,) for mistake in self.candidates if self._shows_all((mistake,))]
        except BudgetSpent:
            return []

    def combined(self) -> list[Mistakes]:
        """Combinations of mistakes in different steps that explain the whole case, of one size."""
        try:
            found = self._stepwise() or self._plausible()
            found = list(dict.fromkeys(map(self._without_superfluous, found)))
            return [mistakes for mistakes in found if self._are_seen(mistakes)]
        except BudgetSpent:
            return []

    def _are_seen(self, mistakes: Mistakes) -> bool:
        """Whether zeros are what one of several mistakes gives by itself: that several cancel out is no evidence."""
        explained = {effect.mistake.code: effect.explained for effect in self.effects}
        together = functools.reduce(operator.or_, (explained.get(mistake.code, 0) for mistake in mistakes), 0)
        return len(mistakes) == 1 or not self.case.zeros & ~together

    def _plausible(self) -> list[Mistakes]:
        """Combinations whose effects add up to the case; the most plausible are tried first."""
        by_merit, cells = self._by_merit(), self.case.wrong.bit_count()
        for size, trials in TRIALS.items():
            combinations = [
                combination
                for combination in itertools.combinations(by_merit[: POOL[size]], size)
                if len({effect.mistake.step for effect in combination}) == size
            ]
            self.budget.spend(COMPARISON * len(combinations))
            counts = [self._contradictions(combination) for combination in combinations]
            likely = [i for i, count in enumerate(counts) if count <= MOST_CONTRADICTIONS * cells]
            likely.sort(key=lambda i: counts[i])
            made = (tuple(effect.mistake for effect in combinations[i]) for i in likely[:trials])
            if found := self._fitting(made):
                return found
        return []

    def _by_merit(self) -> list[Effect]:
        """What may be combined, first what explains most."""
        possible = [effect for effect in self.effects if effect.mistake.step not in self.right]
        return sorted(possible, key=lambda effect: -effect.explained.bit_count())

    def _fitting(self, trials: Iterable[Mistakes]) -> list[Mistakes]:
        """Those that explain the whole case, as far as the budget goes."""
        found: list[Mistakes] = []
        try:
            for mistakes in trials:
                if self._shows_all(mistakes):
                    found.append(mistakes)
        except BudgetSpent:
            pass
        return found

    def _stepwise(self) -> list[Mistakes]:
        """Mistakes found one after the other, each giving more of the submission's numbers than those before it alone.

        So several are found of which one changes everything: by itself it explains the cells that the others leave
        alone, and with it planted the others can be told apart.
        """
        every = (1 << len(self.case.found)) - 1
        by_merit = self._by_merit()
        shown = every & ~self.case.wrong
        trials: dict[Mistakes, int] = {(effect.mistake,): shown | effect.explained for effect in by_merit}
        for _ in range(max(TRIALS)):
            most = max((cells.bit_count() for cells in trials.values()), default=0)
            if most <= shown.bit_count():
                return []
            fullest = [trial for trial, cells in trials.items() if cells.bit_count() == most]
            found, shown = fullest[0], trials[fullest[0]]
            if shown == every:
                return fullest
            steps = {mistake.step for mistake in found}
            further = [e for e in by_merit if e.mistake.step not in steps and e.touched & ~shown]
            further.sort(key=lambda effect: (effect.touched & shown).bit_count())  # most would spoil what is shown
            trials = self._shown_by([(*found, e.mistake) for e in further], more_than=shown.bit_count())
        return []

    def _shown_by(self, trials: Iterable[Mistakes], more_than: int) -> dict[Mistakes, int]:
        """The cells that mistakes fill as the submission did; without trials that fall behind an earlier one."""
        shown: dict[Mistakes, int] = {}
        allowed = len(self.case.found) - more_than - 1
        for trial in trials:
            cells = misses = 0
            for i, value in enumerate(self._values(trial)):
                if self.case.agree(i, self.case.found[i], value):
                    cells |= 1 << i
                elif (misses := misses + 1) > allowed:
                    break
            else:
                allowed = misses
                shown[trial] = cells
        return shown

    def side_by_side(self) -> list[Mistakes]:
        """Mistakes that each explain cells of their own exactly, and together the whole case."""
        found: list[Effect] = []
        covered = 0
        for effect in self.partial():
            if not effect.explained & covered:
                found.append(effect)
                covered |= effect.explained
        mistakes = tuple(effect.mistake for effect in found)
        if covered != self.case.wrong or not self._shows_all(mistakes):
            return []
        return [self._without_superfluous(mistakes)]

    def _without_superfluous(self, mistakes: Mistakes) -> Mistakes:
        """Those that are needed: what the others explain without a mistake is no evidence for it."""
        for mistake in mistakes:
            fewer = tuple(other for other in mistakes if other is not mistake)
            if fewer and self._shows_all(fewer):
                mistakes = fewer
        return mistakes

    def partial(self) -> list[Effect]:
        """Mistakes that explain some cells and leave all others alone, the one that explains most first."""
        try:
            effects = [effect for effect in self.effects if effect.touched == effect.explained]
        except BudgetSpent:
            return []
        return sorted(effects, key=lambda effect: -effect.explained.bit_count())

    @cached_property
    def effects(self) -> list[Effect]:
        """The mistakes that change nothing that is right; the others can have no part in an explanation."""
        found = (self._effect(mistake) for mistake in self.candidates)
        return [effect for effect in found if effect is not None and effect.touched]

    def _effect(self, mistake: Mistake) -> Effect | None:
        case, wrong = self.case, self.case.wrong
        touched = explained = 0
        for i, value in enumerate(self._values((mistake,))):
            if case.agree(i, value, case.right[i]):
                continue
            if not wrong >> i & 1:
                return None
            touched |= 1 << i
            if case.agree(i, value, case.found[i]):
                explained |= 1 << i
        return Effect(mistake, touched, explained)

    def _contradictions(self, combination: Sequence[Effect]) -> int:
        """The number of wrong cells that none touches, or that one alone touches without explaining them.

        There are none as long as the mistakes do not act on each other; where they do, there are few.
        """
        touched = shared = 0
        for effect in combination:
            shared |= touched & effect.touched
            touched |= effect.touched
        count = (self.case.wrong & ~touched).bit_count()
        for effect in combination:
            count += (effect.touched & ~shared & ~effect.explained).bit_count()
        return count

    def _shows_all(self, mistakes: Mistakes) -> bool:
        case = self.case
        return all(case.agree(i, case.found[i], value) for i, value in enumerate(self._values(mistakes)))

    def _values(self, mistakes: Mistakes) -> Iterable[Value]:
        """The cells as these mistakes fill them; what a mistake gives by itself is asked for again and again."""
        if len(mistakes) > 1:
            return self._replay(mistakes)
        code = mistakes[0].code
        if code not in self._alone:
            self._alone[code] = self._replay(mistakes)
        return self._alone[code]

    def _replay(self, mistakes: Mistakes) -> "_Replay":
        module = self.planting.module((*self.context, *mistakes))
        return _Replay(self.case.values(module), self.case.prices, self.budget)


class _Replay:
    """Values that are paid for and kept once they are asked for."""

    def __init__(self, values: Iterator[Value], prices: Sequence[int], budget: Budget) -> None:
        self._values, self._prices, self._budget = values, prices, budget
        self._known: list[Value] = []

    def __iter__(self) -> Iterator[Value]:
        for i, price in enumerate(self._prices):
            if i == len(self._known):
                self._budget.spend(price)
                self._known.append(next(self._values))
            yield self._known[i]
