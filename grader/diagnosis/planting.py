"""The solution with known mistakes planted in it."""

import functools
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from grader.assignments import Assignment, Mistake

Mistakes = tuple[Mistake, ...]
MODULES_KEPT = 4096


class Planting:
    """Makes variants of one assignment's solution; each combination of mistakes is built once."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self._modules: dict[tuple[str, ...], ModuleType] = {}

    def module(self, mistakes: Sequence[Mistake]) -> ModuleType:
        """The solution with these mistakes, in the order given."""
        codes = tuple(mistake.code for mistake in mistakes)
        if codes not in self._modules:
            if len(self._modules) >= MODULES_KEPT:
                self._modules.clear()
            self._modules[codes] = plant(self.assignment, mistakes)
        return self._modules[codes]

    def reaching(self, function: str) -> Mistakes:
        """The known mistakes that could make a function of the contract wrong, its own before those of its callees."""
        steps = self.assignment.reached_steps.get(function, frozenset())
        return tuple(mistake for mistake in self.assignment.mistakes if mistake.step in steps)


def plant(assignment: Assignment, mistakes: Sequence[Mistake]) -> ModuleType:
    """A fresh module of the solution with the steps of these mistakes replaced."""
    module = assignment.new_solution()
    for mistake in mistakes:
        owner, _, attribute = mistake.step.rpartition(".")
        holder: Any = getattr(module, owner) if owner else module
        replacement = mistake.replacement
        if mistake.is_wrapper:
            replacement = functools.partial(replacement, getattr(holder, attribute))
        setattr(holder, attribute, replacement)
    return module
