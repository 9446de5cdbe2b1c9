"""Rewrites a syntax tree so that each operation reports itself to the recorder.

    a @ b + c        becomes   R.binary(7, R.binary(6, a, b), c)
    np.dot(a, b)     becomes   R.call(8, np.dot, a, b)
    x = f(y)         becomes   x = R.assigned(9, ...); R.name(9, "x", x)

where R is `__grader_recorder__` and the numbers stand for places in the text. What a submission does stays the same;
what it would notice (`super()`, `locals()`, patterns, deletions, targets that call something) is left alone.
"""

from __future__ import annotations

import ast
import copy
import operator
from typing import Any, Callable

RECORDER = "__grader_recorder__"
OPERATORS = {
    ast.Add: "Add", ast.Sub: "Sub", ast.Mult: "Mult", ast.Div: "Div", ast.MatMult: "MatMult", ast.Pow: "Pow",
    ast.FloorDiv: "FloorDiv", ast.Mod: "Mod", ast.BitAnd: "BitAnd", ast.BitOr: "BitOr", ast.BitXor: "BitXor",
}  # fmt: skip
OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "Add": operator.add, "Sub": operator.sub, "Mult": operator.mul, "Div": operator.truediv,
    "MatMult": operator.matmul, "Pow": operator.pow, "FloorDiv": operator.floordiv, "Mod": operator.mod,
    "BitAnd": operator.and_, "BitOr": operator.or_, "BitXor": operator.xor,
}  # fmt: skip
COMPARISONS = {ast.Gt: "gt", ast.Lt: "lt", ast.GtE: "ge", ast.LtE: "le", ast.Eq: "eq", ast.NotEq: "ne"}
IN_PLACE = frozenset(["fill", "sort", "put", "itemset", "resize"])
#: What gives a list of numbers: how that is noted.
LISTING = {"Add": "concatenate", "tolist": "tolist"}
SPLITTING = frozenset(["split", "array_split", "hsplit", "vsplit"])
# They look at the frame that calls them, or never have to do with arrays.
LEFT_ALONE = frozenset([
    "super", "locals", "globals", "vars", "dir", "exec", "eval", "print", "isinstance", "issubclass", "len", "range",
    "type", "hasattr", "open", "input", "str", "repr", "format", "id", "breakpoint", "open", "property",
])  # fmt: skip

# In a target they may be called once more: `params["W" + str(i)] -= step`.
HARMLESS = frozenset(["str", "len", "int", "abs", "min", "max", "format", "arange", "range", "astype", "reshape",
                      "slice", "ravel", "flatten", "squeeze", "array", "asarray", "tolist"])  # fmt: skip

HELD = "__grader_held__"
#: Adds a place to the table: (op, node, function) -> its number.
Place = Callable[[str, ast.AST, str], int]


class Instrument(ast.NodeTransformer):
    """The transformer for one file; what it makes inside hooks has no location before all is filled in at once."""

    def __init__(self, place: Place, *, is_passing: bool = False) -> None:
        self._place = place
        self._is_passing = is_passing  # whether loops can be ended from outside, and the run goes on behind them
        self._function = ["<module>"]

    def at(self, op: str, node: ast.AST) -> ast.Constant:
        return ast.Constant(self._place(op, node, self._function[-1]))

    def hook(self, name: str, node: ast.AST, *arguments: Any) -> ast.Call:
        function = ast.Attribute(ast.Name(RECORDER, ast.Load()), name, ast.Load())
        call: ast.Call = ast.copy_location(ast.Call(function, list(arguments), []), node)
        return call

    # --- expressions -----------------------------------------------------------------------------------

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        op = OPERATORS.get(type(node.op))
        if op is None or _is_text(node):
            return self.generic_visit(node)
        return self.hook("binary", node, self.at(op, node), self.visit(node.left), self.visit(node.right))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        if not isinstance(node.op, ast.USub) or isinstance(node.operand, ast.Constant):
            return self.generic_visit(node)
        return self.hook("negative", node, self.at("USub", node), self.visit(node.operand))

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        op = COMPARISONS.get(type(node.ops[0])) if len(node.ops) == 1 else None
        if op is None:
            return self.generic_visit(node)
        left, right = self.visit(node.left), self.visit(node.comparators[0])
        return self.hook("compare", node, self.at(op, node), ast.Constant(op), left, right)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Name) and node.func.id in LEFT_ALONE:
            return self.generic_visit(node)
        place = self.at("call", node)
        call = self.hook("call", node, place, self.visit(node.func), *[self.visit(arg) for arg in node.args])
        call.keywords = [ast.copy_location(ast.keyword(one.arg, self.visit(one.value)), node) for one in node.keywords]
        return call

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if node.attr != "T" or not isinstance(node.ctx, ast.Load):
            return self.generic_visit(node)
        return self.hook("transpose", node, self.at("T", node), self.visit(node.value))

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        if not isinstance(node.ctx, ast.Load):
            return self.generic_visit(node)
        return self.hook("item", node, self.at("Index", node), self.visit(node.value), self.key(node.slice))

    def key(self, key: Any) -> Any:
        """The expression that gives what stands between the brackets."""
        kind = type(key).__name__
        if kind == "Index":  # until Python 3.8
            return self.key(key.value)
        if kind == "ExtSlice":
            return ast.Tuple([self.key(part) for part in key.dims], ast.Load())
        if isinstance(key, ast.Slice):
            parts = [self.visit(part) if part is not None else ast.Constant(None) for part in _bounds(key)]
            return ast.Call(ast.Name("slice", ast.Load()), parts, [])
        if isinstance(key, ast.Tuple):
            return ast.Tuple([self.key(part) for part in key.elts], ast.Load())
        return self.visit(key)

    def visit_NamedExpr(self, node: Any) -> ast.AST:
        node.value = self.visit(node.value)
        return node  # type: ignore[no-any-return]

    def _comprehension(self, node: Any) -> ast.AST:
        for generator in node.generators:
            generator.iter = self.iterated(generator.iter)
            generator.ifs = [self.visit(condition) for condition in generator.ifs]
        for field in ("elt", "key", "value"):
            if hasattr(node, field):
                setattr(node, field, self.visit(getattr(node, field)))
        return node  # type: ignore[no-any-return]

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension

    def iterated(self, node: Any) -> ast.AST:
        return self.hook("items", node, self.at("Item", node), self.visit(node))

    # --- statements ------------------------------------------------------------------------------------

    def visit_FunctionDef(self, node: Any) -> ast.AST:
        self._function.append(node.name)
        node.body = self.block(node.body)
        self._function.pop()
        return node  # type: ignore[no-any-return]

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_match_case(self, node: Any) -> ast.AST:
        node.body = self.block(node.body)
        return node  # type: ignore[no-any-return]

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Any:
        if node.value is None:
            return node
        node.value = self.hook("assigned", node, self.at("Assign", node), self.visit(node.value))
        return [node, *self.stored(node.target, node)]

    def visit_While(self, node: ast.While) -> Any:
        is_passable = self._is_passing and not _gives_values(node)
        node.test = self.visit(node.test)
        node.body, node.orelse = self.block(node.body), self.block(node.orelse)
        return self.passable(node) if is_passable else node

    def passable(self, loop: Any) -> list[ast.stmt]:
        """A loop that is left where the recorder says so."""
        entered, left, beyond = [_statement(self.hook(name, loop), loop) for name in ("entered", "left", "beyond")]
        handler = ast.ExceptHandler(self.hook("caught", loop), None, [beyond])
        return [entered, ast.copy_location(ast.Try([loop], [handler], [], [left]), loop)]

    def visit_For(self, node: ast.For) -> Any:
        is_passable = self._is_passing and not _gives_values(node)
        things = self.iterated(node.iter)
        node.iter = self.hook("rounds", node.iter, things) if is_passable else things  # type: ignore[assignment]
        node.body = [*self.stored(node.target, node.target), *self.block(node.body)]
        node.orelse = self.block(node.orelse)
        return self.passable(node) if is_passable else node

    def visit_Assign(self, node: ast.Assign) -> Any:
        if _sets_parts_at_once(node):  # `P[u], Q[i] = …` as two of them, of values that are made before
            names = [f"{HELD}{k}" for k in range(len(node.value.elts))]  # type: ignore[attr-defined]
            pairs = list(zip(names, node.targets[0].elts, node.value.elts, strict=True))  # type: ignore[attr-defined]
            held = [ast.Assign([ast.Name(name, ast.Store())], self.visit(value)) for name, _, value in pairs]
            sets = [ast.Assign([target], ast.Name(name, ast.Load())) for name, target, _ in pairs]
            placed = [ast.fix_missing_locations(ast.copy_location(one, node)) for one in (*held, *sets)]
            return [*placed[: len(held)], *self.block(placed[len(held) :])]  # type: ignore[arg-type]
        value = self.visit(node.value)
        node.value = self.hook("assigned", node, self.at("Assign", node), value)
        looks = [look for target in node.targets for look in self.looked_at(target, node)]
        return [*looks, node, *[s for target in node.targets for s in self.stored(target, node)]]

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        op = OPERATORS.get(type(node.op))
        if op is None:
            return self.generic_visit(node)
        if isinstance(node.target, (ast.Subscript, ast.Attribute)) and isinstance(node.target.value, ast.Call):
            # what a call gives has a name first, so that it can be read once more: `parts()[k] -= step`
            named = ast.Assign([ast.Name(HELD, ast.Store())], self.visit(node.target.value))
            node.target.value = ast.Name(HELD, ast.Load())
            return [ast.fix_missing_locations(ast.copy_location(named, node)), *self.visit_AugAssign(node)]
        place = self.at(op, node)
        if not _is_simple(node.target):
            node.value = self.hook("assigned", node, place, self.visit(node.value))
            return [*self.looked_at(node.target, node), node, *self.stored(node.target, node)]
        target = _loaded(node.target)
        node.value = self.hook("assigned", node, place, self.visit(node.value))
        looks = [_statement(self.hook("before", node, place, target), node), *self.looked_at(node.target, node)]
        after = _statement(self.hook("after", node, place, _loaded(node.target)), node)
        return [*looks, node, after, *self.stored(node.target, node)]

    def looked_at(self, target: Any, node: ast.AST) -> list[ast.stmt]:
        """What an array holds before a part of it is replaced."""
        if not isinstance(target, ast.Subscript) or not _is_simple(target.value):
            return []
        return [_statement(self.hook("whole_before", node, *map(_loaded, _wholes(target))), node)]

    def stored(self, target: Any, node: ast.AST) -> list[ast.stmt]:
        """Tell the recorder what the target holds now."""
        if isinstance(target, (ast.Tuple, ast.List)):
            return [s for part in target.elts for s in self.stored(part, node)]
        if isinstance(target, ast.Subscript) and not _is_simple(target) and _is_simple(target.value):
            name, wholes = ast.Constant(_name(target.value)), map(_loaded, _wholes(target))
            whole = self.hook("part", node, self.at("Assign", node), name, ast.Constant(None), *wholes)
            return [_statement(whole, node)]
        if isinstance(target, ast.Starred) or not _is_simple(target):
            return []
        place = self.at("Assign", node)
        if isinstance(target, ast.Subscript):
            key, name = self.key(_loaded(target).slice), ast.Constant(_name(target.value))
            return [_statement(self.hook("part", node, place, name, key, *map(_loaded, _wholes(target))), node)]
        named = self.hook("name", node, place, ast.Constant(_name(target)), _loaded(target))
        return [_statement(named, node)]

    def block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        statements: list[ast.stmt] = []
        for statement in body:
            visited = self.visit(statement)
            statements += visited if isinstance(visited, list) else [visited]
        return statements


def _sets_parts_at_once(node: ast.Assign) -> bool:
    target, value = node.targets[0], node.value
    if len(node.targets) > 1 or not isinstance(target, ast.Tuple) or not isinstance(value, ast.Tuple):
        return False
    is_plain = not any(isinstance(one, ast.Starred) for one in (*target.elts, *value.elts))
    is_of_parts = any(isinstance(one, ast.Subscript) for one in target.elts)
    return is_plain and is_of_parts and len(target.elts) == len(value.elts)


def _statement(call: ast.Call, node: ast.AST) -> ast.stmt:
    statement: ast.stmt = ast.copy_location(ast.Expr(call), node)
    return statement


def _gives_values(loop: Any) -> bool:
    """Whether it may stand still in a generator while others run."""
    return any(isinstance(node, (ast.Yield, ast.YieldFrom, ast.Await)) for node in ast.walk(loop))


def _bounds(key: ast.Slice) -> list[Any]:
    return [key.lower, key.upper, key.step]


def _is_text(node: ast.BinOp) -> bool:
    """Whether it is `"..." % x` or a text put together."""
    return any(
        isinstance(side, ast.Constant) and isinstance(side.value, (str, bytes)) for side in (node.left, node.right)
    )


def _is_simple(target: Any) -> bool:
    """Whether a target can be read once more without doing anything."""
    if isinstance(target, (ast.Tuple, ast.List)):
        return all(map(_is_simple, target.elts))
    if isinstance(target, ast.Starred):
        return False
    acting = (ast.Await, ast.Yield, ast.YieldFrom, ast.ListComp, ast.GeneratorExp, ast.Lambda)
    return not any(
        isinstance(node, acting)
        or (isinstance(node, ast.Call) and _called(node) not in HARMLESS)
        or type(node).__name__ == "NamedExpr"
        for node in ast.walk(target)
    )


def _wholes(target: ast.Subscript) -> list[Any]:
    """What holds the part that is set, from the nearest out: of `W[i][j]` it is `W[i]`, a view, and `W`."""
    found = [target.value]
    while isinstance(found[-1], ast.Subscript) and len(found) < 4:
        found.append(found[-1].value)
    return found


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _loaded(target: Any) -> Any:
    """The target as an expression."""
    found = copy.deepcopy(target)
    for node in ast.walk(found):
        if hasattr(node, "ctx"):
            node.ctx = ast.Load()
    return found


def _name(target: Any) -> str:
    """`self.W1`, `params`, as the person writes it."""
    if isinstance(target, ast.Name):
        return "…" if target.id == HELD else target.id
    if isinstance(target, ast.Attribute):
        return "%s.%s" % (_name(target.value), target.attr)
    if isinstance(target, ast.Subscript):
        return "%s[…]" % _name(target.value)
    return "…"
