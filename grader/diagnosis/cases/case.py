"""What a submission's function gave in failed checks, cell by cell, and the same cells of any other implementation."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Final

import numpy as np

from grader.diagnosis.cases.leaves import RAISED, ROUNDING, Leaf, Path, is_distinctive, same
from grader.diagnosis.cases.trace import Call, Origin, Raised, Rerun, Trace


class _Missing:
    """A part of a result that is not there."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()
Value = Leaf | _Missing

COMPARISON = 10  # function calls of comparing two values of a cell


@dataclass(frozen=True)
class Cell:
    """One leaf of the result of one call."""

    trace: int
    call: int
    path: Path


@dataclass(frozen=True, eq=False)
class DrawnCell:
    """A leaf that a right function draws at random, and what the submission has there."""

    cell: Cell
    found: Value
    right: Value


class Evidence(ABC):
    """Cells as a submission filled them, as they are right, and as any module's functions fill them.

    Sets of cells are bit masks (the i-th cell is the bit `1 << i`): comparing combinations of mistakes is then a
    matter of a few integer operations.
    """

    found: list[Value]
    right: list[Value]
    prices: list[int]
    """What it costs to fill each cell, in function calls."""

    @abstractmethod
    def values(self, module: ModuleType) -> Iterator[Value]:
        """The cells as a module's functions fill them, one after the other, computed when asked for."""

    def agree(self, cell: int, a: Value, b: Value) -> bool:
        """Whether two values of a cell count as the same."""
        if isinstance(a, _Missing) or isinstance(b, _Missing):
            return a is b
        return same(a, b)

    @cached_property
    def wrong(self) -> int:
        """The cells in which the submission is not right."""
        pairs = zip(self.found, self.right, strict=True)
        return sum(1 << i for i, (a, b) in enumerate(pairs) if not self.agree(i, a, b))

    @cached_property
    def zeros(self) -> int:
        """The wrong cells in which the submission has an array of zeros alone."""
        arrays = (isinstance(leaf, np.ndarray) and leaf.size > 1 and not leaf.any() for leaf in self.found)
        return self.wrong & sum(1 << i for i, is_zero in enumerate(arrays) if is_zero)

    def is_shown_by(self, module: ModuleType) -> bool:
        """Whether a module's functions give all that the submission gave."""
        return all(self.agree(i, self.found[i], value) for i, value in enumerate(self.values(module)))


def _elsewhere(found: Mapping[Path, Leaf], right: Mapping[Path, Leaf]) -> list[Path]:
    """Where else a result holds what it should hold: nowhere, unless something is missing in its place.

    Of the parts that nobody asked for, those with the numbers of a part that was asked for count, if there are any;
    the others are then the submission's business.
    """
    if right.keys() <= found.keys():
        return []
    more = [path for path in found if path not in right]
    renamed = [path for path in more if any(same(found[path], leaf) for leaf in right.values())]
    return renamed or more


def _drawn(right: Mapping[Path, Leaf], again: Mapping[Path, Leaf]) -> dict[Path, None]:
    """The parts that a right function draws at random: no other function has the same, and none is wrong for that."""
    return {path: None for path, leaf in right.items() if path in again and not same(leaf, again[path])}


def _is_not_set(call: Call, found: Value | None, right: Value) -> bool:
    """Whether an attribute is read that a right object does not have yet: what another begins with is its business."""
    return call.kind == "read" and right is None and found is not None


def _have_other_shapes(found: Mapping[Path, Leaf], right: Mapping[Path, Leaf]) -> bool:
    pairs = [(found[path], right[path]) for path in found.keys() & right.keys()]
    return any(isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and a.shape != b.shape for a, b in pairs)


def _whole(trace: Trace, call: Call) -> Origin | None:
    """The object that an attribute was read of, or of which a part of a part was read."""
    whole = call.instance
    while whole is not None and trace.calls[whole.call].kind == "read":
        whole = trace.calls[whole.call].instance
    return whole


def _count(result: object, call: Call) -> int | None:
    """How many values come back from one call."""
    if call.kind == "many" and isinstance(result, list) and result:
        result = result[0]
    return len(result) if isinstance(result, tuple) else None


class Case(Evidence):
    """The cells of one function over several traces, without those that a right function fills at random."""

    def __init__(self, function: str, traces: Sequence[Trace], kept: Sequence[int], base: ModuleType) -> None:
        """`base` tells what a right function gives; it is the solution, or has the mistakes of other functions."""
        self.function = function
        self.traces = tuple(traces)
        self.kept = tuple(kept)
        self.base = base
        self.cells: list[Cell] = []
        self.found: list[Value] = []
        self.right: list[Value] = []
        self.prices: list[int] = []
        self.drawn: list[DrawnCell] = []
        self._begins_otherwise = False  # an object of the submission's, with arrays of other shapes
        self._counts: dict[tuple[int, int], int | None] = {}
        self._collect()

    def _collect(self) -> None:
        for t, trace in enumerate(self.traces):
            rerun, again = trace.reruns(self.base)
            price = 0
            for c, call in enumerate(trace.calls):
                price += trace.prices[c] if trace.prices else 0
                if not self._is_shown_by_call(trace, call):
                    continue
                found, right = call.found_leaves(self.kept), rerun.leaves(c, self.kept)
                is_before = self._comes_before(trace, c)
                self._begins_otherwise |= is_before and _have_other_shapes(found, right)
                drawn = _drawn(right, again.leaves(c, self.kept))
                self._counts[t, c] = _count(rerun.result(c), call)
                for path in drawn:
                    self.drawn.append(DrawnCell(Cell(t, c, path), found.get(path, MISSING), right[path]))
                for path in (*right, *_elsewhere(found, right)):
                    if (
                        path in drawn
                        or (call.function, path) in trace.not_demanded
                        or _is_not_set(call, found.get(path), right.get(path, MISSING))
                        or (call.kind == "read" and trace.found_right(call, path))
                        or (is_before and not same(found.get(path), right.get(path)))
                    ):
                        continue
                    self.cells.append(Cell(t, c, path))
                    self.found.append(found.get(path, MISSING))
                    self.right.append(right.get(path, MISSING))
                    self.prices.append(price + COMPARISON)
                    price = 0  # the leaves of a result come together

    def _is_shown_by_call(self, trace: Trace, call: Call) -> bool:
        """Whether the call tells about the function: it is one of it, or reads the state that it left behind."""
        if trace.is_of_another_form(call) or trace.was_tried(call):
            return False
        return call.function == self.function or (call.kind == "read" and trace.run.check.function == self.function)

    def _comes_before(self, trace: Trace, position: int) -> bool:
        """Whether an attribute is read before its object is asked first: what is wrong there shows nothing."""
        read = trace.calls[position]
        whole = _whole(trace, read)
        own = [c for c, call in enumerate(trace.calls) if call.function == self.function]
        own = [c for c in own if trace.calls[c].instance is not None and _whole(trace, trace.calls[c]) == whole]
        return read.kind == "read" and bool(own) and position < own[0]

    @property
    def is_of_another_object(self) -> bool:
        """Whether a right function could not take what the submission keeps, weights the other way round perhaps.

        What it gave then is nothing to compare with.
        """
        raised = (i for i, cell in enumerate(self.cells) if cell.path == RAISED and self.call(cell).instance)
        return self._begins_otherwise and any(self.found[i] is MISSING and self.right[i] is not MISSING for i in raised)

    def values(self, module: ModuleType) -> Iterator[Value]:
        reruns = [Rerun(trace, module) for trace in self.traces]
        position, leaves = (-1, -1), {}
        for cell in self.cells:
            if (cell.trace, cell.call) != position:
                position = (cell.trace, cell.call)
                leaves = reruns[cell.trace].leaves(cell.call, self.kept)
            yield leaves.get(cell.path, MISSING)

    def call(self, cell: Cell) -> Call:
        return self.traces[cell.trace].calls[cell.call]

    def count(self, cell: Cell) -> int | None:
        """How many values a right function returns in the call of a cell; None where it is one."""
        return self._counts[cell.trace, cell.call]

    @cached_property
    def raised(self) -> int:
        """The cells of calls that raised, in the submission or in a right function."""
        calls = {(cell.trace, cell.call) for cell in self.cells if cell.path == RAISED}
        return sum(1 << i for i, cell in enumerate(self.cells) if (cell.trace, cell.call) in calls)

    @property
    def raised_in_submission(self) -> int:
        """Those of calls that raised in the submission: where a right function alone does, it was given what it cannot
        take, as weights that the submission keeps the other way round."""
        return self.raised & sum(
            1 << i for i, cell in enumerate(self.cells) if self.call(cell).found.raised is not None
        )

    def paths(self, cells: int) -> tuple[Path, ...]:
        """The distinct paths of a set of cells, in the order of the result."""
        return tuple(dict.fromkeys(cell.path for i, cell in enumerate(self.cells) if cells >> i & 1))

    def telling(self, cells: int, module: ModuleType) -> bool:
        """Whether agreement in these cells says something: values, or an exception with the same message."""
        return any(
            cell.path != RAISED or self._says_the_same(cell, module)
            for i, cell in enumerate(self.cells)
            if cells >> i & 1 and self.found[i] is not MISSING
        )

    def has_values(self, cells: int) -> bool:
        """Whether the submission gave anything at all in these cells."""
        return any(cells >> i & 1 and leaf is not None and leaf is not MISSING for i, leaf in enumerate(self.found))

    def has_numbers(self, cells: int) -> bool:
        """Whether a finite number is among these cells; that two functions both give NaN says little."""
        leaves = (self.found[i] for i in range(len(self.cells)) if cells >> i & 1)
        return any(isinstance(leaf, np.ndarray) and bool(np.isfinite(leaf).any()) for leaf in leaves)

    def has_distinctive_numbers(self, cells: int) -> bool:
        """Whether there are numbers among these cells that no other mistake gives by chance."""
        leaves = (self.found[i] for i in range(len(self.cells)) if cells >> i & 1)
        return any(isinstance(leaf, np.ndarray) and is_distinctive(leaf) for leaf in leaves)

    def is_nothing(self, cells: int) -> bool:
        """Whether all of these cells hold zeros, or what rounding leaves of them."""
        leaves = [self.found[i] for i in range(len(self.cells)) if cells >> i & 1]
        return all(isinstance(leaf, np.ndarray) and bool(np.all(np.abs(leaf) <= ROUNDING)) for leaf in leaves)

    def says_the_same(self, module: ModuleType) -> bool:
        """Whether a module's exceptions have the submission's messages; True when there are none."""
        return all(self._says_the_same(cell, module) for cell in self.cells if cell.path == RAISED)

    def meets_other_shapes(self, module: ModuleType) -> bool:
        """Whether numpy tells of other shapes that do not fit than in the submission, in some call."""
        pairs = [self._messages(cell, module) for cell in self.cells if cell.path == RAISED]
        return any(
            "broadcast" in own and "broadcast" in other and _in_any_order(own) != _in_any_order(other)
            for own, other in pairs
        )

    def _says_the_same(self, cell: Cell, module: ModuleType) -> bool:
        own, other = self._messages(cell, module)
        return bool(own) and _in_any_order(own) == _in_any_order(other)

    def _messages(self, cell: Cell, module: ModuleType) -> tuple[str, str]:
        """What the submission's exception says in a call, and a module's; "" of one that does not raise."""
        result = Rerun(self.traces[cell.trace], module).result(cell.call)
        return self.call(cell).found.said, result.said if isinstance(result, Raised) else ""


def _in_any_order(said: str) -> tuple[str, ...]:
    """A message of numpy's about shapes, whichever operand came first."""
    return tuple(sorted(said.split())) if "broadcast" in said else (said,)
