"""Functions that are ended by what others do: by an error of theirs, or by results of theirs that do not fit.

An error tells that comes from a line of the other function which also stops that function in its own checks, or that
names a size which only the other one's result has.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from grader.checks.run import CheckRun
from grader.diagnosis.cases.leaves import RAISED
from grader.diagnosis.cases.trace import Origin, Trace
from grader.diagnosis.cases.traces import Traces
from grader.diagnosis.planted.planting import Planting
from grader.report import Location, StackFrame


class Errors:
    """The errors that ended failed checks of one submission."""

    def __init__(self, failed: Mapping[str, Sequence[CheckRun]], traces: Traces, planting: Planting) -> None:
        """`failed` are the failed checks of each function that fails any."""
        self._failed, self._traces, self._planting = failed, traces, planting

    def raising(self, name: str, runs: Sequence[CheckRun]) -> set[str]:
        """The functions whose own errors end every failed check of another one; none if one check failed otherwise."""
        causes: set[str] = set()
        for run in runs:
            stopped = self._stopped_in(run, name)
            if stopped is None:
                return set()
            causes.add(stopped)
        return causes

    def misfed(self, name: str, runs: Sequence[CheckRun]) -> set[str]:
        """The functions whose results, of wrong sizes, end every failed check of one that they are handed to."""
        causes: set[str] = set()
        for run in runs:
            if run.result.status == "skipped":  # what it asked first did not even give something
                continue
            makers = self._misfits(run, name)
            if not makers:
                return set()
            causes |= makers
        return causes

    def _misfits(self, run: CheckRun, name: str) -> set[str]:
        """The failing functions that made what a call takes, of a size that its error names and that is not right."""
        error = run.result.error
        if error is None:
            return set()
        told = sizes_told(error.message)
        trace = self._traces.of(run)
        right, _ = trace.reruns(self._planting.module(()))
        causes = set()
        for position in _made_for(trace, name):
            call = trace.calls[position]
            wrong: set[int] = set()
            expected: set[int] = set()
            found, wanted = call.found_leaves(()), right.leaves(position, ())
            for path in found.keys() & wanted.keys() - {RAISED}:
                pair = np.shape(np.asarray(found[path])), np.shape(np.asarray(wanted[path]))
                expected.update(pair[1])
                if len(pair[0]) == len(pair[1]):
                    wrong.update(a for a, b in zip(*pair, strict=True) if a != b)
            if call.function in self._failed and told & wrong - expected:
                causes.add(call.function)
        return causes

    def _stopped_in(self, run: CheckRun, name: str) -> str | None:
        """The other function in which a check ended, at a line that ends that function's own checks as well."""
        error = run.result.error
        if error is None or not error.frames:
            return None
        place = error.type, error.frames[-1].location
        for other, own in self._failed.items():
            if other == name:
                continue
            for e in (run.result.error for run in own):
                if (
                    e
                    and e.frames
                    and (e.type, e.frames[-1].location) == place
                    and _is_in(error.frames, e.frames, other, name)
                ):
                    return other
        return None


def sizes_told(message: str) -> set[int]:
    """The sizes in what numpy says of arrays that do not fit: `shapes (7,4) (9,4)`."""
    shapes = re.findall(r"\(([\d, ]{1,80})\)", message[:1000])
    return {int(size) for shape in shapes for size in re.findall(r"\d{1,9}", shape)}


def _made_for(trace: Trace, taker: str) -> set[int]:
    """The calls that gave the opaque arguments of one function's calls."""
    calls = [call for call in trace.calls if call.function == taker]
    given = [one for call in calls for many in (*call.arguments, tuple(call.named.values())) for one in many]
    return {origin.call for origin in given if isinstance(origin, Origin)}


def _is_in(frames: Sequence[StackFrame], own: Iterable[StackFrame], function: str, asked: str) -> bool:
    """Whether frames go through the line at which a function was left in its own checks: methods share their names.

    Where the function that was `asked` was left there itself, both are one text, which it has inherited, say.
    """
    left = _left(own, function)
    return left is not None and left != _left(frames, asked) and any(frame.location == left for frame in frames)


def _left(frames: Iterable[StackFrame], function: str) -> Location | None:
    names = {function.rpartition(".")[2]} if "." in function else {function, "__init__"}
    return next((frame.location for frame in frames if frame.function in names), None)
