"""Where a mistake is, found by trying: the statement that makes a function right once it is changed in one place.

The edits are made in the submission's own cell, on the calls that its failed checks made; what the calls give is
compared here, so that right values stay outside. A line is told when edits of it alone do: where several lines would
do, or none, nothing is known.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, cast

from grader.checks.implementation import Hidden
from grader.checks.student import Student
from grader.diagnosis.case import MISSING, Case
from grader.diagnosis.edits import Edit, Edits
from grader.diagnosis.leaves import Leaf, Path, leaves_of
from grader.diagnosis.trace import Call, Rerun
from grader.diagnosis.where import Source
from grader.report import Location
from grader.sandbox import CellFailure
from grader.sandbox.cell import Target
from grader.submissions import SourceUnit

CALLS = 6  # of the failed checks, in which an edit must do
EDITS = 340  # that are tried for one submission, about half a millisecond each


@dataclass(frozen=True, eq=False)
class _Probe:
    """One call of the function under repair, and which cells of the case it fills."""

    target: Target
    arguments: tuple[Any, ...]
    cells: tuple[int, ...]


@dataclass(frozen=True)
class _Candidate:
    function: str
    unit: SourceUnit
    edit: Edit


class Repairs:
    """Looks for repairs in one submission."""

    def __init__(self, student: Student, source: Source, judged: Collection[str]) -> None:
        """`judged` names the functions that have checks of their own: they are not changed for the sake of others."""
        self._student, self._source, self._judged = student, source, frozenset(judged)
        self._edits_left = EDITS

    def statement(self, case: Case, wanted: int) -> Location | None:
        """The one statement whose change makes the wanted cells of a case right and spoils none; None for no cells."""
        try:
            probes = self._probes(case, wanted)
            for candidates in self._tiers(case.function):
                if len(candidates) > self._edits_left or not probes:
                    return None
                self._edits_left -= len(candidates)
                for probe in probes:
                    candidates = list(self._tried(candidates, probe, case, wanted))
                lines = {(one.unit.filename, one.edit.line) for one in candidates}
                if lines:
                    return self._source.submission.locate(*lines.pop()) if len(lines) == 1 else None
        except CellFailure:
            pass  # the function is too slow, or an edit ended the process
        return None

    def _tiers(self, function: str) -> Iterator[list[_Candidate]]:
        reached = [
            (name, unit, Edits(unit.source, definition).tiers())
            for name, unit, definition in self._source.reached(function)
            if name == function or name not in self._judged
        ]
        for edits in zip(*(tiers for _, _, tiers in reached), strict=True):
            yield [
                _Candidate(name, unit, edit)
                for (name, unit, _), tier in zip(reached, edits, strict=True)
                for edit in tier
            ]

    def _probes(self, case: Case, wanted: int) -> list[_Probe]:
        """The calls that show the mistake first, then others in which nothing may be spoilt."""
        places = dict.fromkeys((cell.trace, cell.call) for cell in case.cells)
        probes = []
        # Anything that has functions by name can be asked, and the student's have what they need in their cell.
        reruns = [Rerun(trace, cast(ModuleType, self._student)) for trace in case.traces]
        for trace, position in places:
            call = case.traces[trace].calls[position]
            cells = tuple(i for i, cell in enumerate(case.cells) if (cell.trace, cell.call) == (trace, position))
            if call.kind != "call" or call.named:
                continue
            (arguments,) = reruns[trace].arguments(position)
            probes.append(_Probe(self._target(call, reruns[trace]), arguments, cells))
        telling = [probe for probe in probes if any(wanted >> i & 1 for i in probe.cells)]
        silent = [probe for probe in probes if probe not in telling]
        return [*telling, *silent][:CALLS] if telling else []

    def _target(self, call: Call, rerun: Rerun) -> Target:
        if call.instance is None:
            return call.function
        instance: Hidden = rerun.instance(call)
        method: Target = instance._inner.method(call.function.rpartition(".")[2])
        return method

    def _tried(self, candidates: Sequence[_Candidate], probe: _Probe, case: Case, wanted: int) -> Iterator[_Candidate]:
        """The candidates that do in one call."""
        for name in dict.fromkeys(one.function for one in candidates):
            own = [one for one in candidates if one.function == name]
            texts = [one.edit.text for one in own]
            outcomes = self._student.loaded.try_edits(name, texts, probe.target, probe.arguments, keep=case.kept)
            for one, outcome in zip(own, outcomes, strict=True):
                if outcome is not None and _does(leaves_of(outcome[0], case.kept), probe, case, wanted):
                    yield one


def _does(leaves: dict[Path, Leaf], probe: _Probe, case: Case, wanted: int) -> bool:
    """Whether the wanted cells of a call are right, and those that were right still are."""
    for i in probe.cells:
        if (wanted >> i & 1 or not case.wrong >> i & 1) and not case.agree(
            i, leaves.get(case.cells[i].path, MISSING), case.right[i]
        ):
            return False
    return True
