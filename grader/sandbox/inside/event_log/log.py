"""What is noted of a run, and when it is enough.

The run ends by itself once a few steps of training are complete, or when time, values or events are used up.
"""

from __future__ import annotations

import time
from collections import deque
from typing import Any, Iterator, Sequence

import numpy as np

from .running_sums import RunningSums
from .values import Values
from .versions import Versions

PRODUCTS = frozenset(["MatMult", "dot", "matmul", "einsum", "tensordot", "inner", "outer", "vdot"])
PLACES, EVENTS, NAMES = 40_000, 70_000, 40_000
SCALARS_OF_A_PLACE = 800  # events of one place whose results are numbers
SCALARS_OF_STEPS, ENOUGH_STEPS = 4_000, 6  # the same as long as fewer versions of a parameter were seen than these
# As long as no arrays are multiplied: a network may go through its units one by one.
NUMBERS_OF_A_PLACE, FULL_PLACES, FULL_EVENTS = 1_600, 4, 6_000
CLOCK = 256  # events between two looks at it
SETS_OF_A_PLACE, LARGE = 50, 256  # of an array of more entries, each that is set is noted; then all together
MUCH = 1 << 16  # bytes of an array of which not every version is kept
VERY_MUCH = 1 << 20  # of one that a loop fills part by part
MUCH_OF_A_ROUND = 2_000  # events after which a loop is left in the middle of what it does
OPERATIONS_TOLD, OPERANDS_TOLD = 20, 4  # that raise, and what each is given
NOTHING_NEW = 250_000  # reports in a row that recorded nothing


class Enough(BaseException):
    """Ends the run; no `except Exception` stops it."""


class Passed(BaseException):
    """Ends a loop that runs: enough was seen of it, and the run goes on behind it."""


class EventLog:
    """Places of the text, and the events at them.

    Args:
        seconds: processor time of the run; on a busy machine it may take four times as long by the clock.
        budget: bytes of values.
        steps: how many changes of a parameter are seen before the run ends.
        until: the event with which the run ends, and of which alone the result is kept, with those of `kept`.
        units: whether it ends where single numbers alone have been seen, and enough of them.
        is_closed: whether nothing is noted before `begin` is called.
        passes: numbers of events at which a loop that runs is ended, and what follows begins anew.
        depth: which loop that is: 1 is the outermost one, 2 the next in it.
        goes_on: whether the loop of each training that was seen is ended, and not the run.
    """

    def __init__(
        self,
        seconds: float,
        budget: int,
        steps: int,
        until: int | None = None,
        units: bool = True,
        is_closed: bool = False,
        passes: Sequence[int] = (),
        depth: int = 1,
        kept: Sequence[int] = (),
        goes_on: bool = False,
    ) -> None:
        self.passes = deque(sorted(passes))
        self.is_passing, self.depth, self.goes_on = bool(passes) or goes_on, depth, goes_on
        self._is_leaving = False  # each loop ends with the round that it is in, up to the one that is passed
        self.passed: list[int] = []  # of each loop that was ended: the events before it, and those at its end
        self._loops: list[int] = []  # of each loop that runs: the events before it
        self.units = units
        self.seconds = seconds
        self.until, self.kept = until, frozenset(kept)
        self.values = Values(budget, is_closed=is_closed, keeps=until is None and not goes_on)
        self.steps = steps
        self.places: list[tuple[int, int, int, int, int, int, int]] = []
        self._ops: list[str] = []  # of each place
        self.texts: dict[str, int] = {}
        self.flow: list[int] = []  # place, op, result, number of operands, operands...
        self.events = 0
        self.named: list[int] = []  # events so far, place, name, value
        self.end = "finished"
        self.notes: list[Any] = []
        self._deadline = time.process_time() + seconds
        self._latest = time.monotonic() + 4 * seconds
        self._counts: dict[int, int] = {}
        self._reports = self._last = self._looks = 0
        self._versions = Versions(self.values)
        self._sums = RunningSums(self.values)
        self._full: set[int] = set()  # places whose numbers are noted no more
        self._multiplies = False
        self._steps_seen = 0  # versions of a parameter, the most that were seen of one
        self._over = False
        self.failed: dict[int, list[Any]] = {}  # what operations that raised were given, by place; the latest last

    def begin(self) -> None:
        """Note what happens from now on, and nothing of what happened before."""
        self.values.is_closed = False
        self._looks = 0
        self._deadline = time.process_time() + self.seconds
        self._latest = time.monotonic() + 4 * self.seconds

    def text(self, text: str) -> int:
        return self.texts.setdefault(text[:200], len(self.texts))

    def _is_open(self, place: int, is_number: bool, operands: Any = ()) -> bool:
        """Whether one more event of this place is noted; of numbers that come out of large arrays, a few are."""
        if self.values.is_closed:
            return False
        if self.until is not None:
            self.values.keeps = self.events >= self.until or self.events in self.kept
        self._reports += 1
        if self._reports % CLOCK == 0:
            self._look_at_the_clock()
        if self._over:
            raise Enough
        count = self._counts.get(place, 0)
        if is_number and count >= SETS_OF_A_PLACE and (self._is_full(place, count) or any(map(is_large, operands))):
            return False
        self._counts[place] = count + 1
        self._last = self._reports
        return True

    def _is_full(self, place: int, count: int) -> bool:
        """Whether enough numbers of a place are noted; where all are, of a network of single numbers, it is over."""
        if self._multiplies and count >= SCALARS_OF_A_PLACE:  # as a step has that goes through all samples
            if self._steps_seen >= ENOUGH_STEPS and self._may_end():
                self._end_of_steps()
            return count >= SCALARS_OF_STEPS
        if count < SCALARS_OF_A_PLACE:
            return False
        if count >= NUMBERS_OF_A_PLACE:
            self._full.add(place)
            is_enough = len(self._full) >= FULL_PLACES and self.events > FULL_EVENTS
            if self.units and is_enough and not self._is_leaving:  # a loop that is passed ends with its round
                self.stop("numbers")
        return count >= NUMBERS_OF_A_PLACE

    def _look_at_the_clock(self) -> None:
        if time.process_time() > self._deadline or time.monotonic() > self._latest:
            self.stop("time")
        elif self.values.is_full:
            self.stop("memory")
        elif self.events >= EVENTS:
            self.stop("events")
        elif self._reports - self._last > NOTHING_NEW:
            self.stop("nothing new")

    def _is_much(self, array: Any, versions: int) -> bool:
        """Whether so many versions of an array would take an eighth of all room that there is for values."""
        return bool(array.nbytes * versions > self.values.budget // 8)

    def stop(self, reason: str) -> None:
        self.end = reason
        self._over = True
        raise Enough

    def _note(self, place: int, op: str, operands: list[int], result: int | None) -> None:
        if result is None or self.events >= EVENTS:
            return
        self.flow += (place, self.text(op), result, len(operands), *operands)
        self.events += 1
        if self.until is not None and self.events > self.until:
            self.stop("until")
        if self.passes and len(self._loops) >= self.depth and self.events >= self.passes[0]:
            self._is_leaving = True
            if self.events >= self.passes[0] + MUCH_OF_A_ROUND:
                raise Passed
        self._versions.made(op, place, PLACES, operands, result)
        self._sums.noted(place, op, operands, result)
        if op in PRODUCTS and len(operands) == 2:
            self._multiplies = True
            count = self._versions.counted(place, operands, result)
            self._steps_seen = max(self._steps_seen, count)
            is_late = count > 2 and self.values.bytes > self.values.budget // 2
            if self._may_end() and (count > self.steps + 1 or is_late):
                self._end_of_steps()

    def _may_end(self) -> bool:
        """Whether the run does not end with a certain event, or goes on elsewhere."""
        return self.until is None and not self._is_leaving

    def _end_of_steps(self) -> None:
        if not (self.goes_on and self._loops):
            self.stop("steps")
        self.passes.append(self.events)

    def fails(self, place: int, operands: Sequence[Any]) -> None:
        """An operation raises: of what it was given, the shapes of arrays and the types of everything else."""
        if len(self.failed) >= OPERATIONS_TOLD:
            self.failed.pop(next(iter(self.failed)))
        self.failed.pop(place, None)
        self.failed[place] = [_form(operand) for operand in operands[:OPERANDS_TOLD]]

    # --- loops that are passed -------------------------------------------------------------------------

    def entered(self) -> None:
        """A loop begins."""
        self._loops.append(self.events)

    def rounds(self, things: Any) -> Iterator[Any]:
        """What a loop goes through, as long as no loop is being left."""
        level = len(self._loops)
        for thing in things:
            yield thing
            if self._is_leaving and level >= self.depth:
                return

    def left(self) -> None:
        """A loop has ended, in whichever way."""
        if self._is_leaving and len(self._loops) == self.depth:
            self.beyond()
        self._loops.pop()

    def caught(self) -> Any:
        """What the loop catches that is being left."""
        return Passed if len(self._loops) == self.depth else ()

    def beyond(self) -> None:
        """A loop was passed: what follows is counted anew, with time of its own."""
        self.passes.popleft()
        self._is_leaving = False
        self.passed += (self._loops[-1], self.events)
        self._versions, self._multiplies = Versions(self.values), False
        self._steps_seen = 0
        self._counts.clear()
        self._full.clear()
        self._deadline = time.process_time() + self.seconds
        self._latest = time.monotonic() + 4 * self.seconds

    # --- what leaves the cell --------------------------------------------------------------------------

    def recording(self) -> dict[str, Any]:
        """Everything, as arrays and a list of texts."""
        self._over = False
        return {
            "places": np.array(self.places, np.int64).reshape(-1, 7),
            "texts": list(self.texts),
            "flow": np.array(self.flow, np.int64),
            "named": np.array(self.named, np.int64).reshape(-1, 4),
            "values": self.values.packed(),
            "end": self.end,
            "passed": np.array(self.passed, np.int64).reshape(-1, 2),
            "failed": [[place, *forms] for place, forms in self.failed.items()],
        }


def _form(operand: Any) -> Any:
    if type(operand) in (list, tuple):
        return [type(operand).__name__, len(operand)]
    return list(operand.shape) if isinstance(operand, np.ndarray) else type(operand).__name__[:40]


def is_large(thing: Any) -> bool:
    return isinstance(thing, np.ndarray) and thing.nbytes > MUCH
