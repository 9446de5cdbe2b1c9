"""A submission running in a cell: loaded unit by unit, called, and put into a fresh cell when the old one dies."""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, TypeVar

from grader.checks.adapter import Adapter
from grader.checks.failures import cell_run, student_error, syntax_errors
from grader.checks.time_used import TimeUsed
from grader.compatibility.stack import TODAY, Stack, old_stack_modules
from grader.report import CapturedOutput, CellRun, StudentError
from grader.sandbox import (
    Answerer,
    Cell,
    CellCrashed,
    CellFailure,
    CellMemoryExceeded,
    CellTimeout,
    Described,
    Evaluated,
    Handle,
    Limits,
    Note,
    Points,
    Reply,
    Sandbox,
    Seen,
    ServedFunction,
    Step,
)
from grader.sandbox.cell import Target
from grader.submissions import SourceUnit, Submission
from grader.submissions.syntax import definitions_below

T = TypeVar("T")
StepOutcome: TypeAlias = list[Any] | CellFailure  # what a step of a chain gave at every point, or how it failed
CRASHES_ALLOWED = 3  # of one function; a timeout is allowed once
TRIAL_SECONDS = 0.5  # for one call with an edit
WATCH_SECONDS = 2.0  # for one call whose values are looked at
STOPS_ALLOWED = 10  # of what a script defines below the line where it stopped


@dataclass(frozen=True)
class Gave:
    """The result of a call that did not fail, and what was read of its object afterwards."""

    value: Sequence[Any]


@dataclass
class LoadedSubmission:
    """Calls into a submission; every failure is a `CellFailure` with frames in the student's file.

    A cell that died (endless loop in C, exit, segmentation fault) is replaced before the next call.
    """

    submission: Submission
    sandbox: Sandbox
    limits: Limits
    load_seconds: float
    seed: int = 0
    adapters: Sequence[Adapter] = ()  # run after the submission, to make its script callable
    stack: Stack = TODAY  # what it is run as
    taken: Mapping[str, int] = field(default_factory=dict)  # how many arguments functions get that take fewer
    adaptation: tuple[Mapping[str, str], Mapping[str, Any]] | None = None  # of its text, beside that of the stack
    used: TimeUsed = field(default_factory=TimeUsed)
    own_seconds: float = field(default=0.0, init=False)  # of the submission's own code, as its cell measured it

    def __post_init__(self) -> None:
        self._cell: Cell | None = None
        self._runs: dict[str, CellRun] = {}
        self._failures: dict[str, tuple[int, CellFailure]] = {}
        self._stand_ins: set[str] = set()
        self._notes: dict[Note, None] = {}
        self._held: dict[str, str] = {}
        self._served: Mapping[str, ServedFunction] | None = None
        self._serving: Cell | None = None  # the one that knows what is served
        self._output = CapturedOutput()

    def again(self, used: TimeUsed, patience: float = 1.0) -> "LoadedSubmission":
        """The same submission, as it was loaded here, for one more cell, which uses its time with others.

        `patience` multiplies the time of a call: where it is answered from outside, it takes that time as well.
        """
        other = replace(self, limits=replace(self.limits, call_seconds=patience * self.limits.call_seconds), used=used)
        other._runs = dict(self._runs)
        return other

    def serve(self, functions: Mapping[str, ServedFunction], answer: Answerer) -> None:
        """Have calls of these functions be answered outside, from the next call on; see `Cell.serve`."""
        self._served, self._answer, self._serving = functions, answer, None

    def load(self) -> None:
        """Run the submission's cells or module from top to bottom, past errors, like "run all" by a patient person.

        A unit that ends the process is left out, and the others are run again in a fresh cell, as long as the
        submission's time lasts.
        """
        while not self._load_into(self._fresh_cell()):
            pass

    @property
    def cell_runs(self) -> tuple[CellRun, ...]:
        """How each unit ran, the first time that it did; and the modules that are not Python throughout.

        One with several faulty statements is there once for each.
        """
        runs: list[CellRun] = []
        for unit in self.submission.units:
            if unit.filename in self._runs:
                runs += [self._runs[unit.filename], *self._faulty(unit)[1:]]
        modules = {unit.filename: unit for unit in self.submission.modules.values()}
        return (*runs, *(run for unit in modules.values() for run in self._faulty(unit)))

    def _faulty(self, unit: SourceUnit) -> list[CellRun]:
        return [cell_run(self.submission, unit, error) for error in syntax_errors(unit)]

    def names(self) -> Mapping[str, Described]:
        """What the submission's namespace holds, by name."""
        return self._living_cell().names()

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
    ) -> list[Gave | None]:
        """What a call gives with each alternative of a text that defines the function `name`; None where it failed.

        What it gives is its result, and what the attributes `reads` of its object are afterwards.

        Raises:
            CellFailure: the function cannot be tried like this.
        """
        cell = self._living_cell()
        given = self._fitting(target, arguments)
        outcomes = cell.try_edits(name, text, count, target, given, seconds=TRIAL_SECONDS, keep=keep, reads=reads)
        return [None if outcome is None else Gave(outcome) for outcome in outcomes]

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
        cell, outer = self._living_cell(), self._held
        before = dict(self._failures), self.used.seconds, self.own_seconds
        self._held = {**outer, **texts}
        try:
            cell.hold_edits(self._held)
            yield
        finally:
            self._held = outer
            self._failures, self.used.seconds, self.own_seconds = before
            if cell.alive:
                cell.hold_edits(outer)

    def measure(self, target: Target, arguments: Sequence[Any]) -> int:
        """How many function calls one call makes."""
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

    @property
    def stand_ins(self) -> tuple[str, ...]:
        """Modules that were replaced by harmless stand-ins."""
        self._note_cell()
        return tuple(sorted(self._stand_ins))

    def served(self) -> tuple[tuple[str, str], ...]:
        """What data the submission asked for that are not there, and what it was given."""
        if not self.stack.has_data:
            return ()
        from grader.reading.samples import served_of

        with contextlib.suppress(CellFailure):
            return served_of(self._living_cell().call("__grader_samples__", [], {}, seconds=TRIAL_SECONDS).value)
        return ()

    def notes(self) -> tuple[Note, ...]:
        """What of the submission's text today's stack would not have run, so far as it ran on the older one."""
        self._read_notes()
        return tuple(self._notes)

    @property
    def output(self) -> CapturedOutput:
        """What the submission printed, bounded: of the cell that got furthest, if it used several."""
        self._note_cell()
        return self._output

    def student_error(self, failure: CellFailure) -> StudentError:
        """The failure with its frames as places in the student's own file."""
        return student_error(self.submission, failure)

    def close(self) -> None:
        if self._cell is not None:
            self._note_cell()
            self._read_notes()
            self._cell.close()
            self._cell = None

    def __enter__(self) -> "LoadedSubmission":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _attempt(self, label: str, call: Callable[[Cell], T]) -> T:
        count, earlier = self._failures.get(label, (0, None))
        if earlier is not None and (isinstance(earlier, CellTimeout) or count >= CRASHES_ALLOWED):
            raise earlier
        cell = self._living_cell()
        started = time.perf_counter()
        try:
            return call(cell)
        except (CellTimeout, CellCrashed, CellMemoryExceeded) as failure:
            self._failures[label] = (count + 1, failure)
            raise
        finally:
            self.used.seconds += time.perf_counter() - started

    def _seconds_left(self) -> float:
        left = self.limits.total_seconds - self.used.seconds
        if left <= 0:
            raise CellTimeout.exhausted(self.limits.total_seconds)
        return left

    def _call_seconds(self) -> float:
        return min(self.limits.call_seconds, self._seconds_left())

    def _living_cell(self) -> Cell:
        if self._cell is None or not self._cell.alive:
            self.load()
        assert self._cell is not None
        if self._served is not None and self._serving is not self._cell:
            self._serving = self._cell
            self._cell.serve(self._served, self._answer)
        return self._cell

    def _fresh_cell(self) -> Cell:
        started = time.perf_counter()
        is_replacement = self._cell is not None
        self.close()
        self._cell = self.sandbox.cell(self.limits, seed=self.seed)
        if self.stack.has_data:
            from grader.reading.samples import samples  # few need them

            self._cell.adapt(*samples(is_graded=True))
        if self.stack.is_old:
            self._cell.adapt(old_stack_modules(), {"divides": self.stack.divides})
        if self.adaptation is not None:
            self._cell.adapt(*self.adaptation)
        modules = {name: (unit.source, unit.filename) for name, unit in self.submission.modules.items()}
        if modules:
            self._cell.define_modules(modules)
        if is_replacement:  # the first one may have waited for the sandbox, the others are the submission's doing
            self.used.seconds += time.perf_counter() - started
        return self._cell

    def _load_into(self, cell: Cell) -> bool:
        """Run every unit that is not known to end the process; False when one has just done so."""
        left = self.load_seconds
        for unit in self.submission.units:
            earlier = self._runs.get(unit.filename)
            if earlier is not None and earlier.status == "skipped":
                continue
            seconds = left if earlier is None or earlier.status == "ran" else left / 10
            started = time.perf_counter()
            run = self._run_unit(cell, unit, max(seconds, self.load_seconds / 20))
            spent = time.perf_counter() - started
            self.used.seconds += spent
            self.own_seconds += spent
            left -= spent
            self._runs.setdefault(unit.filename, run)
            if not cell.alive:
                self._runs[unit.filename] = run.model_copy(update={"status": "skipped"})
                return False
        for adapter in self.adapters:
            cell.run(adapter.source, adapter.filename, seconds=self.load_seconds)
        return True

    def _run_unit(self, cell: Cell, unit: SourceUnit, seconds: float) -> CellRun:
        try:
            failure = cell.run(unit.source, unit.filename, seconds=min(seconds, self._seconds_left())).failure
        except CellFailure as died:
            failure = died
        if isinstance(failure, CellTimeout) and unit.cell is None:
            self._run_definitions_below(cell, unit, failure)
        return cell_run(self.submission, unit, next(iter(syntax_errors(unit)), failure))

    def _run_definitions_below(self, cell: Cell, unit: SourceUnit, failure: CellFailure) -> None:
        """A script that takes too long, at a training perhaps, still has functions below: they run, and nothing else.

        What an error stops goes on in the cell itself.
        """
        for _ in range(STOPS_ALLOWED):
            stops = [f.line for f in failure.frames if (f.filename, f.function) == (unit.filename, "<module>")]
            rest = definitions_below(unit.source, stops[0]) if stops and cell.alive else ""
            if not rest:
                return
            try:
                following = cell.run(rest, unit.filename, seconds=min(self.load_seconds, self._seconds_left())).failure
            except CellFailure as died:
                following = died
            if following is None:
                return
            failure = following

    def _note_cell(self) -> None:
        if self._cell is None:
            return
        self._stand_ins.update(self._cell.imported_stand_ins)
        output = self._cell.output
        if len(output.stdout) + len(output.stderr) > len(self._output.stdout) + len(self._output.stderr):
            self._output = CapturedOutput(stdout=output.stdout, stderr=output.stderr, truncated=output.truncated)

    def _read_notes(self) -> None:
        if self.stack.is_old and self._cell is not None and self._cell.alive:
            with contextlib.suppress(CellFailure):
                self._notes.update(dict.fromkeys(self._cell.notes()))
