"""Calls of one function made again in the submission's own cell: measured, watched, and with edits, each once.

Several searches ask about the same calls: where each of two mistakes is, say, which differ in what is right alone.
"""

import sys
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from grader.checks.loaded import TRIAL_SECONDS, Gave
from grader.checks.student import Student
from grader.diagnosis.cases.leaves import Array, Leaf, Path, leaves_of
from grader.diagnosis.cases.watch import Run, Watch
from grader.diagnosis.repair.failed_calls import Made, Probe
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.reporting import reporting
from grader.diagnosis.repair.schema import halves, schemas_of
from grader.diagnosis.repair.written import Edit, Written
from grader.sandbox import CellFailure, SubmissionRaised

PATIENCE = 10  # times what a call takes while its function calls are counted, which is longer than it takes else
LEAST_PATIENCE = 0.1  # seconds: what raises at once, or does nothing yet, takes longer once it is right
KEPT_BYTES = 64 << 20  # of what calls gave with edits

Outcome = dict[Path, Leaf] | None  # the leaves of what a call gives; None where it raised


class CallsMade:
    """The calls of one function, and what they gave."""

    def __init__(self, student: Student, written: Sequence[Written], kept: Sequence[int]) -> None:
        """`written` are the texts that are watched; `kept` are the parts of a result that stay in the cell."""
        self._student, self._written, self._kept = student, written, kept
        self.made: Made = {}
        self._measured: dict[Hashable, tuple[int, float]] = {}  # function calls, seconds
        self._seen: dict[Hashable, Run | None] = {}
        self._kinds: dict[Hashable, Kinds] = {}
        self._outcomes: dict[Hashable, dict[Hashable, tuple[Edit, Outcome]]] = {}
        self._reporting: dict[Written, str] = {}
        self._left = KEPT_BYTES

    def price(self, probe: Probe) -> int:
        """How many function calls it is; one that cannot be measured is the dearest."""
        return self._measure(probe)[0]

    def _measure(self, probe: Probe) -> tuple[int, float]:
        if probe.key not in self._measured:
            try:
                self._measured[probe.key] = self._student.loaded.measure(probe.target, probe.arguments)
            except CellFailure:
                self._measured[probe.key] = sys.maxsize, TRIAL_SECONDS
        return self._measured[probe.key]

    def _patience(self, probe: Probe) -> float:
        """How many seconds a call is waited for with an edit: many times as many as it takes without."""
        return min(max(LEAST_PATIENCE, PATIENCE * self._measure(probe)[1]), TRIAL_SECONDS)

    def seen(self, probe: Probe) -> Run | None:
        """What was seen in a call; None if it ends the cell."""
        if probe.key not in self._seen:
            self._seen[probe.key] = self.watched(self._watch, probe)
        return self._seen[probe.key]

    def watched(self, watch: Watch, probe: Probe) -> Run | None:
        """What other texts show in a call."""
        try:
            return Run(watch, self._student.loaded.watch(watch.texts, probe.target, probe.arguments))
        except CellFailure:
            return None

    @cached_property
    def _watch(self) -> Watch:
        watch = Watch()
        for written in self._written:
            watch.add(written.function, written.definition)
        return watch

    def kinds(self, written: Written, probes: Sequence[Probe], *, is_all_run: bool) -> Kinds:
        """What is known of a function's names from some calls; it is the same for a function after an edit."""
        key = written, is_all_run, *(probe.key for probe in probes)
        if key not in self._kinds:
            runs = [run for probe in probes if (run := self.seen(probe)) is not None]
            offset = next((one.offset for one in self._written if one.function == written.function), 0)
            self._kinds[key] = Kinds(written, runs, is_all_run, offset)
        return self._kinds[key]

    def kinds_after(self, written: Written, runs: Sequence[Run], *, is_all_run: bool, probes: Sequence[Probe]) -> None:
        """Take what calls with edits show for what is known of a function after them: they may come further."""
        key = written, is_all_run, *(probe.key for probe in probes)
        self._kinds[key] = Kinds(written, runs, is_all_run, written.offset)

    def new_values(
        self, edits: Sequence[Edit], written: Sequence[Written], probe: Probe, sizes: Collection[int]
    ) -> Iterator[tuple[Edit, Sequence[Array]]]:
        """What expressions are worth in a call with edits of one function, and none is without them.

        `written` are the texts as they are without them; values of some `sizes`, in numbers, alone are looked at.
        """
        for one in written:
            if one not in self._reporting:
                self._reporting[one] = reporting(one.text)
        usual = {one.function: self._reporting[one] for one in written}
        for schema, part in schemas_of(edits):
            yield from self._new_values(schema, part, usual, probe, sizes)

    def _new_values(
        self, text: str, edits: Sequence[Edit], usual: Mapping[str, str], probe: Probe, sizes: Collection[int]
    ) -> Iterator[tuple[Edit, Sequence[Array]]]:
        loaded = self._student.loaded
        try:
            found = loaded.new_values(
                usual,
                edits[0].function,
                reporting(text),
                len(edits),
                probe.target,
                probe.arguments,
                sizes=sizes,
                seconds=self._patience(probe),
            )
            yield from ((edit, values or ()) for edit, values in zip(edits, found, strict=True))
        except (SyntaxError, SubmissionRaised):
            if len(edits) > 1:  # one of them is no Python
                for half, part in halves(edits):
                    yield from self._new_values(half, part, usual, probe, sizes)

    def outcomes(self, edits: Sequence[Edit], probe: Probe) -> Iterator[Outcome]:
        """What a call gives with each edit."""
        known = self._outcomes.setdefault((probe.key, self._student.loaded.held), {})
        fresh = [edit for edit in edits if edit.change not in known]
        results: dict[int, Gave | None] = {}
        for schema, part in schemas_of(fresh):
            results.update(zip(map(id, part), self._results(schema, part, probe), strict=True))
        for edit in edits:
            if id(edit) in results:
                gave = results[id(edit)]
                outcome = _leaves(gave.value, probe, self._kept) if gave is not None else None
                self._keep(known, edit, outcome)
                yield outcome
            else:
                yield known[edit.change][1]

    def _keep(self, known: dict[Hashable, tuple[Edit, Outcome]], edit: Edit, outcome: Outcome) -> None:
        """Keep an outcome, with its edit, whose nodes give it its key, while there is room."""
        size = sum(leaf.nbytes for leaf in (outcome or {}).values() if isinstance(leaf, np.ndarray))
        if size <= self._left:
            self._left -= size
            known[edit.change] = edit, outcome

    def outcome_of(self, texts: Mapping[str, str], probe: Probe) -> Outcome:
        """What a call gives with functions as texts define them."""
        name = next(iter(texts))
        with self._student.loaded.edited(texts):
            gave = self._gave(name, texts[name], 1, probe)[0]
        return _leaves(gave.value, probe, self._kept) if gave is not None else None

    def _results(self, text: str, edits: Sequence[Edit], probe: Probe) -> Sequence[Gave | None]:
        try:
            return self._gave(edits[0].function, text, len(edits), probe)
        except SubmissionRaised as error:
            if len(edits) == 1 or error.type_name != "SyntaxError":
                return [None] * len(edits)  # one of them is no Python, or the function cannot be defined anew
            return [one for text, part in halves(edits) for one in self._results(text, part, probe)]

    def _gave(self, name: str, text: str, count: int, probe: Probe) -> Sequence[Gave | None]:
        """What a call gives with each alternative of a text."""
        return self._student.loaded.try_edits(
            name,
            text,
            count,
            probe.target,
            probe.arguments,
            keep=self._kept,
            reads=[read.attribute for read in probe.reads],
            seconds=self._patience(probe),
        )


def _leaves(values: Sequence[Any], probe: Probe, kept: Sequence[int]) -> dict[Path, Leaf]:
    """The leaves of a result and of what was read afterwards; those have the read's name before their path."""
    found = dict(leaves_of(values[0], kept))
    if probe.item is not None:
        part = probe.call.item
        found = {(probe.item, *path): leaf for path, leaf in found.items() if part is None or path[:1] in ((), (part,))}
    for read, value in zip(probe.reads, values[1:], strict=True):
        found.update({(read.attribute, *path): leaf for path, leaf in leaves_of(value).items()})
    return found
