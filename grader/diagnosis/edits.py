"""Small edits of a function, each of one place: what a slip of the pen may have been before it was made.

The nearest ones come first: another operator, axis or constant; then factors that may be missing and other names;
then whole statements. A text with an edit is the student's own but for that place, so that lines keep their numbers.
"""

import ast
import copy
import itertools
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

Definition = ast.FunctionDef | ast.AsyncFunctionDef

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.MatMult, ast.Add),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
FUNCTIONS = {
    "sum": ("mean",),
    "mean": ("sum",),
    "max": ("min", "sum"),
    "min": ("max",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "log2": ("log",),
    "log10": ("log",),
    "log1p": ("log",),
    "exp2": ("exp",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "zeros_like": ("ones_like",),
    "ones_like": ("zeros_like",),
    "abs": ("square",),
    "var": ("std",),
    "std": ("var",),
}
WRAPPERS = {"log", "exp", "sqrt", "abs", "square", "sum", "mean", "tanh", "maximum", "transpose", "reshape"}
ALONG_AXES = {"sum", "mean", "max", "min", "argmax", "argmin", "amax", "amin", "prod", "std", "var", "norm"}
SWAPPED = {"dot", "matmul", "outer"}
NAMES = 6  # other names that are tried in the place of one
FACTORS = 4


@dataclass(frozen=True)
class Edit:
    """The text of a function's definition with one place changed; `line` is where its statement begins."""

    line: int
    text: str


class Edits:
    """The edits of one function of a unit."""

    def __init__(self, source: str, definition: Definition) -> None:
        self._lines = source.encode().splitlines(keepends=True)
        self._definition = definition
        self._first = min([definition.lineno, *(decorator.lineno for decorator in definition.decorator_list)])

    def tiers(self) -> Sequence[Sequence[Edit]]:
        """Edits by how far they are from the text, nearest first."""
        return [
            self._distinct(tier)
            for tier in (self._slips(), self._missing_factors(), self._names(), self._whole_statements())
        ]

    def _distinct(self, edits: Iterable[Edit]) -> list[Edit]:
        texts: dict[str, Edit] = {}
        for edit in edits:
            texts.setdefault(edit.text, edit)
        return [*texts.values()]

    # --- the text ----------------------------------------------------------------------------------------

    def _edit(self, statement: ast.stmt, node: ast.expr | ast.stmt, replacement: str) -> Edit:
        """The definition with the source of a node replaced."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        before = [*self._lines[self._first - 1 : node.lineno - 1], self._lines[node.lineno - 1][: node.col_offset]]
        end = self._definition.end_lineno or node.end_lineno
        after = [self._lines[node.end_lineno - 1][node.end_col_offset :], *self._lines[node.end_lineno : end]]
        text = b"".join([*before, replacement.encode(), *after]).decode(errors="replace")
        return Edit(statement.lineno, textwrap.dedent(text))

    @cached_property
    def _statements(self) -> Sequence[ast.stmt]:
        """Every statement below the definition, outside functions inside it."""
        found: list[ast.stmt] = []
        waiting: list[ast.stmt] = list(self._definition.body)
        while waiting:
            statement = waiting.pop(0)
            if isinstance(statement, Definition | ast.ClassDef):
                continue
            found.append(statement)
            for field in ("body", "orelse", "finalbody"):
                waiting += getattr(statement, field, [])
        return found

    def _expressions(self) -> Iterator[tuple[ast.stmt, ast.expr]]:
        """Every expression with its statement; an f-string is one, since its parts have no places of their own."""
        for statement in self._statements:
            waiting = [child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.expr)]
            while waiting:
                node = waiting.pop(0)
                yield statement, node
                if not isinstance(node, ast.JoinedStr | ast.Lambda):
                    waiting += _operands(node)

    # --- the nearest edits -------------------------------------------------------------------------------

    def _slips(self) -> Iterator[Edit]:
        for statement, node in self._expressions():
            for replacement in _slips_of(node):
                yield self._edit(statement, node, replacement)
        for statement in self._statements:
            for text in _other_assignments(statement):
                yield self._edit(statement, statement, text)

    # --- factors and names -------------------------------------------------------------------------------

    def _missing_factors(self) -> Iterator[Edit]:
        for statement, node in self._terms():
            text = ast.unparse(node)
            for factor in ("2", *self._counts):
                yield self._edit(statement, node, f"(({text}) / {factor})")
                yield self._edit(statement, node, f"(({text}) * {factor})")
            yield self._edit(statement, node, f"(-({text}))")
        for statement, node in (*self._terms(), *self._factors()):
            text = ast.unparse(node)
            for other in ("np.log({})", "np.exp({})", "({}) ** 2", "1 - ({})"):
                yield self._edit(statement, node, f"({other.format(text)})")

    def _names(self) -> Iterator[Edit]:
        for statement, node in self._expressions():
            for replacement in self._other_names(node):
                yield self._edit(statement, node, replacement)

    def _terms(self) -> Iterator[tuple[ast.stmt, ast.expr]]:
        """What is assigned or returned, and the parts of sums."""
        for statement in self._statements:
            value = getattr(statement, "value", None)
            if isinstance(value, ast.expr) and not isinstance(value, ast.Tuple | ast.Dict | ast.List | ast.Constant):
                yield statement, value
        for statement, node in self._expressions():
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
                yield statement, node.left
                yield statement, node.right

    def _factors(self) -> Iterator[tuple[ast.stmt, ast.expr]]:
        for statement, node in self._expressions():
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.MatMult):
                yield statement, node.left
                yield statement, node.right

    @cached_property
    def _counts(self) -> Sequence[str]:
        """What results are divided by: names of sizes, and the lengths of parameters where there are none."""
        names = [
            name
            for statement in self._statements
            if isinstance(statement, ast.Assign) and _gives_sizes(statement.value)
            for name in _bound(statement.targets)
        ]
        parameters = [argument.arg for argument in self._definition.args.args if argument.arg != "self"]
        lengths = [] if names else [f"len({name})" for name in parameters]
        scalars = [name for name in parameters if name in ("m", "n", "lam", "lambd", "reg", "lambda_", "lmbda")]
        return [*dict.fromkeys([*names, *scalars, *lengths])][:FACTORS]

    def _other_names(self, node: ast.expr) -> Iterator[str]:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in self._own_names:
            near = sorted(self._own_names, key=lambda name: (-_alike(name, node.id), name))
            others = [*[name for name in near if name != node.id][:NAMES], *self._counts]
            yield from (name for name in dict.fromkeys(others) if name != node.id)
            if id(node) in self._indices:
                yield from (f"({node.id} - 1)", f"({node.id} + 1)")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in self._keys:
            near = sorted(self._keys, key=lambda key: (-_alike(key, str(node.value)), key))
            yield from [repr(key) for key in near if key != node.value][:NAMES]
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield from self._counts
        elif isinstance(node, ast.JoinedStr):
            yield from _other_keys(node)

    @cached_property
    def _own_names(self) -> Sequence[str]:
        """Parameters and local variables."""
        names = [argument.arg for argument in self._definition.args.args]
        for node in ast.walk(self._definition):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.append(node.id)
        return [*dict.fromkeys(name for name in names if name != "self")]

    @cached_property
    def _indices(self) -> frozenset[int]:
        """Names (by identity) that are counted with: in subscripts and ranges."""
        counted: list[ast.AST] = []
        for node in ast.walk(self._definition):
            if isinstance(node, ast.Subscript):
                counted.append(node.slice)
            elif isinstance(node, ast.Call) and _name_of(node.func) in ("range", "arange"):
                counted += node.args
        return frozenset(id(name) for part in counted for name in ast.walk(part) if isinstance(name, ast.Name))

    @cached_property
    def _keys(self) -> Sequence[str]:
        """Strings that are used as keys."""
        slices = [node.slice for node in ast.walk(self._definition) if isinstance(node, ast.Subscript)]
        return [*dict.fromkeys(k.value for k in slices if isinstance(k, ast.Constant) and isinstance(k.value, str))]

    # --- whole statements --------------------------------------------------------------------------------

    def _whole_statements(self) -> Iterator[Edit]:
        for statement in self._statements:
            if isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr) and statement is not self._docstring:
                yield self._edit(statement, statement, "pass")
        for body in self._bodies():
            for first, second in itertools.pairwise(body):
                if isinstance(first, ast.Assign | ast.AugAssign) and isinstance(second, ast.Assign | ast.AugAssign):
                    yield self._spanning(first, second, [second, first])
            for loop in body:
                if isinstance(loop, ast.For | ast.While) and isinstance(loop.body[-1], ast.Return) and loop.body[1:]:
                    shorter = copy.copy(loop)
                    shorter.body = loop.body[:-1]
                    edit = self._spanning(loop, loop, [shorter, loop.body[-1]])
                    yield Edit(loop.body[-1].lineno, edit.text)

    def _spanning(self, first: ast.stmt, last: ast.stmt, replacement: Sequence[ast.stmt]) -> Edit:
        """The definition with neighbouring statements replaced by others, at their indentation."""
        assert last.end_lineno is not None
        whole = copy.copy(first)
        whole.end_lineno, whole.end_col_offset = last.end_lineno, last.end_col_offset
        indent = " " * first.col_offset
        text = f"\n{indent}".join(line for node in replacement for line in ast.unparse(node).splitlines())
        return self._edit(first, whole, text)

    def _bodies(self) -> Iterator[Sequence[ast.stmt]]:
        yield self._definition.body
        for statement in self._statements:
            for field in ("body", "orelse"):
                if body := getattr(statement, field, []):
                    yield body

    @property
    def _docstring(self) -> ast.stmt | None:
        return self._definition.body[0] if ast.get_docstring(self._definition, clean=False) is not None else None


def _operands(node: ast.AST) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield child
        elif isinstance(child, ast.keyword | ast.comprehension):
            yield from _operands(child)


def _slips_of(node: ast.expr) -> Iterator[str]:
    """Texts that may have been meant instead of an expression."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            for other in OPERATORS.get(type(op), ()):
                yield _changed(node, "op", other())
            yield f"({ast.unparse(left)})"
            yield f"({ast.unparse(right)})"
            if isinstance(op, ast.MatMult):
                a, b = ast.unparse(left), ast.unparse(right)
                yield from (f"(({a}).T @ ({b}))", f"(({a}) @ ({b}).T)", f"(({b}) @ ({a}))", f"(({a}).T @ ({b}).T)")
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield f"({ast.unparse(operand)})"
        case ast.Attribute(value=value, attr="T"):
            yield ast.unparse(value)
        case ast.Compare(ops=[op], left=_, comparators=_):
            for comparison in COMPARISONS.get(type(op), ()):
                yield f"({_changed(node, 'ops', [comparison()])})"
        case ast.Call():
            yield from _other_calls(node)
        case ast.Constant(value=bool() as flag):
            yield repr(not flag)
        case ast.Constant(value=int() as number):
            yield from map(repr, dict.fromkeys((1 - number, number + 1, number - 1, -1, None)))
        case ast.Constant(value=float() as number):
            yield from map(repr, dict.fromkeys((number / 2, number * 2, 1.0, 0.0)))
        case ast.Subscript(value=value, slice=ast.Slice()):
            yield ast.unparse(value)


def _other_calls(node: ast.Call) -> Iterator[str]:
    name = _name_of(node.func)
    for other in FUNCTIONS.get(name, ()):
        yield _changed(node, "func", _renamed(node.func, other))
    if name in WRAPPERS:
        inner = node.args[0] if node.args else node.func.value if isinstance(node.func, ast.Attribute) else None
        if inner is not None:
            yield f"({ast.unparse(inner)})"
    if name in SWAPPED and len(node.args) == 2:
        a, b = map(ast.unparse, node.args)
        for args in (f"{b}, {a}", f"({a}).T, {b}", f"{a}, ({b}).T", f"({a}).T, ({b}).T"):
            yield f"{ast.unparse(node.func)}({args})"
        yield f"(({a}) * ({b}))"
    if name == "range" and len(node.args) > 1:
        first, last, *steps = map(ast.unparse, node.args)
        yield f"range({', '.join([last, first, *steps])})"
        if not steps:
            yield f"range({last}, {first}, -1)"
    if name in ALONG_AXES:
        for axis in ("", "axis=0", "axis=1", "axis=-1"):
            for keep in ("", "keepdims=True"):
                given = [ast.unparse(part) for part in node.args]
                given += [f"{k.arg}={ast.unparse(k.value)}" for k in node.keywords if k.arg not in ("axis", "keepdims")]
                yield f"{ast.unparse(node.func)}({', '.join([*given, *filter(None, (axis, keep))])})"


def _other_assignments(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.AugAssign(target=target, op=op, value=value):
            place, text = ast.unparse(target), ast.unparse(value)
            yield f"{place} = {text}"
            for other in OPERATORS.get(type(op), ()):
                yield ast.unparse(ast.AugAssign(target, other(), value))
        case ast.Assign(targets=[ast.Name() | ast.Subscript() as target], value=value):
            yield f"{ast.unparse(target)} += {ast.unparse(value)}"


def _other_keys(node: ast.JoinedStr) -> Iterator[str]:
    """An f-string such as f"W{layer}" for the neighbouring layers."""
    for i, part in enumerate(node.values):
        if isinstance(part, ast.FormattedValue):
            for change in ("- 1", "+ 1"):
                values: list[ast.expr] = list(node.values)
                inner = ast.parse(f"({ast.unparse(part.value)}) {change}", mode="eval").body
                values[i] = ast.FormattedValue(inner, part.conversion, part.format_spec)
                yield ast.unparse(ast.JoinedStr(values))


def _changed(node: ast.expr, field: str, value: object) -> str:
    other = copy.copy(node)
    setattr(other, field, value)
    return f"({ast.unparse(other)})"


def _renamed(function: ast.expr, name: str) -> ast.expr:
    if isinstance(function, ast.Attribute):
        return ast.Attribute(function.value, name, function.ctx)
    return ast.Name(name, ast.Load())


def _name_of(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _gives_sizes(value: ast.expr) -> bool:
    """Whether an expression gives sizes: `X.shape[0]`, `len(Y)`."""
    return any(
        (isinstance(node, ast.Attribute) and node.attr in ("shape", "size"))
        or (isinstance(node, ast.Call) and _name_of(node.func) == "len")
        for node in ast.walk(value)
    )


def _bound(targets: Iterable[ast.expr]) -> Iterator[str]:
    for target in targets:
        for node in ast.walk(target):
            if isinstance(node, ast.Name):
                yield node.id


def _alike(a: str, b: str) -> int:
    """How many characters two names have in common at their ends."""
    return _common(a, b, lambda name: name) + _common(a, b, lambda name: name[::-1])


def _common(a: str, b: str, turned: Callable[[str], str]) -> int:
    count = 0
    for x, y in zip(turned(a), turned(b), strict=False):
        if x != y:
            break
        count += 1
    return count
