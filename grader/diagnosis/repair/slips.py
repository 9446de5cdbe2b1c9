"""What may have been meant instead of an expression or an assignment: another operator, axis, constant, function.

Each alternative comes with its kind, a key of `words`.
"""

import ast
import copy
import re
from collections.abc import Callable, Iterator

from grader.diagnosis.repair.nodes import in_brackets, is_numpy, is_word, name_called, said

Alternative = tuple[str, str]  # a text, and its kind

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.MatMult, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
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
    "zeros": ("ones",),
    "ones": ("zeros",),
    "empty": ("zeros",),
    "zeros_like": ("ones_like", "copy"),
    "ones_like": ("zeros_like",),
    "empty_like": ("zeros_like",),
    "abs": ("square", "sign"),
    "var": ("std",),
    "std": ("var",),
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
OF_ONE_NUMBER = {"sqrt", "exp", "log", "square", "tanh", "abs"}
PADDING = re.compile(r"(^|[._])(p|pad|padding)(_\w+)?$")
NUMBER = "number-too-much"  # a number that is written down, which stands for nothing else that may be meant
TWICE = "once-too-often"  # of what is multiplied with itself
OPTIONS = {"order", "ddof"}  # what numpy does without them is what formulas mean
FILLED = {"zeros", "zeros_like", "ones", "ones_like", "empty", "empty_like", "full", "full_like"}
KEPT = {*FILLED, "append", "extend", "insert"}  # calls that are no function of what they are given
ALONG_AXES = {"sum", "mean", "max", "min", "argmax", "argmin", "amax", "amin", "prod", "std", "var", "norm"}


def other_expressions(node: ast.expr) -> Iterator[Alternative]:
    """Texts that may have been meant instead of an expression."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            for other in OPERATORS.get(type(op), ()):
                # Else a part is too much, not its operator; and s + (1 - s) is 1, which shows nothing of a product.
                if not _changes_nothing(left, other, right) and not (other is ast.Add and _is_rest(left, right)):
                    yield _changed(node, "op", other()), "operator"
            if isinstance(op, ast.Mult) and _is_number(right, 2):
                yield _changed(node, "op", ast.Pow()), "operator"
            is_square = isinstance(op, ast.Mult) and said(left) == said(right)
            is_twice = is_square or _is_done_before(left, op, right)
            yield said(left), NUMBER if number_beside(node) is right else TWICE if is_twice else "too-much"
            yield said(right), NUMBER if number_beside(node) is left else TWICE if is_square else "too-much"
            if isinstance(op, ast.Sub):
                yield ast.unparse(ast.BinOp(right, ast.Sub(), left)), "order"
            if isinstance(op, ast.Add) and PADDING.search(said(right)) and _is_plain(right):
                yield ast.unparse(ast.BinOp(left, op, ast.Name(f"2 * {said(right)}"))), "padding-once"
            if isinstance(op, ast.MatMult):
                for a, b in _transposed(left, right):
                    yield f"{a} @ {b}", "transposed"
                if (
                    made := _of_the_first_alone(right, lambda first: ast.BinOp(left, ast.MatMult(), first))
                ) is not None:
                    yield ast.unparse(made), "brackets"
            if isinstance(op, ast.Div):
                yield ast.unparse(ast.BinOp(right, ast.Div(), left)), "upside-down"
                yield from _means_along(left)
            yield from _into_the_call(left, op, right)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield said(operand), "sign"
        case ast.Attribute(value=value, attr="T"):
            yield said(value), "untransposed"
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            for comparison in COMPARISONS.get(type(op), ()):
                yield _changed(node, "ops", [comparison()]), "comparison"
            if isinstance(op, ast.Eq | ast.NotEq) and not any(map(is_word, (left, right))):
                for pattern in ("np.argmax({})", "np.argmax({}, axis=1)", "np.argmax({}, axis=0)"):
                    yield _changed(node, "left", ast.Name(pattern.format(said(left)))), "argmax"
                    yield _changed(node, "comparators", [ast.Name(pattern.format(said(right)))]), "argmax"
        case ast.BoolOp(op=op, values=values):
            for i in range(len(values)):
                rest = [*values[:i], *values[i + 1 :]]
                yield said(rest[0]) if len(rest) == 1 else ast.unparse(ast.BoolOp(op, rest)), "condition-too-much"
            yield _changed(node, "op", ast.And() if isinstance(op, ast.Or) else ast.Or()), "and-or"
        case ast.Call():
            yield from _other_calls(node)
        case ast.Constant(value=bool() as flag):
            yield repr(not flag), "constant"
        case ast.Constant(value=int() as number):
            for near in dict.fromkeys((1 - number, number + 1, number - 1, -1, 0, 2, 3)):
                if near != number:
                    yield repr(near), "constant"
        case ast.Constant(value=float() as real):
            for scaled in dict.fromkeys((real / 2, real * 2, 1.0, 0.0, 0.5, real + 1, real - 1)):
                if scaled != real:
                    yield repr(scaled), "constant"
        case ast.Subscript(value=value, slice=index):
            if isinstance(index, ast.Slice) and (index.lower is None or index.upper is None):
                yield said(value), "too-much"  # with both ends it is a part that somebody chose: a batch, a window
            yield from _other_ends(node, index)
            if isinstance(index, ast.Slice) and index.step is not None:
                bounds = [("lower", index.lower), ("upper", index.upper)]
                for name in [name for name, bound in bounds if bound is not None]:
                    yield said(ast.Subscript(value, _changed_node(index, name))), "slices-too-much"
        case ast.IfExp(body=body, orelse=orelse):
            yield said(body), "always"
            yield said(orelse), "never"


def _changed_node(index: ast.Slice, bound: str) -> ast.Slice:
    """A slice without one of its bounds."""
    made = copy.copy(index)
    setattr(made, bound, None)
    return made


def _of_the_first_alone(factors: ast.expr, product: Callable[[ast.expr], ast.expr]) -> ast.expr | None:
    """`x @ W * slope` for `x @ (W * slope)`; None where the second factor is no product place by place."""
    match factors:
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return ast.BinOp(_of_the_first_alone(left, product) or product(left), ast.Mult(), right)
    return None


def _into_the_call(left: ast.expr, op: ast.operator, right: ast.expr) -> Iterator[Alternative]:
    """`np.sqrt(2 * np.pi)` for `np.sqrt(2) * np.pi`, also behind a division."""
    match left:
        case ast.BinOp(left=first, op=before, right=ast.Call(func=function, args=[argument], keywords=[])):
            if name_called(function) in OF_ONE_NUMBER:
                inner = ast.Call(function, [ast.BinOp(argument, op, right)], [])
                yield ast.unparse(ast.BinOp(first, before, inner)), "into-the-call"
        case ast.Call(func=function, args=[argument], keywords=[]) if name_called(function) in OF_ONE_NUMBER:
            yield ast.unparse(ast.Call(function, [ast.BinOp(argument, op, right)], [])), "into-the-call"
    match left:  # `x * np.exp(-z**2 / 2)` for `x * np.exp(-z)**2 / 2`
        case ast.BinOp(left=first, op=before, right=ast.BinOp(left=ast.Call() as call, op=ast.Pow(), right=power)):
            if inside := _power_inside(call, power):
                inner = ast.Call(call.func, [ast.BinOp(inside, op, right)], [])
                yield ast.unparse(ast.BinOp(first, before, inner)), "into-the-call"
        case ast.BinOp(left=ast.Call() as call, op=ast.Pow(), right=power):
            if inside := _power_inside(call, power):
                yield ast.unparse(ast.Call(call.func, [ast.BinOp(inside, op, right)], [])), "into-the-call"
        case ast.Call() as call if isinstance(op, ast.Pow) and (inside := _power_inside(call, right)):
            yield ast.unparse(ast.Call(call.func, [inside], [])), "into-the-call"


def _power_inside(call: ast.Call, power: ast.expr) -> ast.expr | None:
    """`-z ** 2` of `np.exp(-z)`: a power comes before a sign; None of what is no function of one number."""
    match call:
        case ast.Call(func=function, args=[ast.UnaryOp(op=ast.USub(), operand=z)], keywords=[]):
            inside: ast.expr = ast.UnaryOp(ast.USub(), ast.BinOp(z, ast.Pow(), power))
        case ast.Call(func=function, args=[z], keywords=[]):
            inside = ast.BinOp(z, ast.Pow(), power)
        case _:
            return None
    return inside if name_called(function) in OF_ONE_NUMBER else None


def _is_done_before(left: ast.expr, op: ast.operator, right: ast.expr) -> bool:
    """Whether what an operation does has just been done: of `x / n / n` the second division."""
    return isinstance(left, ast.BinOp) and type(left.op) is type(op) and said(left.right) == said(right)


def _is_plain(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Attribute)


def _other_ends(node: ast.Subscript, index: ast.expr) -> Iterator[Alternative]:
    """What is left out at the beginning where it is left out at the end, and the other way round; an end counted from
    where the part begins.
    """
    parts = index.elts if isinstance(index, ast.Tuple) else [index]
    for number, part in enumerate(parts):
        kind = "other-end"
        match part:
            case ast.Slice(lower=None, upper=ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as left_out))):
                other = ast.Slice(lower=ast.Constant(left_out))
            case ast.Slice(lower=ast.Constant(value=int() as left_out), upper=None) if left_out > 0:
                other = ast.Slice(upper=ast.UnaryOp(ast.USub(), ast.Constant(left_out)))
            case ast.Slice(lower=ast.Name() as start, upper=ast.Name() | ast.Attribute() as width, step=None):
                other, kind = ast.Slice(lower=start, upper=ast.BinOp(start, ast.Add(), width)), "fixed-end"
            case _:
                continue
        changed = [other if i == number else one for i, one in enumerate(parts)]
        yield (
            ast.unparse(ast.Subscript(node.value, ast.Tuple(changed) if isinstance(index, ast.Tuple) else other)),
            kind,
        )


def _means_along(dividend: ast.expr) -> Iterator[Alternative]:
    """The mean along an axis, where the sum of all of an array is divided by how many there are."""
    match dividend:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np" | "numpy"), attr="sum"), args=[array], keywords=[]):
            pass
        case ast.Call(func=ast.Attribute(value=array, attr="sum"), args=[], keywords=[]):
            pass
        case _:
            return
    for axis in (0, 1):
        yield f"np.mean({said(array)}, axis={axis})", "axis"
        yield f"np.mean({said(array)}, axis={axis}, keepdims=True)", "axis"


def _transposed(a: ast.expr, b: ast.expr) -> Iterator[tuple[str, str]]:
    """The factors of a matrix product in other orders, and transposed."""
    first, second = in_brackets(said(a)), in_brackets(said(b))
    yield from (
        (_turned(first), second),
        (first, _turned(second)),
        (second, first),
        (_turned(first), _turned(second)),
        (_turned(second), first),
        (second, _turned(first)),
    )


def _turned(text: str) -> str:
    return text[:-2] if text.endswith(".T") else f"{text}.T"


def _changes_nothing(left: ast.expr, op: type[ast.operator], right: ast.expr) -> bool:
    """Whether one operand is all that is left of an operation, as of `m * 1`."""
    if op in (ast.Mult, ast.Div, ast.Pow):
        return _is_number(right, 1) or (op is ast.Mult and _is_number(left, 1))
    return op in (ast.Add, ast.Sub) and (_is_number(right, 0) or (op is ast.Add and _is_number(left, 0)))


def _is_rest(a: ast.expr, b: ast.expr) -> bool:
    """Whether one of two is 1 less the other."""
    return any(
        isinstance(one, ast.BinOp) and isinstance(one.op, ast.Sub) and _is_number(one.left, 1)
        and said(one.right) == said(other)
        for one, other in ((a, b), (b, a))
    )  # fmt: skip


def _is_number(node: ast.expr, number: int) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value == number


def number_beside(node: ast.expr) -> ast.expr | None:
    """The number without which an operation leaves the other operand as it is: 2 of `x / 2` and of `2 * x`."""
    match node:
        case ast.BinOp(op=ast.Mult() | ast.Div() | ast.Add() | ast.Sub(), right=right) if _is_written_down(right):
            return right
        case ast.BinOp(left=left, op=ast.Mult() | ast.Add()) if _is_written_down(left):
            return left
    return None


def _is_written_down(node: ast.expr) -> bool:
    number = node.operand if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else node
    return isinstance(number, ast.Constant) and type(number.value) in (int, float)


def bounds_of(node: ast.AST) -> list[ast.expr]:
    """Numbers above which a call lets nothing pass: of `clip` the last, of `minimum` any."""
    if not isinstance(node, ast.Call):
        return []
    given = node.args[2:3] if name_called(node.func) == "clip" else node.args
    given = [*given, *(k.value for k in node.keywords if k.arg in ("max", "a_max"))]
    is_bounding = name_called(node.func) in ("clip", "minimum")
    return [one for one in given if is_bounding and isinstance(one, ast.Constant) and type(one.value) in (int, float)]


def _other_calls(node: ast.Call) -> Iterator[Alternative]:
    name = name_called(node.func)
    for bound in bounds_of(node):
        arguments = [ast.Name("np.inf") if one is bound else one for one in node.args]
        keywords = [ast.keyword(k.arg, ast.Name("np.inf")) if k.value is bound else k for k in node.keywords]
        yield ast.unparse(ast.Call(node.func, arguments, keywords)), "bound"
    for keyword in node.keywords:
        if keyword.arg in OPTIONS:
            yield _changed(node, "keywords", [other for other in node.keywords if other is not keyword]), "option"
    for other in FUNCTIONS.get(name, ()):
        yield _changed(node, "func", _renamed(node.func, other)), "function"
    is_of_numpy = isinstance(node.func, ast.Attribute) and is_numpy(node.func.value)
    if name in WRAPPERS or is_of_numpy or len(node.args) == 1:
        inner = node.args[0] if node.args else node.func.value if isinstance(node.func, ast.Attribute) else None
        if inner is not None and not (isinstance(inner, ast.Name) and is_numpy(inner)) and name not in KEPT:
            yield said(inner), "call-too-much"
    if name in ("dot", "matmul", "outer") and len(node.args) == 2:
        for a, b in _transposed(*node.args):
            yield f"{said(node.func)}({a}, {b})", "transposed"
        yield f"{in_brackets(said(node.args[0]))} * {in_brackets(said(node.args[1]))}", "elementwise"
        whole, right = node.args
        if (made := _of_the_first_alone(right, lambda first: ast.Call(node.func, [whole, first], []))) is not None:
            yield ast.unparse(made), "brackets"
    elif name == "dot" and len(node.args) == 1 and isinstance(node.func, ast.Attribute):
        for a, b in _transposed(node.func.value, node.args[0]):
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


def other_directions(statement: ast.stmt) -> Iterator[tuple[ast.expr, str]]:
    """What a loop goes through, from its end to its beginning: `layers[::-1]` for `layers`."""
    if not isinstance(statement, ast.For):
        return
    match statement.iter:
        case ast.Name() | ast.Attribute() as whole:
            yield whole, f"{said(whole)}[::-1]"
        case (
            ast.Subscript(
                value=value, slice=ast.Slice(lower=None, upper=None, step=ast.UnaryOp(op=ast.USub()))
            ) as turned
        ):
            yield turned, said(value)
        case ast.Call(func=ast.Name(id="reversed"), args=[whole]) as turned:
            yield turned, said(whole)
        case ast.Call(func=ast.Name(id="zip" | "enumerate") | ast.Attribute(attr="values" | "items")) as made:
            yield made, f"reversed([*{said(made)}])"


def other_assignments(statement: ast.stmt, *, in_loop: bool) -> Iterator[Alternative]:
    """Other ways to assign; what is overwritten rather than added up is so in a loop alone."""
    match statement:
        case ast.AugAssign(target=target, op=op, value=value):
            place = ast.unparse(target)
            yield f"{place} = {said(value)}", "plain"
            whole = ast.BinOp(ast.parse(place, mode="eval").body, op, value)
            yield f"{place} = {ast.unparse(whole)}", "in-place"
            for other in OPERATORS.get(type(op), ()):
                yield ast.unparse(ast.AugAssign(target, other(), value)), "operator"
            match value:
                case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as sum_of, right=right) if isinstance(
                    op, ast.Div | ast.Mult
                ):
                    for term in (right, ast.BinOp(ast.Constant(2), ast.Mult(), right)):
                        whole = ast.BinOp(ast.BinOp(ast.Name(place), op, left), sum_of, term)
                        yield f"{place} = {ast.unparse(whole)}", "reaches-too-far"
        case ast.Assign(targets=[_, _, *_] as targets):
            for one in targets:
                fewer = copy.copy(statement)
                fewer.targets = [other for other in targets if other is not one]
                yield ast.unparse(fewer), "target-too-much"
        case ast.Assign(targets=[ast.Name() | ast.Subscript() | ast.Attribute() as target], value=value):
            place = ast.unparse(target)
            # What a sum begins with is set, not added: without the line it is right as well.
            if in_loop and not begins(value) and place not in said(value):
                yield f"{place} += {said(value)}", "accumulate"


def begins(value: ast.expr) -> bool:
    """Whether a value is one to begin with, which is no part of a sum: 0, an array of zeros, an empty list."""
    is_filled = isinstance(value, ast.Call) and name_called(value.func) in FILLED
    return is_filled or isinstance(value, ast.Constant | ast.List | ast.Dict)


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
    return ast.unparse(other)


def _renamed(function: ast.expr, name: str) -> ast.expr:
    if isinstance(function, ast.Attribute):
        return ast.Attribute(function.value, name, function.ctx)
    return ast.Name(name, ast.Load())
