"""A submission in a cell: loaded unit by unit past its errors, and into a fresh cell when the old one has died."""

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeVar

from grader.checks.adapter import Adapter
from grader.closing import Closing
from grader.compatibility.stack import TODAY, Stack, old_stack_modules
from grader.meanings import in_plain_words
from grader.report import CapturedOutput, CellRun, Location, StackFrame, StudentError
from grader.sandbox import (
    Answerer,
    Cell,
    CellCrashed,
    CellFailure,
    CellMemoryExceeded,
    CellTimeout,
    Described,
    Frame,
    Limits,
    Note,
    Sandbox,
    ServedFunction,
    SubmissionRaised,
)
from grader.submissions import SourceUnit, Submission
from grader.submissions.syntax import definitions_below


@dataclass
class TimeUsed:
    """Of the assignment's `total_seconds`, by wall clock: by all that is asked of a submission, transport included."""

    seconds: float = 0.0


T = TypeVar("T")
CRASHES_ALLOWED = 3  # of one function; a timeout is allowed once
STOPS_ALLOWED = 10  # of what a script defines below the line where it stopped
ASIDE_SECONDS = 0.5  # to tell what data were served


@dataclass
class LivingSubmission(Closing):
    """A cell with the submission in it; one that died (endless loop in C, exit, segmentation fault) is replaced."""

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
        self._holding: Cell | None = None  # one in which functions are still as texts define them that are held no more
        self._served: Mapping[str, ServedFunction] | None = None
        self._serving: Cell | None = None  # the one that knows what is served
        self._output = CapturedOutput()

    def again(self, used: TimeUsed, patience: float = 1.0) -> Self:
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

    @property
    def stand_ins(self) -> tuple[str, ...]:
        """Modules that were replaced by harmless stand-ins."""
        self._note_cell()
        return tuple(sorted(self._stand_ins))

    def served(self) -> tuple[tuple[str, str], ...]:
        """What data the submission asked for that are not there, and what it was given."""
        if not self.stack.has_data:
            return ()
        from grader.reading.runs.samples import served_of

        with contextlib.suppress(CellFailure):
            return served_of(self._living_cell().call("__grader_samples__", [], {}, seconds=ASIDE_SECONDS).value)
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
            from grader.reading.runs.samples import samples  # few need them

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
                self._notes.update(dict.fromkeys(self._living_cell().notes()))


OUTER_FRAMES, INNER_FRAMES = 2, 10  # of a traceback; an endless recursion has a thousand
FRAME_TEXT = 300  # characters of a line; what a report quotes must not weigh more than the file
LINE_LOOKED_AT = 2_000


def student_error(submission: Submission, failure: CellFailure) -> StudentError:
    """The failure with its frames as places in the student's own file."""
    frames = _frames(submission, failure.frames)
    if isinstance(failure, SubmissionRaised):
        return StudentError(type=failure.type_name, message=in_plain_words(failure.message), frames=frames)
    return StudentError(type=type(failure).__name__, message=str(failure), frames=frames)


def cell_run(submission: Submission, unit: SourceUnit, failure: CellFailure | None) -> CellRun:
    """How a unit of the submission ran."""
    place = Location(file=unit.file, cell=unit.cell)
    if failure is None:
        return CellRun(location=place, status="ran")
    error = student_error(submission, failure)
    inside = [frame.location for frame in error.frames if frame.location.model_copy(update={"line": None}) == place]
    if inside:
        place = inside[-1]
    status = "timeout" if isinstance(failure, CellTimeout) else "error"
    return CellRun(location=place, status=status, error=error, message=str(failure))


def syntax_errors(unit: SourceUnit) -> list[CellFailure]:
    """What Python has against a text of which only a part is run, statement by statement."""
    return [
        SubmissionRaised("SyntaxError", fault.message, (Frame(unit.filename, fault.line, "<module>"),))
        for fault in unit.faults
    ]


def _frames(submission: Submission, frames: Sequence[Frame]) -> tuple[StackFrame, ...]:
    places = [(frame, submission.locate(frame.filename, frame.line)) for frame in frames]
    own = [(frame, place) for frame, place in places if place is not None]
    if len(own) > OUTER_FRAMES + INNER_FRAMES:
        own = [*own[:OUTER_FRAMES], *own[-INNER_FRAMES:]]
    return tuple(
        StackFrame(
            location=place,
            function=frame.function[:FRAME_TEXT],
            text=submission.line_text(frame.filename, frame.line)[:LINE_LOOKED_AT].strip()[:FRAME_TEXT],
        )
        for frame, place in own
    )
