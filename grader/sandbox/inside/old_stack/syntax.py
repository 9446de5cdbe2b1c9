"""The submission's syntax tree, with the operations that have changed since replaced by calls of `__grader_…__`."""

from __future__ import annotations

import ast
from typing import Any, Iterator, Sequence

from .values import SEQUENCES, SIZED

OPERATIONS = [
    "divide", "divide_old", "subtract", "negative", "remainder", "print_modulo", "inplace", "inplace_old",
    "inplace_item", "inplace_item_old", "item", "set_item", "scalar", "call", "method", "is_none",
]  # fmt: skip
SIGNS: dict[type, str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
METHODS = frozenset([
    "keys", "values", "items", "iterkeys", "itervalues", "iteritems", "viewkeys", "viewvalues", "viewitems", "has_key",
    "next", "sort", "tostring", "itemset", "newbyteorder", "ptp",
])  # fmt: skip
SCALARS = frozenset(["float", "int", "complex", "long", "round"])
NUMERIC = frozenset(["sqrt", "exp", "log", "log10", "pow", "floor", "ceil", "tanh", "fabs", "isnan", "isinf"])


class Rewriter(ast.NodeTransformer):
    """Replaces operations by calls of `__grader_…__`."""

    def __init__(self, divides: bool) -> None:
        self.old = "_old" if divides else ""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        if isinstance(node.op, ast.Mod) and _is_print(node.left):
            node = self.generic_visit(node)  # type: ignore[assignment]
            shown = node.left.args  # type: ignore[attr-defined]
            options = node.left.keywords  # type: ignore[attr-defined]
            return _called("print_modulo", [*shown[:1], node.right], node, options) if len(shown) == 1 else node
        self.generic_visit(node)
        if isinstance(node.op, ast.Div):
            return _called("divide" + self.old, [node.left, node.right], node)
        if isinstance(node.op, ast.Sub):
            return _called("subtract", [node.left, node.right], node)
        if isinstance(node.op, ast.Mod):
            return _called("remainder", [node.left, node.right], node)
        return node

    def visit_MatchValue(self, node: ast.AST) -> ast.AST:
        return node  # a pattern has no room for calls

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
            return _called("negative", [node.operand], node)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if len(node.ops) == 1 and isinstance(node.ops[0], (ast.Eq, ast.NotEq)) and _is_none(node.comparators[0]):
            negated = ast.Constant(isinstance(node.ops[0], ast.NotEq))
            return _called("is_none", [node.left, negated], node)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load) and not _is_fixed(node.slice):
            return _called("item", [node.value, _index(node.slice)], node)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        target = node.targets[0]
        if len(node.targets) == 1 and isinstance(target, ast.Subscript):
            call = _called("set_item", [node.value, target.value, _index(target.slice)], node)
            return ast.copy_location(ast.Expr(call), node)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        sign = SIGNS.get(type(node.op))
        if sign is None:
            return node
        target = node.target
        first: list[ast.expr] = [ast.Constant(sign)]
        if isinstance(target, ast.Subscript):
            arguments = [*first, target.value, _index(target.slice), node.value]
            return ast.copy_location(ast.Expr(_called("inplace_item" + self.old, arguments, node)), node)
        if isinstance(target, ast.Attribute) and not isinstance(target.value, ast.Name):
            return node  # the owner would be evaluated twice
        now = ast.copy_location(_loaded(target), node)
        new = _called("inplace" + self.old, [*first, now, node.value], node)
        return ast.copy_location(ast.Assign([target], new), node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr in METHODS:
            name: ast.expr = ast.Constant(function.attr)
            return _called("method", [function.value, name, *node.args], node, node.keywords)
        name_of = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name_of in SCALARS and (isinstance(function, ast.Name) or _is_numpy(function)):
            return _called("scalar", [function, *node.args], node, node.keywords)
        if name_of in SIZED or name_of in NUMERIC or name_of in SEQUENCES:
            return _called("call", [function, *node.args], node, node.keywords)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """`print >>file, a, b`, which Python 3 reads as a tuple."""
        value = node.value
        first = value.elts[0] if isinstance(value, ast.Tuple) and value.elts else value
        if isinstance(first, ast.BinOp) and isinstance(first.op, ast.RShift) and _is_name(first.left, "print"):
            shown = value.elts[1:] if isinstance(value, ast.Tuple) else []
            target = ast.keyword("file", first.right)
            node.value = _called("print", shown, node, [target])
        self.generic_visit(node)
        return node


def _called(name: str, arguments: Sequence[ast.expr], node: ast.AST, named: Sequence[ast.keyword] = ()) -> ast.Call:
    function = ast.copy_location(ast.Name("__grader_%s__" % name, ast.Load()), node)
    return ast.copy_location(ast.Call(function, list(arguments), list(named)), node)


def _loaded(target: Any) -> Any:
    """The expression that reads a name or an attribute of a name."""
    if isinstance(target, ast.Name):
        return ast.Name(target.id, ast.Load())
    return ast.Attribute(ast.Name(target.value.id, ast.Load()), target.attr, ast.Load())


def _index(index: ast.expr) -> ast.expr:
    """An expression whose value is the index: slices are calls of `slice`."""
    index = _unwrapped(index)
    if isinstance(index, ast.Slice):
        parts = [part or ast.Constant(None) for part in (index.lower, index.upper, index.step)]
        return _called("slice", parts, index)
    if isinstance(index, ast.Tuple):
        return ast.copy_location(ast.Tuple([_index(part) for part in index.elts], ast.Load()), index)
    return index


def _unwrapped(index: Any) -> Any:
    """The index of a subscript without the nodes around it that Python had before 3.9."""
    kind = type(index).__name__
    if kind == "ExtSlice":
        return ast.copy_location(ast.Tuple(index.dims, ast.Load()), index)
    return index.value if kind == "Index" else index


def _is_fixed(index: ast.expr) -> bool:
    """Whether an index is written out as constants."""
    index = _unwrapped(index)
    if isinstance(index, ast.Constant):
        return True
    if isinstance(index, ast.Slice):
        return all(part is None or _is_fixed(part) for part in (index.lower, index.upper, index.step))
    return isinstance(index, ast.Tuple) and all(map(_is_fixed, index.elts))


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _is_numpy(node: ast.AST) -> bool:
    """Whether it is `np.float` and the like, which were the builtins themselves."""
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("np", "numpy")


def _is_print(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _is_name(node.func, "print")


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def asks_for_division(node: ast.stmt) -> bool:
    is_future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
    return is_future and any(alias.name == "division" for alias in node.names)  # type: ignore[attr-defined]


def bound_names(tree: ast.Module) -> Iterator[str]:
    """Every name that a text binds somewhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (alias.asname or alias.name for alias in node.names)
