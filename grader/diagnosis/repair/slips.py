"""What may have been meant instead of an expression: another operator, operand, constant, comparison.

Each alternative comes with its kind, a key of `words`.
"""

import ast
import copy
import re
from collections.abc import Iterator

from grader.diagnosis.repair.alternatives import (
    NUMBER,
    OPERATORS,
    REST,
    TWICE,
    Alternative,
    changed,
    number_beside,
    of_the_first_alone,
    transposed,
)
from grader.diagnosis.repair.nodes import is_word, name_called, said
from grader.diagnosis.repair.other_calls import other_calls
from grader.submissions.trees import walk

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
PADDING = re.compile(r"(^|[._])(p|pad|padding)(_\w+)?$")


def other_expressions(node: ast.expr) -> Iterator[Alternative]:
    """Texts that may have been meant instead of an expression."""
    yield from over_brackets(node)
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            for other in OPERATORS.get(type(op), ()):
                # Else a part is too much, not its operator; and s + (1 - s) is 1, which shows nothing of a product.
                if not _changes_nothing(left, other, right) and not (other is ast.Add and _is_rest(left, right)):
                    yield changed(node, "op", other()), "operator"
            if isinstance(op, ast.Mult) and _is_number(right, 2):
                yield changed(node, "op", ast.Pow()), "operator"
            is_square = isinstance(op, ast.Mult) and said(left) == said(right)
            is_twice = is_square or _is_done_before(left, op, right)
            yield said(left), NUMBER if number_beside(node) is right else TWICE if is_twice else "too-much"
            is_rest = isinstance(op, ast.Sub) and _is_number(left, 1)
            if is_rest and isinstance(right, ast.BinOp) and isinstance(right.op, ast.Mult) and _is_plain(right.right):
                yield changed(node, "right", ast.BinOp(right.left, ast.Pow(), right.right)), "operator"
            of_left_out = NUMBER if number_beside(node) is left else TWICE if is_square else "too-much"
            yield said(right), REST if is_rest else of_left_out
            if isinstance(op, ast.Sub):
                yield ast.unparse(ast.BinOp(right, ast.Sub(), left)), "order"
            if isinstance(op, ast.Add) and PADDING.search(said(right)) and _is_plain(right):
                yield ast.unparse(ast.BinOp(left, op, ast.Name(f"2 * {said(right)}"))), "padding-once"
            if isinstance(op, ast.Mult):
                yield from _without_slope(left, right)
                if isinstance(right, ast.BinOp) and isinstance(right.op, ast.Sub):  # `2 * b * r - b`
                    product = ast.BinOp(left, ast.Mult(), right.left)
                    yield ast.unparse(ast.BinOp(product, ast.Sub(), right.right)), "brackets"
            if isinstance(op, ast.MatMult):
                for a, b in transposed(left, right):
                    yield f"{a} @ {b}", "transposed"
                if (made := of_the_first_alone(right, lambda first: ast.BinOp(left, ast.MatMult(), first))) is not None:
                    yield ast.unparse(made), "brackets"
            if isinstance(op, ast.Div):
                yield ast.unparse(ast.BinOp(right, ast.Div(), left)), "upside-down"
                yield from _means_along(left)
            if isinstance(op, ast.Add):  # of a step, `w - rate * dw`, there is no other term with a factor
                yield from _factor_of_the_other(left, op, right)
            yield from _into_the_call(left, op, right)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield said(operand), "sign"
        case ast.Attribute(value=value, attr="T"):
            yield said(value), "untransposed"
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            for comparison in COMPARISONS.get(type(op), ()):
                yield changed(node, "ops", [comparison()]), "comparison"
            if isinstance(op, ast.Is | ast.IsNot):
                yield changed(node, "ops", [ast.IsNot() if isinstance(op, ast.Is) else ast.Is()]), "condition-reversed"
            if isinstance(op, ast.Eq | ast.NotEq) and not any(map(is_word, (left, right))):
                for pattern in ("np.argmax({})", "np.argmax({}, axis=1)", "np.argmax({}, axis=0)"):
                    yield changed(node, "left", ast.Name(pattern.format(said(left)))), "argmax"
                    yield changed(node, "comparators", [ast.Name(pattern.format(said(right)))]), "argmax"
        case ast.BoolOp(op=op, values=values):
            for i in range(len(values)):
                rest = [*values[:i], *values[i + 1 :]]
                yield said(rest[0]) if len(rest) == 1 else ast.unparse(ast.BoolOp(op, rest)), "condition-too-much"
            yield changed(node, "op", ast.And() if isinstance(op, ast.Or) else ast.Or()), "and-or"
        case ast.Call():
            yield from other_calls(node)
        case ast.Constant(value=bool() as flag):
            yield repr(not flag), "constant"
        case ast.Constant(value=int() as number):
            for near in dict.fromkeys((1 - number, number + 1, number - 1, -1, 0, 1, 2, 3)):
                if near != number:
                    yield repr(near), "constant"
        case ast.Constant(value=float() as real):
            for scaled in dict.fromkeys(
                (real / 2, real * 2, 1.0, 0.0, 0.5, 2.0, real + 1, real - 1, real / 10, real * 10)
            ):
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


def _without_slope(left: ast.expr, right: ast.expr) -> Iterator[Alternative]:
    """`e` for `e * a * (1 - a)`, however it is bracketed."""
    match left, right:
        case ast.BinOp(left=error, op=ast.Mult(), right=a), b if _is_rest(a, b):
            yield said(error), "slope-too-much"
        case error, ast.BinOp(left=a, op=ast.Mult(), right=b) if _is_rest(a, b):
            yield said(error), "slope-too-much"


def _changed_node(index: ast.Slice, bound: str) -> ast.Slice:
    """A slice without one of its bounds."""
    made = copy.copy(index)
    setattr(made, bound, None)
    return made


def _into_the_call(left: ast.expr, op: ast.operator, right: ast.expr) -> Iterator[Alternative]:
    """`np.sqrt(2 * np.pi)` for `np.sqrt(2) * np.pi`, also behind a division."""
    match left:
        case ast.UnaryOp(op=ast.USub(), operand=operand) if isinstance(op, ast.Mult | ast.Div):
            yield from ((f"-{text}", kind) for text, kind in _into_the_call(operand, op, right))
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


def _factor_of_the_other(left: ast.expr, op: ast.operator, right: ast.expr) -> Iterator[Alternative]:
    """`loss + reg * squares` for `loss * reg + squares`: a name with which the other term is multiplied."""
    for one, other in ((left, right), (right, left)):
        match one:
            case ast.BinOp(left=a, op=ast.Mult(), right=b):
                pairs = ((a, b), (b, a))
            case _:
                continue
        beside = {said(node) for node in walk(other)}
        for rest, factor in pairs:
            if _is_plain(factor) and not isinstance(rest, ast.Constant) and said(factor) not in beside:
                product = ast.BinOp(factor, ast.Mult(), other)
                terms = (rest, product) if one is left else (product, rest)
                yield ast.unparse(ast.BinOp(terms[0], op, terms[1])), "factor-of-the-other"


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


OF_ONE_NUMBER = {"sqrt", "exp", "log", "square", "tanh", "abs"}
SIGMOIDS = {"sigmoid", "sigm", "logistic", "relu"}  # as they are called where they are written by hand
OPERATIONS = (ast.Mult, ast.Div, ast.Add, ast.Sub)
INTO, OUT_OF = "into-the-brackets", "out-of-the-brackets"


def over_brackets(node: ast.expr) -> Iterator[Alternative]:
    """The operand before a function taken into its brackets, and either operand of its argument taken out of them."""
    match node:
        case ast.BinOp(left=left, op=op, right=ast.Call(func=function, args=[argument], keywords=[])):
            if isinstance(op, OPERATIONS) and _is_of_one_number(function):
                yield ast.unparse(ast.Call(function, [ast.BinOp(left, op, argument)], [])), INTO
        case ast.Call(func=function, args=[ast.BinOp(left=left, op=op, right=right)], keywords=[]):
            if isinstance(op, OPERATIONS) and _is_of_one_number(function):
                yield ast.unparse(ast.BinOp(left, op, ast.Call(function, [right], []))), OUT_OF
                yield ast.unparse(ast.BinOp(ast.Call(function, [left], []), op, right)), OUT_OF


def _is_of_one_number(function: ast.expr) -> bool:
    return name_called(function) in OF_ONE_NUMBER | SIGMOIDS
