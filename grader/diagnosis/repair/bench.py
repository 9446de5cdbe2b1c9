"""Where edits are tried: one function's failed calls, made again in the submission's own cell.

What the calls give is compared here, so that right values stay outside.
"""

import sys
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any, cast

import numpy as np

from grader.checks.arguments import is_adapted, target_of
from grader.checks.implementation import Hidden
from grader.checks.loaded import Gave
from grader.checks.student import Student
from grader.diagnosis.case import MISSING, Case, Cell, Value
from grader.diagnosis.leaves import RAISED, Leaf, Path, leaves_of
from grader.diagnosis.repair.allowance import Allowance
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.schema import halves, schemas_of
from grader.diagnosis.repair.written import Edit, Written
from grader.diagnosis.trace import Call, Rerun
from grader.diagnosis.watch import Run, Watch
from grader.sandbox import CellFailure, SubmissionRaised
from grader.sandbox.cell import Target

TELLING_CALLS = 6  # of the failed checks, in which an edit must do
ITEMS = 3  # of many calls that are made at once, which are tried one by one
SILENT_CALLS = 2  # in which nothing is wrong, and nothing may be spoilt
WATCHED_CALLS = 3
PRICE_OF_A_TRIAL = 400  # function calls: defining the function anew, sending, comparing

SPOILT = -1  # in the place of a set of cells: something that was right no longer is
CONTINUED = 40  # edits of one message that are tried in further calls

ALONE = -1  # the number of a call that is not one of many

_Place = tuple[int, int, int]  # a trace, a call in it, and which of many
Running = tuple[Edit, tuple[int, ...]]  # an edit, and the cells that it has righted, by each convention


@dataclass(frozen=True, eq=False)
class Probe:
    """One call of the function under repair, and which cells of the case it fills.

    `item` is its number, where it is one of many that were made at once. `reads` are attributes that were read of the
    object afterwards: of the one that the call made, or was a method of.
    """

    target: Target
    arguments: tuple[Any, ...]
    cells: tuple[int, ...]
    call: Call
    reads: tuple[Call, ...] = ()
    item: int | None = None

    @cached_property
    def mask(self) -> int:
        return sum(1 << i for i in self.cells)


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
        others: Sequence[Sequence[Value]] = (),
    ) -> None:
        """`others` are the case's values in other conventions: which one a submission follows shows when it runs."""
        self.student, self.case, self.written, self.allowance = student, case, written, allowance
        self._rights = [case.right, *(values for values in others if len(values) == len(case.right))]
        self._prices: dict[Probe, int] = {}
        self._kinds: dict[Written, Kinds] = {}
        self._known: dict[tuple[Probe, int, Hashable], dict[Edit, tuple[int, ...]]] = {}

    @cached_property
    def keys(self) -> Sequence[str]:
        """The keys of the dicts that the calls are given."""
        given = (one for probe in self.probes for one in probe.arguments if isinstance(one, dict))
        return [*dict.fromkeys(key for one in given for key in one if isinstance(key, str))]

    # --- the calls ---------------------------------------------------------------------------------------

    @cached_property
    def probes(self) -> Sequence[Probe]:
        """The calls that show the mistake first, one of every failed check before second ones; then others."""
        calls: dict[_Place, int] = {}
        for i, cell in enumerate(self.case.cells):
            for place in self._places_of(cell):
                calls[place] = calls.get(place, 0) | 1 << i
        to_raise = sum(
            1 << i for i, c in enumerate(self.case.cells) if c.path == RAISED and self.case.right[i] is not MISSING
        )
        usual = [place for place, mask in calls.items() if self._can_be_made(*place) and not mask & to_raise]
        fresh = [place for place in usual if not self._is_repeated(*place)]
        if any(calls[place] & self.case.wrong for place in fresh):
            usual = fresh  # what an earlier call left in an object is as wrong as that was
        rounds: dict[int, int] = {}
        telling = []
        for place in usual:
            if calls[place] & self.case.wrong:
                rounds[place[0]] = rounds.get(place[0], 0) + 1
                telling.append((rounds[place[0]], place))
        silent = [place for place in usual if not calls[place] & self.case.wrong]
        chosen = [
            (number, probe)
            for number, place in sorted(telling)[:TELLING_CALLS]
            if (probe := self._probe(*place, calls[place])) is not None
        ]
        if len(chosen) > 1:  # the cheapest comes first: most edits are tried in it alone
            chosen.sort(key=lambda entry: (entry[0], self._price_of(entry[1])))
        told = [probe for _, probe in chosen]
        beside = [self._probe(*place, calls[place]) for place in silent[:SILENT_CALLS]] if told else []
        return [*told, *filter(None, beside)]

    def _places_of(self, cell: Cell) -> list[_Place]:
        """The calls that fill a cell: of many that were made at once one, or any of them where one raised."""
        position = self._made_by(cell.trace, cell.call)
        call = self._call(cell.trace, position)
        if call.kind != "many":
            return [(cell.trace, position, ALONE)]
        if cell.path and cell.path != RAISED:
            items = [cell.path[0]] if isinstance(cell.path[0], int) else []
        else:
            items = [*range(len(call.arguments))]
        return [(cell.trace, position, item) for item in items if item < ITEMS]

    def _is_repeated(self, trace: int, position: int, item: int) -> bool:
        """Whether the function was called before on the object of a call."""
        calls, call = self.case.traces[trace].calls, self._call(trace, position)
        return call.instance is not None and any(
            earlier.instance == call.instance and earlier.function == call.function for earlier in calls[:position]
        )

    @cached_property
    def keeps_state(self) -> bool:
        """Whether all that is wrong shows only after an earlier call on the same object, which edits come too late for.

        What is read of an object after a call counts as its result.
        """
        wrong = {
            place
            for i, cell in enumerate(self.case.cells)
            if self.case.wrong >> i & 1
            for place in self._places_of(cell)
        }
        return bool(wrong) and all(self._is_repeated(*place) for place in wrong)

    @cached_property
    def wrong_attributes(self) -> frozenset[str]:
        """The attributes of objects in which wrong values were read."""
        calls = (self.case.call(cell) for i, cell in enumerate(self.case.cells) if self.case.wrong >> i & 1)
        return frozenset(call.function.rpartition(".")[2] for call in calls if call.kind == "read")

    def _can_be_made(self, trace: int, position: int, item: int) -> bool:
        call = self._call(trace, position)
        return call.kind in ("call", "many") and (not call.named or self._following(call, item) is not None)

    def _following(self, call: Call, item: int) -> list[str] | None:
        """Arguments given by name, in the order of the submission's definition; None where others stand between."""
        taken = [name for name in self.written[0].parameters if name not in ("self", "cls")] if self.written else []
        given = len(call.arguments[max(item, 0)])
        following = taken[given : given + len(call.named)]
        return following if set(following) == set(call.named) else None

    def _made_by(self, trace: int, position: int) -> int:
        """The call after which an attribute was read; of anything else, itself."""
        calls = self.case.traces[trace].calls
        read = calls[position]
        if read.kind != "read" or read.instance is None:
            return position
        for earlier in range(position - 1, read.instance.call, -1):
            if calls[earlier].instance == read.instance and calls[earlier].kind != "read":
                return earlier
        return read.instance.call

    @cached_property
    def asked(self) -> int:
        """The cells that a right function fills."""
        return sum(1 << i for i, value in enumerate(self.case.right) if value is not MISSING)

    @property
    def telling(self) -> Sequence[Probe]:
        return [probe for probe in self.probes if probe.mask & self.case.wrong]

    def _call(self, trace: int, position: int) -> Call:
        return self.case.traces[trace].calls[position]

    def _probe(self, trace: int, position: int, item: int, mask: int) -> Probe | None:
        """A call with arguments, and an object, of its own, in the state that it had then; None if none can be made."""
        call = self._call(trace, position)
        # Anything that has functions by name can be asked, and the student's have what they need in their cell.
        rerun = Rerun(self.case.traces[trace], cast(ModuleType, self.student))
        arguments = rerun.arguments(position)[max(item, 0)]
        if call.named:
            named = rerun.named(position)
            arguments = (*arguments, *(named[name] for name in self._following(call, item) or ()))
        target: Target = target_of(self.student.contract.get(call.function), call.function)
        if call.instance is not None:
            rerun.before(position)
            instance = rerun.instance(call)
            if not isinstance(instance, Hidden):
                return None
            if is_adapted(self.student.contract.get(call.function)):
                arguments = (instance._inner, *arguments)
            else:
                target = instance._inner.method(call.function.rpartition(".")[2])
        cells = tuple(i for i in range(len(self.case.cells)) if mask >> i & 1)
        places = dict.fromkeys(self.case.cells[i].call for i in cells)
        reads = tuple(self._call(trace, one) for one in places if one != position)
        return Probe(target, arguments, cells, call, reads, item if call.kind == "many" else None)

    # --- what they show ----------------------------------------------------------------------------------

    @cached_property
    def watched(self) -> Sequence[Probe]:
        """The first telling calls of different checks, that which does most before the others."""
        return sorted(self.telling[:WATCHED_CALLS], key=self._price_of, reverse=True)

    @cached_property
    def seen(self) -> Sequence[tuple[Probe, Run]]:
        """These calls, with what was seen in them."""
        return self._seen_in(self.watched)

    @cached_property
    def seen_in_all(self) -> Sequence[tuple[Probe, Run]]:
        """All telling calls, with what was seen in them."""
        return [*self.seen, *self._seen_in([probe for probe in self.telling if probe not in self.watched])]

    def _seen_in(self, probes: Sequence[Probe]) -> list[tuple[Probe, Run]]:
        return [(probe, run) for probe in probes if (run := self._watched(self._watch, probe)) is not None]

    @cached_property
    def _watch(self) -> Watch:
        watch = Watch()
        for written in self.written:
            watch.add(written.function, written.definition)
        return watch

    @property
    def runs(self) -> Sequence[Run]:
        return [run for _, run in self.seen]

    def _watched(self, watch: Watch, probe: Probe) -> Run | None:
        try:
            return Run(watch, self.student.loaded.watch(watch.texts, probe.target, probe.arguments))
        except CellFailure:
            return None

    def executed(self, written: Written) -> set[int]:
        """Lines of a function's statements, as its unit counts them, that the first watched call runs."""
        watch = Watch()
        watch.add(written.function, written.definition)
        run = self._watched(watch, self.watched[0])
        return {line + written.offset for line in run.executed(written.function)} if run is not None else set()

    def kinds(self, written: Written) -> Kinds:
        """What is known of a function's names; it is the same for a function after an edit."""
        if written not in self._kinds:
            self._kinds[written] = Kinds(written, self.runs)
        return self._kinds[written]

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

    # --- trials ------------------------------------------------------------------------------------------

    def tried(self, edits: Sequence[Edit], settled: int = 0) -> Iterator[Tried]:
        """Edits that right something and spoil nothing; what is `settled` counts as right already.

        Raises:
            Spent: the allowance is used up.
            CellFailure: the function is too slow, or an edit ended the process.
        """
        for name in dict.fromkeys(edit.function for edit in edits):
            yield from self._of_one([edit for edit in edits if edit.function == name], settled)

    def _of_one(self, edits: Sequence[Edit], settled: int) -> Iterator[Tried]:
        wanted = self.case.wrong & ~settled
        nothing = (0,) * len(self._rights)
        running: list[Running] = [(edit, nothing) for edit in edits]
        stopped: list[Running] = []
        seen = 0
        for number, probe in enumerate(self.probes):
            if not running:
                break
            if number:
                running.sort(key=lambda entry: -_most(entry[1]))
                running, stopped = running[:CONTINUED], [*stopped, *running[CONTINUED:]]
            known = self._gains(running, probe, wanted)
            left: list[Running] = []
            for edit, righted in running:
                gained = known[edit]
                if any(gain > 0 for gain in gained) or not probe.mask & wanted:
                    together = tuple(
                        SPOILT if SPOILT in (a, b) else a | b for a, b in zip(righted, gained, strict=True)
                    )
                    if _most(together) != SPOILT:
                        left.append((edit, together))
                elif any(gain != SPOILT for gain in gained):
                    stopped.append((edit, righted))
            running = left
        for probe in self.probes:
            seen |= probe.mask
        for edit, righted in running:
            yield Tried(edit, max(righted, key=lambda mask: _most([mask])), wanted & seen in righted)
        for edit, righted in stopped:
            if _most(righted) > 0:
                yield Tried(edit, max(righted, key=lambda mask: _most([mask])), False)

    def _gains(self, running: Sequence[Running], probe: Probe, wanted: int) -> dict[Edit, tuple[int, ...]]:
        """The wrong cells of a call that each edit rights, by each convention; what was tried before is known."""
        known = self._known.setdefault((probe, wanted, self.student.loaded.held), {})
        fresh = [edit for edit, _ in running if edit not in known]
        self.allowance.spend(len(fresh), PRICE_OF_A_TRIAL + self._price_of(probe))
        for edit, leaves in zip(fresh, self._outcomes(fresh, probe), strict=True):
            known[edit] = tuple(self._gained(leaves, probe, wanted, right) for right in self._rights)
        return known

    def _price_of(self, probe: Probe) -> int:
        """How many function calls it is; one that cannot be measured is the dearest."""
        if probe not in self._prices:
            try:
                self._prices[probe] = self.student.loaded.measure(probe.target, probe.arguments)
            except CellFailure:
                self._prices[probe] = sys.maxsize
        return self._prices[probe]

    def _outcomes(self, edits: Sequence[Edit], probe: Probe) -> Iterator[dict[Path, Leaf] | None]:
        """The leaves of what the call gives with each edit; None where it raised."""
        results: dict[int, Gave | None] = {}
        for schema, part in schemas_of(edits):
            results.update(zip(map(id, part), self._results(schema, part, probe), strict=True))
        for edit in edits:
            result = results[id(edit)]
            yield None if result is None else self._leaves(result.value, probe)

    def _leaves(self, values: Sequence[Any], probe: Probe) -> dict[Path, Leaf]:
        """The leaves of a result and of what was read afterwards; those have the read's name before their path."""
        found = dict(leaves_of(values[0], self.case.kept))
        if probe.item is not None:
            part = probe.call.item
            found = {
                (probe.item, *path): leaf for path, leaf in found.items() if part is None or path[:1] in ((), (part,))
            }
        for read, value in zip(probe.reads, values[1:], strict=True):
            found.update({(read.function, *path): leaf for path, leaf in leaves_of(value).items()})
        return found

    def _path(self, i: int) -> Path:
        cell = self.case.cells[i]
        call = self.case.call(cell)
        return (call.function, *cell.path) if call.kind == "read" else cell.path

    def _results(self, text: str, edits: Sequence[Edit], probe: Probe) -> Sequence[Gave | None]:
        loaded = self.student.loaded
        name = edits[0].function
        try:
            reads = [read.function.rpartition(".")[2] for read in probe.reads]
            target, arguments = probe.target, probe.arguments
            return loaded.try_edits(name, text, len(edits), target, arguments, keep=self.case.kept, reads=reads)
        except SubmissionRaised as error:
            if len(edits) == 1 or error.type_name != "SyntaxError":
                return [None] * len(edits)  # one of them is no Python, or the function cannot be defined anew
            return [one for text, part in halves(edits) for one in self._results(text, part, probe)]

    def _gained(self, leaves: dict[Path, Leaf] | None, probe: Probe, wanted: int, right: Sequence[Value]) -> int:
        """The wrong cells of a call that are right now, if nothing is spoilt."""
        if leaves is None:
            return 0 if all(wanted >> i & 1 for i in probe.cells) else SPOILT
        gained = 0
        for i in probe.cells:
            is_right = self.case.agree(i, leaves.get(self._path(i), MISSING), right[i])
            if wanted >> i & 1:
                gained |= is_right << i
            elif not is_right:
                return SPOILT
        return gained


def _most(righted: Sequence[int]) -> int:
    return max(mask.bit_count() if mask != SPOILT else SPOILT for mask in righted)
