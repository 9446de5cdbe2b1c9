"""Experiments that show a known mistake: run on the submission and on the solution, so that what is told is so."""

import ast
import builtins
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from grader.assignments import Assignment, Mistake
from grader.checks.implementation import CallFailed, Implementation
from grader.checks.local import Variant
from grader.checks.record import recording
from grader.diagnosis.cases.leaves import leaves_of, same
from grader.diagnosis.cases.shown_values import shown
from grader.report import Experiment
from grader.submissions.trees import walk


class Experiments:
    """The experiments of one assignment's known mistakes."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment

    def made(
        self,
        mistake: Mistake,
        student: Implementation,
        right: ModuleType,
        planted: ModuleType,
        accepted: Sequence[ModuleType] = (),
    ) -> Experiment | None:
        """What an experiment gives; None unless the submission gives what the mistake does, and that is wrong.

        Args:
            right: the solution, in the conventions of the submission.
            planted: the same with the mistake in it.
            accepted: the solution in other conventions, which must ask for the same.
        """
        text = mistake.lesson.experiment if mistake.lesson is not None else ""
        if not text or not self._can_be_made(text):
            return None
        expected = self.outcome(text, Variant(self._assignment.contract, right))
        wrong = self.outcome(text, Variant(self._assignment.contract, planted))
        others = (self.outcome(text, Variant(self._assignment.contract, module)) for module in accepted)
        if not _differ(wrong, expected) or not all(_agree(other, expected) for other in others):
            return None
        found = self.outcome(text, student)
        if not _agree(found, wrong):
            return None
        return Experiment(lines=tuple(text.splitlines()), found=shown(found), expected=shown(expected))

    def _can_be_made(self, text: str) -> bool:
        """Whether all that it mentions is there: functions of the contract, `np`, Python's own."""
        nodes = [node for node in walk(ast.parse(text)) if isinstance(node, ast.Name)]
        stored = {node.id for node in nodes if isinstance(node.ctx, ast.Store)}
        known = {*self._assignment.function_names, *stored, "np"}
        return all(node.id in known or hasattr(builtins, node.id) for node in nodes)

    def outcome(self, text: str, implementation: Implementation) -> Any:
        """The value of the last line; None where it has none."""
        *before, last = ast.parse(text).body
        assert isinstance(last, ast.Expr)
        space: dict[str, Any] = {name: getattr(implementation, name) for name in self._mentioned(text)}
        space |= {"np": np}
        with recording(), np.errstate(all="ignore"):
            try:
                exec(compile(ast.Module(before, []), "<experiment>", "exec"), space)
                return eval(compile(ast.Expression(last.value), "<experiment>", "eval"), space)
            except CallFailed:
                return None
            except Exception:  # what a function gave may be anything
                return None

    def _mentioned(self, text: str) -> set[str]:
        names = {node.id for node in walk(ast.parse(text)) if isinstance(node, ast.Name)}
        return names & set(self._assignment.function_names)


def _numbers(value: Any) -> Mapping[Any, Any]:
    return leaves_of(value) if value is not None and shown(value) else {}


def _agree(a: Any, b: Any) -> bool:
    found, other = _numbers(a), _numbers(b)
    return bool(found) and found.keys() == other.keys() and all(same(found[path], other[path]) for path in found)


def _differ(a: Any, b: Any) -> bool:
    """Whether two values can be shown, and look different."""
    return bool(_numbers(a)) and bool(_numbers(b)) and not _agree(a, b) and shown(a) != shown(b)
