"""Runs a file in a cell with every operation recorded."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from grader.compatibility.stack import old_stack_modules
from grader.meanings import in_plain_words
from grader.reading.recorded.recording import Array, BadRecording, Recording
from grader.reading.runs.asked_columns import Form, asked_attributes, columns_in, form_in, inputs_in, widths_in
from grader.reading.runs.budget import Budget
from grader.reading.runs.samples import SAMPLE_ROWS, samples, served_of, sources_of
from grader.reading.runs.sizes import batches_in, drawn_in, ranges_in, rows_in, sizes_in, table_rows_in
from grader.reading.runs.texts import texts_in
from grader.reading.runs.widths import picture_sides, table_width
from grader.sandbox import CellFailure, Limits, Sandbox
from grader.sandbox.inside import event_log
from grader.sandbox.inside.sample_data.files import ANY_TEXT, TEXT_GIVEN
from grader.sandbox.inside.sample_data.samples import MEASUREMENTS, PICTURES, UNKNOWN
from grader.submissions import Submission

LIMITS = Limits(
    call_seconds=60.0, total_seconds=90.0, memory_bytes=3 << 30, output_bytes=65_536, result_bytes=256 << 20
)
RECORDED_SECONDS = 4.0  # of processor time
PASSED_SECONDS = 1.0  # where each loop that trains is left
RECORDED_BYTES = 110 << 20
RECORDED_STEPS = 8
MAX_WIDTHS = 3  # of tables that are tried
FEW_LINES = 40  # of a table that is taken line by line
FEW_ROWS = (60, 20)  # training and test samples where more have no room in a step
LONGEST_FAILURE = 300  # characters of an exception that are told
ADDED = "<added>"  # the name of lines that are run after the file's own


@dataclass(frozen=True)
class Move:
    """An array to be moved in a run before the event that it goes into is carried out."""

    event: int
    array: Array
    change: Array


@dataclass(frozen=True)
class Run:
    """A run that was recorded: the recording, what stopped it, what it printed, what stood in for modules."""

    recording: Recording | None
    failure: CellFailure | None
    output: str = ""
    stand_ins: tuple[str, ...] = ()
    served: tuple[tuple[str, str], ...] = ()  # what data were asked for, and what was given
    way: "_Way | None" = None

    @property
    def budget(self) -> Budget | None:
        """What the runs of one explanation share."""
        return None if self.way is None else self.way.budget


def recording_of_calls() -> tuple[Mapping[str, str], Mapping[str, Any]]:
    """What a cell is adapted with whose functions are called, and recorded from a call of `__grader_begin__` on."""
    options = {"seconds": RECORDED_SECONDS, "budget": RECORDED_BYTES, "steps": RECORDED_STEPS, "of_calls": True}
    return sources_of(event_log), options


def record(
    submission: Submission,
    sandbox: Sandbox,
    *,
    seed: int = 0,
    seconds: float = RECORDED_SECONDS,
    rows: tuple[int, int] = SAMPLE_ROWS,
    added: str = "",
    is_noisy: bool = False,
    budget: Budget | None = None,
) -> Run:
    """Run the submission from top to bottom, and give what was seen of it."""
    is_old, budget = submission.is_python_2, budget or Budget()
    texts = texts_in(unit.source for unit in (*submission.units, *submission.modules.values()))
    brought = {path: np.frombuffer(data, np.uint8) for path, data in submission.data.items()}
    beside = {PurePosixPath(path).name for path in brought}
    texts = {name: text for name, text in texts.items() if name not in beside}
    files = {**texts, **brought}
    sources = [unit.source for unit in (*submission.units, *submission.modules.values())]
    form = form_in(sources)
    way = _Way(
        submission, sandbox, seed, seconds, rows, files, added, is_noisy, is_old=is_old, budget=budget, form=form
    )
    if form.columns > 1:
        way = replace(way, measurements=form.columns - 1, has_measurements=True)
    elif (inputs := inputs_in(sources)) > 0:
        way = replace(way, measurements=inputs)
    run = recorded(way)
    asked = asked_attributes(sources, str(run.failure)) if is_of_a_table(run.failure) else []
    run = _instead(run, columns=tuple(asked)) if asked else run
    run = _of_few_lines(_instead(run, is_other=True))
    if side := picture_sides(str(run.failure)) if any(asked == PICTURES for asked, _ in run.served) else None:
        run = _instead(run, sides=side)
    if any(given.startswith(UNKNOWN) for _, given in run.served) and run.failure is not None:
        width = table_width(str(run.failure))
        run = _instead(run, measurements=width) if width is not None else run
    columns = columns_in(sources)
    if columns > 1 and any(given.startswith(UNKNOWN) for _, given in run.served):
        run = _instead(run, measurements=columns - 1)
    for count in table_rows_in(sources, str(run.failure)):
        run = _instead(run, table_rows=count)
    more = rows_in(sources, rows)
    run = _instead(run, rows=more) if more != rows else run
    sizes = ranges_in(sources, str(run.failure)) or sizes_in(sources, rows)
    smaller = _instead(run, sizes=sizes) if sizes else run
    if smaller is not run:
        run = _with_sizes_told(smaller, sizes)
    run = _as_once(run)
    return replace(run, served=(*run.served, *((name, TEXT_GIVEN) for name in texts if name != ANY_TEXT)))


def _of_few_lines(run: Run) -> Run:
    """The run with a shorter table of which nothing is known, where single numbers of many lines end it."""
    is_long = run.recording is not None and run.recording.end == "numbers"
    if not is_long or run.way is None or not any(given.startswith(UNKNOWN) for _, given in run.served):
        return run
    fewer = recorded(replace(run.way, table_rows=FEW_LINES))
    return fewer if fewer.failure is None else run


def _instead(run: Run, **changes: Any) -> Run:
    """The run in another way where it is the data that it stops at, if it comes further then."""
    if run.way is None or run.recording is None or not run.served or not run.way.budget.allows_run:
        return run
    if run.failure is None or not is_of_data(run.failure):
        return run
    is_added = bool(run.failure.frames) and run.failure.frames[0].filename == ADDED
    if is_added and "_np" in run.way.added:  # its data are of these lines
        return run
    other = recorded(replace(run.way, **changes))
    return other if other.recording and len(other.recording.events) > len(run.recording.events) else run


def of_other_widths(run: Run) -> Iterator[Run]:
    """The same run with tables of the widths that the text may count on, where a table that was given stops it."""
    if run.way is None or run.failure is None or not run.served or not is_of_data(run.failure):
        return
    submission = run.way.submission
    for width in widths_in(unit.source for unit in (*submission.units, *submission.modules.values()))[:MAX_WIDTHS]:
        if run.way.budget.allows_run:
            yield recorded(replace(run.way, measurements=width - 1, has_measurements=True, is_other=False))


def noisy(run: Run) -> Run | None:
    """The same run with noise on the images that were stood in for; None if none were."""
    may_run = run.way is not None and bool(run.served) and run.way.budget.allows_run
    return recorded(replace(run.way, is_noisy=True)) if may_run and run.way is not None else None


def to_the_end(run: Run) -> Run | None:
    """The same run where single numbers do not end it; None if they have not."""
    is_cut = run.way is not None and run.recording is not None and run.recording.end == "numbers"
    may_run = is_cut and run.way is not None and run.way.budget.allows_run
    return recorded(replace(run.way, units=False)) if may_run and run.way is not None else None


def of_fewer(run: Run) -> Run | None:
    """The same run with fewer samples in a step, where what is kept of it had no room; None if it had, or none are."""
    if run.way is None or run.recording is None or run.recording.end not in ("memory", "events", "time"):
        return None
    if not run.way.budget.allows_run:
        return None
    submission = run.way.submission
    sources = [unit.source for unit in (*submission.units, *submission.modules.values())]
    sizes = batches_in(sources) or (drawn_in(sources) if run.recording.end == "time" else {})
    if not sizes:
        return _of_few_rows(run, run.way, sources)
    return _with_sizes_told(recorded(replace(run.way, sizes={**run.way.sizes, **sizes})), sizes)


def _of_few_rows(run: Run, way: "_Way", sources: Sequence[str]) -> Run | None:
    """The same run with fewer samples in all, where a step takes all; None if the samples are the file's own."""
    if not run.served or way.rows[0] <= FEW_ROWS[0]:
        return None
    sizes = sizes_in(sources, FEW_ROWS) if way.sizes else {}
    fewer = recorded(replace(way, rows=FEW_ROWS, sizes=sizes))
    return _with_sizes_told(fewer, sizes) if sizes else fewer


def _with_sizes_told(run: Run, sizes: Mapping[int, int]) -> Run:
    told = "; ".join(f"{given:,} for {size:,}" for size, given in sizes.items())
    return replace(run, served=(*run.served, ("sizes in the file", told[:120])))


def beyond(run: Run, ended: int, depth: int = 1) -> Run | None:
    """The same run that goes on behind the loop in which it was ended; None if no loop runs there.

    Args:
        ended: how many events were seen until then.
        depth: which loop: 1 is the outermost one, 2 the next in it, which may train one network after another.
    """
    if run.way is None or run.recording is None or not run.way.budget.allows_run:
        return None
    seen = run.recording
    passes = (*run.way.passes, seen.number_in_run(ended))
    further = recorded(replace(run.way, passes=passes, depth=depth))
    if further.recording is None or len(further.recording.passed) <= len(seen.passed):
        return None
    return further


def past_its_trainings(run: Run) -> Run | None:
    """The same run up to the end of the file, with each loop that trains left after a few steps."""
    return _in_other_way(run, goes_on=True, seconds=PASSED_SECONDS)


def in_full(run: Run, seconds: float) -> Run | None:
    """The same run as the file itself would make it, in so much processor time; nothing of it is noted but a stop."""
    return _in_other_way(run, is_idle=True, seconds=seconds)


def _in_other_way(run: Run, **changes: Any) -> Run | None:
    if run.way is None or not run.way.budget.allows_run:
        return None
    return _as_once(recorded(replace(run.way, **changes)))


def never(moves: Sequence[Move], until: int, kept: Sequence[int] = ()) -> None:
    """Of what is put together of single numbers, or of calls that are made from outside, nothing is moved."""


def again(run: Run, moves: Sequence[Move], until: int, kept: Sequence[int] = ()) -> Recording | None:
    """The same run up to an event, with some arrays moved on the way; None if it goes another way.

    Of arrays, what the last event gives is kept, and what those of `kept` give.
    """
    if run.way is None or run.recording is None or not run.way.budget.allows_run:
        return None
    seen = run.recording
    asked = [replace(move, event=seen.number_in_run(move.event)) for move in moves]
    way = replace(run.way, seconds=2 * run.way.seconds)
    numbers = [seen.number_in_run(at) for at in kept]
    recording = recorded(way, asked, seen.number_in_run(until), numbers).recording
    if recording is None or len(recording.events) <= until:
        return None
    ends = [(one.events[until].op, one.places[one.events[until].place]) for one in (recording, run.recording)]
    return recording if ends[0] == ends[1] else None


@dataclass(frozen=True)
class _Way:
    """All that decides what a run does."""

    submission: Submission
    sandbox: Sandbox
    seed: int
    seconds: float
    rows: tuple[int, int]
    files: Mapping[str, Any]
    added: str
    is_noisy: bool
    is_old: bool
    budget: Budget
    is_other: bool = False
    units: bool = True
    passes: tuple[int, ...] = ()  # events at which the loop that runs is ended, and the run goes on behind it
    depth: int = 1  # of that loop
    goes_on: bool = False  # whether each loop that trains is ended so, and not the run
    is_idle: bool = False  # whether nothing is noted, and nothing ended
    sizes: Mapping[int, int] = field(default_factory=dict)  # numbers of the text that stand for others
    repeated: tuple[Any, ...] = ()  # the file and the lines of a step that is made once, and how they are repeated
    measurements: int = MEASUREMENTS  # columns of a table of which nothing is known
    has_measurements: bool = False  # whether that is told by the text
    table_rows: int = 0  # that a table has at least; 0 if nothing tells
    columns: tuple[str, ...] = ()  # that a table was asked for as attributes
    sides: tuple[int, int] = (0, 0)  # of an image in a file; 0 if nothing tells
    form: Form = field(default_factory=Form)


#: a number where a text may have been counted on, or the reverse
_OF_A_VALUE = re.compile(r"AttributeError: '(int|float|str|bool|numpy\.(?!nd)\w+)' object has no attribute")
_SHAPES = re.compile(r"\((?:\d+,? ?)+\)")


def what_stops(failure: CellFailure) -> str:
    """What a failure says, as long as a sentence bears: the words of an exception are the file's own."""
    text = in_plain_words(str(failure))
    return text if len(text) <= LONGEST_FAILURE else f"{text[: LONGEST_FAILURE - 1]}…"


def recorded(way: _Way, moves: Sequence[Move] = (), until: int | None = None, kept: Sequence[int] = ()) -> Run:
    submission, seconds, added = way.submission, way.budget.share(way.seconds), way.added
    failure: CellFailure | None = None
    options: dict[str, Any] = {
        "seconds": seconds,
        "budget": RECORDED_BYTES,
        "steps": RECORDED_STEPS,
        "units": way.units,
        "passes": list(way.passes),
        "depth": way.depth,
        "goes_on": way.goes_on,
        "is_idle": way.is_idle,
        "sizes": [[size, given] for size, given in way.sizes.items()],
        "repeated": list(way.repeated),
    }
    if until is not None:
        moved = [[one.event, one.array, one.change] for one in moves]
        options |= {"moved": moved, "until": until, "kept": list(kept)}
    with way.sandbox.cell(LIMITS, seed=way.seed) as cell:
        if way.is_old:
            cell.adapt(old_stack_modules(), {"divides": submission.is_python_2})
        cell.adapt(
            *samples(
                way.rows,
                is_noisy=way.is_noisy,
                files=way.files,
                is_other=way.is_other,
                measurements=way.measurements,
                has_measurements=way.has_measurements,
                rows_of_tables=way.table_rows,
                separator=way.form.separator,
                columns=way.columns,
                sides=way.sides,
                sources=[unit.source for unit in (*submission.units, *submission.modules.values())],
            )
        )
        cell.adapt(sources_of(event_log), options)
        modules = {name: (unit.source, unit.filename) for name, unit in submission.modules.items()}
        if modules:
            cell.define_modules(modules)
        recording: Recording | None = None
        served: tuple[tuple[str, str], ...] = ()
        try:
            for unit in submission.units:
                most = seconds + way.goes_on if way.is_idle or way.goes_on else 3 * seconds + 5
                outcome = cell.run(unit.source, unit.filename, seconds=most)
                if outcome.failure is not None and not _is_the_end(outcome.failure):
                    failure = failure or outcome.failure
                if not cell.alive or _is_the_end(outcome.failure):
                    break
            if added and cell.alive and recording is None:
                outcome = cell.run(added, ADDED, seconds=3 * seconds + 5)
                failure = None if _is_the_end(outcome.failure) else outcome.failure  # that of the file is known
            if cell.alive:
                recording = Recording.of(cell.call("__grader_recording__").value).beyond()
                served = served_of(cell.call("__grader_samples__").value)
        except (CellFailure, BadRecording) as error:
            failure = failure or (error if isinstance(error, CellFailure) else CellFailure(str(error)))
        output = cell.output.stdout
        return Run(recording, failure, output, cell.imported_stand_ins, served, way)


def _as_once(run: Run) -> Run:
    """The run as with the numpy of some years ago, where a newer one may be what it stops at, and is."""
    if run.failure is None or run.way is None or run.way.is_old or not _is_outdated(run.failure):
        return run
    once = recorded(replace(run.way, is_old=True))
    return run if str(once.failure) == str(run.failure) else once


def _is_outdated(failure: CellFailure) -> bool:
    """Whether a newer numpy or Python may be what a file stops at."""
    kinds = ("AttributeError", "NameError", "TypeError", "ImportError", "ModuleNotFoundError")
    kind = getattr(failure, "type_name", "")
    return kind in kinds or (kind == "ValueError" and "setting an array element with a sequence" in str(failure))


def is_of_data(failure: CellFailure) -> bool:
    """Whether a table in the other of its two forms, or another number of samples, may be what a file waits for."""
    kinds = ("ValueError", "KeyError", "IndexError", "TypeError", "ZeroDivisionError", "LinAlgError")
    is_of_kind = getattr(failure, "type_name", "") in kinds and "NoneType" not in str(failure)
    return is_of_kind or is_of_a_table(failure) or _OF_A_VALUE.search(str(failure)) is not None


def is_of_a_table(failure: CellFailure | None) -> bool:
    """Whether a table that stands in was asked for what it has not: a column, or what pandas has beside."""
    said = str(failure).partition(": ")[2] if failure is not None else ""
    return getattr(failure, "type_name", "") == "AttributeError" and said.isidentifier()


def may_be_of_data(run: Run) -> bool:
    """Whether what was given in the place of data may be what stops a run.

    Data that a function of their name loads have the real form, but for their number: where the sizes that do not fit
    are none of that, they are the file's own.
    """
    if run.failure is None or not is_of_data(run.failure) or not (run.served or is_of_a_table(run.failure)):
        return False
    sizes = {int(size) for shape in _SHAPES.findall(str(run.failure)) for size in re.findall(r"\d+", shape)}
    counts = {int(count) for _, given in run.served for count in re.findall(r"\d+", given.replace(",", ""))}
    are_named = all(asked.endswith("()") for asked, _ in run.served)
    return not (are_named and sizes and not sizes & counts)


def _is_the_end(failure: CellFailure | None) -> bool:
    return getattr(failure, "type_name", "") == "Enough"
