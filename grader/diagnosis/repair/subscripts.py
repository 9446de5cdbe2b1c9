"""The entries of a list, and the arguments of a call, in another order."""

import ast
import itertools
from collections.abc import Iterator

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.alternatives import Alternative
from grader.diagnosis.repair.nodes import name_called, said
from grader.diagnosis.repair.written import Written

ORDERED = 4  # parts of a list
JOINED = {"concatenate", "hstack", "vstack", "stack", "column_stack"}


def said_anew(node: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(node))


def other_orders(node: ast.expr) -> Iterator[Alternative]:
    """`[b, a]` for `[a, b]`, of things that are computed; of what is put together every order."""
    if isinstance(node, ast.Call) and name_called(node.func) in JOINED and node.args:
        whole, *others = node.args
        if isinstance(whole, ast.Tuple | ast.List) and 2 < len(whole.elts) <= ORDERED:
            for order in itertools.permutations(whole.elts):
                if sum(a is not b for a, b in zip(order, whole.elts, strict=True)) > 2:
                    joined = type(whole)([*order], ast.Load())
                    yield said_anew(ast.Call(node.func, [joined, *others], node.keywords)), "parts-exchanged"
    if isinstance(node, ast.Tuple | ast.List) and isinstance(node.ctx, ast.Load) and 1 < len(node.elts) <= ORDERED:
        if any(isinstance(one, ast.Constant | ast.Starred | ast.Slice) for one in node.elts):
            return
        for i, j in itertools.combinations(range(len(node.elts)), 2):
            parts = [*node.elts]
            parts[i], parts[j] = parts[j], parts[i]
            yield said_anew(type(node)(parts, ast.Load())), "parts-exchanged"


def from_the_other_end(node: ast.expr, written: Written) -> Iterator[Alternative]:
    """`a[-i - 1]` for `a[i - 1]`, in a loop over i that counts from the end elsewhere."""
    match node:
        case ast.Subscript(value=holder, slice=index, ctx=ast.Load()) if (found := _counted(index)) is not None:
            name, sign, offset = found
            indices = [_counted(one.slice) for _, _, one in written.expressions if isinstance(one, ast.Subscript)]
            indices += [
                _counted(one.slice)
                for place in written.places
                for one in targets_of(place.statement)
                if isinstance(one, ast.Subscript)
            ]
            if any(one is not None and one[:2] == (name, -sign) for one in indices):
                for other in dict.fromkeys((offset, -1, 0, 1)):
                    beside = f" {'-' if other < 0 else '+'} {abs(other)}" if other else ""
                    yield f"{said(holder)}[{'-' if sign > 0 else ''}{name}{beside}]", "from-the-other-end"


def _counted(index: ast.expr) -> tuple[str, int, int] | None:
    """The name that an index is counted with, its sign, and what is added: `-i + 1`."""
    match index:
        case ast.Name(id=name):
            return name, 1, 0
        case ast.UnaryOp(op=ast.USub(), operand=ast.Name(id=name)):
            return name, -1, 0
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=ast.Constant(value=int(number))):
            begun = _counted(left) if not isinstance(left, ast.BinOp) else None
            return (*begun[:2], number if isinstance(op, ast.Add) else -number) if begun is not None else None
    return None


def other_arguments(node: ast.expr) -> Iterator[Alternative]:
    """Two neighbouring arguments of a call in the other order."""
    if not isinstance(node, ast.Call) or len(node.args) < 2:
        return
    is_product = name_called(node.func) in ("dot", "matmul", "outer", "maximum", "minimum", "multiply", "add", "zip")
    if is_product or any(isinstance(one, ast.Starred) for one in node.args):
        return  # the order of factors is tried as such
    for i, (one, other) in enumerate(itertools.pairwise(node.args)):
        are_numbers = isinstance(one, ast.Constant) and isinstance(other, ast.Constant)
        if said(one) != said(other) and not are_numbers and not isinstance(other, ast.Tuple | ast.List):
            changed = [*node.args[:i], other, one, *node.args[i + 2 :]]
            yield said_anew(ast.Call(node.func, changed, node.keywords)), "arguments-exchanged"
