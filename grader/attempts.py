"""A submission run as it is and, where only its age stands in the way, once more as its day's stack ran it.

A correct submission of today is run once. Another attempt is made when points were lost, and something failed for the
age of the stack: with old names and conversions first, then with Python 2's division as well if integers are divided. A
file that only Python 2 can read starts there. Each function counts as in the attempt in which it does best; what is
wrong on every stack stays wrong.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property

from grader.assignments import Assignment
from grader.checks.living import TimeUsed
from grader.checks.loaded import LoadedSubmission
from grader.checks.run import CheckRun
from grader.checks.student import Student
from grader.compatibility import OLD, PYTHON_2, TODAY, Outdated, Stack, list_indices, outdated
from grader.report import Location, StudentError
from grader.submissions import Submission

OF_DATA = frozenset(
    ["FileNotFoundError", "StandInUsed", "URLError", "HTTPError", "PermissionError", "NotADirectoryError"]
)
FILES_TOLD = 6
LEAST_SECONDS = 1.0  # with less left, no other stack is tried


@dataclass(frozen=True)
class Attempt:
    """The checks that were run on a submission as some stack runs it; its cell is still alive."""

    loaded: LoadedSubmission
    missing: dict[str, str]
    student: Student
    runs: Sequence[CheckRun]

    @property
    def stack(self) -> Stack:
        return self.loaded.stack

    def runs_of(self, function: str) -> list[CheckRun]:
        return [run for run in self.runs if run.check.function == function]

    def score(self, function: str) -> float:
        return sum(run.result.score for run in self.runs_of(function))

    def without_value(self, function: str) -> int:
        """How many checks of the function ended without a value of its own to judge."""
        return sum(run.result.status in ("error", "timeout", "skipped") for run in self.runs_of(function))

    def stale(self, function: str, others: Sequence["Attempt"] = ()) -> int:
        """How many checks of the function failed for what an older stack would have accepted.

        Not those that end in the same line in another attempt as well.
        """
        errors = {run.check.id: run.result.error for run in self.runs_of(function) if run.result.error is not None}
        elsewhere = {
            (run.check.id, _raised_at(run.result.error))
            for other in others
            for run in other.runs_of(function)
            if other is not self and run.result.error is not None
        }
        return len([*outdated([one for check, one in errors.items() if (check, _raised_at(one)) not in elsewhere])])

    def lost(self, function: str) -> bool:
        """Whether a check of the function failed, be it one that only informs."""
        return any(not run.passed for run in self.runs_of(function))

    @cached_property
    def failures(self) -> tuple[Outdated, ...]:
        """What failed, it seems, for the age of the stack alone."""
        errors = [run.error for run in self.loaded.cell_runs if run.error is not None]
        errors += [run.result.error for run in self.runs if run.result.error is not None]
        return tuple(outdated(errors))

    @property
    def lacks_data(self) -> bool:
        """Whether a function failed by an error, and it or what stands above it stopped at data that are not there."""
        raised = [run.result.error for run in self.runs if run.result.error is not None]
        loading = [run.error for run in self.loaded.cell_runs if run.error is not None]
        return bool(raised) and any(error.type in OF_DATA for error in (*raised, *loading))

    @cached_property
    def noted(self) -> tuple[Outdated, ...]:
        """What would have failed, had the older stack not been imitated."""
        located = ((note, self.loaded.submission.locate(note.filename, note.line)) for note in self.loaded.notes())
        return tuple(Outdated(note.kind, note.detail, place) for note, place in located if place is not None)

    @property
    def rounded_down(self) -> tuple[Location, ...]:
        """Where `/` of two integers lost their fraction."""
        return tuple(found.location for found in self.noted if found.kind == "rounded-down" and found.location)


def _raised_at(error: StudentError) -> Location | str:
    """Where an error was raised; its type, if that is not known."""
    return error.frames[-1].location if error.frames else error.type


class Attempts:
    """The attempts at one submission, made as far as they are needed."""

    def __init__(
        self,
        assignment: Assignment,
        submission: Submission,
        make: Callable[[ExitStack, Stack, Sequence[str]], Attempt],
        used: TimeUsed,
    ) -> None:
        """`make` grades functions of the submission as run by a stack; all stacks together use its time.

        What it opens is closed with the exit stack.
        """
        self.total_seconds, self.used = assignment.metadata.limits.total_seconds, used
        self.accepts_old = assignment.metadata.compatibility.old_stack == "accept"
        self.submission, self.make = submission, make
        self.all: list[Attempt] = []
        self.undivided: Attempt | None = None  # for the diagnosis: a file of Python 2 with the division of Python 3

    def run(self, functions: Sequence[str], open_cells: ExitStack) -> None:
        stack: Stack | None = PYTHON_2 if self.accepts_old and self.submission.is_python_2 else TODAY
        while stack is not None:
            self.all.append(self.make(open_cells, stack, functions))
            functions = [function for function in functions if self.of(function).lost(function)]
            stack = self._next_stack() if functions and self._has_time() else None
        last = self.all[-1]
        is_python_2 = last.stack == PYTHON_2 == self.all[0].stack
        if functions and is_python_2 and last.rounded_down and self._has_time():
            self.undivided = self.make(open_cells, OLD, functions)

    def _has_time(self) -> bool:
        return self.used.seconds < self.total_seconds - LEAST_SECONDS

    def _next_stack(self) -> Stack | None:
        last = self.all[-1]
        if last.stack.has_data:
            return None
        return self._older_stack() or (replace(last.stack, has_data=True) if last.lacks_data else None)

    def _older_stack(self) -> Stack | None:
        last = self.all[-1]
        if not self.accepts_old:
            return None
        if last.stack == TODAY and (last.failures or any(list_indices(self.submission))):
            return OLD
        if last.stack == OLD and any(found.kind == "division" for found in last.noted):
            return PYTHON_2
        return None

    def of(self, function: str) -> Attempt:
        """The attempt in which a function does best, the first of equals."""
        if len(self.all) == 1:
            return self.all[0]
        tried = [attempt for attempt in self.all if attempt.runs_of(function)]
        # Where it fails on both, the error of the older stack is the one that it would have with today's put right.
        merits = [(a.score(function), -a.without_value(function), -a.stale(function, tried)) for a in tried]
        return tried[merits.index(max(merits))] if tried else self.all[-1]

    @property
    def runs(self) -> list[CheckRun]:
        """The runs that count, function by function."""
        return [run for function in self.functions for run in self.of(function).runs_of(function)]

    @property
    def functions(self) -> list[str]:
        return [*dict.fromkeys(run.check.function for run in self.all[0].runs)]

    def is_wrong_by_rounding(self, function: str) -> bool:
        """Whether a function loses points for Python 2's division of integers, and for nothing else."""
        other = self.undivided
        return other is not None and bool(other.runs_of(function)) and not other.lost(function)

    @property
    def last(self) -> Attempt:
        """The attempt that the last function that needed one was judged by."""
        return max(map(self.of, self.functions), key=self.all.index, default=self.all[0])

    def outdated(self) -> Iterator[Outdated]:
        """Everything that today's stack rejects, as far as the attempts that count came to see it."""
        for unit in {
            unit.filename: unit for unit in (*self.submission.modules.values(), *self.submission.units)
        }.values():
            for rejected in unit.rejected:
                for line in rejected.lines:
                    yield Outdated("syntax", rejected.construct, Location(file=unit.file, cell=unit.cell, line=line))
        for attempt in self.all[: self.all.index(self.last) + 1]:
            yield from (found for found in attempt.failures if found.is_certain)
            yield from attempt.noted

    def data_given(self) -> str:
        """What data were given in the place of those that are not there, where a function counts as run with them."""
        served = self.last.loaded.served() if self.last.stack.has_data else ()
        if not served:
            return ""
        given: dict[str, list[str]] = {}
        for asked, what in served[:FILES_TOLD]:
            given.setdefault(what, []).append(f"`{''.join(c for c in asked if c.isprintable() and c != '`')}`")
        told = "; ".join(f"{what}, in the place of {_listed(names)}" for what, names in given.items())
        return f"Data that the file loads are not here. It was given others, which costs nothing: {told}."

    def verdict(self) -> str:
        """What the older stacks did for the submission; "" if nothing."""
        stack = self.last.stack
        if not stack.is_old:
            return ""
        if self.submission.is_python_2:
            return (
                "This is Python 2, and it was run as Python 2 and the numpy of its day ran it. That costs nothing; "
                "what today's would not accept is listed with its lines."
            )
        judged = [function for function in self.functions if function not in self.of(function).missing]
        names = [f"`{function}`" for function in judged if self.of(function).stack.is_old]
        if not names:
            return ""
        whose = "an older Python" if stack.divides else "an older Python or numpy"
        return (
            f"{_listed(names)}: run as {whose} would have, since today's stumbles over what has nothing to do with the "
            "mathematics. That costs nothing; what to write today is listed with its lines."
        )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) < 5 else f"{', '.join(names[:3])} and {len(names) - 3} more"
