"""What a function's text holds: statements, expressions, names, and what it does with them."""

import ast
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from grader.diagnosis.repair.nodes import factors_of, in_brackets, name_called, said
from grader.submissions import SourceUnit
from grader.submissions.syntax import is_text, parse
from grader.submissions.trees import children, walk

Definition = ast.FunctionDef | ast.AsyncFunctionDef
Loop = ast.For | ast.While

LONG = 300  # statements of one function: every name is compared with every other one
KEPT = 5  # attributes that other methods keep for one
CHOICES = 6  # words that functions are told what to do with


@dataclass(frozen=True)
class Place:
    """A statement, and where it stands: in which list of statements, and below which loops."""

    statement: ast.stmt
    body: Sequence[ast.stmt]
    index: int
    loops: tuple[Loop, ...]


class Contents:
    """What is in one function of a submission."""

    def __init__(self, function: str, unit: SourceUnit, definition: Definition) -> None:
        self.function, self.unit, self.definition = function, unit, definition

    @cached_property
    def places(self) -> Sequence[Place]:
        """Every statement below the definition, outside functions and classes inside it, in the text's order."""
        return [*_places(self.definition.body, ())]

    @cached_property
    def expressions(self) -> Sequence[tuple[ast.stmt, ast.AST, ast.expr]]:
        """Every expression that is read, with its statement and what it is a part of.

        An f-string is one: its parts have no places of their own.
        """
        found: list[tuple[ast.stmt, ast.AST, ast.expr]] = []
        for place in self.places:
            waiting: list[tuple[ast.AST, ast.expr]] = [(place.statement, one) for one in _operands(place.statement)]
            while waiting:
                parent, node = waiting.pop(0)
                found.append((place.statement, parent, node))
                if not isinstance(node, ast.JoinedStr):
                    waiting = [*((node, one) for one in _operands(node)), *waiting]
        return found

    @cached_property
    def in_texts(self) -> Set[int]:
        """The ids of the expressions that texts are made of, `l + 1` of `"W" + str(l + 1)`: no part of a formula."""
        made: list[ast.AST] = []
        for _, _, node in self.expressions:
            match node:
                case ast.Call(func=ast.Name(id="str" | "repr" | "format"), args=given):
                    made += given
                case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()), attr="format"), args=given):
                    made += given
                case ast.BinOp(left=ast.Constant(value=str()), op=ast.Mod(), right=right):
                    made.append(right)
        return {id(part) for node in made for part in walk(node)}

    @cached_property
    def is_long(self) -> bool:
        """Whether there are too many statements to try changes in all of them."""
        return self.statements > LONG

    @cached_property
    def statements(self) -> int:
        """How many statements it has."""
        return sum(isinstance(node, ast.stmt) for node in walk(self.definition))

    @cached_property
    def parameters(self) -> Sequence[str]:
        arguments = self.definition.args
        return [
            one.arg
            for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
            if one.arg != "self" and not one.arg.startswith("__")
        ]

    @cached_property
    def numbers_by_default(self) -> Sequence[str]:
        """The parameters that are a number with a fraction, or a tiny one, unless they are given."""
        arguments = self.definition.args
        positional = [*arguments.posonlyargs, *arguments.args]
        pairs = [*zip(reversed(positional), reversed(arguments.defaults), strict=False)]
        pairs += [
            (one, default)
            for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
            if default is not None
        ]
        return [one.arg for one, default in pairs if isinstance(default, ast.Constant) and type(default.value) is float]

    @cached_property
    def defaults_of_the_file(self) -> frozenset[float]:
        """The numbers that parameters of any function of the file have, unless they are given."""
        tree = parse(self.unit.source)
        functions = [one for one in (walk(tree) if tree else ()) if isinstance(one, ast.FunctionDef)]
        defaults = [value for one in functions for value in (*one.args.defaults, *one.args.kw_defaults)]
        numbers = [value.value for value in defaults if isinstance(value, ast.Constant)]
        return frozenset(number for number in numbers if isinstance(number, int | float))

    @cached_property
    def choices(self) -> Sequence[str]:
        """Words that anything in the text is compared with, as `activation == "relu"`."""
        tree = parse(self.unit.source)
        words: dict[str, None] = {}
        for node in walk(tree) if tree is not None else ():
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
                sides = (node.left, *node.comparators)
                texts = (side.value for side in sides if isinstance(side, ast.Constant))
                words.update({text: None for text in texts if isinstance(text, str) and text.isidentifier()})
        return [*words][:CHOICES]

    @cached_property
    def asked_of(self) -> Mapping[str, set[str]]:
        """The attributes that are asked of each expression anywhere in the unit, but for methods that it defines."""
        nodes = [*walk(tree)] if (tree := parse(self.unit.source)) else []
        methods = {one.name for one in nodes if isinstance(one, ast.FunctionDef)}
        found: dict[str, set[str]] = {}
        for one in nodes:
            if isinstance(one, ast.Attribute) and one.attr not in methods:
                found.setdefault(said(one.value), set()).add(one.attr)
        return found

    @cached_property
    def kept_by_others(self) -> Sequence[str]:
        """The attributes that other methods of its class put something under and that it does not read."""
        owner, _, own = self.function.rpartition(".")
        tree = parse(self.unit.source) if owner else None
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == owner] if tree else []
        above = {base.id for one in classes for base in one.bases if isinstance(base, ast.Name)}
        classes += [
            node for node in (tree.body if tree else ()) if isinstance(node, ast.ClassDef) and node.name in above
        ]
        stored: dict[str, None] = {}
        methods = [node for one in classes for node in one.body if isinstance(node, Definition)]
        for method in sorted(methods, key=lambda one: one.name == "__init__"):  # what a forward pass keeps comes first
            for node in walk(method) if method.name != own else ():
                match node:
                    case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                        stored[f"self.{name}"] = None
                    case ast.Subscript(
                        value=ast.Attribute(value=ast.Name(id="self")), slice=ast.Constant(value=str()), ctx=ast.Store()
                    ):
                        stored[said(node)] = None
        read = {said(node) for node in walk(self.definition) if isinstance(node, ast.Attribute | ast.Subscript)}
        return [name for name in stored if name not in read][:KEPT]

    @cached_property
    def reads(self) -> Sequence[tuple[int, frozenset[str]]]:
        """What each statement reads, those inside it included, with the line in which it begins."""
        found = []
        for place in self.places:
            names = (node for node in walk(place.statement) if isinstance(node, ast.Name))
            read = frozenset(node.id for node in names if isinstance(node.ctx, ast.Load))
            found.append((place.statement.lineno, read))
        return found

    @cached_property
    def divisors(self) -> Mapping[str, str]:
        """Variables that are whole parts of a quotient, `m // size` or `int(m / size)`, with what is divided by."""
        found: dict[str, str] = {}
        for place in self.places:
            match place.statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    if isinstance(value, ast.Call) and name_called(value.func) in ("floor", "int") and value.args:
                        value = value.args[0]
                        value = value.args[0] if isinstance(value, ast.Call) and value.args else value
                    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.FloorDiv | ast.Div):
                        found[name] = in_brackets(said(value.right))
        return found

    @cached_property
    def unread(self) -> frozenset[str]:
        """Parameters and local variables that nothing reads, but for those that are called `_`."""
        nodes = [node for node in walk(self.definition) if isinstance(node, ast.Name)]
        read = {node.id for node in nodes if isinstance(node.ctx, ast.Load)}
        return frozenset(name for name in self.names if name not in read and name.strip("_"))

    @cached_property
    def sums_with(self) -> Mapping[str, Sequence[str]]:
        """The sums and differences that a name or attribute is a part of, by its text."""
        found: dict[str, dict[str, None]] = {}
        for _, _, node in self.expressions:
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
                for side in (node.left, node.right):
                    if isinstance(side, ast.Name | ast.Attribute):
                        found.setdefault(said(side), {})[said(node)] = None
        return {text: [*sums] for text, sums in found.items()}

    @cached_property
    def products_with(self) -> Mapping[str, Sequence[str]]:
        """What is computed for itself and multiplied with a name or attribute somewhere, as a slope is."""
        found: dict[str, dict[str, None]] = {}
        for _, _, node in self.expressions:
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
                named = [one for one in factors_of(node) if isinstance(one, ast.Name | ast.Attribute)]
                made = [said(one) for one in factors_of(node) if isinstance(one, ast.Call | ast.BinOp)]
                for one in named:
                    found.setdefault(said(one), {}).update(dict.fromkeys(made))
        return {text: [*factors] for text, factors in found.items()}

    @cached_property
    def names(self) -> Sequence[str]:
        """Parameters and local variables."""
        names = [*self.parameters]
        for node in walk(self.definition):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and not node.id.startswith("__"):
                names.append(node.id)
        return [*dict.fromkeys(names)]


def _places(body: Sequence[ast.stmt], loops: tuple[Loop, ...], is_top: bool = True) -> Iterator[Place]:
    for index, statement in enumerate(body):
        if isinstance(statement, Definition | ast.ClassDef) or (is_top and index == 0 and is_text(statement)):
            continue
        yield Place(statement, body, index, loops)
        inner = (*loops, statement) if isinstance(statement, Loop) else loops
        for field in ("body", "orelse", "finalbody"):
            yield from _places(getattr(statement, field, []), inner, is_top=False)
        for branch in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
            yield from _places(branch.body, inner, is_top=False)


def _operands(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions right below a node, without those of statements inside it."""
    for child in children(node):
        if isinstance(child, ast.expr):
            yield child
        elif isinstance(child, ast.keyword | ast.comprehension | ast.withitem):
            yield from _operands(child)
