"""An operation of the field: its formula, and what is known about it, said once for every contract that uses it.

    softmax = Operation(reference.softmax, words=...)

    @softmax.mistake("softmax.overflow", step="shifted", title="…", explain="…", hints=("…",))
    def overflow(z, *, axis): ...

    @softmax.check("softmax", share=4, title="Probabilities of random logits")
    def random_logits(student, solution, rng, *, axis): ...

A contract says with `softmax.use("softmax", points=12, axis=1)` that a function of its own is this one. Steps, mistakes
and checks get the conventions that they name as keyword-only arguments; texts have `<words>` in them, for which each
use has its own.
"""

import sys
from collections.abc import Collection, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from grader.assignments.errors import AssignmentError
from grader.assignments.knowledge import Knowledge, Words
from grader.assignments.specialise import Step
from grader.assignments.use import Use, begins


class Operation(Knowledge):
    """One operation: `formula` is the module of the reference that has its steps.

    Args:
        formula: the module.
        words: texts for `<words>` of titles, explanations and hints; a function is called with the conventions that
            it names.
        conventions: others than the formula's own, with their defaults: what only mistakes, checks and words ask for.
        goes_with: operations without which it cannot be graded: what trains needs what is trained.
        values: what each convention may be (`allowed`), where its default does not tell: of a text, or of None.
        parts: how operations whose steps it is made of are used beside it, where that is not the default; a function is
            called with the conventions that it names.
    """

    def use(
        self,
        *functions: str,
        points: float | Mapping[str, float] | None = None,
        names: Mapping[str, str] | None = None,
        codes: Mapping[str, str] | None = None,
        prefix: str = "",
        where: str = "",
        words: Words | None = None,
        without: Collection[str] = (),
        only: Collection[str] | None = None,
        replaces: Collection[str] = (),
        **conventions: Any,
    ) -> Use:
        """Say that a contract has this operation.

        Args:
            functions: the contract's names for the formula's functions of the same place, or nothing when they are
                called the same.
            points: of the function, or of each by its name in the contract; None when the contract has own checks.
            names: what functions and steps are called instead: `{"backward": "affine_backward"}`. Codes follow.
            codes: how codes begin instead, where that is no name: `{"backward": "loss"}`; what ends in a hyphen or dot
                is followed by the rest at once, `{"backward": "softmax_loss.gradient-"}`. A longer beginning,
                `"softmax_loss.cost-"`, or a whole code goes before a shorter one.
            prefix: of all steps and codes, for one of several uses: with `"hidden_"` the steps of a dense layer are
                `hidden_affine`, `hidden_propagate` …, its mistakes `forward.hidden-bias-missing` …
            where: what titles add then: `"the hidden layer"`.
            words: texts in the place of the operation's own.
            without: codes (as in the operation) of mistakes that the contract cannot show; `"relu.*"` is all of a part.
            only: codes of the only mistakes to take; all when None.
            replaces: functions of the contract that are taken from this operation though the assignment's own solution
                has them as well: mistakes in their steps can be planted then.
            conventions: a value for each convention whose default is not meant.

        Raises:
            AssignmentError: there is no such convention, name or code, or a convention cannot have that value.
        """
        self.demand(conventions)
        self._demand_named(functions, {*(names or {}), *(codes or {})})
        given = dict(zip(self.formula.functions, functions, strict=False)) | dict(names or {})
        for pattern in (*without, *(only or ())):
            if not any(fnmatchcase(entry.code, pattern) for entry in self.known):
                raise AssignmentError(f"{self.name} knows no mistake {pattern}")
        return Use(
            self,
            conventions,
            given,
            prefix,
            where,
            dict(codes or {}),
            dict(words or {}),
            frozenset(without),
            None if only is None else frozenset(only),
            points,
            frozenset(replaces),
            made_at=_where_called(),
            functions=functions,
        )

    def _demand_named(self, functions: Sequence[str], renamed: Collection[str]) -> None:
        steps = list(self.formula.functions)
        if len(functions) > len(steps):
            raise AssignmentError(
                f"{self.name} has {len(steps)} functions ({', '.join(steps)}), but there are names for {len(functions)}"
            )
        beginnings = {entry.code.partition(".")[0] for entry in self.known}
        for name in renamed:
            if name not in steps and not any(begins(entry.code, name) for entry in self.known):
                can_be = ", ".join(dict.fromkeys([*steps, *sorted(beginnings)]))
                raise AssignmentError(f"{self.name} has neither a function nor a mistake {name!r}; it has {can_be}")


def _where_called() -> str:
    """The line of a table in which a use is made."""
    frame = sys._getframe(2)
    return f"{frame.f_code.co_filename}, line {frame.f_lineno}"


def step(name: str) -> Step:
    """The value of a convention that is a function: `hidden=step("relu")`."""
    return Step(name)
