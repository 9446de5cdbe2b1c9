"""The parts of what a function gives, by the names that a sentence may use for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from grader.assignments import ContractFunction
from grader.assignments.result_names import subscripts
from grader.diagnosis.cases import phrases
from grader.diagnosis.cases.case import MISSING, Case, Cell
from grader.diagnosis.cases.leaves import RAISED, Path, leaves_of

LISTED = 6


@dataclass(frozen=True)
class Part:
    """One part, wherever the function is called: the loss, `grads["W1"]`, the array `weights[0]` of an instance.

    Attributes:
        name: as a sentence names it, code in backticks.
        path: keys and positions that lead to it in what it is a part of.
        holder: what it is a part of: the result of one value, of several, or an attribute.
    """

    name: str
    path: Path = field(compare=False)
    holder: str = field(compare=False)

    @property
    def key(self) -> str | int | None:
        """The last key or position; None for a result that is one value."""
        return self.path[-1] if self.path else None


class Parts:
    """The parts of one case, and which of its cells show which of them."""

    def __init__(self, case: Case, contract: Sequence[ContractFunction]) -> None:
        self._case = case
        self._contract = {entry.name: entry for entry in contract}

    @cached_property
    def of_cell(self) -> list[Part]:
        return [self.of(cell) for cell in self._case.cells]

    def of(self, cell: Cell) -> Part:
        """The part that a cell, or one that is drawn at random, shows."""
        call = self._case.call(cell)
        path = cell.path[1:] if call.kind == "many" and cell.path != RAISED else cell.path
        if call.kind == "read":
            attribute = call.attribute
            return Part(f"`{attribute}{subscripts(path)}`", path, attribute)
        count = self._case.count(cell)
        return Part(
            self._contract[call.function].results.part(path, call.function, count), path, f"{call.function} {count}"
        )

    def before(self, cell: Cell) -> object:
        """What an argument was that the function changes in place, of which a cell shows what it is afterwards."""
        call, count = self._case.call(cell), self._case.count(cell)
        entry = self._contract.get(call.function)
        if entry is None or not entry.updates or call.kind != "call":
            return None
        first = len(entry.updates) - (count or 1)  # they come behind what is returned
        place = first + (cell.path[0] if count and cell.path and isinstance(cell.path[0], int) else 0)
        position = entry.parameters.index(entry.updates[place]) if 0 <= place < len(entry.updates) else None
        given = call.arguments[0] if call.arguments else ()
        if position is None or position >= len(given):
            return None
        return leaves_of(given[position]).get(cell.path[1:] if count else cell.path)

    def among(self, cells: int) -> tuple[Part, ...]:
        """The distinct parts that a set of cells shows, by name within what they are parts of."""
        parts = dict.fromkeys(part for i, part in enumerate(self.of_cell) if cells >> i & 1)
        holders = list(dict.fromkeys(part.holder for part in parts))
        return tuple(sorted(parts, key=lambda part: (holders.index(part.holder), part.path[:1], part.name)))

    def cells_of(self, part: Part) -> list[int]:
        return [i for i, other in enumerate(self.of_cell) if other == part]

    @cached_property
    def asked(self) -> int:
        """The cells that a right function fills with something, in calls that gave something."""
        filled = sum(1 << i for i, leaf in enumerate(self._case.right) if leaf is not MISSING and leaf is not None)
        return filled & ~self._case.raised

    @cached_property
    def wrong(self) -> tuple[Part, ...]:
        return self.among(self._case.wrong & self.asked)

    @cached_property
    def right(self) -> tuple[Part, ...]:
        """The parts that are right wherever the case shows them."""
        return tuple(part for part in self.among(self.asked) if part not in self.wrong)


def listed(parts: Iterable[Part]) -> str:
    """`a`, `b` and `c`; long lists are cut."""
    return phrases.enumerated(list(dict.fromkeys(part.name for part in parts)), LISTED)
