"""What the rewritten text reports to: events, and the names that hold values."""

from __future__ import annotations

import ast
import operator
import types
from collections import deque
from typing import Any, Iterator, Sequence

import numpy as np

from .dialects import is_sign, report
from .flat_vectors import PARTS_OF_FLAT, FlatVectors
from .instrument import HELD, IN_PLACE, LISTING, OPERATIONS, SPLITTING, Instrument
from .log import LARGE, NAMES, PLACES, SETS_OF_A_PLACE, VERY_MUCH, Enough, is_large
from .moved import LISTED, Moves
from .parts import outermost, parts_of, short
from .products import NAMED, sides_of
from .text_as_run import with_repeated, with_sizes

KEEPERS = (dict, list, tuple, set, deque)
_NUMBERS = (float, int, np.floating, np.integer)


class Recorder(FlatVectors):
    """The hooks that rewritten text calls; the other arguments are those of the log.

    Args:
        moved: as `Moves` have it.
        sizes: (a number of the text, what is taken for it): of data that are fewer than the file expects.
        repeated: the file whose one step is made several times, and how (see `with_repeated`).
    """

    def __init__(
        self,
        files: set[str],
        moved: Sequence[tuple[int, Any, Any]] = (),
        sizes: Sequence[tuple[int, int]] = (),
        repeated: Sequence[Any] = (),
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.files = files
        self.sizes = dict(sizes)
        self.repeated = repeated
        self.moved = Moves(moved) if moved else None
        self._right: Any = None
        self._before: list[tuple[int, Any, int | None]] = []  # what `W -= step` and its like have begun to change
        self._whole: Any = None
        self._pending: dict[int, tuple[Any, int, str, dict[int, None]]] = {}  # arrays of which parts are being set
        self.calling: int | None = None  # the place of the latest call of a function that is not rewritten

    def beyond(self) -> None:
        super().beyond()
        self._before.clear()
        self._pending.clear()

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
            tree = with_sizes(tree, self.sizes)
        if self.repeated and self.repeated[0] == filename:
            tree = with_repeated(tree, HELD, *self.repeated[1:])
        instrument = Instrument(place, is_passing=self.is_passing)
        tree.body = instrument.block(tree.body)
        rewritten: ast.Module = ast.fix_missing_locations(tree)
        return rewritten

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
            operands = [int(one) if isinstance(one, (bool, np.bool_)) else one for one in operands]  # t - (z > 0)
            self._note(place, op, self.values.numbers(operands), self.values.computed(result))
        elif type(result) is list and op in LISTING:
            self._note_list(place, LISTING[op], operands, result)
        elif type(result) is list and op in SPLITTING:
            self._note_parts(place, operands[:1], result)
        elif self._over:
            raise Enough
        return result

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
        return is_large(part) or (not self._multiplies and is_large(whole) and self._is_much(whole, count))

    # --- hooks of expressions --------------------------------------------------------------------------

    def _about(self, operands: Sequence[Any]) -> Any:
        """Something is going to be carried out: what it goes by is complete, and is moved if that was asked for.

        Gives the operands: in the place of a number that was moved, now or before, stands another.
        """
        if self._pending:
            self._flush(operands)
        assert self.moved is not None
        self.moved.move(self.events, operands)
        return [self.moved.instead(operand) for operand in operands] if self.moved.replaced else operands

    def binary(self, place: int, a: Any, b: Any) -> Any:
        if self.moved:
            a, b = self._about((a, b))
        op = self._ops[place]
        try:
            result = OPERATIONS[op](a, b)
        except Exception:
            self.fails(place, (a, b))
            raise
        if op == "Mult" and (isinstance(a, np.matrix) or isinstance(b, np.matrix)) and np.ndim(a) and np.ndim(b):
            op = "MatMult"
        return self.event(place, op, (a, b), result)

    def negative(self, place: int, a: Any) -> Any:
        if self.moved:
            (a,) = self._about((a,))
        return self.event(place, "USub", (a,), -a)

    def compare(self, place: int, op: str, a: Any, b: Any) -> Any:
        if self.moved:
            a, b = self.moved.instead(a), self.moved.instead(b)
        return self.event(place, op, (a, b), getattr(operator, op)(a, b))

    def call(self, place: int, function: Any, *args: Any, **named: Any) -> Any:
        if self.moved:
            args = tuple([self.moved.instead(one) for one in args])
        if not callable(function):
            self.fails(place, args)
            return function(*args, **named)
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
        operands += [*args, *[value for name, value in named.items() if name != "out"]]
        if op in NAMED and "out" not in named:
            operands = self._sides(place, op, args, named) or operands
        if any(type(one) is list for one in args) and getattr(function, "__module__", "numpy") != "builtins":
            self._gathered(place, args)
        if self.moved:
            self._about(operands)
            args = tuple([self.moved.instead(one) for one in args])
        self.calling = place
        is_looked_up = function is getattr and not isinstance(args[0], np.ndarray)
        if isinstance(me, KEEPERS) or function is next or is_looked_up:  # what it gives was there before
            return self.unless_over(function(*args, **named))
        is_added = op == "at" and len(args) == 3 and (me is np.add or me is np.subtract)
        if is_added:  # `np.add.at(table, words, change)` is `table[words] += change`
            op, operands = "Add" if me is np.add else "Sub", [args[0], args[2]]
        is_first = is_added or (op == "shuffle" and args)
        is_shuffled = is_first and isinstance(args[0], np.ndarray)
        if "out" in named or op in IN_PLACE or is_shuffled:
            numbers = self.values.numbers(operands)
            result = function(*args, **named)
            target = named.get("out", args[0] if is_shuffled else me)
            target = target[0] if isinstance(target, tuple) and target else target
            if isinstance(target, np.ndarray) and self._is_open(place, False):
                self._note(place, op, numbers, self.values.number(target))
                self._change_base(place, target)
            return result
        try:
            result = function(*args, **named)
        except Exception:
            self.fails(place, operands)
            raise
        return self.event(place, op, operands, result)

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
        try:
            result = obj[key]
        except Exception:
            self.fails(place, (obj,))
            raise
        if not isinstance(obj, np.ndarray) or obj.dtype == object:  # which holds arrays as a list does
            if obj is np.c_ or obj is np.r_:
                return self.event(place, "concatenate", key if isinstance(key, tuple) else (key,), result)
            return result
        keys = key if isinstance(key, tuple) else (key,)
        arrays = [k for k in keys if isinstance(k, (np.ndarray, np.integer, list)) or type(k) is int]
        return self.event(place, "Index", (obj, *arrays), result)

    def items(self, place: int, things: Any) -> Any:
        is_array = isinstance(things, np.ndarray) and things.dtype != object
        return self._each(place, things, things) if is_array else things

    def _each(self, place: int, things: Any, in_order: Any) -> Iterator[Any]:
        for thing in in_order:
            if self.moved:
                self._about((things,))
            yield self.event(place, "Item", (things,), thing)

    # --- hooks of statements ---------------------------------------------------------------------------

    def assigned(self, place: int, value: Any) -> Any:
        if self.moved:
            value = self.moved.added(place, self._ops[place], value)
        self._right = value
        return value

    def name(self, place: int, name: str, value: Any) -> None:
        """A name holds this value from now on, or these by element."""
        if self.values.is_closed:
            return
        for key, part in parts_of(name, value):
            if len(self.named) < 4 * NAMES and self._counts.get(~place, 0) < 400:
                number = self.values.number(part)
                if number is not None:
                    self.named += (self.events, place, self.text(key), number)
        self._counts[~place] = self._counts.get(~place, 0) + 1

    def recording(self) -> dict[str, Any]:
        if self._before:  # a `W -= step` was begun; what raised may also lie in what it subtracts
            inner, self.failed = self.failed, {}
            place, value, _ = self._before[-1]
            self.fails(place, (value, self._right))
            self.failed.update(inner)
        return super().recording()

    def before(self, place: int, value: Any) -> None:
        self._before.append((place, value, self.values.number(value)))
        if self.moved:
            self.moved.add_to(place, value)

    def whole_before(self, *wholes: Any) -> None:
        value = outermost(wholes)
        is_noted = isinstance(value, np.ndarray) and id(value) not in self._pending
        if is_noted and is_large(value):
            self._looks += 1
            is_noted = self._looks <= 3 * SETS_OF_A_PLACE and not self._is_much(value, self._looks)
        self._whole = self.values.number(value) if is_noted else None

    def after(self, place: int, value: Any) -> None:
        """An assignment like `W -= step` was carried out."""
        _, _, old = self._before.pop() if self._before else (place, None, None)
        if isinstance(value, (np.ndarray, *_NUMBERS)) and self._is_open(place, np.size(value) == 1):
            operands = ([] if old is None else [old]) + self.values.numbers((self._right,))
            self._note(place, self._ops[place], operands, self.values.computed(value))
            self._change_views(place, value)
            self._change_base(place, value)

    def gathers(self, place: int, array: Any, value: Any) -> bool:
        """Whether a part of an array, which another dialect is about to set, is noted with others."""
        self._whole, self._right = None, value
        return is_large(array) and self._gather(place, "", array)

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

    def _flush(self, operands: Any) -> bool:
        """Note what was set in arrays that are going to be used; whether one was left out."""
        is_left_out = False
        for operand in operands:
            found = self._pending.pop(id(operand), None)
            if found is not None:
                array, place, name, parts = found
                count = self._counts.get(place, 0)
                if is_large(array) and (count > 3 * SETS_OF_A_PLACE or self._is_much(array, count)):
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
        obj = outermost(wholes)
        if isinstance(obj, np.ndarray):
            if self._gather(place, name, obj):
                return
            if self._is_open(place, False):
                keys = [k for k in (key if isinstance(key, tuple) else (key,)) if isinstance(k, (np.ndarray, list))]
                old = [] if self._whole is None else [self._whole]
                number = self.values.number(obj)
                self._note(place, "Set", old + self.values.numbers((self._right, *keys)), number)
                self._change_base(place, obj)
                if number is not None and len(self.named) < 4 * NAMES:
                    self.named += (self.events, place, self.text(name), number)
            return
        try:
            held = obj[key]
        except Exception:
            return
        self.name(place, name if isinstance(key, slice) else "%s[%s]" % (name, short(key)), held)


_ITERATING = (zip, enumerate, list, iter, tuple)
