"""What is known of names and expressions from watched calls: numbers or arrays, of which shape and type."""

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, Literal

import numpy as np

from grader.diagnosis.cases.watch import Run
from grader.diagnosis.repair.nodes import is_word, name_called, said
from grader.diagnosis.repair.written import Written
from grader.sandbox import Seen
from grader.submissions.trees import walk

Sort = Literal["array", "int", "float", "bool", "other"]
TEXT_LENGTH = 60  # of an expression whose kind is remembered by its text
PLACE_LENGTH = 40
NAMES = 14
SIZES = 10


@dataclass(frozen=True)
class Kind:
    """What something is: an array with its shape and type (`f`, `i`, `b`), or a number."""

    sort: Sort
    shape: tuple[int, ...] = ()
    dtype: str = ""

    @property
    def is_array(self) -> bool:
        return self.sort == "array"

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole number, or an array of such."""
        return self.sort == "int" or self.dtype == "i"

    @property
    def rank(self) -> int:
        return len(self.shape)

    def is_like(self, other: "Kind") -> bool:
        """Whether one may stand where the other does: of one sort, rank and type."""
        return (self.sort, self.rank, self.dtype) == (other.sort, other.rank, other.dtype)


OTHER = Kind("other")


def kind_of(value: Any) -> Kind:
    """The kind of a value, or of the words for one that was not given out."""
    if isinstance(value, bool):
        return Kind("bool")
    if isinstance(value, int):
        return Kind("int")
    if isinstance(value, float):
        return Kind("float")
    if isinstance(value, np.ndarray):
        letter = _letter(value.dtype.kind)
        if value.shape == ():
            return Kind({"i": "int", "b": "bool"}.get(letter, "float"))  # type: ignore[arg-type]
        return Kind("array", value.shape, letter)
    if isinstance(value, str) and value.startswith("array "):
        _, dtype, *sizes = value.split()
        letter = "f" if dtype.startswith("float") else "b" if dtype == "bool" else "i" if "int" in dtype else "o"
        return Kind("array", tuple(int(size) for size in sizes if size.isdigit()), letter)
    return OTHER


def _letter(kind: str) -> str:
    return {"u": "i", "i": "i", "b": "b", "f": "f"}.get(kind, "o")


@dataclass(frozen=True)
class Kinds:
    """The kinds of one function's names and expressions, by their text, and the names' values in each watched call."""

    written: Written
    runs: Sequence[Run]
    is_all_run: bool = False  # whether other calls than the watched ones count as well
    _by_text: dict[str, Kind] = field(default_factory=dict)
    _values: dict[str, list[Seen]] = field(default_factory=dict)
    _places: dict[str, None] = field(default_factory=dict)
    _shapes: dict[str, set[tuple[int, ...]]] = field(default_factory=dict)
    _nothing: dict[str, bool] = field(default_factory=dict)
    _like: dict[str, list[str]] = field(default_factory=dict)
    _wholes: dict[str, list[tuple[int | None, int | None]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, run in enumerate(self.runs):
            before = {*self._by_text}
            for what, _, seen in run.values(self.written.function):
                text = what if isinstance(what, str) else said(what)
                if len(text) > TEXT_LENGTH:
                    continue
                if isinstance(what, str) or is_place(what):
                    self._places.setdefault(text, None)
                if number == 0 or text not in before:
                    self._by_text[text] = kind_of(seen.last)
                if number == 0:
                    both = (kind_of(seen.first), kind_of(seen.last))
                    self._shapes.setdefault(text, set()).update(kind.shape for kind in both if kind.is_array)
                entries = self._values.setdefault(text, [])
                if len(entries) <= number:
                    entries.append(seen)
                else:
                    entries[number] = seen

    @property
    def is_known(self) -> bool:
        return bool(self._by_text)

    @cached_property
    def executed(self) -> set[int]:
        """Lines of the statements, in the unit, that were run in any watched call; empty if that is not known."""
        if self.is_all_run:
            return set()
        return set().union(*self._executed_in_each)

    @cached_property
    def _executed_in_each(self) -> list[set[int]]:
        """The lines of each watched call."""
        return [run.executed(self.written.function) for run in self.runs]

    @cached_property
    def raising(self) -> frozenset[int]:
        """Lines of the statements, in the unit, that a watched call came to last and did not get through."""
        found = (run.unfinished(self.written.function) for run in self.runs)
        return frozenset(self.written.line(statement) for statement in found if statement is not None)

    def has_value(self, text: str) -> bool:
        """Whether an expression had a value in any watched call."""
        return text in self._by_text

    def is_no_number(self, text: str) -> bool:
        """Whether an expression was seen, and held neither numbers nor an array: `2 * a` of a list is a longer one.

        Nor has a text numbers that is written down, or that begins with such a one.
        """
        return self._by_text.get(text) == OTHER or text[:1] in "'\""

    def of(self, node: ast.AST | str) -> Kind:
        return self._by_text.get(node if isinstance(node, str) else said(node), OTHER)

    def have_one_shape(self, a: str, b: str) -> bool:
        """Whether two expressions are arrays of one shape, in some pass of a loop or at some place of the text."""
        return bool(self._shapes.get(a, set()) & self._shapes.get(b, set()))

    def may_be_array(self, node: ast.expr) -> bool:
        """Whether an expression is an array, or was not come to."""
        kind = self.of(node)
        return kind.is_array or (kind == OTHER and not isinstance(node, ast.Constant))

    def is_nothing(self, text: str) -> bool:
        """Whether a parameter was 0 in every watched call, or an array empty of anything but zeros.

        With it in the place of anything a term is gone, which shows nothing of what was meant.
        """
        if text not in self._nothing:
            entries = self._values.get(text, [])
            may_be = bool(entries) and (self.of(text).sort == "array" or text in self.written.parameters)
            self._nothing[text] = may_be and all(_is_zero(seen.first) and _is_zero(seen.last) for seen in entries)
        return self._nothing[text]

    def is_one(self, text: str) -> bool:
        """Whether a number was 1 in every watched call."""
        entries = self._values.get(text, [])
        return bool(entries) and all(type(v) is int and v == 1 for seen in entries for v in (seen.first, seen.last))

    def is_none_at_times(self, text: str) -> bool:
        """Whether something was None in a watched call."""
        return any("NoneType" in (seen.first, seen.last) for seen in self._values.get(text, []) if _are_words(seen))

    def is_nothing_there(self, statement: ast.stmt, text: str) -> bool:
        """Whether a number was 0 in every watched call that ran a statement: multiplied with it nothing is left."""
        line, entries = self.written.line(statement), self._values.get(text, [])
        there = [line in executed for executed in self._executed_in_each]
        seen = [entry for entry, is_run in zip(entries, there, strict=False) if is_run]
        return bool(seen) and all(_is_zero(one.first) and _is_zero(one.last) for one in seen)

    def begins_as_nothing(self, text: str) -> bool:
        """Whether something was zeros when it was seen first, in every watched call."""
        entries = self._values.get(text, [])
        return bool(entries) and all(_is_zero(one.first) for one in entries)

    def value(self, text: str) -> Any:
        """The last value in the first watched call; None if it was not seen."""
        entries = self._values.get(text)
        return entries[0].last if entries else None

    def arrays(self) -> Iterator[tuple[str, Kind]]:
        """Arrays that have a short text: names, entries of dicts, attributes."""
        for text, kind in self._by_text.items():
            if kind.is_array and kind.rank and len(text) <= PLACE_LENGTH and text in self._places:
                yield text, kind

    @cached_property
    def shares(self) -> dict[tuple[int, ...], list[str]]:
        """Tables whose rows are probabilities, by their shapes."""
        found: dict[tuple[int, ...], list[str]] = {}
        for text, kind in self.arrays():
            if kind.rank == 2 and kind.dtype == "f" and _are_shares(self.value(text)):
                found.setdefault(kind.shape, []).append(text)
        return found

    @cached_property
    def classes(self) -> list[tuple[str, int, int]]:
        """Lists of whole numbers from 0 on that may be classes: text, how many, and the largest."""
        found = []
        for text, kind in self.arrays():
            value = self.value(text) if kind.rank == 1 and kind.dtype == "i" else None
            if isinstance(value, np.ndarray) and value.size and value.min() >= 0:
                found.append((text, value.size, int(value.max())))
        return found

    def named(self, sort: Sort) -> list[str]:
        """Variables of a sort."""
        found = (text for text, kind in self._by_text.items() if kind.sort == sort and text.isidentifier())
        return [*islice(found, NAMES)]

    def like(self, name: str) -> list[str]:
        """Other variables that may stand where one does."""
        if name not in self._like:
            self._like[name] = self._found_like(name)
        return self._like[name]

    def _found_like(self, name: str) -> list[str]:
        kind = self.of(name)
        others = [other for other in self.written.names if other != name and not self.is_nothing(other)]
        others = [other for other in others if not self.are_one_number(name, other)]
        if kind != OTHER:
            others = [other for other in others if self.of(other).is_like(kind)]
            if kind.sort == "int":  # a counter for a counter, a size for a size
                others = [other for other in others if self.is_a_place(other) == self.is_a_place(name)]
        elif self.is_known and name in self._by_text:  # else it never had a value: any other name may be meant
            types = self.types(name)
            others = [other for other in others if self.of(other) == OTHER and _may_be_one(self.types(other), types)]
        in_capitals = name.swapcase()
        return sorted(others, key=lambda other: (other != in_capitals, -_alike(name, other), other))[:NAMES]

    def types(self, text: str) -> frozenset[str]:
        """What an expression was in the watched calls: `number` for numbers and arrays, `str`, `dict`; None apart."""
        seen = {_type_of(value) for one in self._values.get(text, []) for value in (one.first, one.last)}
        return frozenset(seen - {"NoneType", "?"})

    def may_equal(self, text: str, other: ast.expr) -> bool:
        """Whether a comparison of two expressions may come out either way: that of a dict with a word never does."""
        types = {"str"} if is_word(other) else self.types(said(other))
        return _may_be_one(self.types(text), types)

    @cached_property
    def sizes(self) -> list[str]:
        """What results are divided by: names of sizes, scalars among the parameters, and lengths of the parameters."""
        names = [
            node.id
            for place in self.written.places
            if isinstance(place.statement, ast.Assign) and _gives_sizes(place.statement.value)
            for target in place.statement.targets
            for node in walk(target)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        ]
        scalars = [
            name
            for name in self.written.parameters
            if self.of(name).sort in ("float", "int") and not self.is_nothing(name)
        ]
        scalars += [text for text in self._numbers("float") if "[" in text]  # of a dict of settings
        scalars += _defaults(self.written.definition)
        lengths = [
            f"{name}.shape[{axis}]"
            for name in self.written.parameters
            for axis in range(min(self.of(name).rank, 2))
            if self.of(name).is_array
        ]
        walked = {
            node.iter.id
            for node in walk(self.written.definition)
            if isinstance(node, ast.For | ast.comprehension) and isinstance(node.iter, ast.Name)
        }
        lists = [name for name in self.written.parameters if name in walked and self.of(name) == OTHER]
        kept = [
            f"{text}.shape[{axis}]"
            for text, kind in self.arrays()
            if text.startswith("self.") and text.isidentifier() is False and text.count(".") == 1
            for axis in range(min(kind.rank, 2))
        ]
        texts = dict.fromkeys([*names, *scalars, *(f"len({name})" for name in lists), *lengths, *kept])
        sums = _sums(self.written)
        texts = dict.fromkeys(text for text in texts if text not in sums)
        one_of_each = {self._number(text) or text: text for text in reversed(texts)}  # the first of those that are one
        return [text for text in texts if text in one_of_each.values()][:SIZES]

    def _number(self, text: str) -> tuple[float, ...]:
        """What a size or scalar was in every watched call; nothing if it is not known."""
        name, _, axis = text.partition(".shape[")
        found = []
        for seen in self._values.get(name, []):
            value = seen.first
            if axis and isinstance(value, np.ndarray) and value.ndim > int(axis[:-1]):
                value = value.shape[int(axis[:-1])]
            if isinstance(value, int | float) or (isinstance(value, np.ndarray) and value.shape == ()):
                found.append(float(value))
        return tuple(found) if len(found) == len(self.runs) else ()

    @cached_property
    def counters(self) -> frozenset[str]:
        """What loops count with."""
        loops = {loop for place in self.written.places for loop in place.loops if isinstance(loop, ast.For)}
        return frozenset(node.id for loop in loops for node in walk(loop.target) if isinstance(node, ast.Name))

    def is_a_place(self, name: str) -> bool:
        """Whether a variable is a loop's counter, or a whole number that changes as one does."""
        changes = any(first != last for first, last in self._whole_numbers(name))
        return self.of(name).sort == "int" and (name in self.counters or changes)

    def are_one_number(self, a: str, b: str) -> bool:
        """Whether two variables were the same whole number all the time: one for the other changes nothing there."""
        if {a, b} & self.counters:
            return False
        numbers = self._whole_numbers(a)
        is_fixed = all(first is not None and first == last for first, last in numbers)
        return is_fixed and bool(numbers) and numbers == self._whole_numbers(b)

    def is_fixed(self, name: str) -> bool:
        """Whether a variable was one and the same number in all watched calls."""
        numbers = {entry for seen in self._values.get(name, []) for entry in map(_number_of, (seen.first, seen.last))}
        return len(numbers) == 1 and None not in numbers

    def _whole_numbers(self, name: str) -> list[tuple[int | None, int | None]]:
        """The first and the last value of a variable in each watched call, as far as these are whole numbers."""
        if name not in self._wholes:
            self._wholes[name] = [(_whole(seen.first), _whole(seen.last)) for seen in self._values.get(name, [])]
        return self._wholes[name]

    def decays(self) -> list[str]:
        """Numbers between a half and 1: how much of a running mean stays."""
        return [text for text in self._numbers("float") if 0.5 < float(self.value(text)) < 1][:4]

    def floats(self, named: re.Pattern[str]) -> list[str]:
        """Attributes, entries and variables that are numbers, not 0, and called so."""
        found = [text for text in self._numbers("float") if not _is_zero(self.value(text))]
        return [text for text in found if named.match(re.split(r"\W+", text.strip("'\"])"))[-1])]

    def counts(self, named: re.Pattern[str]) -> list[str]:
        """Whole numbers, not 0, that are called so."""
        return [text for text in self._numbers("int") if named.search(text) and int(self.value(text))][:2]

    def _numbers(self, sort: Sort) -> list[str]:
        """Variables and entries that are numbers of a sort."""
        return [text for text, kind in self._by_text.items() if kind.sort == sort and text in self._places]

    def multipliers(self) -> list[str]:
        """Whole numbers that a place may have to be multiplied with: none that loops count with, or that are all 1."""
        numbers = self.ints_of_each_call()
        return [name for name in self.named("int") if name not in self.counters and set(numbers.get(name, ())) != {1}]

    def ints_of_each_call(self) -> dict[str, list[int]]:
        """Variables that are whole numbers, with their value in every watched call."""
        found = {}
        for text, entries in self._values.items():
            values = [_whole(seen.first) for seen in entries]
            if text.isidentifier() and len(values) == len(self.runs) and None not in values:
                found[text] = [value for value in values if value is not None]
        return found


def _type_of(value: Any) -> str:
    """The type of what was seen: of what was not given out, the words for it begin with it."""
    word = value.partition(" ")[0] if isinstance(value, str) else "int"
    return "number" if word in ("array", "int", "float", "bool") else word


def _may_be_one(types: Collection[str], others: Collection[str]) -> bool:
    """Whether two expressions may be of one type, as far as theirs are known."""
    return not types or not others or not {*types}.isdisjoint(others)


def _defaults(definition: ast.AST) -> list[str]:
    """Entries that get a number if there is none: `config["momentum"]` of `config.setdefault("momentum", 0.9)`."""
    found = []
    for node in walk(definition):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="setdefault"),
                args=[ast.Constant(value=str(key)), ast.Constant(value=float())],
            ):
                found.append(f"{name}[{key!r}]")
    return found


def _are_words(seen: Seen) -> bool:
    """Whether a value was not given out, and there are words for it."""
    return isinstance(seen.first, str) and isinstance(seen.last, str)


def _is_zero(value: Any) -> bool:
    return isinstance(value, int | float | np.ndarray) and not np.any(value)


def _whole(value: Any) -> int | None:
    if isinstance(value, np.ndarray) and value.shape == () and value.dtype.kind in "iu":
        return int(value)
    return value if type(value) is int else None


def _number_of(value: Any) -> float | None:
    is_number = isinstance(value, int | float) or (isinstance(value, np.ndarray) and value.shape == ())
    return float(value) if is_number else None


def is_place(node: ast.expr) -> bool:
    """Whether an expression is a name, an entry or an attribute, and no computation."""
    if isinstance(node, ast.Subscript):
        return is_place(node.value) and not any(isinstance(part, ast.Slice) for part in walk(node.slice))
    if isinstance(node, ast.Attribute):
        return node.attr not in ("T", "shape") and is_place(node.value)
    return isinstance(node, ast.Name)


def _are_shares(value: Any) -> bool:
    """Whether the rows of an array are probabilities."""
    if not isinstance(value, np.ndarray) or value.ndim != 2 or value.dtype.kind != "f":
        return False
    return bool((value >= 0).all() and np.allclose(value.sum(axis=1), 1))


def _sums(written: Written) -> set[str]:
    """The variables that begin at 0: what is multiplied with one of them there is lost."""
    return {
        target.id
        for place in written.places
        if isinstance(place.statement, ast.Assign) and getattr(place.statement.value, "value", None) == 0
        for target in place.statement.targets
        if isinstance(target, ast.Name)
    }


def _gives_sizes(value: ast.expr) -> bool:
    """Whether an expression gives sizes: `X.shape[0]`, `len(Y)`."""
    return any(
        (isinstance(node, ast.Attribute) and node.attr in ("shape", "size"))
        or (isinstance(node, ast.Call) and name_called(node.func) == "len")
        for node in walk(value)
    )


def _alike(a: str, b: str) -> int:
    """How many characters two names have in common at their ends."""
    return _common(a, b) + _common(a[::-1], b[::-1])


def _common(a: str, b: str) -> int:
    count = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        count += 1
    return count
