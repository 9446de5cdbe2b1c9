"""What the solution asks of its own functions while a check runs: what a submission may ask of right ones.

A right function in the place of a wrong one must give away nothing but itself. So it answers what the solution would
ask it: no function that the solution does not call in this check, no more numbers than the solution gives it, no
integer or text beyond the solution's, no array beyond the solution's and all that the asking function was given. Who
differentiates by asking again and again, or has the work done piece by piece by a larger function, gets no answer; and
what an answer costs this side is bounded by the data of the check.
"""

import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np

from grader.assignments import Assignment, Check, ContractFunction
from grader.checks.digest import digest
from grader.checks.implementation import Function, Hidden
from grader.checks.local import Variant
from grader.checks.plain import is_plain
from grader.checks.record import recording
from grader.checks.run import CheckSetting

MANY_CALLS = 10  # from here on a function is asked in a loop, which may be written in another way
IN_A_LOOP = 4  # times as many numbers, then: a loss may be told for each batch as well, with the labels of each
DIMENSIONS = 8
REMEMBERED = 1_000  # allowances; they are small
_LEAVES = (np.ndarray, bool, int, float, complex, str, np.generic, type(None))
WAITING_BYTES = 32 << 20  # of questions that are kept till they have to be counted
KEPT_OBJECTS = 64  # caches are used soon after they are made, and a training makes thousands


@dataclass
class Asked:
    """How often a function is asked by one call of another, and for how many numbers."""

    calls: int = 0
    numbers: int = 0

    @property
    def permitted(self) -> int:
        return self.numbers * IN_A_LOOP if self.calls >= MANY_CALLS else self.numbers

    def or_more(self, other: "Asked") -> "Asked":
        return Asked(max(self.calls, other.calls), max(self.numbers, other.numbers))


@dataclass
class Extent:
    """How large the arguments of a function are in one check, in each respect."""

    array: int = 1
    integer: int = 1
    leaves: int = 1
    texts: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=lambda: set("biuf"))

    def include(self, values: Iterable[Any]) -> None:
        leaves = leaves_of(values)
        self.leaves = max(self.leaves, len(leaves))
        for leaf in leaves:
            if isinstance(leaf, str):
                self.texts.add(leaf)
            elif isinstance(leaf, np.ndarray):
                self.kinds.add(leaf.dtype.kind)
                self.array = max(self.array, leaf.size)
                self.integer = max(self.integer, *leaf.shape, _largest_integer(leaf), 1)
            elif leaf is not None:
                self.integer = max(self.integer, _largest_integer(np.asarray(leaf)))

    @classmethod
    def of_all(cls, extents: Iterable["Extent"]) -> "Extent":
        """The largest in each respect."""
        found = cls()
        for one in extents:
            found.array, found.integer = max(found.array, one.array), max(found.integer, one.integer)
            found.leaves = max(found.leaves, one.leaves)
            found.texts |= one.texts
            found.kinds |= one.kinds
        return found

    def excess(self, values: Iterable[Any], at_hand: int = 0) -> str:
        """What of the values is beyond this; "" if nothing is.

        An array may have `at_hand` numbers in any case: as many as who asks was given. So all samples can be asked for
        at once where the solution goes by batches, or one by one.
        """
        leaves = leaves_of(values)
        if len(leaves) > 2 * self.leaves:
            return f"{len(leaves)} arguments and parts of arguments"
        for leaf in leaves:
            if isinstance(leaf, str):
                if leaf not in self.texts:
                    return "a text that has no meaning here"
            elif leaf is not None:
                array = np.asarray(leaf)
                if array.size > max(self.array, at_hand):
                    return f"an array of {array.size} numbers"
                if array.dtype.kind not in self.kinds or array.ndim > DIMENSIONS:
                    return f"an array of type {array.dtype}"
                if _largest_integer(array) > self.integer:
                    return f"the integer {_largest_integer(array)}"
        return ""


class Spending:
    """The numbers that were given to functions in questions; what was given before counts no more."""

    def __init__(self) -> None:
        self.asked: dict[str, Asked] = defaultdict(Asked)
        self._given: dict[str, set[bytes]] = defaultdict(set)
        self._waiting: dict[str, list[list[Any]]] = defaultdict(list)  # questions that are not counted yet
        self._at_most: Counter[str] = Counter()  # how many numbers these and the others are
        self._room = WAITING_BYTES

    def exceeds(self, function: str, parts: list[Any], permitted: int) -> bool:
        """Whether one more question asks for more numbers than are permitted.

        What was given before need not be known as long as all together is not too much.
        """
        leaves = leaves_of(parts)
        self._waiting[function].append(parts)
        self._at_most[function] += max(sum(map(_numbers_of, leaves)), 1)
        self._room -= sum(leaf.nbytes for leaf in leaves if isinstance(leaf, np.ndarray))
        if self._at_most[function] <= permitted and self._room > 0:
            return False
        for earlier in self._waiting.pop(function):
            self.note(function, earlier)
        self._at_most[function] = self.asked[function].numbers
        return self.asked[function].numbers > permitted

    def note(self, function: str, parts: Iterable[Any]) -> Asked:
        """Count one more question; what was asked of the function by now."""
        new = 0
        for part in parts:
            known_as = digest(part)
            if known_as is not None and known_as not in self._given[function]:
                self._given[function].add(known_as)
                new += sum(map(_numbers_of, leaves_of(part)))
        asked = self.asked[function]
        asked.calls += 1
        asked.numbers += max(new, 1)
        return asked


@dataclass
class Allowance:
    """What may be asked while one check runs.

    Attributes:
        asked: (function that the check calls, function that this one asks) -> what it asks in one call, at most.
        extents: function -> how large its arguments are.
        makers: function -> the functions that gave the opaque objects which it takes.
        attributes: of instances that the check reads or sets.
        called: the functions that the check calls itself.
        calls, handed_on: how often each is called, and how often it does nothing but pass this on to another one.
    """

    asked: dict[tuple[str, str], Asked] = field(default_factory=dict)
    extents: dict[str, Extent] = field(default_factory=lambda: defaultdict(Extent))
    makers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    attributes: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    handed_on: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)

    @property
    def functions(self) -> set[str]:
        """What the check calls, and what is asked by what it calls."""
        return self.called | {asked for _, asked in self.asked}

    def only_hands_on(self, function: str) -> bool:
        """Whether a right function has no work of its own in this check."""
        return 0 < self.calls[function] == self.handed_on[function]

    def numbers(self, caller: str, function: str) -> int:
        """How many numbers one call of `caller` may give to `function`.

        A function that the solution asks elsewhere in the check, the submission may ask here, as often as there.
        """
        own = self.asked.get((caller, function), Asked())
        others = [asked for (other, name), asked in self.asked.items() if name == function and other != caller]
        return max([own.permitted, *(asked.permitted for asked in others)])

    def most_numbers(self, caller: str) -> int:
        """The most that one call of `caller` gives to any function."""
        return max((asked.permitted for (one, _), asked in self.asked.items() if one == caller), default=0)


class Exchange:
    """What one call of a function was given and gave, and what it asked meanwhile, as far as it may turn out that it
    only hands on. A training that does work of its own asks for gigabytes: nothing of them is kept."""

    def __init__(self, arguments: Any) -> None:
        self.arguments = arguments
        self._given: list[_Numbers] | None = None  # those of the arguments, where they are asked for
        self._answered: list[_Numbers] = []
        self._asked_any = False
        self._works = False  # it has asked for something that it was not given

    def note(self, question: Iterable[Any], answer: Any) -> None:
        """It has asked another function."""
        self._asked_any = True
        if self._works:
            return
        if self._given is None:
            self._given = [*map(_Numbers, arrays_of(self.arguments))]
        asked = [_Numbers(array) for array in arrays_of(question) if array.size > 1]
        if all(any(one.are_same_as(other) for other in self._given) for one in asked):
            self._answered += [_Numbers(array.copy()) for array in arrays_of(answer)]  # as they are now
        else:
            self._works = True
            self._answered.clear()

    def hands_on(self, result: Any) -> bool:
        """Whether it only passed its arguments to another function and that one's answer back."""
        if not self._asked_any or self._works:
            return False
        results = [*map(_Numbers, arrays_of(result))]
        return bool(results) and all(any(one.are_same_as(other) for other in self._answered) for one in results)


class _Numbers:
    """The numbers of an array, in whatever order and shape."""

    def __init__(self, array: np.ndarray[Any, Any]) -> None:
        self.array, self.size = array, array.size
        with np.errstate(all="ignore"):
            self.sum, self.magnitude = complex(np.sum(array)), float(np.sum(np.abs(array)))

    def are_same_as(self, other: "_Numbers") -> bool:
        if self.size != other.size:
            return False
        # Equal ones have equal sums: most pairs are told apart without sorting. (What is not finite says nothing.)
        if abs(self.sum - other.sum) > 1e-8 * (self.magnitude + other.magnitude) + 1e-11 * self.size:
            return False
        one, two = np.sort(self.array, axis=None), np.sort(other.array, axis=None)
        return bool(np.allclose(one, two, rtol=1e-9, atol=1e-12, equal_nan=True))


class Allowances:
    """What may be asked in each check of an assignment, found out where it is wanted."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._known: dict[object, Allowance] = {}

    def of(self, check: Check, setting: CheckSetting) -> Allowance:
        """Run a check on the solution, and see what is asked."""
        # A training takes long, and whatever it draws, it asks the same of as many images.
        is_training = "dataset" in check.arguments
        images = len(setting.dataset.y_train) if is_training and setting.dataset is not None else 0
        draw = images if is_training else (setting.seed, setting.redrawn.get(check.id))
        key = check.id, draw
        if key not in self._known:
            watch = _Watch(self._assignment)
            with recording(is_judged=False):
                setting.run(check, _Watched(self._assignment.contract, watch))
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[key] = watch.allowance
        return self._known[key]


class _Watch:
    """The solution's functions, noting who asks whom for what."""

    def __init__(self, assignment: Assignment) -> None:
        self.allowance = Allowance()
        self.module: ModuleType = assignment.new_solution()
        self._top: str | None = None
        self._depth = 0
        self._spending = Spending()
        self._exchange = Exchange([])
        self._made: dict[int, tuple[str, Any]] = {}  # with the object, so that its id stays its own
        for entry in assignment.contract:
            if entry.kind not in ("class", "variable"):
                owner, _, attribute = entry.name.rpartition(".")
                holder: Any = getattr(self.module, owner) if owner else self.module
                setattr(holder, attribute, self._noting(entry, getattr(holder, attribute), is_method=bool(owner)))
                step = assignment.steps_behind_methods.get(entry.name)
                if step is not None and step not in assignment.function_names:
                    setattr(self.module, step, self._noting(entry, getattr(self.module, step), is_method=False))

    def of_check(self, function: Function, arguments: list[Any], call: Callable[[], Any]) -> Any:
        """What a call of the check gives; what is asked meanwhile is noted."""
        name = function.name
        self.allowance.called.add(name)
        self._top, self._spending = name, Spending()
        self._depth = 0 if function.owner.contract[name].kind != "class" else 1
        self._exchange = Exchange(arguments)
        try:
            result = call()
        finally:
            self._top = None
            for asked, much in self._spending.asked.items():
                pair = name, asked
                self.allowance.asked[pair] = self.allowance.asked.get(pair, Asked()).or_more(much)
        self.allowance.calls[name] += 1
        self.allowance.handed_on[name] += self._exchange.hands_on(result)
        return result

    def _noting(self, entry: ContractFunction, right: Callable[..., Any], *, is_method: bool) -> Callable[..., Any]:
        @functools.wraps(right)
        def call(*arguments: Any, **named: Any) -> Any:
            self._note_makers(entry.name, [*arguments, *named.values()])
            is_asked = self._top is not None and self._depth > 0
            self._depth += 1
            try:
                if is_asked:
                    state = [one for one in vars(arguments[0]).values() if is_plain(one)] if is_method else []
                    parts = [*arguments[is_method:], *named.values(), *state]
                    self._spending.note(entry.name, parts)
                    self.allowance.extents[entry.name].include(parts)
                result = right(*arguments, **named)
            finally:
                self._depth -= 1
            if is_asked and self._depth == 1:
                self._exchange.note(parts, result)
            for position in entry.kept:
                if position == -1:
                    self._keep(entry.name, result)
                elif isinstance(result, tuple) and position < len(result):
                    self._keep(entry.name, result[position])
            return result

        return call

    def _keep(self, maker: str, made: Any) -> None:
        self._made[id(made)] = maker, made
        if len(self._made) > KEPT_OBJECTS:
            del self._made[next(iter(self._made))]

    def _note_makers(self, name: str, values: Iterable[Any]) -> None:
        for value in values:
            if id(value) in self._made:
                self.allowance.makers[name].add(self._made[id(value)][0])


class _Watched(Variant):
    """The watched solution in the student's place."""

    def __init__(self, contract: Sequence[ContractFunction], watch: _Watch) -> None:
        super().__init__(contract, watch.module)
        self._watch = watch

    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        inner = super().call
        return self._watch.of_check(function, [*arguments, *named.values()], lambda: inner(function, arguments, named))

    def read(self, instance: Hidden, attribute: str) -> Any:
        self._watch.allowance.attributes.add(attribute)
        return super().read(instance, attribute)

    def write(self, instance: Hidden, attribute: str, value: Any) -> None:
        self._watch.allowance.attributes.add(attribute)
        super().write(instance, attribute, value)


def leaves_of(value: Any) -> list[Any]:
    """The arrays, numbers and texts in a value; other objects are none."""
    found: list[Any] = []
    _add_leaves(found, value)
    return found


def _add_leaves(found: list[Any], value: Any) -> None:
    if isinstance(value, _LEAVES):  # by far the most frequent
        found.append(value)
    elif isinstance(value, tuple | list):
        for item in value:
            _add_leaves(found, item)
    elif isinstance(value, dict):
        for item in value.values():
            _add_leaves(found, item)


def arrays_of(value: Any) -> list[np.ndarray[Any, Any]]:
    """The arrays and numbers in a value."""
    found = [np.asarray(leaf) for leaf in leaves_of(value) if leaf is not None and not isinstance(leaf, str)]
    return [array for array in found if array.dtype.kind in "biufc"]


def _largest_integer(array: np.ndarray[Any, Any]) -> int:
    if array.dtype.kind not in "iu" or not array.size:
        return 0
    return max(int(array.max()), -int(array.min()))


def _numbers_of(leaf: Any) -> int:
    """How many numbers a part of an argument is; a flag, which may stand there or be left to its default, is none."""
    if isinstance(leaf, np.ndarray):
        return leaf.size
    return 0 if leaf is None or isinstance(leaf, bool | np.bool_) else 1
