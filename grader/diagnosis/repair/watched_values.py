"""What names and expressions of one function were in the calls that were watched."""

import ast
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from grader.diagnosis.cases.watch import Run
from grader.diagnosis.repair.kind import OTHER, Kind, kind_of
from grader.diagnosis.repair.nodes import is_word, said
from grader.diagnosis.repair.written import Written
from grader.sandbox import Seen
from grader.submissions.trees import walk

TEXT_LENGTH = 60  # of an expression whose kind is remembered by its text


@dataclass(frozen=True)
class WatchedValues:
    """The kinds of a function's names and expressions, by their text, and the values of these in each watched call."""

    written: Written
    runs: Sequence[Run]
    is_all_run: bool = False  # whether other calls than the watched ones count as well
    offset: int = 0  # lines of the unit before the text that was watched
    _by_text: dict[str, Kind] = field(default_factory=dict)
    _values: dict[str, list[Seen]] = field(default_factory=dict)
    _places: dict[str, None] = field(default_factory=dict)
    _shapes: dict[str, set[tuple[int, ...]]] = field(default_factory=dict)
    _nothing: dict[str, bool] = field(default_factory=dict)
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
        return [{line + self.offset for line in run.executed(self.written.function)} for run in self.runs]

    @cached_property
    def raising(self) -> frozenset[int]:
        """Lines of the statements, in the unit, that a watched call came to last and did not get through."""
        found = (run.unfinished(self.written.function) for run in self.runs)
        return frozenset(statement.lineno + self.offset for statement in found if statement is not None)

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
            self._nothing[text] = may_be and all(is_zero(seen.first) and is_zero(seen.last) for seen in entries)
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
        return bool(seen) and all(is_zero(one.first) and is_zero(one.last) for one in seen)

    def begins_as_nothing(self, text: str) -> bool:
        """Whether something was zeros when it was seen first, in every watched call."""
        entries = self._values.get(text, [])
        return bool(entries) and all(is_zero(one.first) for one in entries)

    def value(self, text: str) -> Any:
        """The last value in the first watched call; None if it was not seen."""
        entries = self._values.get(text)
        return entries[0].last if entries else None

    def types(self, text: str) -> frozenset[str]:
        """What an expression was in the watched calls: `number` for numbers and arrays, `str`, `dict`; None apart."""
        seen = {_type_of(value) for one in self._values.get(text, []) for value in (one.first, one.last)}
        return frozenset(seen - {"NoneType", "?"})

    def may_equal(self, text: str, other: ast.expr) -> bool:
        """Whether a comparison of two expressions may come out either way: that of a dict with a word never does."""
        types = {"str"} if is_word(other) else self.types(said(other))
        return may_be_one(self.types(text), types)

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

    def is_a_default(self, text: str) -> bool:
        """Whether something was, in all watched calls, the one number that a parameter of the file has by default.

        What is made of it is right or wrong for that number alone: 0.0001 squared may be what the task has.
        """
        return self.is_fixed(text) and np.asarray(self.value(text)).item() in self.written.defaults_of_the_file

    def _whole_numbers(self, name: str) -> list[tuple[int | None, int | None]]:
        """The first and the last value of a variable in each watched call, as far as these are whole numbers."""
        if name not in self._wholes:
            self._wholes[name] = [(_whole(seen.first), _whole(seen.last)) for seen in self._values.get(name, [])]
        return self._wholes[name]

    def ints_of_each_call(self) -> dict[str, list[int]]:
        """Variables that are whole numbers, with their value in every watched call."""
        found = {}
        for text, entries in self._values.items():
            values = [_whole(seen.first) for seen in entries]
            if text.isidentifier() and len(values) == len(self.runs) and None not in values:
                found[text] = [value for value in values if value is not None]
        return found


def is_place(node: ast.expr) -> bool:
    """Whether an expression is a name, an entry or an attribute, and no computation."""
    if isinstance(node, ast.Subscript):
        return is_place(node.value) and not any(isinstance(part, ast.Slice) for part in walk(node.slice))
    if isinstance(node, ast.Attribute):
        return node.attr not in ("T", "shape") and is_place(node.value)
    return isinstance(node, ast.Name)


def _type_of(value: Any) -> str:
    """The type of what was seen: of what was not given out, the words for it begin with it."""
    word = value.partition(" ")[0] if isinstance(value, str) else "int"
    return "number" if word in ("array", "int", "float", "bool") else word


def may_be_one(types: Collection[str], others: Collection[str]) -> bool:
    """Whether two expressions may be of one type, as far as theirs are known."""
    return not types or not others or not {*types}.isdisjoint(others)


def _are_words(seen: Seen) -> bool:
    """Whether a value was not given out, and there are words for it."""
    return isinstance(seen.first, str) and isinstance(seen.last, str)


def is_zero(value: Any) -> bool:
    return isinstance(value, int | float | np.ndarray) and not np.any(value)


def _whole(value: Any) -> int | None:
    if isinstance(value, np.ndarray) and value.shape == () and value.dtype.kind in "iu":
        return int(value)
    return value if type(value) is int else None


def _number_of(value: Any) -> float | None:
    is_number = isinstance(value, int | float) or (isinstance(value, np.ndarray) and value.shape == ())
    return float(value) if is_number else None
