"""Alternatives that have to do with shapes: products, broadcasts, brackets, numpy's functions for Python's, sizes."""

import ast
from collections.abc import Callable, Iterator

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.alternatives import Alternative
from grader.diagnosis.repair.kind import OTHER
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import in_brackets, is_numpy, name_called, said
from grader.submissions.trees import walk

_BROADCASTS = ("{}.T", "{}[:, None]", "{}[None, :]", "np.sum({}, axis=1, keepdims=True)", "np.sum({}, axis=0)")
_RANDOM = {"randn", "rand", "random", "standard_normal", "normal", "uniform"}
_BOUNDED = frozenset(["maximum", "fmax"])

_CURVED = {"exp", "log", "sqrt", "cosh", "sinh", "tanh", "cos", "sin"}  # f(a·b) is not f(a)·b
_REDUCING, _BENDING = ("sum", "mean"), ("log", "exp")  # of roots and squares it would be another measure of size
_INSIDE_OUT = {pair for a in _REDUCING for b in _BENDING for pair in ((a, b), (b, a))}


def other_shapes(statement: ast.stmt, node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """Texts that may have been meant instead of an expression."""
    match node:
        case ast.BinOp():
            yield from _of_operation(node, kinds)
        case ast.Call():
            yield from _of_call(statement, node, kinds)
            yield from _out_of_call(node)
        case ast.IfExp(test=test, body=one, orelse=other):
            yield f"np.where({said(test)}, {said(one)}, {said(other)})", "place-by-place"
        case ast.Subscript(value=ast.Attribute(value=base, attr="shape")) | ast.Attribute(value=base, attr="shape"):
            yield from _of_sizes(node, base, kinds)
        case ast.Compare(ops=[op], comparators=[right]):
            for text, kind in kinds.arrays():
                if kind.shape == kinds.of(node).shape and text != said(node.left):
                    yield ast.unparse(ast.Compare(ast.Name(text), [op], [right])), "name"
    is_read = isinstance(node, ast.Name | ast.Subscript) and isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Name | ast.Subscript) and is_read and not _is_stored_into(statement, node):
        yield from _of_value(node, kinds)
    if isinstance(statement, ast.Return) and isinstance(node, ast.Name) and kinds.of(node) == OTHER:
        yield f"{node.id}[::-1]", "reversed"


def _is_stored_into(statement: ast.stmt, node: ast.expr) -> bool:
    """Whether a statement puts something into an array: into another one in its place, and it would do nothing."""
    for target in targets_of(statement):
        while isinstance(target, ast.Subscript):
            target = target.value
            if target is node:
                return True
    return False


def turned_as_a_whole(statement: ast.stmt, kinds: Kinds) -> Iterator[tuple[ast.expr, str]]:
    """The sums of matrices that a statement gives, with their transposes: no single factor of theirs makes that."""
    value = getattr(statement, "value", None)
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Return) and isinstance(value, ast.expr):
        target = said(statement.targets[0]) if isinstance(statement, ast.Assign) else ""
        for part in value.elts if isinstance(value, ast.Tuple) else [value]:
            if not isinstance(part, ast.BinOp) or not isinstance(part.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
                continue
            if 2 in (kinds.of(part).rank, kinds.of(target).rank if part is value else 0):
                yield part, f"{in_brackets(said(part))}.T"


def _of_each_sample(node: ast.BinOp, kinds: Kinds) -> Iterator[Alternative]:
    """`np.einsum("nij,nj->ni", J, g)` for `J * g` and `J @ g`, of a matrix and a vector for each sample."""
    pairs = (node.left, node.right), (node.right, node.left)
    for matrices, vectors in pairs if isinstance(node.op, ast.Mult | ast.MatMult) else ():
        shapes = kinds.of(matrices).shape, kinds.of(vectors).shape
        if len(shapes[0]) == 3 and len(shapes[1]) == 2 and shapes[0][0] == shapes[1][0]:
            for letters in ("nij,nj->ni", "nij,ni->nj"):
                yield f'np.einsum("{letters}", {said(matrices)}, {said(vectors)})', "of-each-sample"


def _of_operation(node: ast.BinOp, kinds: Kinds) -> Iterator[Alternative]:
    yield from _of_each_sample(node, kinds)
    yield from _where_there_is_one(node, kinds)
    left, right = (in_brackets(said(side)) for side in (node.left, node.right))
    are_arrays = kinds.may_be_array(node.left), kinds.may_be_array(node.right)
    if isinstance(node.op, ast.Mult | ast.MatMult) and all(are_arrays):
        yield f"np.dot({said(node.left)}, {said(node.right)})", "product"
        if isinstance(node.op, ast.Mult):
            for a, b in ((f"{left}.T", right), (left, f"{right}.T"), (right, left), (right, f"{left}.T")):
                yield f"np.dot({a}, {b})", "product"
        yield f"np.outer({said(node.left)}, {said(node.right)})", "product"
    if isinstance(node.op, ast.MatMult):
        yield from _taken_out(node.right, lambda inner: ast.BinOp(node.left, node.op, inner))
    if isinstance(node.op, ast.Pow):
        yield from _precedence(node)
    if not isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
        return
    if any(are_arrays) and not (_is_number(node.left, kinds) or _is_number(node.right, kinds)):
        is_broadcast = kinds.of(node.left).is_array and kinds.of(node.right).is_array
        # Arrays of one shape meet as they should. A product with a sum of theirs would say nothing: of probabilities
        # it is 1, so that whatever is multiplied with them too often is undone by it.
        are_alike = kinds.have_one_shape(said(node.left), said(node.right))
        for pattern in _BROADCASTS:
            kind = "broadcast" if is_broadcast or "None" in pattern else "not-transposed"
            if "sum" in pattern and not is_broadcast:
                continue
            if are_alike and "sum" in pattern:
                if isinstance(node.op, ast.Mult | ast.Div):
                    continue
                kind = "sum"
            if are_arrays[0] and _fits(pattern, node.left, kinds):
                yield ast.unparse(ast.BinOp(ast.Name(pattern.format(left)), node.op, node.right)), kind
            if are_arrays[1] and _fits(pattern, node.right, kinds):
                yield ast.unparse(ast.BinOp(node.left, node.op, ast.Name(pattern.format(right)))), kind
    yield from _precedence(node)
    yield from _into_call(node)
    yield from _into_sum(node, kinds)
    match node:
        case ast.BinOp(left=ast.Constant(value=1), op=ast.Sub(), right=matrix):
            shape = kinds.of(matrix).shape
            if len(shape) == 2 and shape[0] == shape[1] > 1:
                yield f"np.eye(len({said(matrix)})) - {in_brackets(said(matrix))}", "identity-matrix"


def _where_there_is_one(node: ast.BinOp, kinds: Kinds) -> Iterator[Alternative]:
    """Nothing done where an operand is None."""
    for side, other in ((node.left, node.right), (node.right, node.left)):
        if kinds.is_none_at_times(said(side)):
            yield f"{said(other)} if {said(side)} is None else {said(node)}", f"none-at-times: {said(side)}"


def _is_number(node: ast.expr, kinds: Kinds) -> bool:
    """Whether an operand is made of numbers alone, `0.01` or `1 / m`: such a one meets every axis."""
    return not any(
        isinstance(part, ast.Call | ast.Subscript | ast.Attribute)
        or (isinstance(part, ast.Name) and (kinds.of(part).is_array or not kinds.is_known))
        for part in walk(node)
    )


def _fits(pattern: str, node: ast.expr, kinds: Kinds) -> bool:
    """Whether an array has the rank that a change of its shape is for: new axes for one, the others for more."""
    kind = kinds.of(node)
    is_empty = 0 in kind.shape  # of which a sum is 0, whatever was to be in it
    return not is_empty and (not kind.is_array or (kind.rank == 1) == ("None" in pattern))


def _sums_times(first: ast.expr, op: ast.operator, product: ast.expr) -> Iterator[ast.expr]:
    """`(a + b * c) * d` and `(a + b) * c * d` of `a` and `b * c * d`."""
    if isinstance(product, ast.BinOp) and isinstance(product.op, ast.Div | ast.Mult):
        for made in (ast.BinOp(first, op, product.left), *_sums_times(first, op, product.left)):
            yield ast.BinOp(made, product.op, product.right)


def _precedence(node: ast.BinOp) -> Iterator[Alternative]:
    """`(a + b) / n` and `a / n + b` for each other."""
    match node:
        case ast.BinOp(left=ast.BinOp(left=a, op=ast.Add() | ast.Sub() as inner, right=b), op=ast.Div(), right=n):
            yield ast.unparse(ast.BinOp(ast.BinOp(a, ast.Div(), n), inner, b)), "reaches-too-far"
            yield ast.unparse(ast.BinOp(a, inner, ast.BinOp(b, ast.Div(), n))), "reaches-too-far"
        case ast.BinOp(left=a, op=ast.Add() | ast.Sub() as outer, right=b):
            yield from ((ast.unparse(made), "brackets") for made in _sums_times(a, outer, b))
            if isinstance(a, ast.BinOp) and isinstance(a.op, ast.Div | ast.Mult):
                yield ast.unparse(ast.BinOp(a.left, a.op, ast.BinOp(a.right, outer, b))), "brackets"
                yield ast.unparse(ast.BinOp(ast.BinOp(a.left, outer, b), a.op, a.right)), "brackets"
    match node:  # a * (b - c - d) for a * b - c - d
        case ast.BinOp(
            left=ast.BinOp(left=ast.BinOp(left=a, op=ast.Mult(), right=b), op=ast.Add() | ast.Sub() as one, right=c),
            op=ast.Add() | ast.Sub() as other,
            right=d,
        ):
            whole = ast.BinOp(ast.BinOp(b, one, c), other, d)
            yield ast.unparse(ast.BinOp(a, ast.Mult(), whole)), "brackets"
    match node:  # (1 - a) ** n and 1 - a ** n for each other
        case ast.BinOp(left=ast.BinOp(left=a, op=ast.Add() | ast.Sub() as inner, right=b), op=ast.Pow(), right=n):
            yield ast.unparse(ast.BinOp(a, inner, ast.BinOp(b, ast.Pow(), n))), "brackets"
            yield ast.unparse(ast.BinOp(ast.BinOp(a, ast.Pow(), n), inner, b)), "brackets"
        case ast.BinOp(left=a, op=ast.Add() | ast.Sub() as inner, right=ast.BinOp(left=b, op=ast.Pow(), right=n)):
            yield ast.unparse(ast.BinOp(ast.BinOp(a, inner, b), ast.Pow(), n)), "brackets"
    match node:  # (a + b) ** n for a ** n + b
        case ast.BinOp(left=ast.BinOp(left=a, op=ast.Pow(), right=n), op=ast.Add() | ast.Sub() as inner, right=b):
            yield ast.unparse(ast.BinOp(ast.BinOp(a, inner, b), ast.Pow(), n)), "brackets"
    match node:  # a / f(b) + c, and w - a / b + c, for c in the divisor
        case ast.BinOp(left=ast.BinOp(op=ast.Div()) as quotient, op=ast.Add(), right=c):
            yield from ((ast.unparse(other), "brackets") for other in _with_divisors(quotient, c))
        case ast.BinOp(
            left=ast.BinOp(left=w, op=ast.Add() | ast.Sub() as outer, right=ast.BinOp(op=ast.Div()) as quotient),
            op=ast.Add(),
            right=c,
        ):
            yield from ((ast.unparse(ast.BinOp(w, outer, other)), "brackets") for other in _with_divisors(quotient, c))
    match node:  # a + b + c for a + b * c
        case ast.BinOp(left=ast.BinOp(left=a, op=ast.Add() | ast.Sub() as first, right=b), op=ast.Add(), right=c):
            yield ast.unparse(ast.BinOp(a, first, ast.BinOp(b, ast.Mult(), c))), "operator"
    match node:  # a / b * c for a / (b * c)
        case ast.BinOp(left=ast.BinOp(left=a, op=ast.Div(), right=b), op=ast.Mult(), right=c):
            yield ast.unparse(ast.BinOp(a, ast.Div(), ast.BinOp(b, ast.Mult(), c))), "brackets"
            if isinstance(b, ast.BinOp) and isinstance(b.op, ast.Add | ast.Sub):  # a / (b + d * c) for a / (b + d) * c
                product = ast.BinOp(b.right, ast.Mult(), c)
                yield ast.unparse(ast.BinOp(a, ast.Div(), ast.BinOp(b.left, b.op, product))), "brackets"
        case ast.BinOp(left=a, op=ast.Div(), right=ast.BinOp(left=b, op=ast.Mult(), right=c)):
            yield ast.unparse(ast.BinOp(ast.BinOp(a, ast.Div(), b), ast.Mult(), c)), "brackets"


def _with_divisors(quotient: ast.BinOp, term: ast.expr) -> Iterator[ast.BinOp]:
    """`a / (b + c)`, and `a / f(b + c)` where the divisor is a function of one thing."""
    yield ast.BinOp(quotient.left, ast.Div(), ast.BinOp(quotient.right, ast.Add(), term))
    match quotient.right:
        case ast.Call(func=function, args=[inner], keywords=[]):
            yield ast.BinOp(quotient.left, ast.Div(), ast.Call(function, [ast.BinOp(inner, ast.Add(), term)], []))


def _out_of_call(call: ast.Call) -> Iterator[Alternative]:
    """`sqrt(v) + e` for `sqrt(v + e)`."""
    match call:
        case ast.Call(args=[ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right)], keywords=[]):
            yield ast.unparse(ast.BinOp(ast.Call(call.func, [left], []), op, right)), "brackets"
            yield ast.unparse(ast.BinOp(left, op, ast.Call(call.func, [right], []))), "brackets"
        case ast.Call(
            args=[ast.BinOp(left=left, op=ast.Mult() | ast.Div() | ast.Pow() as op, right=right)], keywords=[]
        ) if name_called(call.func) in _CURVED:  # `np.cosh(z) ** 2` for `np.cosh(z ** 2)`
            yield ast.unparse(ast.BinOp(ast.Call(call.func, [left], []), op, right)), "brackets"
        case ast.Call(args=[*sizes, ast.BinOp(left=left, op=ast.Mult() | ast.Div() as op, right=right)], keywords=[]):
            if name_called(call.func) in _RANDOM:  # `randn(m, n) * 10` for `randn(m, n * 10)`
                yield ast.unparse(ast.BinOp(ast.Call(call.func, [*sizes, left], []), op, right)), "brackets"
        case ast.Call(func=function, args=[ast.BinOp(left=one, op=ast.Add() | ast.Sub() as op, right=base), power]):
            if name_called(function) in ("pow", "power"):  # `1 - np.power(b, t)` for `np.power(1 - b, t)`
                yield ast.unparse(ast.BinOp(one, op, ast.Call(function, [base, power], []))), "brackets"


def _into_call(node: ast.BinOp) -> Iterator[Alternative]:
    """`sqrt(v + e)` for `sqrt(v) + e`, and so inside of a ReLU."""
    match node:
        case ast.BinOp(left=ast.Call(args=[inner], keywords=[]) as call, op=ast.Add() | ast.Sub() as op, right=right):
            yield ast.unparse(ast.Call(call.func, [ast.BinOp(inner, op, right)], [])), "brackets"
        case ast.BinOp(left=ast.Call(args=[one, other], keywords=[]) as call, op=ast.Add(), right=right):
            bounds = [isinstance(each, ast.Constant) for each in (one, other)]
            if name_called(call.func) in _BOUNDED and sum(bounds) == 1:  # `np.maximum(0, z + b)`
                inside = [
                    each if bound else ast.BinOp(each, ast.Add(), right)
                    for each, bound in zip((one, other), bounds, strict=True)
                ]
                yield ast.unparse(ast.Call(call.func, inside, [])), "brackets"


def _into_sum(node: ast.BinOp, kinds: Kinds) -> Iterator[Alternative]:
    """`np.sum(a - b * c)` for `np.sum(a - b) * c`, of arrays."""
    sign, left = (node.left.op, node.left.operand) if isinstance(node.left, ast.UnaryOp) else (None, node.left)
    match left, node.op:
        case ast.Call(args=[ast.BinOp(left=a, op=ast.Add() | ast.Sub() as inner, right=b)], keywords=[]), ast.Mult():
            if name_called(left.func) in _REDUCING and kinds.of(node.right).is_array and kinds.of(node.right).rank:
                made = ast.Call(left.func, [ast.BinOp(a, inner, ast.BinOp(b, node.op, node.right))], [])
                yield ast.unparse(ast.UnaryOp(sign, made) if sign is not None else made), "brackets"


def _taken_out(inner: ast.expr, product: Callable[[ast.expr], ast.expr]) -> Iterator[Alternative]:
    """`x @ W + b` for `x @ (W + b)`."""
    if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Add | ast.Sub):
        yield ast.unparse(ast.BinOp(product(inner.left), inner.op, inner.right)), "brackets"


def _inside_out(call: ast.Call) -> Iterator[Alternative]:
    """`np.log(np.sum(p, axis=1))` for `np.sum(np.log(p), axis=1)`, and the other way round; methods as well."""
    match call:
        case ast.Call(func=outer, args=[ast.Call(func=inner, args=[x, *more], keywords=named), *rest], keywords=own):
            pair = name_called(outer), name_called(inner)
            if pair in _INSIDE_OUT and is_numpy_call(call) and not (rest and more):
                yield ast.unparse(ast.Call(inner, [ast.Call(outer, [x, *rest], own), *more], named)), "inside-out"
        case ast.Call(
            func=outer, args=[ast.Call(func=ast.Attribute(value=x, attr=name), args=more, keywords=named)], keywords=[]
        ) if (name_called(outer), name) in _INSIDE_OUT and is_numpy_call(call) and not is_numpy(x):
            inside = ast.Call(outer, [x], [])
            yield ast.unparse(ast.Call(ast.Attribute(inside, name, ast.Load()), more, named)), "inside-out"
        case ast.Call(func=ast.Attribute(value=ast.Call(func=inner, args=[x], keywords=[]) as seen, attr=name)):
            if (name, name_called(inner)) in _INSIDE_OUT and is_numpy_call(seen):
                reduced = ast.Call(ast.Attribute(x, name, ast.Load()), call.args, call.keywords)
                yield ast.unparse(ast.Call(inner, [reduced], [])), "inside-out"


def is_numpy_call(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and is_numpy(call.func.value)


def _of_call(statement: ast.stmt, node: ast.Call, kinds: Kinds) -> Iterator[Alternative]:
    name, arguments = name_called(node.func), [said(argument) for argument in node.args]
    yield from _inside_out(node)
    if name == "norm" and arguments:
        rest = [*arguments[1:], *(f"{keyword.arg}={said(keyword.value)}" for keyword in node.keywords)]
        yield f"{said(node.func)}({', '.join([f'{in_brackets(arguments[0])}.ravel()', *rest])})", "norm-of-all"
    is_builtin = isinstance(node.func, ast.Name)
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    if name in ("dot", "matmul") and node.args:

        def product(inner: ast.expr) -> ast.expr:
            return ast.Call(node.func, [*node.args[:-1], inner], node.keywords)

        yield from _taken_out(node.args[-1], product)
    if name in ("dot", "matmul") and len(arguments) == 2:
        yield f"np.outer({arguments[0]}, {arguments[1]})", "product"
    if is_builtin and name in ("max", "min") and len(arguments) == 2:
        yield f"np.{name}imum({', '.join(arguments)})", "numpy-function"
    if is_builtin and name in ("max", "min", "sum", "abs", "round") and len(arguments) == 1:
        yield f"np.{name}({arguments[0]})", "numpy-function"
        for axis in (0, 1):
            yield f"np.{name}({arguments[0]}, axis={axis})", "numpy-function"
            yield f"np.{name}({arguments[0]}, axis={axis}, keepdims=True)", "numpy-function"
    if isinstance(owner, ast.Name) and owner.id == "math":
        yield f"np.{name}({', '.join(arguments)})", "numpy-function"
    if owner is not None and name in ("max", "min", "sum", "amax", "amin") and len(arguments) == 2:
        if name == "sum":
            yield f"{arguments[0]} + {arguments[1]}", "two-arguments"
            yield f"np.sum({arguments[0]}) + np.sum({arguments[1]})", "two-arguments"
        else:
            yield f"np.{name[-3:]}imum({', '.join(arguments)})", "numpy-function"
    if name == "bincount" and not any(keyword.arg == "minlength" for keyword in node.keywords):
        counts = [f"{text}.shape[1]" for text, kind in kinds.arrays() if kind.rank == 2][:6]
        for length in dict.fromkeys([*kinds.sizes, *kinds.named("int")[:4], *counts]):
            yield f"{said(node.func)}({', '.join(arguments)}, minlength={length})", "minlength"
    if name in ("zeros", "ones", "empty") and len(arguments) == 1:
        yield f"np.{name}_like({arguments[0]})", "like-an-array"
    if name in _RANDOM and node.args and node is getattr(statement, "value", None):
        size = arguments[0] if len(arguments) == 1 else f"({', '.join(arguments)})"
        yield f"np.zeros({size})", "begins-at-zero"
    if name == "exp" and len(arguments) == 1 and kinds.may_be_array(node.args[0]):
        x = in_brackets(arguments[0])
        for reduced in (f"np.max({x}, axis=-1, keepdims=True)", f"np.max({x}, axis=0, keepdims=True)", f"np.max({x})"):
            yield f"np.exp({arguments[0]} - {reduced})", "overflow"
    if name == "arange" and len(arguments) == 1:
        for length in kinds.sizes:
            yield f"np.arange({length})", "size"


def _of_sizes(node: ast.expr, base: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    own = said(base)
    arrays = [text for text, _ in kinds.arrays() if text.isidentifier()][:8]
    if isinstance(node, ast.Attribute):
        yield from ((f"{text}.shape", "size") for text in arrays if text != own)
        return
    for text in arrays:
        for axis in range(kinds.of(text).rank):
            if (other := f"{text}.shape[{axis}]") != said(node):
                yield other, "size"


def _of_value(node: ast.Name | ast.Subscript, kinds: Kinds) -> Iterator[Alternative]:
    kind, text = kinds.of(node), said(node)
    if kind.is_array and kind.rank == 2:
        yield f"{text}.T", "not-transposed"
    if kind.is_array and kind.rank > 2 and isinstance(node, ast.Name):
        yield f"{text}.reshape({text}.shape[0], -1)", "not-flattened"
    if kind.rank == 1 and kind.dtype == "f" and isinstance(node, ast.Name):
        yield f"np.concatenate(([1.0], {text}))", "ones-missing"
        yield f"np.concatenate(({text}, [1.0]))", "ones-missing"
    if kind.is_array and kind.rank:
        yield f"{text}.copy()", "copy"
    if kind.is_array and kind.rank in (1, 2) and isinstance(node, ast.Subscript):
        base = said(node.value)
        if kinds.of(base).rank == 2:
            yield from ((f"np.sum({base}, axis={axis})", "sum") for axis in (0, 1))
    if isinstance(node, ast.Name) and kinds.is_a_place(node.id):  # what a window begins at: i * stride
        for other in kinds.multipliers():
            if other != node.id:
                yield f"{node.id} * {other}", "times"
    elif isinstance(node, ast.Name) and not kind.is_array and (size := kinds.written.divisors.get(node.id)):
        # a number of whole batches
        yield f"{node.id} * {size}", "times"
