"""Which names and expressions of a function may be meant at some place: those of a kind, like another, a size."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np

from grader.diagnosis.repair.kind import OTHER, Kind, Sort
from grader.diagnosis.repair.nodes import name_called
from grader.diagnosis.repair.watched_values import WatchedValues, is_zero, may_be_one
from grader.diagnosis.repair.written import Written
from grader.submissions.trees import walk

PLACE_LENGTH = 40
NAMES = 14
SIZES = 10


@dataclass(frozen=True)
class Kinds(WatchedValues):
    """What was seen of one function, and what of it may stand where something else does."""

    _like: dict[str, list[str]] = field(default_factory=dict)

    def arrays(self) -> Iterator[tuple[str, Kind]]:
        """Arrays that have a short text: names, entries of dicts, attributes."""
        for text, kind in self._by_text.items():
            if kind.is_array and kind.rank and len(text) <= PLACE_LENGTH and text in self._places:
                yield text, kind

    def named(self, sort: Sort) -> list[str]:
        """Variables of a sort."""
        found = (text for text, kind in self._by_text.items() if kind.sort == sort and text.isidentifier())
        return [*islice(found, NAMES)]

    def _numbers(self, sort: Sort) -> list[str]:
        """Variables and entries that are numbers of a sort."""
        return [text for text, kind in self._by_text.items() if kind.sort == sort and text in self._places]

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
            others = [other for other in others if self.of(other) == OTHER and may_be_one(self.types(other), types)]
        in_capitals = name.swapcase()
        return sorted(others, key=lambda other: (other != in_capitals, -_alike(name, other), other))[:NAMES]

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
        lists = [
            name
            for name in self.written.parameters
            if self.of(name) == OTHER and (name in walked or self.types(name) & {"list", "tuple"})
        ]
        kept = [
            f"{text}.shape[{axis}]"
            for text, kind in self.arrays()
            if text.startswith("self.") and text.isidentifier() is False and text.count(".") == 1
            for axis in range(min(kind.rank, 2))
        ]
        texts = dict.fromkeys([*names, *scalars, *(f"len({name})" for name in lists), *lengths, *kept])
        sums = _sums(self.written)
        # Divided by what was 1 in every call nothing is divided.
        texts = dict.fromkeys(text for text in texts if text not in sums and {*self._number(text)} != {1.0})
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

    def decays(self) -> list[str]:
        """Numbers between a half and 1: how much of a running mean stays."""
        return [text for text in self._numbers("float") if 0.5 < float(self.value(text)) < 1][:4]

    def floats(self, named: re.Pattern[str]) -> list[str]:
        """Attributes, entries and variables that are numbers, not 0, and called so."""
        found = [text for text in self._numbers("float") if not is_zero(self.value(text))]
        return [text for text in found if named.match(re.split(r"\W+", text.strip("'\"])"))[-1])]

    def counts(self, named: re.Pattern[str]) -> list[str]:
        """Whole numbers, not 0, that are called so."""
        return [text for text in self._numbers("int") if named.search(text) and int(self.value(text))][:2]

    def multipliers(self) -> list[str]:
        """Whole numbers that a place may have to be multiplied with: none that loops count with, or that are all 1."""
        numbers = self.ints_of_each_call()
        return [name for name in self.named("int") if name not in self.counters and set(numbers.get(name, ())) != {1}]


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
