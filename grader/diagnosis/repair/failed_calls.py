"""Which of a function's failed calls edits are tried in, and how each is made again."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any, cast

from grader.checks.arguments import is_adapted, target_of
from grader.checks.implementation import Hidden
from grader.checks.student import Student
from grader.diagnosis.cases.case import MISSING, Case, Cell
from grader.diagnosis.cases.leaves import RAISED
from grader.diagnosis.cases.trace import Call, Rerun
from grader.sandbox.cell import Target

TELLING_CALLS = 6  # of the failed checks, in which an edit must do
LITTLE_MORE = 1.3  # times what the cheapest call costs
ITEMS = 3  # of many calls that are made at once, which are tried one by one
SILENT_CALLS = 2  # in which nothing is wrong, and nothing may be spoilt

ALONE = -1  # the number of a call that is not one of many

_Place = tuple[int, int, int]  # a trace, a call in it, and which of many
Made = dict[Hashable, tuple[Target, tuple[Any, ...]]]  # the object and the arguments of calls that were made before


@dataclass(frozen=True, eq=False)
class Probe:
    """One call of the function under repair, and which cells of the case it fills.

    `item` is its number, where it is one of many that were made at once. `reads` are attributes that were read of the
    object afterwards: of the one that the call made, or was a method of. Calls with the same `key` are the same.
    """

    target: Target
    arguments: tuple[Any, ...]
    cells: tuple[int, ...]
    call: Call
    reads: tuple[Call, ...] = ()
    item: int | None = None
    key: Hashable = None

    @cached_property
    def mask(self) -> int:
        return sum(1 << i for i in self.cells)


class FailedCalls:
    """The calls of a case that an edit can be tried in."""

    def __init__(self, student: Student, case: Case, parameters: Sequence[str], made: Made) -> None:
        """`parameters` are those of the submission's definition, in its order; `made` is what cases share."""
        self._student, self._case, self._made = student, case, made
        self._parameters = [name for name in parameters if name not in ("self", "cls")]

    def chosen(self, price_of: Callable[[Probe], int]) -> Sequence[Probe]:
        """The calls that show the mistake first, one of every failed check before second ones; then others.

        Of one check those with other settings, another λ or stride, come before those with the same.
        """
        calls: dict[_Place, int] = {}
        for i, cell in enumerate(self._case.cells):
            for place in self._places_of(cell):
                calls[place] = calls.get(place, 0) | 1 << i
        to_raise = sum(
            1 << i for i, c in enumerate(self._case.cells) if c.path == RAISED and self._case.right[i] is not MISSING
        )
        usual = [place for place, mask in calls.items() if self._can_be_made(*place) and not mask & to_raise]
        fresh = [place for place in usual if not self._is_repeated(*place)]
        if any(calls[place] & self._case.wrong for place in fresh):
            usual = fresh  # what an earlier call left in an object is as wrong as that was
        rounds: dict[int, int] = {}
        settings: set[Hashable] = set()
        telling = []
        for place in usual:
            if calls[place] & self._case.wrong:
                rounds[place[0]] = rounds.get(place[0], 0) + 1
                own = self._settings(*place)
                rank = rounds[place[0]] if rounds[place[0]] == 1 or own in settings else 1.5
                settings.add(own)
                telling.append((rank, place))
        silent = [place for place in usual if not calls[place] & self._case.wrong]
        chosen = [
            (number, probe)
            for number, place in sorted(telling)[:TELLING_CALLS]
            if (probe := self._probe(*place, calls[place])) is not None
        ]
        if len(chosen) > 1:  # the cheapest comes first: most edits are tried in it alone
            least = min(price_of(probe) for _, probe in chosen)
            # Where another one shows more, and costs little more, that: of two faults it may show both.
            shown = {probe: self._count_of_wrong_parts(probe) for _, probe in chosen}
            chosen.sort(
                key=lambda entry: (
                    entry[0],
                    price_of(entry[1]) > LITTLE_MORE * least,
                    -shown[entry[1]],
                    price_of(entry[1]),
                )
            )
        told = [probe for _, probe in chosen]
        beside = [self._probe(*place, calls[place]) for place in silent[:SILENT_CALLS]] if told else []
        return [*told, *filter(None, beside)]

    def _settings(self, trace: int, position: int, item: int) -> Hashable:
        """The arguments of a call that are single numbers or words."""
        call = self._call(trace, position)
        given = call.arguments[max(item, 0)] if len(call.arguments) > max(item, 0) else ()
        return tuple(one for one in given if isinstance(one, int | float | str))

    def _count_of_wrong_parts(self, probe: Probe) -> int:
        return len({self._case.cells[i].path for i in probe.cells if self._case.wrong >> i & 1})

    def silent(self, count: int) -> Sequence[Probe]:
        """Some calls in which nothing is wrong that comes back: what the function changes may be."""
        places = dict.fromkeys(place for cell in self._case.cells for place in self._places_of(cell))
        usual = [place for place in places if self._can_be_made(*place)][:count]
        return [probe for place in usual if (probe := self._probe(*place, 0)) is not None]

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
        calls, call = self._case.traces[trace].calls, self._call(trace, position)
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
            for i, cell in enumerate(self._case.cells)
            if self._case.wrong >> i & 1
            for place in self._places_of(cell)
        }
        return bool(wrong) and all(self._is_repeated(*place) for place in wrong)

    def _can_be_made(self, trace: int, position: int, item: int) -> bool:
        call = self._call(trace, position)
        if call.kind not in ("call", "many") or self._chooses_its_start(call, item):
            return False
        return not call.named or self._following(call, item) is not None

    def _chooses_its_start(self, call: Call, item: int) -> bool:
        """Whether a script is to begin with weights of its own, so that none of its values is that of another one."""
        entry = self._student.contract.get(call.function)
        if entry is None or entry.script is None:
            return False
        given, position = call.arguments[max(item, 0)], [*entry.parameters].index(entry.script.start)
        return len(given) <= position or given[position] is None

    def _following(self, call: Call, item: int) -> list[str] | None:
        """Arguments given by name, in the order of the submission's definition; None where others stand between."""
        given = len(call.arguments[max(item, 0)])
        following = self._parameters[given : given + len(call.named)]
        return following if set(following) == set(call.named) else None

    def _made_by(self, trace: int, position: int) -> int:
        """The call after which an attribute was read; of anything else, itself."""
        calls = self._case.traces[trace].calls
        read = calls[position]
        whole = read.instance
        if read.kind != "read" or whole is None:
            return position
        while (
            calls[whole.call].kind == "read" and not whole.path and (holder := calls[whole.call].instance) is not None
        ):
            whole = holder  # a parameter was read of a layer
        for earlier in range(position - 1, whole.call, -1):
            if calls[earlier].instance == whole and calls[earlier].kind != "read":
                return earlier
        return whole.call

    def _call(self, trace: int, position: int) -> Call:
        return self._case.traces[trace].calls[position]

    def _probe(self, trace: int, position: int, item: int, mask: int) -> Probe | None:
        """A call with arguments, and an object, of its own, in the state that it had then; None if none can be made."""
        key = id(self._case.traces[trace]), position, item, self._student.loaded.held
        if key not in self._made:
            made = self._made_anew(trace, position, item)
            if made is None:
                return None
            self._made[key] = made
        target, arguments = self._made[key]
        call = self._call(trace, position)
        cells = tuple(i for i in range(len(self._case.cells)) if mask >> i & 1)
        places = dict.fromkeys(self._case.cells[i].call for i in cells)
        reads = tuple(one for one in places if one != position)
        which = item if call.kind == "many" else None
        return Probe(target, arguments, cells, call, tuple(self._call(trace, i) for i in reads), which, (*key, reads))

    def _made_anew(self, trace: int, position: int, item: int) -> tuple[Target, tuple[Any, ...]] | None:
        """What a call is made of; None if its object cannot be had."""
        call = self._call(trace, position)
        # Anything that has functions by name can be asked, and the student's have what they need in their cell.
        rerun = Rerun(self._case.traces[trace], cast(ModuleType, self._student))
        given = rerun.arguments(position)
        if len(given) <= max(item, 0):
            return None  # an attribute that was read of what no call gave
        arguments = given[max(item, 0)]
        if call.named:
            named = rerun.named(position)
            arguments = (*arguments, *(named[name] for name in self._following(call, item) or ()))
        target: Target = target_of(self._student.contract.get(call.function), call.function)
        if call.instance is not None:
            rerun.before(position)
            instance = rerun.instance(call)
            if not isinstance(instance, Hidden):
                return None
            if is_adapted(self._student.contract.get(call.function)):
                arguments = (instance._inner, *arguments)
            else:
                target = instance._inner.method(call.function.rpartition(".")[2])
        return target, arguments
