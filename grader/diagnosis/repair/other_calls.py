"""What may have been meant instead of a call: another function, axis, order of the factors, no bound."""

import ast
from collections.abc import Iterator

from grader.diagnosis.repair.alternatives import FILLED, Alternative, changed, of_the_first_alone, transposed
from grader.diagnosis.repair.nodes import in_brackets, is_numpy, name_called, said

FUNCTIONS = {
    "sum": ("mean", "max"),
    "mean": ("sum",),
    "max": ("min", "sum", "maximum", "argmax", "mean"),
    "median": ("mean",),
    "min": ("max", "minimum"),
    "amax": ("maximum",),
    "maximum": ("minimum", "max"),
    "minimum": ("maximum",),
    "argmax": ("argmin", "max"),
    "argmin": ("argmax",),
    "log2": ("log",),
    "log10": ("log",),
    "log1p": ("log",),
    "exp2": ("exp",),
    "expm1": ("exp",),
    "exp": ("log",),
    "log": ("exp",),
    "sqrt": ("square",),
    "square": ("sqrt",),
    "sinh": ("tanh",),
    "cosh": ("tanh",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "empty": ("zeros",),
    "zeros_like": ("ones_like", "copy"),
    "ones_like": ("zeros_like",),
    "empty_like": ("zeros_like",),
    "abs": ("square", "sign"),
    "var": ("std",),
    "std": ("var", "sqrt"),
    "rand": ("randn",),
    "randn": ("rand",),
    "dot": ("outer", "multiply"),
    "outer": ("dot", "multiply"),
    "multiply": ("dot",),
    "matmul": ("multiply",),
    "floor": ("ceil",),
    "ceil": ("floor",),
    "norm": ("sum",),
    "hstack": ("vstack",),
    "vstack": ("hstack",),
    "argsort": ("argmax",),
}
WRAPPERS = {
    "log",
    "exp",
    "sqrt",
    "abs",
    "square",
    "sum",
    "mean",
    "tanh",
    "maximum",
    "transpose",
    "reshape",
    "int",
    "max",
}
OPTIONS = {"order", "ddof", "constant_values"}  # what numpy does without them is what formulas mean
KEPT = {*FILLED, "append", "extend", "insert"}  # calls that are no function of what they are given
ALONG_AXES = {"sum", "mean", "max", "min", "argmax", "argmin", "amax", "amin", "prod", "std", "var", "norm"}


def other_calls(node: ast.Call) -> Iterator[Alternative]:
    name = name_called(node.func)
    for bound in bounds_of(node):
        arguments = [ast.Name("np.inf") if one is bound else one for one in node.args]
        keywords = [ast.keyword(k.arg, ast.Name("np.inf")) if k.value is bound else k for k in node.keywords]
        yield ast.unparse(ast.Call(node.func, arguments, keywords)), "bound"
    if name == "clip" and len(node.args) == len(bounds_of(node)) + 2:
        cut = said(node.args[0])
        for along in ("", ", axis=1, keepdims=True", ", axis=0, keepdims=True"):
            yield f"{in_brackets(cut)} - np.max({cut}{along})", "clipped"
    for keyword in node.keywords:
        if keyword.arg in OPTIONS:
            yield (
                changed(node, "keywords", [other for other in node.keywords if other is not keyword]),
                f"option: {keyword.arg}",
            )
    for other in FUNCTIONS.get(name, ()):
        yield changed(node, "func", _renamed(node.func, other)), "function"
    is_of_numpy = isinstance(node.func, ast.Attribute) and is_numpy(node.func.value)
    if name in WRAPPERS or is_of_numpy or len(node.args) == 1:
        inner = node.args[0] if node.args else node.func.value if isinstance(node.func, ast.Attribute) else None
        if inner is not None and not (isinstance(inner, ast.Name) and is_numpy(inner)) and name not in KEPT:
            yield said(inner), "call-too-much"
    if name == "exp" and len(node.args) == 1 and not isinstance(node.args[0], ast.UnaryOp):
        yield ast.unparse(ast.Call(node.func, [ast.UnaryOp(ast.USub(), node.args[0])], [])), "exponent-sign"
    if name == "sqrt" and len(node.args) == 1 and said(node.args[0]).rpartition(".")[2] == "pi":
        yield f"{said(node.func)}(2 * {said(node.args[0])})", "root-of-pi"
    match node.args:
        case [summed, ast.Name() | ast.BinOp() | ast.Attribute() | ast.Subscript() as factor, *rest] if (
            name in ("sum", "mean") and is_of_numpy
        ):
            product = ast.Name(f"{in_brackets(said(summed))} * {in_brackets(said(factor))}")
            yield ast.unparse(ast.Call(node.func, [product, *rest], node.keywords)), "comma"
    if name == "outer" and len(node.args) == 2 and is_of_numpy:
        for a, b in transposed(*node.args):
            yield f"np.dot({a}, {b})", "product"
    if name in ("dot", "matmul", "outer") and len(node.args) == 2:
        for a, b in transposed(*node.args):
            yield f"{said(node.func)}({a}, {b})", "transposed"
        yield f"{in_brackets(said(node.args[0]))} * {in_brackets(said(node.args[1]))}", "elementwise"
        whole, right = node.args
        if (made := of_the_first_alone(right, lambda first: ast.Call(node.func, [whole, first], []))) is not None:
            yield ast.unparse(made), "brackets"
    elif name == "dot" and len(node.args) == 1 and isinstance(node.func, ast.Attribute):
        for a, b in transposed(node.func.value, node.args[0]):
            yield f"np.dot({a}, {b})", "transposed"
        yield f"{in_brackets(said(node.func.value))} * {in_brackets(said(node.args[0]))}", "elementwise"
    if name in ("range", "arange") and len(node.args) == 1 and not node.keywords:
        yield f"np.random.permutation({said(node.args[0])})", "not-drawn"
        yield f"reversed({said(node)})", "range"
    if name in ("range", "xrange") and len(node.args) == 2:
        first, last = map(said, node.args)
        yield f"range({last}, {first})", "range"
        yield f"range({last}, {first}, -1)", "range"
    if name == "reversed" and node.args:
        yield said(node.args[0]), "too-much"
    if name in ALONG_AXES:
        own = [f"{k.arg}={said(k.value)}" for k in node.keywords if k.arg not in ("axis", "keepdims")]
        array = [said(part) for part in node.args[:1]] if is_of_numpy else []
        for axis in ("", "axis=0", "axis=1", "axis=-1", "axis=2"):
            for keep in ("", "keepdims=True"):
                given = [*array, *own, *filter(None, (axis, keep))]
                yield f"{said(node.func)}({', '.join(given)})", "axis"


def other_totals(node: ast.expr) -> Iterator[Alternative]:
    """`np.sum(g, axis=0)` for `np.mean(g)`, the mean of everything."""
    match node:
        case ast.Call(func=ast.Attribute(attr="mean" | "sum" as name) as function, keywords=[]):
            array = [said(one) for one in node.args] if is_numpy(function.value) else []
            if len(node.args) == (1 if is_numpy(function.value) else 0):
                other = said(_renamed(function, "sum" if name == "mean" else "mean"))
                for rest in ("axis=0", "axis=1", "axis=0, keepdims=True", "axis=1, keepdims=True"):
                    yield f"{other}({', '.join([*array, rest])})", "total-of-everything"


def bounds_of(node: ast.AST) -> list[ast.expr]:
    """Numbers above which a call lets nothing pass: of `clip` the last, of `minimum` any."""
    if not isinstance(node, ast.Call):
        return []
    given = node.args[2:3] if name_called(node.func) == "clip" else node.args
    given = [*given, *(k.value for k in node.keywords if k.arg in ("max", "a_max"))]
    is_bounding = name_called(node.func) in ("clip", "minimum")
    return [one for one in given if is_bounding and isinstance(one, ast.Constant) and type(one.value) in (int, float)]


def _renamed(function: ast.expr, name: str) -> ast.expr:
    if isinstance(function, ast.Attribute):
        return ast.Attribute(function.value, name, function.ctx)
    return ast.Name(name, ast.Load())
