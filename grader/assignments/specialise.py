"""A formula of the reference, made special to one use of it: conventions become constants, names those of the contract.

A convention is a keyword-only parameter of the formula's functions (`axis`, `layout`, `mean`). Its value replaces it
everywhere, and what has thereby become constant is worked out: `z.sum(axis=axis)` becomes `z.sum(axis=1)`, and of
`W @ a if layout == "columns" else a @ W` one side is left. What comes out reads like a solution that was written for
this contract, and costs no more than one.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import ModuleType
from typing import Any

from grader.assignments.errors import AssignmentError


class Step(str):
    """The value of a convention that is a function: the name of a step of the solution."""


Definition = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Formula:
    """What a module of the reference defines.

    Attributes:
        name: of the module.
        functions: its functions and classes, by name and in its order.
        constants: its assignments at top level, by name.
        borrowed: names that it imports from other modules of the reference, with the module's name.
        imports: its other imports, by the names that they bind.
    """

    name: str
    text: str
    functions: Mapping[str, Definition]
    constants: Mapping[str, ast.stmt]
    borrowed: Mapping[str, str]
    imports: Mapping[str, ast.stmt]

    def definition(self, name: str) -> Definition:
        """A fresh tree of a function or class."""
        node = self.functions[name]
        lines = self._lines[node.lineno - 1 : node.end_lineno]
        found: Definition = ast.parse("\n".join(lines)).body[0]  # type: ignore[assignment]
        return found

    def mentions(self, name: str) -> frozenset[str]:
        """The names that a function, class or assignment mentions, annotations left out."""
        if name not in self._mentions:
            self._mentions[name] = mentioned_names(self.functions.get(name) or self.constants[name])
        return self._mentions[name]

    @cached_property
    def _mentions(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def all_conventions(self) -> Mapping[str, Any]:
        """The conventions of all functions, with the first default of each."""
        found: dict[str, Any] = {}
        for name in self.functions:
            for convention, default in self.conventions(name).items():
                if found.setdefault(convention, default) is ...:
                    found[convention] = default
        return found

    def conventions(self, name: str) -> Mapping[str, Any]:
        """The conventions that one function has, with their defaults; `...` where there is none."""
        if name not in self._conventions:
            self._conventions[name] = self._read_conventions(name)
        return self._conventions[name]

    @cached_property
    def _conventions(self) -> dict[str, Mapping[str, Any]]:
        return {}

    def _read_conventions(self, name: str) -> Mapping[str, Any]:
        definition = self.functions[name]
        members = definition.body if isinstance(definition, ast.ClassDef) else [definition]
        found: dict[str, Any] = {}
        for member in members:
            if isinstance(member, ast.FunctionDef):
                arguments = member.args
                for parameter, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
                    found[parameter.arg] = ... if default is None else _value(default)
        return found


def _value(node: ast.expr) -> Any:
    return Step(node.id) if isinstance(node, ast.Name) else ast.literal_eval(node)


@cache
def read_formula(module: ModuleType) -> Formula:
    """What a module of the reference defines, from its source."""
    text = inspect.getsource(module)
    functions: dict[str, Definition] = {}
    constants: dict[str, ast.stmt] = {}
    borrowed: dict[str, str] = {}
    imports: dict[str, ast.stmt] = {}
    for node in ast.parse(text).body:
        if isinstance(node, Definition):
            functions[node.name] = node
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            constants[node.targets[0].id] = node
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == module.__name__.split(".")[0]:
            borrowed |= {alias.asname or alias.name: str(node.module) for alias in node.names}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            imports |= {(alias.asname or alias.name).partition(".")[0]: node for alias in node.names}
    return Formula(module.__name__, text, functions, constants, borrowed, imports)


def mentioned_names(node: ast.AST) -> frozenset[str]:
    """Every name in a piece of code, but for those in annotations."""
    return frozenset(part.id for part in _parts(node) if isinstance(part, ast.Name))


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all below it but annotations of functions, in no order: in half the time of `ast.walk`."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        for field_name in node._fields:
            if field_name in _LEFT_OUT:
                continue
            value = getattr(node, field_name, None)
            if isinstance(value, ast.AST):
                waiting.append(value)
            elif isinstance(value, list):
                waiting += [item for item in value if isinstance(item, ast.AST)]


_LEFT_OUT = frozenset(["annotation", "returns", "ctx"])  # the last is never more than a word


def _without_annotations(tree: ast.FunctionDef) -> None:
    tree.returns = None
    arguments = tree.args
    given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    for argument in given:
        if argument is not None:
            argument.annotation = None


@dataclass(frozen=True)
class Binding:
    """How one use of a formula is written.

    Attributes:
        conventions: the value of each.
        names: what a function that is mentioned is called, and which of its keywords are conventions; None for a name
            that is no function of the reference.
    """

    conventions: Mapping[str, Any]
    names: Callable[[str], tuple[str, frozenset[str]] | None]
    signature: ast.arguments | None = field(default=None)


def specialise(tree: Definition, name: str, binding: Binding) -> ast.stmt:
    """A function or class of a formula (a fresh tree, which is changed) as this use has it, under the given name.

    Raises:
        AssignmentError: a convention has no value, or the contract gives the function another number of parameters.
    """
    if isinstance(tree, ast.FunctionDef):
        _specialise_function(tree, name, binding)
    else:
        for member in tree.body:
            if isinstance(member, ast.FunctionDef):
                _specialise_function(member, f"{name}.{member.name}", binding)
    tree.name = name.rpartition(".")[2]
    return tree


def _specialise_function(tree: ast.FunctionDef, name: str, binding: Binding) -> None:
    own = {parameter.arg for parameter in tree.args.kwonlyargs}
    if unset := [convention for convention in sorted(own) if binding.conventions.get(convention, ...) is ...]:
        raise AssignmentError(f"{name}: say the convention {', '.join(unset)}")
    tree.args.kwonlyargs, tree.args.kw_defaults = [], []
    _without_annotations(tree)
    local = {argument.arg for argument in tree.args.args} | {
        node.id for node in _parts(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    writer = _Writer({key: value for key, value in binding.conventions.items() if key in own}, local, binding.names)
    tree.body = writer.block(tree.body)
    if binding.signature is not None:
        _take_signature(tree, name, binding.signature, local)


def _take_signature(tree: ast.FunctionDef, name: str, signature: ast.arguments, local: set[str]) -> None:
    """Call the parameters as the contract does; one with a default that the contract has not is that default."""
    mine = [argument.arg for argument in tree.args.args]
    theirs = [argument.arg for argument in (*signature.posonlyargs, *signature.args, *signature.kwonlyargs)]
    spare = dict(zip(mine[::-1], tree.args.defaults[::-1], strict=False))
    if not len(mine) - len(spare) <= len(theirs) <= len(mine):
        raise AssignmentError(
            f"the operation behind {name} takes ({', '.join(mine)}), but the contract's has ({', '.join(theirs)}); "
            "write a function of the contract's signature into solution.py that calls it"
        )
    left_out = {parameter: spare[parameter] for parameter in mine[len(theirs) :]}
    tree.body = [_Filled(left_out).visit(statement) for statement in tree.body]
    mine = mine[: len(theirs)]
    renamed = dict(zip(mine, theirs, strict=True))
    renamed |= {variable: f"{variable}_" for variable in local - set(mine) if variable in theirs}
    for node in _parts(tree):
        if isinstance(node, ast.Name):
            node.id = renamed.get(node.id, node.id)
    tree.args = signature


def specialised_lines(text: str, binding: Binding) -> tuple[str, ...]:
    """Statements in the terms of a formula, one a line, as one use of it has them."""
    statements = ast.parse(text).body
    stored = {
        part.id
        for node in statements
        for part in _parts(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    }
    written = _Writer(binding.conventions, stored, binding.names).block(statements)
    return tuple(ast.unparse(statement) for statement in written)


def replacement_source(replacement: Callable[..., Any]) -> str:
    """A mistake's wrong step as its author wrote it, its conventions worked out, without the declaration above it."""
    source = textwrap.dedent(inspect.getsource(inspect.unwrap(replacement)))
    function = ast.parse(source).body[0]
    if not isinstance(function, ast.FunctionDef):
        return source.strip()
    conventions = getattr(replacement, "conventions", None)
    if not conventions:
        return "\n".join(source.splitlines()[function.lineno - 1 :])
    function.decorator_list = []
    return ast.unparse(specialise(function, function.name, Binding(conventions, lambda name: None)))


class _Filled(ast.NodeTransformer):
    """Puts expressions in the place of names."""

    def __init__(self, values: Mapping[str, ast.expr]) -> None:
        self._values = values

    def visit_Name(self, node: ast.Name) -> Any:
        return self._values.get(node.id, node)


class _Writer(ast.NodeTransformer):
    """Puts values in the place of conventions, and works out what has become constant."""

    def __init__(
        self, values: Mapping[str, Any], local: set[str], names: Callable[[str], tuple[str, frozenset[str]] | None]
    ) -> None:
        self._values, self._local, self._names = values, local, names

    def block(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        written: list[ast.stmt] = []
        for statement in statements:
            found = self.visit(statement)
            written += found if isinstance(found, list) else [] if found is None else [found]
            if written and isinstance(written[-1], ast.Return | ast.Raise):
                break
        return written

    def visit_If(self, node: ast.If) -> Any:
        test = self.visit(node.test)
        if isinstance(test, ast.Constant):
            return self.block(node.body if test.value else node.orelse)
        return ast.If(test, self.block(node.body), self.block(node.orelse))

    def visit_For(self, node: ast.For) -> Any:
        parts = self.visit(node.target), self.visit(node.iter), self.block(node.body), self.block(node.orelse)
        return ast.copy_location(ast.For(*parts), node)  # which `unparse` asks for the line of

    def visit_While(self, node: ast.While) -> Any:
        return ast.While(self.visit(node.test), self.block(node.body), self.block(node.orelse))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Any:
        if node.value is None:
            return None
        return ast.copy_location(ast.Assign([node.target], self.visit(node.value)), node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        _without_annotations(node)
        return self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> Any:
        test = self.visit(node.test)
        if isinstance(test, ast.Constant):
            return self.visit(node.body if test.value else node.orelse)
        return ast.IfExp(test, self.visit(node.body), self.visit(node.orelse))

    def visit_Name(self, node: ast.Name) -> Any:
        if node.id in self._values and isinstance(node.ctx, ast.Load):
            value = self._values[node.id]
            return ast.Name(str(value), ast.Load()) if isinstance(value, Step) else _literal(value)
        if node.id not in self._local and (called := self._names(node.id)):
            return ast.Name(called[0], node.ctx)
        return node

    def visit_Call(self, node: ast.Call) -> Any:
        if isinstance(node.func, ast.Name) and node.func.id not in self._local:
            called = self._names(node.func.id)
            taken = called[1] if called else frozenset()
            node.keywords = [keyword for keyword in node.keywords if keyword.arg not in taken]
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "str" and isinstance(node.args[0], ast.Constant):
            return ast.Constant(str(node.args[0].value))
        return _formatted(node) or node

    def visit_Compare(self, node: ast.Compare) -> Any:
        self.generic_visit(node)
        return _folded(node, [node.left, *node.comparators])

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        self.generic_visit(node)
        return _folded(node, [node.left, node.right])

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Any:
        self.generic_visit(node)
        return _folded(node, [node.operand])

    def visit_BoolOp(self, node: ast.BoolOp) -> Any:
        self.generic_visit(node)
        decisive = isinstance(node.op, ast.Or)
        open_values = []
        for value in node.values:
            if not isinstance(value, ast.Constant):
                open_values.append(value)
            elif bool(value.value) is decisive:
                return value if not open_values else ast.BoolOp(node.op, [*open_values, value])
        if not open_values:
            return ast.Constant(not decisive)
        return open_values[0] if len(open_values) == 1 else ast.BoolOp(node.op, open_values)


def _literal(value: Any) -> ast.expr:
    if value is None or (isinstance(value, bool | int | float | str) and repr(value)[0] != "-"):
        return ast.Constant(value)
    return ast.parse(repr(value), mode="eval").body


def _folded(node: ast.expr, parts: list[ast.expr]) -> ast.expr:
    """The value of an expression of constants; the expression itself when it is none."""
    try:
        for part in parts:
            ast.literal_eval(part)
    except (ValueError, SyntaxError):
        return node
    expression = ast.fix_missing_locations(ast.Expression(node))
    return _literal(eval(compile(expression, "<convention>", "eval"), {"__builtins__": {}}))


def _formatted(node: ast.Call) -> ast.expr | None:
    """`"W{}".format(layer)` as `f"W{layer}"`."""
    function = node.func
    if not (isinstance(function, ast.Attribute) and function.attr == "format" and len(node.args) == 1):
        return None
    if not isinstance(function.value, ast.Constant) or str(function.value.value).count("{}") != 1:
        return None
    before, after = str(function.value.value).split("{}")
    if isinstance(node.args[0], ast.Constant):
        return ast.Constant(before + str(node.args[0].value) + after)
    values: list[ast.expr] = [ast.FormattedValue(node.args[0], -1)]
    return ast.JoinedStr(
        [*([ast.Constant(before)] if before else []), *values, *([ast.Constant(after)] if after else [])]
    )
