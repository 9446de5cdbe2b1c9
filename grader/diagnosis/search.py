"""Which known mistakes, alone or together, give exactly what a submission gave.

One mistake after the other is planted in the solution, and the calls of the failed checks are made again; the first
different number ends a trial. When none fits alone, each mistake is known by the cells that it touches and the cells
that it explains, and only combinations in which these add up are tried.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType

from grader.assignments import Mistake
from grader.diagnosis.case import Evidence
from grader.diagnosis.planting import Mistakes, Planting

TRIALS = {2: 1200, 3: 300}  # combinations of each size that are really run, at most
POOL = {2: 150, 3: 30}  # mistakes that are combined at all


@dataclass(frozen=True)
class Effect:
    """What one mistake does to a case: the cells that it changes, and those of them that it gets as the submission."""

    mistake: Mistake
    touched: int
    explained: int


class Search:
    """Looks for mistakes that explain a case, on top of those of other functions (the context)."""

    def __init__(self, case: Evidence, planting: Planting, candidates: Mistakes, context: Mistakes) -> None:
        self.case, self.planting, self.context = case, planting, context
        taken = {mistake.code for mistake in context}
        self.candidates = [mistake for mistake in candidates if mistake.code not in taken]

    def single(self) -> list[Mistakes]:
        """Every mistake that explains the whole case alone."""
        return [(mistake,) for mistake in self.candidates if self._shows_all((mistake,))]

    def combined(self) -> list[Mistakes]:
        """Combinations of mistakes in different steps that explain the whole case, of one size."""
        if found_stepwise := self.stepwise():
            return found_stepwise
        by_merit = sorted(self.effects, key=lambda effect: -effect.explained.bit_count())
        for size, trials in TRIALS.items():
            combinations = [
                combination
                for combination in itertools.combinations(by_merit[: POOL[size]], size)
                if len({effect.mistake.step for effect in combination}) == size
            ]
            combinations.sort(key=self._contradictions)
            plausible = (tuple(effect.mistake for effect in combination) for combination in combinations[:trials])
            if found := [mistakes for mistakes in plausible if self._shows_all(mistakes)]:
                return found
        return []

    def stepwise(self) -> list[Mistakes]:
        """Mistakes found one after the other, each giving more of the submission's numbers than those before it alone.

        So several are found of which one changes everything: by itself it explains the cells that the others leave
        alone, and with it planted the others can be told apart.
        """
        found: Mistakes = ()
        shown = len(self.case.found) - self.case.wrong.bit_count()
        while len(found) < max(TRIALS):
            steps = {mistake.step for mistake in found}
            trials = [(*found, effect.mistake) for effect in self.effects if effect.mistake.step not in steps]
            counts = [self._shown(trial) for trial in trials]
            if max(counts, default=0) <= shown:
                return []
            shown = max(counts)
            best = [trial for trial, count in zip(trials, counts, strict=True) if count == shown]
            if shown == len(self.case.found):
                return best
            found = best[0]
        return []

    def _shown(self, mistakes: Mistakes) -> int:
        """The number of cells that these mistakes fill as the submission did."""
        values = self.case.values(self._module(mistakes))
        return sum(self.case.agree(i, self.case.found[i], value) for i, value in enumerate(values))

    def side_by_side(self) -> list[Mistakes]:
        """Mistakes that each explain cells of their own exactly, and together the whole case."""
        found: list[Effect] = []
        covered = 0
        for effect in self.partial():
            if not effect.explained & covered:
                found.append(effect)
                covered |= effect.explained
        mistakes = tuple(effect.mistake for effect in found)
        return [mistakes] if covered == self.case.wrong and self._shows_all(mistakes) else []

    def partial(self) -> list[Effect]:
        """Mistakes that explain some cells and leave all others alone, the one that explains most first."""
        effects = [effect for effect in self.effects if effect.touched == effect.explained]
        return sorted(effects, key=lambda effect: -effect.explained.bit_count())

    @cached_property
    def effects(self) -> list[Effect]:
        """The mistakes that change nothing that is right; the others can have no part in an explanation."""
        found = (self._effect(mistake) for mistake in self.candidates)
        return [effect for effect in found if effect is not None and effect.touched]

    def _effect(self, mistake: Mistake) -> Effect | None:
        case, wrong = self.case, self.case.wrong
        touched = explained = 0
        for i, value in enumerate(case.values(self._module((mistake,)))):
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
        return self.case.is_shown_by(self._module(mistakes))

    def _module(self, mistakes: Mistakes) -> ModuleType:
        return self.planting.module((*self.context, *mistakes))
