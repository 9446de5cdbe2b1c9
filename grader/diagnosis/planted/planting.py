"""The solution with known mistakes planted in it."""

import functools
import inspect
from collections.abc import Sequence
from types import CodeType, ModuleType
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

    def left_out(self, mistake: Mistake) -> frozenset[str]:
        """The names of functions, attributes, globals and keys that a right step has and the mistaken one has not."""
        if mistake.is_wrapper:
            return frozenset()
        return frozenset(self._names_of_right(mistake) - _names(mistake.replacement) - {"np"})

    def only_leaves_out(self, mistake: Mistake) -> bool:
        """Whether a mistaken step has no name that the right one has not, and lacks one that it has."""
        return bool(self.left_out(mistake)) and _names(mistake.replacement) <= self._names_of_right(mistake)

    def _names_of_right(self, mistake: Mistake) -> set[str]:
        owner, _, attribute = mistake.step.rpartition(".")
        module = self.module(())
        right = inspect.getattr_static(getattr(module, owner) if owner else module, attribute, None)
        return _names(getattr(right, "__func__", right))

    def names(self, mistake: Mistake) -> frozenset[str]:
        """The names of functions, attributes, globals and keys that a mistaken step has."""
        return frozenset(_names(mistake.replacement))

    def reaching(self, function: str) -> Mistakes:
        """The known mistakes that could make a function of the contract wrong, its own before those of its callees."""
        steps = self.assignment.reached_steps.get(function, frozenset())
        return tuple(mistake for mistake in self.assignment.mistakes if mistake.step in steps)


def _names(function: Any) -> set[str]:
    codes, names = [getattr(function, "__code__", None)], set[str]()
    while codes:
        if (code := codes.pop()) is not None:
            names |= {*code.co_names, *(one for one in code.co_consts if isinstance(one, str) and one.isidentifier())}
            codes += [one for one in code.co_consts if isinstance(one, CodeType)]
    return names


def plant(assignment: Assignment, mistakes: Sequence[Mistake]) -> ModuleType:
    """A fresh module of the solution with the steps of these mistakes replaced."""
    return plant_in(assignment.new_solution(), mistakes)


def plant_in(module: ModuleType, mistakes: Sequence[Mistake]) -> ModuleType:
    """A module of the solution, the steps of these mistakes replaced in it."""
    for mistake in mistakes:
        owner, _, attribute = mistake.step.rpartition(".")
        holder: Any = getattr(module, owner) if owner else module
        setattr(holder, attribute, _in_place_of(inspect.getattr_static(holder, attribute), mistake))
    return module


def _in_place_of(step: Any, mistake: Mistake) -> Any:
    """The replacement as what the step is: a function, a method (which is bound to its instance), a static method."""
    own_kind = type(step) if isinstance(step, staticmethod | classmethod) else None
    right = step.__func__ if own_kind else step
    replacement = mistake.replacement
    if mistake.is_wrapper:

        @functools.wraps(right)
        def spoilt(*arguments: Any, **named: Any) -> Any:
            return mistake.replacement(right, *arguments, **named)

        replacement = spoilt  # unlike a `functools.partial`, a function that becomes a method is bound
    return own_kind(replacement) if own_kind else replacement
