"""Where edits are tried: one function's failed calls, made again in the submission's own cell.

What the calls give is compared here, so that right values stay outside.
"""

import ast
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from grader.checks.student import Student
from grader.diagnosis.cases.case import MISSING, Case, Value
from grader.diagnosis.cases.leaves import RAISED, Array, Path
from grader.diagnosis.cases.watch import Run, Watch
from grader.diagnosis.repair.allowance import Allowance
from grader.diagnosis.repair.calls_made import CallsMade, Outcome
from grader.diagnosis.repair.failed_calls import FailedCalls, Probe
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.written import Edit, Written

WATCHED_CALLS = 3
PRICE_OF_A_TRIAL = 400  # function calls: defining the function anew, sending, comparing
WITH_VALUES = 3  # times the function calls of a call, when it reports what its expressions are worth

OF_NAMES = ("NameError", "UnboundLocalError", "AttributeError", "KeyError")
SPOILT = -1  # in the place of a set of cells: something that was right no longer is
CONTINUED = 40  # edits of one message that are tried in further calls
MOVING = {"moves", "statements"}  # tiers of edits that may bring a statement into another branch

Running = tuple[Edit, tuple[int, ...]]  # an edit, and the cells that it has righted, by each convention


@dataclass(frozen=True)
class Tried:
    """An edit, and the wrong cells that it rights; `is_whole` if those are all in every probe."""

    edit: Edit
    righted: int
    is_whole: bool


class Bench:
    """The failed calls of one function, ready to be made with edits."""

    def __init__(
        self,
        student: Student,
        case: Case,
        written: Sequence[Written],
        allowance: Allowance,
        made: CallsMade,
        others: Sequence[Sequence[Value]] = (),
    ) -> None:
        """`made` is what benches of one function share.

        `others` are the case's values in other conventions: which one a submission follows shows when it runs.
        """
        self.student, self.case, self.written, self.allowance = student, case, written, allowance
        self._rights = [case.right, *(values for values in others if len(values) == len(case.right))]
        self._made = made
        self._calls = FailedCalls(student, case, written[0].parameters if written else (), made.made)
        self._known: dict[tuple[Probe, int, Hashable], dict[Edit, tuple[int, ...]]] = {}
        self.through: dict[Edit, None] = {}  # with which alone a call that raised gives arrays of the right shapes
        self._held = student.loaded.held

    @cached_property
    def keys(self) -> Sequence[str]:
        """The keys of the dicts that the calls are given, and those before them: a cache may have kept these."""
        calls = [arguments for trace in self.case.traces for call in trace.calls for arguments in call.arguments]
        given = [one for each in (*(probe.arguments for probe in self.probes), *calls) for one in each]
        given = [one for one in given if isinstance(one, dict)]
        return [*dict.fromkeys(key for one in given for key in one if isinstance(key, str))]

    @cached_property
    def probes(self) -> Sequence[Probe]:
        """The calls in which edits are tried, those that show the mistake first."""
        return self._calls.chosen(self._made.price)

    @property
    def keeps_state(self) -> bool:
        """Whether all that is wrong shows only after an earlier call on the same object."""
        return self._calls.keeps_state

    @cached_property
    def wrong_attributes(self) -> frozenset[str]:
        """The attributes of objects in which wrong values were read."""
        calls = (self.case.call(cell) for i, cell in enumerate(self.case.cells) if self.case.wrong >> i & 1)
        return frozenset(call.function.rpartition(".")[2] for call in calls if call.kind == "read")

    @cached_property
    def asked(self) -> int:
        """The cells that a right function fills."""
        return sum(1 << i for i, value in enumerate(self.case.right) if value is not MISSING)

    @property
    def telling(self) -> Sequence[Probe]:
        return [probe for probe in self.probes if probe.mask & self.case.wrong]

    # --- what they show ----------------------------------------------------------------------------------

    @cached_property
    def watched(self) -> Sequence[Probe]:
        """The first telling calls of different checks, that which does most before the others; or some others."""
        calls = self.telling[:WATCHED_CALLS] if self.case.wrong else self._calls.silent(WATCHED_CALLS)
        return sorted(calls, key=self._made.price, reverse=True)

    @cached_property
    def seen(self) -> Sequence[tuple[Probe, Run]]:
        """These calls, with what was seen in them."""
        return self._seen_in(self.watched)

    @cached_property
    def seen_in_all(self) -> Sequence[tuple[Probe, Run]]:
        """All telling calls, with what was seen in them."""
        return [*self.seen, *self._seen_in([probe for probe in self.telling if probe not in self.watched])]

    def _seen_in(self, probes: Sequence[Probe]) -> list[tuple[Probe, Run]]:
        return [(probe, run) for probe in probes if (run := self._made.seen(probe)) is not None]

    @property
    def runs(self) -> Sequence[Run]:
        return [run for _, run in self.seen]

    def seen_with(self, changed: Written, probe: Probe) -> Run | None:
        """What is seen in a call with one of the functions changed; None if it ends the cell."""
        watch = Watch()
        for written in self.written:
            watch.add(written.function, (changed if written.function == changed.function else written).definition)
        return self._made.watched(watch, probe)

    def seen_now(self, probe: Probe) -> Run | None:
        """What is seen in a call with the texts as they are now, and held."""
        watch = Watch()
        for written in self.written:
            watch.add(written.function, written.definition)
        return self._made.watched(watch, probe)

    def know_anew(self, runs: Sequence[Run]) -> None:
        """Go by what calls show with the texts as they are now."""
        for written in self.written:
            self._made.kinds_after(written, runs, is_all_run=self.keeps_state, probes=self.watched)

    def new_values(
        self, edits: Sequence[Edit], probe: Probe, sizes: Collection[int]
    ) -> Iterator[tuple[Edit, Sequence[Array]]]:
        """What expressions are worth in a call with edits, and none is without them.

        Raises:
            Spent: the allowance is used up.
            CellFailure: the function is too slow, or an edit ended the process.
        """
        self.allowance.spend(len(edits), PRICE_OF_A_TRIAL + WITH_VALUES * self._made.price(probe))
        for name in dict.fromkeys(edit.function for edit in edits):
            own = [edit for edit in edits if edit.function == name]
            yield from self._made.new_values(own, self.written, probe, sizes)

    def executed(self, written: Written) -> set[int]:
        """Lines of a function's statements, as its unit counts them, that the first watched call runs."""
        watch = Watch()
        watch.add(written.function, written.definition)
        run = self._made.watched(watch, self.watched[0])
        return {line + written.offset for line in run.executed(written.function)} if run is not None else set()

    def kinds(self, written: Written) -> Kinds:
        """What is known of a function's names."""
        return self._made.kinds(written, self.watched, is_all_run=self.keeps_state)

    @cached_property
    def sizes(self) -> list[list[int]]:
        """Sizes of the right results and of the arguments, in every watched call."""
        shapes: list[dict[Any, tuple[int, ...]]] = []
        for probe in self.watched:
            found: dict[Any, tuple[int, ...]] = {}
            for i in probe.cells:
                if isinstance(right := self.case.right[i], np.ndarray):
                    found[self.case.cells[i].path] = right.shape
            for number, argument in enumerate(probe.arguments):
                if isinstance(argument, np.ndarray):
                    found[number] = argument.shape
            shapes.append(found)
        first = shapes[0] if shapes else {}
        return [
            [one[key][axis] for one in shapes]
            for key, shape in first.items()
            for axis in range(len(shape))
            if all(len(one.get(key, ())) == len(shape) for one in shapes)
        ]

    @property
    def shown(self) -> Hashable:
        """What edits are made from: for benches in which it is the same, they are the same."""
        sizes = tuple(map(tuple, self.sizes))
        calls = tuple(probe.key for probe in self.watched)
        return self.case.function, calls, self.keeps_state, sizes, tuple(self.keys)

    @property
    def can_be_paid(self) -> int:
        """How many edits may be tried in the first call."""
        price = PRICE_OF_A_TRIAL + (self._made.price(self.probes[0]) if self.probes else 0)
        return min(self.allowance.trials, self.allowance.calls // price)

    def price(self, probe: Probe) -> int:
        """What a call costs, in function calls."""
        return self._made.price(probe)

    def with_others(self, probe: Probe, arguments: tuple[Any, ...]) -> Outcome:
        """What a call gives of other arguments, with the texts as they are now."""
        own = self.written[0]
        return self._made.outcome_of({own.function: own.text}, replace(probe, arguments=arguments))

    # --- trials ------------------------------------------------------------------------------------------

    def tried(self, edits: Sequence[Edit], settled: int = 0) -> Iterator[Tried]:
        """Edits that right something and spoil nothing; what is `settled` counts as right already.

        Raises:
            Spent: the allowance is used up.
            CellFailure: the function is too slow, or an edit ended the process.
        """
        for name in dict.fromkeys(edit.function for edit in edits):
            yield from self._of_one([edit for edit in edits if edit.function == name], settled)

    def righted_by(self, texts: Mapping[str, str]) -> int:
        """The wrong cells that are right with functions as texts define them; none if others are not any more."""
        found: list[int] = [0] * len(self._rights)
        for probe in self.probes:
            leaves = self._made.outcome_of(texts, probe)
            gained = [self._gained(leaves, probe, self.case.wrong, right) for right in self._rights]
            found = [SPOILT if SPOILT in (a, b) else a | b for a, b in zip(found, gained, strict=True)]
        best = max(found, key=lambda mask: _most([mask]))
        return best if best != SPOILT else 0

    def comes_through(self, texts: Mapping[str, str]) -> bool:
        """Whether every call that raised gives arrays of the right shapes with functions as texts define them."""
        raising = [probe for probe in self.probes if self._has_raised(probe)]
        return all(self._is_filled(self._made.outcome_of(texts, probe), probe) for probe in raising)

    def _has_raised(self, probe: Probe) -> bool:
        """Whether a call raised, and not for a name that there is not: any other one would do."""
        found = [self.case.found[i] for i in probe.cells if self.case.cells[i].path == RAISED]
        return any(isinstance(one, str) and one not in OF_NAMES for one in found)

    def _is_filled(self, leaves: Outcome, probe: Probe) -> bool:
        """Whether the arrays of a result have the right shapes, and numbers in them."""
        asked = [(self.path_of(i), self.case.right[i]) for i in probe.cells]
        pairs = [(right, (leaves or {}).get(path)) for path, right in asked if isinstance(right, np.ndarray)]
        return leaves is not None and all(
            isinstance(leaf, np.ndarray)
            and leaf.shape == right.shape
            and leaf.dtype.kind in "fiub"
            and np.isfinite(leaf).all()
            and leaf.any() >= right.any()
            for right, leaf in pairs
        )

    def _of_one(self, edits: Sequence[Edit], settled: int) -> Iterator[Tried]:
        wanted = self.case.wrong & ~settled
        nothing = (0,) * len(self._rights)
        running: list[Running] = [(edit, nothing) for edit in edits]
        stopped: list[Running] = []
        seen = 0
        for number, probe in enumerate(self.probes):
            if not running:
                break
            aside = [entry for entry in running if self.is_not_come_to(entry[0], probe)]
            running = [entry for entry in running if entry not in aside] if aside else running
            if number:
                running.sort(key=lambda entry: -_most(entry[1]))
                running, stopped = running[:CONTINUED], [*stopped, *running[CONTINUED:]]
            known = self._gains(running, probe, wanted)
            left: list[Running] = []
            for edit, righted in running:
                gained = known[edit]
                is_elsewhere = _most(righted) > 0 and self._paths(max(righted)).isdisjoint(
                    self._paths(probe.mask & wanted)
                )
                if any(gain > 0 for gain in gained) or not probe.mask & wanted or is_elsewhere:
                    together = tuple(
                        SPOILT if SPOILT in (a, b) else a | b for a, b in zip(righted, gained, strict=True)
                    )
                    if _most(together) != SPOILT:
                        left.append((edit, together))
                elif any(gain != SPOILT for gain in gained):
                    stopped.append((edit, righted))
            running = [*left, *aside]
        for probe in self.probes:
            seen |= probe.mask
        for edit, righted in running:
            if _most(righted) > 0:
                yield Tried(edit, max(righted, key=lambda mask: _most([mask])), wanted & seen in righted)
        for edit, righted in stopped:
            if _most(righted) > 0:
                yield Tried(edit, max(righted, key=lambda mask: _most([mask])), False)

    def is_not_come_to(self, edit: Edit, probe: Probe) -> bool:
        """Whether a call takes another branch than the one that an edit is in: it shows nothing of it."""
        lines = self.lines_run.get(id(probe), {}).get(edit.function)
        is_run = not lines or any(part.statement.lineno in lines for part in edit.parts)
        return not is_run and edit.tier not in MOVING

    @cached_property
    def lines_run(self) -> Mapping[int, Mapping[str, set[int]]]:
        """Lines of functions' statements that telling calls run, of each call by its id; none without branches."""
        if not any(isinstance(node, ast.If) for one in self.written for node in ast.walk(one.definition)):
            return {}
        names = [one.function for one in self.written]
        return {id(probe): {name: run.executed(name) for name in names} for probe, run in self.seen_in_all}

    def _paths(self, cells: int) -> set[Path]:
        return {cell.path for i, cell in enumerate(self.case.cells) if cells >> i & 1}

    def _gains(self, running: Sequence[Running], probe: Probe, wanted: int) -> dict[Edit, tuple[int, ...]]:
        """The wrong cells of a call that each edit rights, by each convention; what was tried before is known."""
        known = self._known.setdefault((probe, wanted, self.student.loaded.held), {})
        fresh = [edit for edit, _ in running if edit not in known]
        self.allowance.spend(len(fresh), PRICE_OF_A_TRIAL + self._made.price(probe))
        may_come_through = self._has_raised(probe) and self.student.loaded.held == self._held
        for edit, leaves in zip(fresh, self._made.outcomes(fresh, probe), strict=True):
            if may_come_through and self._is_filled(leaves, probe):
                self.through[edit] = None
            known[edit] = tuple(self._gained(leaves, probe, wanted, right) for right in self._rights)
        return known

    def path_of(self, i: int) -> Path:
        """Where a cell is in what a call gives, and in the attributes that were read of its object afterwards."""
        cell = self.case.cells[i]
        call = self.case.call(cell)
        return (call.attribute, *cell.path) if call.kind == "read" else cell.path

    def _gained(self, leaves: Outcome, probe: Probe, wanted: int, right: Sequence[Value]) -> int:
        """The wrong cells of a call that are right now, if nothing is spoilt."""
        if leaves is None:
            return 0 if all(wanted >> i & 1 for i in probe.cells) else SPOILT
        gained = 0
        for i in probe.cells:
            is_right = self.case.agree(i, leaves.get(self.path_of(i), MISSING), right[i])
            if wanted >> i & 1:
                gained |= is_right << i
            elif not is_right:
                return SPOILT
        return gained


def _most(righted: Sequence[int]) -> int:
    return max(mask.bit_count() if mask != SPOILT else SPOILT for mask in righted)
