"""What may have been meant instead of an expression or an assignment: another operator, axis, constant, function."""

import ast
import copy
from collections.abc import Iterator

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


def other_expressions(node: ast.expr) -> Iterator[str]:
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
    name = name_called(node.func)
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


def other_assignments(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.AugAssign(target=target, op=op, value=value):
            place, text = ast.unparse(target), ast.unparse(value)
            yield f"{place} = {text}"
            for other in OPERATORS.get(type(op), ()):
                yield ast.unparse(ast.AugAssign(target, other(), value))
        case ast.Assign(targets=[ast.Name() | ast.Subscript() as target], value=value):
            yield f"{ast.unparse(target)} += {ast.unparse(value)}"


def other_keys(node: ast.JoinedStr) -> Iterator[str]:
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


def name_called(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
