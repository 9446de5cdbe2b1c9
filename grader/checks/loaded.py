"""A submission running in a cell, to be called: once, many times, in chains, with edits, watched."""

import contextlib
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from numpy.typing import NDArray

from grader.checks.living import LivingSubmission
from grader.sandbox import Cell, CellFailure, Evaluated, Handle, Points, Reply, Seen, Step
from grader.sandbox.cell import Target

StepOutcome: TypeAlias = list[Any] | CellFailure  # what a step of a chain gave at every point, or how it failed
TRIAL_SECONDS = 0.5  # for one call with an edit, at most
WATCH_SECONDS = 2.0  # for one call whose values are looked at


@dataclass(frozen=True)
class Gave:
    """The result of a call that did not fail, and what was read of its object afterwards."""

    value: Sequence[Any]


class LoadedSubmission(LivingSubmission):
    """Calls into a submission; every failure is a `CellFailure` with frames in the student's file."""

    def call(
        self,
        label: str,
        target: Target,
        arguments: Sequence[Any],
        named: Mapping[str, Any],
        *,
        keep: Sequence[int] = (),
        watch: bool = False,
    ) -> Reply:
        """Call a function or method once; `label` is its name in the contract."""

        def call(cell: Cell) -> Reply:
            reply = cell.call(
                target, self._fitting(target, arguments), named, seconds=self._call_seconds(), keep=keep, watch=watch
            )
            self.own_seconds += reply.seconds
            return reply

        return self._attempt(label, call)

    def call_many(
        self,
        label: str,
        target: Target,
        argument_lists: Sequence[Sequence[Any]],
        *,
        keep: Sequence[int] = (),
        item: int | None = None,
    ) -> list[Any]:
        """Call a function with each of several argument lists, in one message; the first failure is raised."""

        def call(cell: Cell) -> list[Any]:
            lists = [self._fitting(target, arguments) for arguments in argument_lists]
            replies = cell.call_many(target, lists, seconds=self._call_seconds(), keep=keep, item=item)
            self.own_seconds += replies.seconds
            for result in replies.results:
                if isinstance(result, CellFailure):
                    raise result
            return list(replies.results)

        return self._attempt(label, call)

    def call_chain(self, labels: Sequence[str], points: Points, steps: Sequence[Step]) -> list[StepOutcome]:
        """The results of each step at every point, or its first failure, which is the end.

        Of functions known to fail, and of a cell that does not survive, there are none: they are for calls one by one.
        """
        if any(label in self._failures for label in labels):
            return []
        cell = self._living_cell()
        started = time.perf_counter()
        try:
            fitting = [replace(step, arguments=self._fitting(step.target, step.arguments)) for step in steps]
            replies = cell.call_chain(points, fitting, seconds=self._call_seconds())
        except CellFailure:
            return []
        finally:
            self.used.seconds += time.perf_counter() - started
        self.own_seconds += replies.seconds
        outcomes: list[StepOutcome] = []
        for results in replies.steps:
            failure = next((result for result in results if isinstance(result, CellFailure)), None)
            outcomes.append(failure or list(results))
        return outcomes

    def answer(self, label: str, outcome: StepOutcome) -> list[Any]:
        """What a step of a chain gave, as if it had been called just now."""

        def give(_: Cell) -> list[Any]:
            if isinstance(outcome, CellFailure):
                raise outcome
            return outcome

        return self._attempt(label, give)

    def try_edits(
        self,
        name: str,
        text: str,
        count: int,
        target: Target,
        arguments: Sequence[Any],
        *,
        keep: Sequence[int] = (),
        reads: Sequence[str] = (),
        seconds: float = TRIAL_SECONDS,
    ) -> list[Gave | None]:
        """What a call gives with each alternative of a text that defines the function `name`; None where it failed.

        What it gives is its result, and what the attributes `reads` of its object are afterwards. Each has its
        `seconds`: an edit may be without end.

        Raises:
            CellFailure: the function cannot be tried like this.
        """
        cell = self._living_cell()
        given = self._fitting(target, arguments)
        outcomes = cell.try_edits(name, text, count, target, given, seconds=seconds, keep=keep, reads=reads)
        return [None if outcome is None else Gave(outcome) for outcome in outcomes]

    def new_values(
        self,
        definitions: Mapping[str, str],
        name: str,
        text: str,
        count: int,
        target: Target,
        arguments: Sequence[Any],
        *,
        sizes: Collection[int],
        seconds: float = TRIAL_SECONDS,
    ) -> list[list[NDArray[Any]] | None]:
        """What expressions are worth with each alternative of a text, and none is as `definitions` have functions.

        Raises:
            CellFailure: the function cannot be tried like this.
        """
        cell = self._living_cell()
        given = self._fitting(target, arguments)
        return cell.new_values(definitions, name, text, count, target, given, seconds=seconds, sizes=sizes)

    def evaluations(self, target: Target, arguments: Sequence[Any], named: Mapping[str, Any]) -> Evaluated:
        """How a call comes by what it gives.

        Raises:
            CellFailure: it cannot be looked at.
        """
        started = time.perf_counter()
        try:
            return self._living_cell().evaluations(
                target, self._fitting(target, arguments), named, seconds=self._call_seconds()
            )
        finally:
            self.used.seconds += time.perf_counter() - started

    @contextlib.contextmanager
    def hurried(self) -> Iterator[None]:
        """Calls that are told within a trial's time, or not at all, within a `with` block."""
        limits = self.limits
        self.limits = replace(limits, call_seconds=min(TRIAL_SECONDS, limits.call_seconds))
        try:
            yield
        finally:
            self.limits = limits

    @contextlib.contextmanager
    def apart(self) -> Iterator["LoadedSubmission"]:
        """The same submission in a cell of its own, which ends with the block; what it prints is read by nobody.

        It goes on with the time that is left, and what is known to end a cell is not asked of it again.
        """
        other = self.again(self.used)
        other._failures = dict(self._failures)
        with other:
            yield other

    @property
    def held(self) -> frozenset[tuple[str, str]]:
        """The functions that are as texts define them just now, with these texts."""
        return frozenset(self._held.items())

    @contextlib.contextmanager
    def edited(self, texts: Mapping[str, str]) -> Iterator[None]:
        """Functions are as texts define them for a while; of what happens meanwhile nothing is remembered.

        Raises:
            CellFailure: a function cannot be defined anew.
        """
        cell, outer = super()._living_cell(), self._held
        before = dict(self._failures), self.used.seconds, self.own_seconds
        self._held = {**outer, **texts}
        self._holding = None
        try:
            cell.hold_edits(self._held)
            yield
        finally:
            self._held = outer
            self._failures, self.used.seconds, self.own_seconds = before
            self._holding = cell  # till it is asked for something else: the next edits are put in their place

    def _living_cell(self) -> Cell:
        cell = super()._living_cell()
        if self._holding is cell:
            self._holding = None
            cell.hold_edits(self._held)
        return cell

    def measure(self, target: Target, arguments: Sequence[Any]) -> tuple[int, float]:
        """How many function calls one call makes, and the processor time that it takes while they are counted."""
        return self._living_cell().measure(target, self._fitting(target, arguments), seconds=WATCH_SECONDS)

    def watch(self, texts: Mapping[str, str], target: Target, arguments: Sequence[Any]) -> dict[int, Seen]:
        """What was seen in one call of functions whose texts report their values."""
        return self._living_cell().watch(texts, target, self._fitting(target, arguments), seconds=WATCH_SECONDS)

    def _fitting(self, target: Target, arguments: Sequence[Any]) -> Sequence[Any]:
        """The arguments without the last ones, where a function may lack parameters for them and does."""
        taken = self.taken.get(target) if isinstance(target, str) else None
        return arguments if taken is None else arguments[:taken]

    def attribute(self, handle: Handle, name: str) -> Any:
        return self._attempt(name, lambda cell: cell.attribute(handle, name))
