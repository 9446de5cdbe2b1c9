"""How much the traits of a submission speak for one assignment: rare names and long signatures speak louder.

Each function of a contract is worth as many marks as its name has words, and one for each parameter; each mark counts
the more, the fewer assignments ask for the like. `softmax_loss_naive(W, X, y, reg)` can hardly be an accident,
`relu(z)` can.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.assignments import ContractFunction
from grader.assignments.outline import Outline
from grader.recognition.traits import Traits
from grader.submissions.classes import alike, methods_asked

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_TELLING = 4  # marks of a function that nobody writes by accident
_MANY = 4  # parameters
_ELSEWHERE = 0.5  # a function that stands in a class, or a method that stands in none
_RENAMED = 0.75  # a method of a class that has another name
_SCRIPT = 0.9  # a function whose variables a script sets
_IMPORTED = 0.25  # a name that is only imported
_LEFT_OPEN = 0.5  # what is still to be written, as evidence against what is written


@dataclass(frozen=True)
class Found:
    """One function of a contract that a submission has.

    Attributes:
        marks: for the words of the name, and parameters in common; of at most `most`.
        evidence: the marks, rare ones counting more, and those for what is written.
        agrees: it is there under its name, with the parameters of the contract; none if a method has none there.
        is_alone: and with four of them or more, which no other assignment asks for.
        is_unique: and no other assignment asks for anything of its name.
        is_written: it is not left open.
        takes_as_many: as many parameters as in the contract, whatever they are called.
    """

    function: ContractFunction
    marks: float
    most: float
    evidence: float
    agrees: bool
    is_telling: bool
    is_written: bool = True
    is_alone: bool = False
    is_unique: bool = False
    takes_as_many: bool = False

    @property
    def shown(self) -> str:
        """The function as the submission has it: with the parameters, where they are those of the contract."""
        is_called = self.agrees and self.function.kind != "variable" and self.function.parameters
        return f"{self.function.name}({', '.join(self.function.parameters)})" if is_called else self.function.name


@dataclass(frozen=True)
class Evidence:
    """What speaks for one assignment, and how much there could be."""

    outline: Outline
    found: tuple[Found, ...]
    modules: tuple[str, ...]
    possible: int
    defined: int = 0  # functions and classes of the submission, at top level

    @property
    def fills(self) -> float:
        """How much of the submission is of this assignment, from 0 to 1."""
        return len({name.partition(".")[0] for name in self.names}) / self.defined if self.defined else 0.0

    @cached_property
    def weight(self) -> float:
        return sum(one.evidence for one in self.found) + len(self.modules)

    @cached_property
    def names(self) -> frozenset[str]:
        """The functions that are there."""
        return frozenset(one.function.name for one in self.found)

    @cached_property
    def written(self) -> frozenset[str]:
        """The functions that are there, and not left open."""
        return frozenset(one.function.name for one in self.found if one.is_written)

    @cached_property
    def agreeing(self) -> frozenset[str]:
        """The functions that are there, with the parameters of the contract."""
        return frozenset(one.function.name for one in self.found if one.agrees)

    @cached_property
    def fitting(self) -> frozenset[str]:
        """The functions that are there, with those parameters or as many."""
        return frozenset(one.function.name for one in self.found if one.agrees or one.takes_as_many)

    @property
    def share(self) -> float:
        """How much of the contract is there, from 0 to 1."""
        return self.marks / self.possible if self.possible else 0.0

    @cached_property
    def agreement(self) -> float:
        """How well the signatures of what is there agree, from 0 to 1."""
        most = sum(one.most for one in self.found)
        return self.marks / most if most else 0.0

    @cached_property
    def marks(self) -> float:
        return sum(one.marks for one in self.found)

    @property
    def telling(self) -> float:
        """Marks for what nobody writes by accident."""
        return sum(one.marks for one in self.found if one.is_telling)


class Rarity:
    """How much a name, and a signature, tell among the assignments at hand."""

    def __init__(self, outlines: Sequence[Outline]) -> None:
        self._count = len(outlines)
        self._names = Counter(name for outline in outlines for name in {f.name for f in outline.contract})
        self._signatures = Counter(
            signature for outline in outlines for signature in {(f.name, f.parameters) for f in outline.contract}
        )

    def of_name(self, function: ContractFunction) -> float:
        return self._rarity(self._names[function.name])

    def of_signature(self, function: ContractFunction) -> float:
        return self._rarity(self._signatures[function.name, function.parameters])

    def _rarity(self, times: int) -> float:
        """1 for what a single assignment asks for, towards 0 for what all do."""
        return math.log1p(self._count / max(times, 1)) / math.log1p(max(self._count, 1))


def evidence_for(outline: Outline, traits: Traits, rarity: Rarity) -> Evidence:
    """What in the traits speaks for an assignment."""
    found = tuple(_found(outline.contract, traits, rarity))
    modules = tuple(sorted(outline.modules & traits.imported))
    possible = sum(_words(function.name) + len(function.parameters) for function in outline.contract)
    defined = sum("." not in name for name in traits.definitions)
    return Evidence(outline, found, modules, possible, defined)


def _found(contract: Iterable[ContractFunction], traits: Traits, rarity: Rarity) -> Iterator[Found]:
    contract = tuple(contract)
    renamed = alike(methods_asked((one.name, one.parameters) for one in contract), traits.classes)
    for function in contract:
        words, wanted = _words(function.name), function.parameters
        has, counts = _parameters(function, traits, renamed)
        if has is None:
            continue
        common = _in_common(wanted, has)
        written = _LEFT_OPEN if function.name in traits.left_open else 1.0
        by_name, by_signature = rarity.of_name(function), rarity.of_signature(function)
        is_given_more = "." in function.name and not wanted and bool(has)
        agrees = counts == 1 and common == len(wanted) and not is_given_more
        yield Found(
            function,
            counts * (words + common),
            words + len(wanted),
            counts * written * (words * by_name + common * by_signature),
            agrees=agrees,
            is_telling=words + len(wanted) >= _TELLING,
            is_written=written == 1,
            is_alone=agrees and len(wanted) >= _MANY and by_signature == 1,
            is_unique=agrees and by_name == by_signature == 1,
            takes_as_many=counts == 1 and len(has) == len(wanted),
        )


def _parameters(
    function: ContractFunction, traits: Traits, renamed: Mapping[str, str]
) -> tuple[tuple[str, ...] | None, float]:
    """The parameters of what a submission has in a function's place, None if nothing; and how much that counts.

    `renamed` tells of classes that are there under another name.
    """
    owner, _, name = function.name.rpartition(".")
    if function.kind == "variable":
        return ((), 1.0) if function.name in traits.variables else (None, 0.0)
    if function.name in traits.definitions:
        return traits.definitions[function.name], 1.0
    if owner in renamed and (there := f"{renamed[owner]}.{name}") in traits.definitions:
        return traits.definitions[there], _RENAMED
    if owner and owner in traits.definitions and name in traits.definitions:
        return traits.definitions[name][1:], _ELSEWHERE
    terms = function.script
    if terms is not None and {*terms.reads, terms.loop} <= traits.variables:
        return tuple(part for part in function.parameters if part in traits.variables), _SCRIPT
    inside = [found for found in traits.definitions if found.endswith(f".{function.name}")]
    if not owner and len(inside) == 1:
        return traits.definitions[inside[0]], _ELSEWHERE
    return ((), _IMPORTED) if function.name in traits.imported else (None, 0.0)


def _in_common(wanted: Sequence[str], has: Sequence[str]) -> float:
    """How many of the parameters are there; one with a capital letter more or less is."""
    known = {name.lower() for name in has}
    return sum(name.lower() in known for name in wanted)


def _words(name: str) -> int:
    """Of a method its own name's; the class's count once."""
    return len(_WORD.findall(name.rpartition(".")[2]))
