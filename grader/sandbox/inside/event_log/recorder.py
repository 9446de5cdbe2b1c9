"""What the rewritten text reports to: events, and the names that hold values.

The run ends by itself once a few steps of training are complete, or when time, values or events are used up.
"""

from __future__ import annotations

import ast
import operator
import time
import types
from collections import deque
from typing import Any, Callable, Iterator, Sequence

import numpy as np

from .dialects import is_sign, report
from .instrument import Instrument
from .products import NAMED, sides_of
from .values import Values
from .versions import Versions

OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "Add": operator.add, "Sub": operator.sub, "Mult": operator.mul, "Div": operator.truediv,
    "MatMult": operator.matmul, "Pow": operator.pow, "FloorDiv": operator.floordiv, "Mod": operator.mod,
    "BitAnd": operator.and_, "BitOr": operator.or_, "BitXor": operator.xor,
}  # fmt: skip
PRODUCTS = frozenset(["MatMult", "dot", "matmul", "einsum", "tensordot", "inner", "outer", "vdot"])
IN_PLACE = frozenset(["fill", "sort", "put", "itemset", "resize"])
#: What gives a list of numbers: how that is noted.
LISTING = {"Add": "concatenate", "tolist": "tolist"}
SPLITTING = frozenset(["split", "array_split", "hsplit", "vsplit"])
FLAT, PARTS_OF_FLAT = 32, 12  # flat vectors, and parts of each, that are looked after
KEEPERS = (dict, list, tuple, set, deque)
LISTED = 4_096  # numbers in a list whose making is noted
PLACES, EVENTS, NAMES = 40_000, 70_000, 40_000
SCALARS_OF_A_PLACE = 800  # events of one place whose results are numbers
# As long as no arrays are multiplied: a network may go through its units one by one.
NUMBERS_OF_A_PLACE, FULL_PLACES, FULL_EVENTS = 1_600, 4, 6_000
CLOCK = 256  # events between two looks at it
SETS_OF_A_PLACE, LARGE = 50, 256  # of an array of more entries, each that is set is noted; then all together
MUCH = 1 << 16  # bytes of an array of which not every version is kept
VERY_MUCH = 1 << 20  # of one that a loop fills part by part
NOTHING_NEW = 250_000  # reports in a row that recorded nothing
_NUMBERS = (float, int, np.floating, np.integer)


class Enough(BaseException):
    """Ends the run; no `except Exception` stops it."""


class Passed(BaseException):
    """Ends the outermost loop that runs: enough was seen of it, and the run goes on behind it."""


class Recorder:
    """The hooks, and what they have collected.

    Args:
        seconds: processor time of the run; on a busy machine it may take four times as long by the clock.
        budget: bytes of values.
        steps: how many changes of a parameter are seen before the run ends.
        moved: (number of an event, an array that goes into it, by how much it is moved before).
        until: the event with which the run ends, and of which alone the result is kept, with those of `kept`.
        units: whether it ends where single numbers alone have been seen, and enough of them.
        is_closed: whether nothing is noted before `begin` is called.
        sizes: (a number of the text, what is taken for it): of data that are fewer than the file expects.
        passes: numbers of events at which the outermost loop that runs is ended, and what follows begins anew.
    """

    def __init__(
        self,
        files: set[str],
        seconds: float,
        budget: int,
        steps: int,
        moved: Sequence[tuple[int, Any, Any]] = (),
        until: int | None = None,
        units: bool = True,
        is_closed: bool = False,
        sizes: Sequence[tuple[int, int]] = (),
        passes: Sequence[int] = (),
        kept: Sequence[int] = (),
    ) -> None:
        self.files = files
        self.passes = deque(sorted(passes))
        self.is_passing = bool(passes)
        self.passed: list[int] = []  # of each loop that was ended: the events before it, and those at its end
        self._loops: list[int] = []  # of each loop that runs: the events before it
        self.sizes = dict(sizes)
        self.units = units
        self.seconds = seconds
        self.moved: dict[int, list[tuple[Any, Any]]] = {}
        for event, array, change in moved:
            self.moved.setdefault(event, []).append((array, change))
        self._replaced: dict[int, tuple[Any, Any]] = {}  # numbers that are moved: by address, what stands for them
        self._flat: dict[int, tuple[Any, list[Any]]] = {}  # vectors by address, with parts of them that are used
        self._shifts: dict[int, tuple[Any, Any]] = {}  # such numbers that an assignment like `z += x` adds to
        self.until, self.kept = until, frozenset(kept)
        self.values = Values(budget, is_closed=is_closed, keeps=until is None)
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
        self._right: Any = None
        self._before: list[Any] = []
        self._whole: Any = None
        self._pending: dict[int, tuple[Any, int, str, dict[int, None]]] = {}  # arrays of which parts are being set
        self._versions = Versions(self.values)
        self._full: set[int] = set()  # places whose numbers are noted no more
        self._multiplies = False
        self._over = False
        self.calling: int | None = None  # the place of the latest call of a function that is not rewritten

    def begin(self) -> None:
        """Note what happens from now on, and nothing of what happened before."""
        self.values.is_closed = False
        self._looks = 0
        self._deadline = time.process_time() + self.seconds
        self._latest = time.monotonic() + 4 * self.seconds

    # --- text ------------------------------------------------------------------------------------------

    def rewrite(self, tree: ast.Module, filename: str) -> ast.Module:
        """The tree with every operation reporting itself."""
        file = self.text(filename)

        def place(op: str, node: Any, function: str) -> int:
            if len(self.places) >= PLACES:
                return PLACES - 1
            where = (node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0)
            self.places.append((file, self.text(op), self.text(function), *where))
            self._ops.append(op)
            return len(self.places) - 1

        if self.sizes:
            tree = _with_sizes(tree, self.sizes)
        instrument = Instrument(place, is_passing=self.is_passing)
        tree.body = instrument.block(tree.body)
        rewritten: ast.Module = ast.fix_missing_locations(tree)
        return rewritten

    def text(self, text: str) -> int:
        return self.texts.setdefault(text[:200], len(self.texts))

    # --- events ----------------------------------------------------------------------------------------

    def event(self, place: int, op: str, operands: Any, result: Any) -> Any:
        """Note it, if the result is an array or a number; gives the result."""
        if self._pending and self._flush(operands) and op == "Index":
            return result  # a look at data that a loop makes: what they are meanwhile is not kept
        if getattr(type(result), "is_table", False):
            self.event(place, op, operands, result._data)
            return result
        if isinstance(result, np.ndarray):
            is_seen = op == "Index" and self._is_seen(place, operands[0], result)
            if not is_seen and self._is_open(place, result.size == 1):
                self._look_at_views(operands)
                self._note(place, op, self.values.numbers(operands), self.values.computed(result))
        elif isinstance(result, _NUMBERS) and type(result) is not bool and self._is_open(place, True, operands):
            self._note(place, op, self.values.numbers(operands), self.values.computed(result))
        elif type(result) is list and op in LISTING:
            self._note_list(place, LISTING[op], operands, result)
        elif type(result) is list and op in SPLITTING:
            self._note_parts(place, operands[:1], result)
        elif self._over:
            raise Enough
        return result

    def _look_at_views(self, operands: Any) -> None:
        """Parts of a flat vector that are used: where it is changed in its place, they are changed with it."""
        for operand in operands:
            base = operand.base if isinstance(operand, np.ndarray) else None
            if base is None or not isinstance(base, np.ndarray) or base.ndim != 1:
                continue
            known = self._flat.get(id(base))
            if known is None and len(self._flat) < FLAT:
                known = self._flat[id(base)] = (base, [])
            if known is not None and len(known[1]) < PARTS_OF_FLAT and all(one is not operand for one in known[1]):
                known[1].append(operand)

    def _change_views(self, place: int, whole: Any) -> None:
        known = self._flat.get(id(whole))
        number = self.values.number(whole) if known is not None and known[0] is whole else None
        if known is not None and number is not None:
            for view in known[1]:
                part = self.values.number(view)
                if part is not None and self._is_open(place, False):
                    self._note(place, "Index", [number], part)

    def _note_list(self, place: int, op: str, operands: Any, result: list[Any]) -> None:
        """Note what makes a list of numbers, which is known as the array that it stands for."""
        if 0 < len(result) <= LISTED and self._is_open(place, False):
            found = self.values.numbers((result,))
            if len(found) == 1:
                self._note(place, op, self.values.numbers(operands), found[0])

    def _note_parts(self, place: int, whole: Any, parts: list[Any]) -> None:
        """Note what an array is split into, each as a part of it."""
        for part in parts[:PARTS_OF_FLAT]:
            if isinstance(part, np.ndarray) and self._is_open(place, False):
                self._note(place, "Index", self.values.numbers(whole), self.values.computed(part))

    def _is_seen(self, place: int, whole: Any, part: Any) -> bool:
        """Whether no more parts of an array are noted here: large ones, or of one that data are made of in a loop."""
        count = self._counts.get(place, 0)
        if count <= 2 * SETS_OF_A_PLACE:
            return False
        return _is_large(part) or (not self._multiplies and _is_large(whole) and self._is_much(whole, count))

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
        if is_number and count >= SETS_OF_A_PLACE and (self._is_full(place, count) or any(map(_is_large, operands))):
            return False
        self._counts[place] = count + 1
        self._last = self._reports
        return True

    def _is_full(self, place: int, count: int) -> bool:
        """Whether enough numbers of a place are noted; where all are, of a network of single numbers, it is over."""
        if self._multiplies or count < SCALARS_OF_A_PLACE:
            return count >= SCALARS_OF_A_PLACE
        if count >= NUMBERS_OF_A_PLACE:
            self._full.add(place)
            if self.units and len(self._full) >= FULL_PLACES and self.events > FULL_EVENTS:
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
        if self.passes and self._loops and self.events >= self.passes[0]:
            raise Passed
        self._versions.made(op, place, PLACES, operands, result)
        if op in PRODUCTS and len(operands) == 2:
            self._multiplies = True
            count = self._versions.counted(place, operands, result)
            is_late = count > 2 and self.values.bytes > self.values.budget // 2
            if self.until is None and (count > self.steps + 1 or is_late):  # else it ends with that event
                self.stop("steps")

    # --- loops that are passed -------------------------------------------------------------------------

    def entered(self) -> None:
        """A loop begins."""
        self._loops.append(self.events)

    def left(self) -> None:
        """A loop has ended, in whichever way."""
        self._loops.pop()

    def caught(self) -> Any:
        """What the loop catches that is being left: the outermost one is passed."""
        return Passed if len(self._loops) == 1 else ()

    def beyond(self) -> None:
        """The outermost loop was passed: what follows is counted anew, with time of its own."""
        self.passes.popleft()
        self.passed += (self._loops[0], self.events)
        self._versions, self._multiplies = Versions(self.values), False
        self._counts.clear()
        self._full.clear()
        self._before.clear()
        self._pending.clear()
        self._deadline = time.process_time() + self.seconds
        self._latest = time.monotonic() + 4 * self.seconds

    # --- hooks of expressions --------------------------------------------------------------------------

    def _about(self, operands: Sequence[Any]) -> Any:
        """Something is going to be carried out: what it goes by is complete, and is moved if that was asked for.

        Gives the operands: in the place of a number that was moved, now or before, stands another.
        """
        if self._pending:
            self._flush(operands)
        if self.events in self.moved:
            self._move(operands)
        return [self._instead(operand) for operand in operands] if self._replaced else operands

    def _instead(self, operand: Any, depth: int = 2) -> Any:
        if type(operand) in (list, tuple) and depth and len(operand) <= LISTED:
            parts = [self._instead(one, depth - 1) for one in operand]
            is_other = any(one is not part for one, part in zip(operand, parts))
            return type(operand)(parts) if is_other else operand
        known = self._replaced.get(id(operand)) if isinstance(operand, (float, np.floating)) else None
        return known[1] if known is not None else operand

    def _move(self, operands: Sequence[Any]) -> None:
        asked = self.moved[self.events]
        for operand in operands:
            if isinstance(operand, (list, tuple)):
                self._move(operand)
            elif isinstance(operand, (float, np.floating)):
                for number, (array, change) in enumerate(asked):
                    if array.ndim == 0 and operand == array:
                        del asked[number]
                        self._replaced[id(operand)] = operand, type(operand)(operand + change)
                        break
            for number, (array, change) in enumerate(asked if isinstance(operand, np.ndarray) else ()):
                if operand.shape == array.shape and operand.dtype.kind == "f" and np.array_equal(operand, array):
                    del asked[number]
                    operand += change.astype(operand.dtype)
                    break

    def binary(self, place: int, a: Any, b: Any) -> Any:
        if self.moved:
            a, b = self._about((a, b))
        op = self._ops[place]
        result = OPERATIONS[op](a, b)
        if op == "Mult" and (isinstance(a, np.matrix) or isinstance(b, np.matrix)) and np.ndim(a) and np.ndim(b):
            op = "MatMult"
        return self.event(place, op, (a, b), result)

    def negative(self, place: int, a: Any) -> Any:
        if self.moved:
            (a,) = self._about((a,))
        return self.event(place, "USub", (a,), -a)

    def compare(self, place: int, op: str, a: Any, b: Any) -> Any:
        if self._replaced:
            a, b = self._instead(a), self._instead(b)
        return self.event(place, op, (a, b), getattr(operator, op)(a, b))

    def call(self, place: int, function: Any, *args: Any, **named: Any) -> Any:
        if self._replaced:
            args = tuple([self._instead(one) for one in args])
        if function is reversed and len(args) == 1 and isinstance(args[0], np.ndarray):
            return self._each(place, args[0], reversed(args[0]))
        if function in _ITERATING:
            args = tuple([self.items(place, a) if isinstance(a, np.ndarray) else a for a in args])
            return function(*args, **named)
        if function is float and len(args) == 1 and isinstance(args[0], (np.ndarray, np.floating)):
            return self.event(place, "float", args, function(*args))
        if isinstance(function, type) or self.is_own(function):
            return self.unless_over(function(*args, **named))
        if is_sign(function):
            return report(self, place, function, args, named)
        if function in (sum, max, min) and args and isinstance(args[0], types.GeneratorType):
            args = (list(args[0]), *args[1:])
        me = getattr(function, "__self__", None)
        operands: list[Any] = [me] if isinstance(me, np.ndarray) else []
        op = str(getattr(function, "__name__", type(function).__name__))
        operands += [*args, *named.values()]
        if op in NAMED and "out" not in named:
            operands = self._sides(place, op, args, named) or operands
        if any(type(one) is list for one in args) and getattr(function, "__module__", "numpy") != "builtins":
            self._gathered(place, args)
        if self.moved:
            self._about(operands)
            if self._replaced:
                args = tuple([self._instead(one) for one in args])
        self.calling = place
        if isinstance(me, KEEPERS) or function is next:  # what it gives was there before
            return self.unless_over(function(*args, **named))
        is_shuffled = op == "shuffle" and args and isinstance(args[0], np.ndarray)
        if "out" in named or op in IN_PLACE or is_shuffled:
            numbers = self.values.numbers(operands)
            result = function(*args, **named)
            target = named.get("out", args[0] if is_shuffled else me)
            target = target[0] if isinstance(target, tuple) and target else target
            if isinstance(target, np.ndarray) and self._is_open(place, False):
                self._note(place, op, numbers, self.values.number(target))
            return result
        return self.event(place, op, operands, function(*args, **named))

    def _gathered(self, place: int, args: Sequence[Any]) -> None:
        """Lists of numbers that operations gave, as the arrays that a function of numpy takes them for."""
        for one in args:
            if type(one) is list and self.values.has_computed(one) and self._is_open(place, False):
                found = self.values.numbers((one,))
                if len(found) == 1:
                    self._note(place, "array", self.values.elements(one), found[0])

    def _sides(self, place: int, op: str, args: tuple[Any, ...], named: dict[str, Any]) -> list[Any]:
        """What a product with named axes is a product of, as `@` would have it; empty if it would not."""
        sides = sides_of(op, args, named)
        return [self.transpose(place, array) if is_turned else array for array, is_turned in sides]

    def changed(self, place: int, op: str, operands: list[int], value: Any) -> Any:
        """An array was changed where it is; `operands` are what it was, and what it was changed by."""
        if isinstance(value, (np.ndarray, *_NUMBERS)) and self._is_open(place, np.size(value) == 1):
            self._note(place, op, operands, self.values.computed(value))
        return value

    def step(self, place: int, x: Any, gradient: Any, rate: float) -> Any:
        """The step down a gradient that a stand-in takes in the place of a call."""
        change = self.event(place, "Mult", (rate, gradient), rate * gradient)
        return self.event(place, "Sub", (x, change), x - change)

    def is_own(self, function: Any) -> bool:
        """Whether the submission's own text is behind a callable: what it does reports itself."""
        code = getattr(getattr(function, "func", function), "__code__", None)
        if code is None:
            calls = [vars(kind)["__call__"] for kind in type(function).__mro__ if "__call__" in vars(kind)]
            code = getattr(calls[0], "__code__", None) if calls else None
        return code is not None and code.co_filename in self.files

    def unless_over(self, result: Any) -> Any:
        if self._over:
            raise Enough
        return result

    def transpose(self, place: int, obj: Any) -> Any:
        if self.moved:
            self._about((obj,))
        result = obj.T
        return self.event(place, "T", (obj,), result) if isinstance(obj, np.ndarray) else result

    def item(self, place: int, obj: Any, key: Any) -> Any:
        if self.moved:
            self._about((obj,))
        result = obj[key]
        if not isinstance(obj, np.ndarray):
            if obj is np.c_ or obj is np.r_:
                return self.event(place, "concatenate", key if isinstance(key, tuple) else (key,), result)
            return result
        keys = key if isinstance(key, tuple) else (key,)
        arrays = [k for k in keys if isinstance(k, (np.ndarray, np.integer, list)) or type(k) is int]
        return self.event(place, "Index", (obj, *arrays), result)

    def items(self, place: int, things: Any) -> Any:
        return self._each(place, things, things) if isinstance(things, np.ndarray) else things

    def _each(self, place: int, things: Any, in_order: Any) -> Iterator[Any]:
        for thing in in_order:
            if self.moved:
                self._about((things,))
            yield self.event(place, "Item", (things,), thing)

    # --- hooks of statements ---------------------------------------------------------------------------

    def assigned(self, place: int, value: Any) -> Any:
        if place in self._shifts:
            value = _shifted(self._ops[place], value, *self._shifts.pop(place))
        self._right = value
        return value

    def name(self, place: int, name: str, value: Any) -> None:
        """A name holds this value from now on, or these by element."""
        if self.values.is_closed:
            return
        for key, part in _parts(name, value):
            if len(self.named) < 4 * NAMES and self._counts.get(~place, 0) < 400:
                number = self.values.number(part)
                if number is not None:
                    self.named += (self.events, place, self.text(key), number)
        self._counts[~place] = self._counts.get(~place, 0) + 1

    def before(self, place: int, value: Any) -> None:
        self._before.append(self.values.number(value))
        known = self._replaced.get(id(value)) if self._replaced and isinstance(value, (float, np.floating)) else None
        if known is not None:
            self._shifts[place] = known

    def whole_before(self, *wholes: Any) -> None:
        value = _outermost(wholes)
        is_noted = isinstance(value, np.ndarray) and id(value) not in self._pending
        if is_noted and _is_large(value):
            self._looks += 1
            is_noted = self._looks <= 3 * SETS_OF_A_PLACE and not self._is_much(value, self._looks)
        self._whole = self.values.number(value) if is_noted else None

    def after(self, place: int, value: Any) -> None:
        """An assignment like `W -= step` was carried out."""
        old = self._before.pop() if self._before else None
        if isinstance(value, (np.ndarray, *_NUMBERS)) and self._is_open(place, np.size(value) == 1):
            operands = ([] if old is None else [old]) + self.values.numbers((self._right,))
            self._note(place, self._ops[place], operands, self.values.computed(value))
            if self._flat:
                self._change_views(place, value)

    def gathers(self, place: int, array: Any, value: Any) -> bool:
        """Whether a part of an array, which another dialect is about to set, is noted with others."""
        self._whole, self._right = None, value
        return _is_large(array) and self._gather(place, "", array)

    def _gather(self, place: int, name: str, array: Any) -> bool:
        """Whether a part that was set is noted with others, before the array is used: a large one, set by a loop."""
        known = self._pending.get(id(array))
        if known is None:
            enough = SETS_OF_A_PLACE if array.size > LARGE else 10 * SETS_OF_A_PLACE
            if array.nbytes > VERY_MUCH:
                enough = 1
            if self._counts.get(place, 0) < enough or len(self._pending) >= 64:
                return False
            known = self._pending[id(array)] = (array, place, name, {})
            if self._whole is not None:
                known[3][self._whole] = None
        if len(known[3]) < 256:
            known[3].update(dict.fromkeys(self.values.numbers((self._right,))))
        return True

    def _is_much(self, array: Any, versions: int) -> bool:
        """Whether so many versions of an array would take an eighth of all room that there is for values."""
        return bool(array.nbytes * versions > self.values.budget // 8)

    def _flush(self, operands: Any) -> bool:
        """Note what was set in arrays that are going to be used; whether one was left out."""
        is_left_out = False
        for operand in operands:
            found = self._pending.pop(id(operand), None)
            if found is not None:
                array, place, name, parts = found
                count = self._counts.get(place, 0)
                if _is_large(array) and (count > 3 * SETS_OF_A_PLACE or self._is_much(array, count)):
                    is_left_out = True
                    continue  # a loop that makes data, and looks at them
                self._counts[place] = count + 1
                number = self.values.number(array)
                self._note(place, "Set", list(parts), number)
                if name and number is not None and len(self.named) < 4 * NAMES:
                    self.named += (self.events, place, self.text(name), number)
        return is_left_out

    def part(self, place: int, name: str, key: Any, *wholes: Any) -> None:
        """A part of an array, or an element of a container, was replaced; `wholes` hold it, from the nearest out."""
        obj = _outermost(wholes)
        if isinstance(obj, np.ndarray):
            if self._gather(place, name, obj):
                return
            if self._is_open(place, False):
                keys = [k for k in (key if isinstance(key, tuple) else (key,)) if isinstance(k, (np.ndarray, list))]
                old = [] if self._whole is None else [self._whole]
                number = self.values.number(obj)
                self._note(place, "Set", old + self.values.numbers((self._right, *keys)), number)
                if number is not None and len(self.named) < 4 * NAMES:
                    self.named += (self.events, place, self.text(name), number)
            return
        try:
            held = obj[key]
        except Exception:
            return
        self.name(place, name if isinstance(key, slice) else "%s[%s]" % (name, _short(key)), held)

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
        }


def _shifted(op: str, value: Any, old: Any, new: Any) -> Any:
    """What `x += value` must have for its value, so that it gives with the old x what it would give with a new one."""
    if op in ("Add", "Sub"):
        return value + (new - old if op == "Add" else old - new)
    return value * (new / old if op == "Mult" else old / new) if op in ("Mult", "Div") and old and new else value


def _with_sizes(tree: ast.Module, sizes: dict[int, int]) -> ast.Module:
    """The tree with some whole numbers in the place of others."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value in sizes:
            node.value = sizes[node.value]
    return tree


_ITERATING = (zip, enumerate, list, iter, tuple)


def _parts(name: str, value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, (np.ndarray, float, np.floating)):
        return [(name, value)]
    if isinstance(value, (list, tuple)):
        return [("%s[%d]" % (name, i), one) for i, one in enumerate(value[:24]) if isinstance(one, np.ndarray)]
    if isinstance(value, dict):
        items = list(value.items())[:48]
        return [("%s[%s]" % (name, _short(key)), one) for key, one in items if isinstance(one, np.ndarray)]
    return []


def _is_large(thing: Any) -> bool:
    return isinstance(thing, np.ndarray) and thing.nbytes > MUCH


def _outermost(wholes: Any) -> Any:
    """The largest array that holds a part which was set: `W[i]` is a view, what is set in it is set in W."""
    arrays = [whole for whole in wholes if isinstance(whole, np.ndarray)]
    return arrays[-1] if arrays else wholes[0]


def _short(key: Any) -> str:
    return repr(key)[:40] if isinstance(key, (str, int)) else "…"
