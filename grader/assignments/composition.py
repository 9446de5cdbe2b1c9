"""A contract composed of operations: from a table of uses and a solution's own part come solution, checks and mistakes.

`composition.py` lists what the functions of a contract are:

    from operations import relu, softmax

    USES = (
        relu.use("relu", points=4),
        softmax.use("softmax", points=12, axis=1),
    )

Classes that are layers stand in the table as well; see `layer`.

What no operation gives as it stands is written in `solution.py`, which may call every step of the operations used; a
function that it defines itself is not taken from an operation.
"""

import ast
import hashlib
import importlib
import inspect
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import ModuleType
from typing import Any

from grader.assignments.contract import ContractFunction
from grader.assignments.errors import AssignmentError
from grader.assignments.layer import Layer
from grader.assignments.specialise import Binding, Formula, Step, mentioned_names, read_formula, specialise
from grader.assignments.use import Use

Key = tuple[int, str]  # a use by its place in the table, and a name of its formula

_HEADER = '''"""The solution, in small named steps: a known mistake replaces one of them.

It needs numpy alone, so that it can be graded like any submission.
"""
'''


@dataclass(frozen=True)
class Composition:
    """The uses of a contract, and what they make of it.

    Attributes:
        uses: in the order of the table.
        written: the text of `solution.py`, "" when there is none.
        contract: what is declared; a function that an operation gives takes its parameters from there.
        has_data: whether the assignment has a data set that checks may ask for.
        layers: classes whose text and checks come from a table as well.
    """

    uses: tuple[Use, ...]
    written: str
    contract: tuple[ContractFunction, ...]
    has_data: bool = False
    layers: tuple[Layer, ...] = ()

    @cached_property
    def own(self) -> str:
        """The text of `solution.py` but for what operations replace, and the classes that only layers define."""
        written = {node.name for node in ast.parse(self.written).body if isinstance(node, ast.ClassDef)}
        texts = [layer.text(self.contract) for layer in self.layers if layer.name not in written]
        head = _without(self.written, self._replaced) or (_HEADER + "\nimport numpy as np\n" if texts else "")
        return "\n\n".join([head, *texts]) if head else ""

    @cached_property
    def _replaced(self) -> frozenset[str]:
        """Functions of the contract that are taken from an operation, whatever the solution has."""
        declared = {function.name for function in self.contract if function.kind == "function"}
        return frozenset(name for use in self.uses for name in use.replaces if name in declared)

    @cached_property
    def source(self) -> str:
        """The text of the solution: its own part, then the steps of the operations that are reached."""
        wanted = self._reached
        parts = [self._written(use, name) for use, name in self._in_order(wanted)]
        if self._replaced:  # what calls them in passing stands below
            return "\n\n".join([self._imports(wanted), *(f"{part}\n" for part in parts), self.own])
        head = self.own if self.own else _HEADER + "\n" + self._imports(wanted)
        missing = self._imports(wanted, present=self._own_tree) if self.own else ""
        return "\n\n".join([head.rstrip() + "\n", *([missing] if missing else []), *(f"{part}\n" for part in parts)])

    def _all(self) -> Iterator[tuple[int, str]]:
        for number, formula in enumerate(self._formulas):
            for name in (*formula.constants, *formula.functions):
                yield number, name

    @cached_property
    def _formulas(self) -> tuple[Formula, ...]:
        """Of the uses, and behind them of modules that these borrow from and that no use is of."""
        return tuple(use.operation.formula for use in self.uses) + tuple(self._lent.values())

    @cached_property
    def _lent(self) -> Mapping[str, Formula]:
        used = {use.operation.formula.name for use in self.uses}
        found: dict[str, Formula] = {}
        waiting = [use.operation.formula for use in self.uses]
        while waiting:
            for module in waiting.pop().borrowed.values():
                if module not in used and module not in found:
                    found[module] = read_formula(_module(module))
                    waiting.append(found[module])
        return found

    @cached_property
    def _by_name(self) -> Mapping[str, Key]:
        """What the solution calls each function; of two that are called the same, the first in the table."""
        found: dict[str, Key] = {}
        for key in self._all():
            found.setdefault(self._said(*key), key)
        return found

    def _said(self, number: int, name: str) -> str:
        return self.uses[number].name(name) if number < len(self.uses) else name

    @cached_property
    def _own_tree(self) -> ast.Module:
        return ast.parse(self.own)

    @cached_property
    def _defined(self) -> frozenset[str]:
        return frozenset(_bound_in(self._own_tree))

    @cached_property
    def _reached(self) -> frozenset[Key]:
        """What of the operations is a part of the solution."""
        roots = {function.name for function in self.contract} | mentioned_names(self._own_tree)
        waiting = [self._by_name[name] for name in roots - self._defined if name in self._by_name]
        reached: set[Key] = set()
        while waiting:
            key = waiting.pop()
            if key in reached or self._said(*key) in self._defined:
                continue
            reached.add(key)
            waiting += self._mentioned_by(*key)
        return frozenset(reached)

    def _mentioned_by(self, number: int, name: str) -> list[Key]:
        formula = self._formulas[number]
        steps = {str(value) for value in self._conventions(number).values() if isinstance(value, Step)}
        found = [key for other in formula.mentions(name) if (key := self._key(number, other)) is not None]
        return found + [self._by_name[value] for value in steps if value in self._by_name]

    def _conventions(self, number: int) -> Mapping[str, Any]:
        if number not in self._known_conventions:
            self._known_conventions[number] = self._read_conventions(number)
        return self._known_conventions[number]

    @cached_property
    def _known_conventions(self) -> dict[int, Mapping[str, Any]]:
        return {}

    def _read_conventions(self, number: int) -> Mapping[str, Any]:
        if number < len(self.uses):
            return {name: self._called(value) for name, value in self.uses[number].conventions.items()}
        defaults = self._formulas[number].all_conventions
        shared = {key: value for use in self.uses for key, value in use.conventions.items() if key in defaults}
        return {**defaults, **shared}

    def demand_targets(self) -> None:
        """Accept the names that the table gives to functions.

        Raises:
            AssignmentError: one is neither in the contract nor called by the solution, or a step that a convention
                names is nowhere.
        """
        declared = {function.name for function in self.contract}
        reached, mentioned = self._reached, mentioned_names(self._own_tree)
        called = {self._said(*key) for key in reached}
        known = declared | self._defined | mentioned | self._by_name.keys()
        for use in self.uses:
            wanted = use.points.keys() if isinstance(use.points, Mapping) else ()
            for name in (*wanted, *sorted(use.replaces)):
                if name not in declared:
                    raise use.fault(f"the contract declares no {name!r}; it has {', '.join(sorted(declared))}")
            for name in use.functions:
                if name not in declared | mentioned | called:
                    raise use.fault(
                        f"no function is called {name!r}: the contract declares {', '.join(sorted(declared))}, "
                        "and the solution does not mention it"
                    )
        self._demand_distinct(reached)
        for number, name in reached:
            for convention in self._formulas[number].conventions(name) if self._is_function(number, name) else ():
                value = self._conventions(number)[convention]
                if isinstance(value, Step) and str(value) not in known:
                    raise self.uses[number].fault(
                        f"the convention {convention} of {self.uses[number].operation.name} names {str(value)!r}, "
                        "which is in no operation of the table, nor in solution.py"
                    )

    def _demand_distinct(self, reached: frozenset[Key]) -> None:
        """Of two steps that are called the same, one would take the place of the other."""
        seen: dict[str, Key] = {}
        for key in self._in_order(reached):
            other = seen.setdefault(self._said(*key), key)
            is_lent = max(key[0], other[0]) >= len(self.uses)
            if other == key or is_lent:
                continue
            if _in_essence(self._written(*other)) != _in_essence(self._written(*key)):
                first, second = (self.uses[number].operation.name for number, _ in (other, key))
                raise self.uses[key[0]].fault(
                    f"{first} and {second} both have a step {self._said(*key)}; give one of them a prefix, as "
                    f'`{second}.use(…, prefix="{second}_")`'
                )

    def _is_function(self, number: int, name: str) -> bool:
        """Of an operation of the table."""
        return number < len(self.uses) and name in self._formulas[number].functions

    def _called(self, value: Any) -> Any:
        """The value of a convention; of a step, what the contract calls it."""
        if not isinstance(value, Step):
            return value
        return next((Step(use.name(value)) for use in self.uses if value in use.operation.formula.functions), value)

    def _key(self, number: int, name: str) -> Key | None:
        """Whose function a name in a formula is."""
        formula = self._formulas[number]
        if name in formula.functions or name in formula.constants:
            return number, name
        if name in formula.borrowed:
            lenders = [i for i, other in enumerate(self._formulas) if other.name == formula.borrowed[name]]
            return next((i for i in lenders if self._prefix(i) == self._prefix(number)), lenders[0]), name
        return None

    def _prefix(self, number: int) -> str:
        """Of several uses of one operation, a use borrows from the one with its own prefix."""
        return self.uses[number].prefix if number < len(self.uses) else ""

    def _in_order(self, wanted: frozenset[Key]) -> list[Key]:
        order = [key for key in self._all() if key in wanted]
        lent = [key for key in order if key[0] >= len(self.uses)]
        return lent + [key for key in order if key[0] < len(self.uses)]

    def _written(self, number: int, name: str) -> str:
        formula = self._formulas[number]
        if name in formula.constants:
            return ast.unparse(formula.constants[name])
        said = self._said(number, name)

        def names(mentioned: str) -> tuple[str, frozenset[str]] | None:
            key = self._key(number, mentioned)
            if key is None:
                return None
            other = self._formulas[key[0]]
            taken = frozenset(other.conventions(key[1])) if key[1] in other.functions else frozenset()
            return self._said(*key), taken

        signature = next((f.arguments for f in self.contract if f.name == said and f.kind == "function"), None)
        return ast.unparse(
            specialise(formula.definition(name), said, Binding(self._conventions(number), names, signature))
        )

    def _imports(self, wanted: frozenset[Key], present: ast.Module | None = None) -> str:
        bound = {
            (alias.asname or alias.name).partition(".")[0]
            for node in (present.body if present else ())
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        lines: dict[str, None] = {}
        for number, name in sorted(wanted):
            formula = self._formulas[number]
            for mentioned in sorted(formula.mentions(name)):
                if mentioned in formula.imports and mentioned not in bound:
                    lines[ast.unparse(formula.imports[mentioned])] = None
        return "\n".join(sorted(lines)) + ("\n" if lines else "")

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the solution, and over the files in which its operations are written."""
        checks = {check.run.__module__ for layer in self.layers for check in layer.checks}
        modules = sorted(checks | {name for use in self.uses for name in use.operation.written_in})
        texts = [self.source, *(inspect.getsource(_module(name)) for name in modules)]
        return hashlib.sha256("\0".join(texts).encode()).hexdigest()

    def declarations(self) -> Iterator[Any]:
        """What the operations know about the steps that the solution has."""
        available = {function.name for function in self.contract} | ({"dataset"} if self.has_data else set())
        for use in self.uses:
            beside = {other.operation.name for other in self.uses if other.prefix == use.prefix}
            yield from use.declarations(available, beside)
        for layer in self.layers:
            yield from layer.checks


def _in_essence(text: str) -> str:
    """A function without its docstring, its parameters by their places: two that are alike in it do the same."""
    tree = ast.parse(text)
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            if ast.get_docstring(function) is not None:
                function.body = function.body[1:]
            places = {argument.arg: f"_{place}" for place, argument in enumerate(function.args.args)}
            for node in ast.walk(function):
                if isinstance(node, ast.Name):
                    node.id = places.get(node.id, node.id)
                elif isinstance(node, ast.arg):
                    node.arg = places.get(node.arg, node.arg)
    return ast.dump(tree)


def inherited(uses: Sequence[Use]) -> tuple[Use, ...]:
    """The uses, each with what those say that borrow from it: `linear_loss.use(penalty="half")` says it of its penalty.

    What a use says itself goes first, and what it cannot have is not meant for it.
    """
    told: dict[int, dict[str, Any]] = {}
    for use in uses:
        for number in _lenders(use, uses):
            other = uses[number].operation
            meant = {key: value for key, value in use.given.items() if key in other.conventions}
            found = told.setdefault(number, {})
            found.update({k: v for k, v in meant.items() if k not in found and other.allowed(k).holds(v)})
    return tuple(
        replace(use, of_contract={**use.of_contract, **told[number]}) if number in told else use
        for number, use in enumerate(uses)
    )


def _lenders(use: Use, uses: Sequence[Use]) -> list[int]:
    """Which uses of the table it borrows from, directly or through others."""
    own = use.operation.formula.name
    seen, waiting = {own}, [use.operation.formula]
    while waiting:
        for module in waiting.pop().borrowed.values():
            if module not in seen:
                seen.add(module)
                waiting.append(read_formula(_module(module)))
    found: list[int] = []
    for module in seen - {own}:
        numbers = [number for number, other in enumerate(uses) if other.operation.formula.name == module]
        found += [number for number in numbers if uses[number].prefix == use.prefix] or numbers[:1]
    return sorted(found)


def _without(text: str, names: frozenset[str]) -> str:
    """A module's text without the functions of these names; every other line stays where it is."""
    lines = text.splitlines(keepends=True)
    for node in ast.parse(text).body if names else ():
        if isinstance(node, ast.FunctionDef) and node.name in names and node.end_lineno is not None:
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            lines[first - 1 : node.end_lineno] = ["\n"] * (node.end_lineno - first + 1)
    return "".join(lines)


def _bound_in(tree: ast.Module) -> set[str]:
    """Every name that the module itself gives a meaning: no step of an operation may take its place."""
    bound: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(node.name)
            continue
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                bound.add(part.id)
            elif isinstance(part, ast.FunctionDef | ast.ClassDef):
                bound.add(part.name)
            elif isinstance(part, ast.alias):
                bound.add((part.asname or part.name).partition(".")[0])
    return bound


def _module(name: str) -> ModuleType:
    return sys.modules.get(name) or importlib.import_module(name)


def read_uses(modules: Sequence[ModuleType], where: str) -> tuple[tuple[Use, ...], tuple[Layer, ...]]:
    """The table of a `composition.py`: its uses of operations, and its layers.

    Raises:
        AssignmentError: there is none in it, or something else than uses.
    """
    for module in modules:
        uses = getattr(module, "USES", None)
        if uses is not None:
            if not isinstance(uses, list | tuple) or not all(isinstance(use, Use | Layer) for use in uses):
                raise AssignmentError(f"{where}: USES in composition.py is to be a tuple of uses, `operation.use(…)`")
            return (
                tuple(use for use in uses if isinstance(use, Use)),
                tuple(use for use in uses if isinstance(use, Layer)),
            )
    raise AssignmentError(f"{where}: composition.py names no USES = (operation.use(…), …)")
