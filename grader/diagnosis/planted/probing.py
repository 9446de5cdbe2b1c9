"""Functions whose numbers are their own: `train` draws weights and order as it likes, and cannot be replayed.

A probe asks for what does not depend on them: the step that one full-batch update makes, the spread of the initial
weights. Known mistakes are tried on what the probes give.
"""

import copy
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from grader.assignments import Assignment, Check, Mistake, Probe
from grader.checks.implementation import CallFailed, Implementation
from grader.checks.local import Variant
from grader.checks.run import CheckRun, CheckSetting
from grader.diagnosis.cases.budget import Budget, CallCounter
from grader.diagnosis.cases.case import COMPARISON, MISSING, Evidence, Value
from grader.diagnosis.cases.leaves import leaves_of
from grader.diagnosis.cases.verdict import Named, Verdict, confidence_of
from grader.diagnosis.planted.confirm import Confirmation
from grader.diagnosis.planted.planting import Mistakes, Planting
from grader.diagnosis.planted.search import Search

FAILED = "no answer"
NOTE = "It explains part of what is wrong here; there is another mistake beside it."
SHARPNESS = 0.2  # of the distance to the right answers
SMALLEST = 1e-9


class ProbedEvidence(Evidence):
    """What the probes of one function gave, quantity by quantity."""

    def __init__(
        self,
        probes: Sequence[Probe],
        student: Implementation,
        assignment: Assignment,
        setting: CheckSetting,
        base: ModuleType,
        *,
        priced: bool = True,
    ) -> None:
        """`priced`: whether a search will be made, which pays for what it tries; counting calls takes its time."""
        self._probes, self._seed = probes, setting.seed
        self._contract = assignment.contract
        self._names: list[tuple[int, str]] = []
        self.found: list[Value] = []
        self.right: list[Value] = []
        self.prices: list[int] = []
        for p, probe in enumerate(probes):
            answer = self._answer(probe, student)
            counter = CallCounter()
            with counter if priced else nullcontext():
                right = self._answer(probe, Variant(self._contract, base))
            for number, name in enumerate(dict.fromkeys([*right, *answer])):
                self._names.append((p, name))
                self.found.append(answer.get(name, MISSING))
                self.right.append(right.get(name, MISSING))
                self.prices.append(COMPARISON + (counter.calls if number == 0 else 0))

    @property
    def is_incomplete(self) -> bool:
        """Whether some experiment could not be made with the submission."""
        return any(name == FAILED for _, name in self._names)

    def values(self, module: ModuleType) -> Iterator[Value]:
        current = -1
        answer: Mapping[str, Value] = {}
        for p, name in self._names:
            if p != current:
                current, answer = p, self._answer(self._probes[p], Variant(self._contract, module))
            yield answer.get(name, MISSING)

    def agree(self, cell: int, a: Value, b: Value) -> bool:
        """Whether two quantities are the same up to the probe's tolerance, relative to the larger of value and 1."""
        if not isinstance(a, np.ndarray) or not isinstance(b, np.ndarray):
            return super().agree(cell, a, b)
        if a.shape != b.shape:
            return False
        tolerance = self._probes[self._names[cell][0]].tolerance
        return bool(np.allclose(a, b, rtol=tolerance, atol=tolerance, equal_nan=True))

    def is_sharply_shown_by(self, module: ModuleType, cells: int) -> bool:
        """Whether a module's answers in some cells are much nearer to the submission's than the right ones are.

        An experiment's tolerance may be larger than what a mistake does; then agreement within it says nothing.
        """
        return all(
            self.agree(i, found, value) and _distance(found, value) <= SHARPNESS * _distance(found, right) + SMALLEST
            for i, (found, right, value) in enumerate(zip(self.found, self.right, self.values(module), strict=True))
            if cells >> i & 1
        )

    def whole_experiments(self, cells: int) -> bool:
        """Whether cells are all that is wrong in some of the experiments."""
        met = {self._names[i][0] for i in range(len(self._names)) if cells >> i & 1}
        return all(cells >> i & 1 for i, (p, _) in enumerate(self._names) if p in met and self.wrong >> i & 1)

    @property
    def price_of_what_is_wrong(self) -> int:
        """What the first experiment costs, in function calls, that the submission has wrong."""
        first = min(self._names[i][0] for i in range(len(self._names)) if self.wrong >> i & 1)
        return sum(price for (number, _), price in zip(self._names, self.prices, strict=True) if number == first)

    def is_righted(self, student: Implementation) -> bool:
        """Whether the submission, changed since, answers as it should; what it had wrong is asked first."""
        wrong = {self._names[i][0] for i in range(len(self._names)) if self.wrong >> i & 1}
        for p in sorted(range(len(self._probes)), key=lambda number: number not in wrong):
            answer = self._answer(self._probes[p], student)
            own = {name: i for i, (number, name) in enumerate(self._names) if number == p}
            if not answer.keys() <= own.keys():
                return False
            if not all(self.agree(i, answer.get(name, MISSING), self.right[i]) for name, i in own.items()):
                return False
        return True

    def against(self, base: ModuleType) -> "ProbedEvidence":
        """The same answers, beside those of another base."""
        other = copy.copy(self)
        other.__dict__.pop("wrong", None)
        other.right = list(self.values(base))
        return other

    def _answer(self, probe: Probe, implementation: Implementation) -> Mapping[str, Value]:
        """The named quantities; of an experiment that failed, how."""
        rng = np.random.default_rng([self._seed, zlib.crc32(probe.run.__name__.encode())])
        try:
            with np.errstate(all="ignore"):
                quantities = probe.run(implementation, rng)
        except CallFailed as failure:
            return {FAILED: failure.raised}
        except Exception as error:
            return {FAILED: type(error).__name__}
        return {str(name): leaves_of(value).get(()) for name, value in quantities.items()}


def _distance(a: Value, b: Value) -> float:
    """The largest difference of two answers; 0 where they are no numbers of one shape."""
    if not isinstance(a, np.ndarray) or not isinstance(b, np.ndarray) or a.shape != b.shape or not a.size:
        return 0.0
    with np.errstate(all="ignore"):  # infinite answers are no numbers, and no warning of the grader's
        difference = np.abs(a - b)
    return float(np.max(difference)) if np.isfinite(difference).all() else 0.0


def failed_checks(runs: Iterable[CheckRun]) -> list[Check]:
    return [run.check for run in runs if run.result.status in ("failed", "error")]


def probe_verdict(
    function: str,
    confirmation: Confirmation,
    context: Mistakes,
    causes: Callable[[Callable[[Mistakes], bool]], tuple[str, ...]],
    budget: Budget,
) -> tuple[Verdict, Callable[[], Verdict]]:
    """What the probes of a function tell; nothing when the submission cannot be asked any more.

    And what asks for less, where that is nothing: for what explains some of the experiments, while others are wrong
    for another reason.
    """
    student, planting = confirmation.student, confirmation.planting
    failed = failed_checks(run for run in confirmation.runs if run.check.function == function)
    probes = [probe for probe in confirmation.assignment.probes if probe.is_for(function, failed)]
    if student is None:
        return Verdict(), Verdict
    evidence = ProbedEvidence(probes, student, confirmation.assignment, confirmation.setting, planting.module(()))
    if evidence.is_incomplete:
        return Verdict(), Verdict
    if not evidence.wrong:
        return Verdict(follows_from=_failing_callees(function, confirmation)), Verdict

    def is_explained_by(mistakes: Mistakes) -> bool:
        return bool(mistakes) and evidence.is_shown_by(planting.module(mistakes))

    if is_explained_by(context):
        return Verdict(follows_from=causes(is_explained_by)), Verdict
    left = evidence.against(planting.module(context))
    if not left.wrong:  # an experiment that draws numbers may come out otherwise when it is made once more
        return Verdict(), Verdict
    candidates = _own_mistakes(function, confirmation)
    search = Search(left, planting, candidates, context, budget)
    again = ProbedEvidence(
        probes, student, confirmation.assignment, confirmation.another_setting, planting.module(context), priced=False
    )
    fitting = [
        mistakes
        for mistakes in search.single() or search.side_by_side()
        if again.is_shown_by(variant := planting.module((*context, *mistakes)))
        and again.is_sharply_shown_by(variant, again.wrong)
    ]
    if not fitting:
        return Verdict(), lambda: _of_single_experiments(search, left, again, planting, context)
    first, *others = fitting
    if len(first) > 1:
        named = tuple(Named(mistake, confidence="likely" if others else "certain") for mistake in first)
        return Verdict(named), Verdict
    alternatives = tuple(other[0] for other in others)
    return Verdict((Named(first[0], alternatives, confidence_of(first[0], alternatives)),)), Verdict


def _of_single_experiments(
    search: Search, left: ProbedEvidence, again: ProbedEvidence, planting: Planting, context: Mistakes
) -> Verdict:
    """The mistakes that each give all that is wrong in some experiments, and change nothing in the others."""
    found: dict[int, list[Mistake]] = {}
    for effect in search.partial():
        is_shown = again.is_sharply_shown_by(planting.module((*context, effect.mistake)), effect.explained)
        if is_shown and again.wrong == left.wrong and left.whole_experiments(effect.explained):
            found.setdefault(effect.explained, []).append(effect.mistake)
    named, covered = [], 0
    for cells, (first, *others) in found.items():
        if not cells & covered:
            covered |= cells
            named.append(Named(first, tuple(others), confidence_of(first, others, "likely"), note=NOTE))
    return Verdict(tuple(named))


@dataclass(frozen=True)
class Righted:
    """Asks whether the submission, changed since, gives what it should in every experiment, on two draws."""

    evidence: Sequence[ProbedEvidence]
    student: Implementation

    def __call__(self) -> bool:
        return all(one.is_righted(self.student) for one in self.evidence)

    @property
    def price(self) -> int:
        """What it costs, in function calls, to rule out a change: most go wrong where the submission does."""
        return self.evidence[0].price_of_what_is_wrong


def righted(function: str, confirmation: Confirmation, context: Mistakes) -> Righted | None:
    """None where no experiment shows anything wrong, or the submission cannot be asked."""
    student, assignment = confirmation.student, confirmation.assignment
    failed = failed_checks(run for run in confirmation.runs if run.check.function == function)
    probes = [probe for probe in assignment.probes if probe.is_for(function, failed)]
    if student is None or not probes:
        return None
    base = confirmation.planting.module(context)
    evidence = [
        ProbedEvidence(probes, student, assignment, setting, base, priced=setting is confirmation.setting)
        for setting in (confirmation.setting, confirmation.another_setting)
    ]
    return None if any(not one.wrong for one in evidence) else Righted(evidence, student)


def _failing_callees(function: str, confirmation: Confirmation) -> tuple[str, ...]:
    """Functions that this one is built on and that fail checks: with their fault known, its own part is right."""
    failing = {run.check.function for run in confirmation.runs if not run.passed}
    assignment = confirmation.assignment
    return tuple(name for name in assignment.function_names if name in failing & assignment.callees[function])


def _own_mistakes(function: str, confirmation: Confirmation) -> Mistakes:
    """Mistakes in steps that no other function of the contract reaches, but those that call this one.

    Those of others are judged there.
    """
    assignment = confirmation.assignment
    elsewhere = {
        step
        for name in assignment.function_names
        if name != function and function not in assignment.callees[name]
        for step in assignment.reached_steps.get(name, frozenset())
    }
    return tuple(m for m in confirmation.planting.reaching(function) if m.step not in elsewhere)
