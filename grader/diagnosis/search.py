"""Which known mistakes, alone or together, give exactly what a submission gave.

One mistake after the other is planted in the solution, and the calls of the failed checks are made again; the first
different number ends a trial. When none fits alone, each mistake is known by the cells that it touches and the cells
that it explains, and only combinations in which these add up are tried.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType

from grader.assignments import Mistake
from grader.diagnosis.case import Evidence
from grader.diagnosis.planting import Mistakes, Planting

LARGEST_COMBINATION = 3
TRIALS = 48  # combinations that are really run, of each size


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
        """The smallest combinations of mistakes in different steps that explain the whole case."""
        for size in range(2, LARGEST_COMBINATION + 1):
            plausible = itertools.islice(self._plausible(self.effects, size), TRIALS)
            if found := [mistakes for mistakes in plausible if self._shows_all(mistakes)]:
                return found
        return []

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

    def _plausible(self, effects: Sequence[Effect], size: int) -> Iterator[Mistakes]:
        for combination in itertools.combinations(effects, size):
            if self._adds_up(combination):
                yield tuple(effect.mistake for effect in combination)

    def _adds_up(self, combination: Sequence[Effect]) -> bool:
        """Every wrong cell is touched; a cell that only one of them touches is explained by that one."""
        if len({effect.mistake.step for effect in combination}) < len(combination):
            return False
        touched = shared = 0
        for effect in combination:
            shared |= touched & effect.touched
            touched |= effect.touched
        if touched != self.case.wrong:
            return False
        return all(not effect.touched & ~shared & ~effect.explained for effect in combination)

    def _shows_all(self, mistakes: Mistakes) -> bool:
        return self.case.is_shown_by(self._module(mistakes))

    def _module(self, mistakes: Mistakes) -> ModuleType:
        return self.planting.module((*self.context, *mistakes))
