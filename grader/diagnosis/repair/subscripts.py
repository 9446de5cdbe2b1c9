"""The letters of an `einsum` in another order, and entries of a list of numbers that are missing or too many."""

import ast
import itertools
from collections.abc import Iterator

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.alternatives import Alternative
from grader.diagnosis.repair.nodes import name_called, said
from grader.diagnosis.repair.written import Written

MOST = 40  # texts that are tried in the place of one
ORDERED = 4  # parts of a list
LETTERS = 4
ENTRIES = (3, 9)  # how many numbers a list of sizes has


def other_subscripts(node: ast.expr) -> Iterator[Alternative]:
    """`'nd,nd->d'` for `'nd,nd->n'`: other letters on the right, or the axes of a factor in another order.

    What is left of two axes is also spread over the rows again, `[:, None]`.
    """
    match node:
        case ast.Call(func=function, args=[ast.Constant(value=str(text)), *given]) if name_called(function) == "einsum":
            for left, right in itertools.islice(_others(text.replace(" ", "")), MOST):
                made = ast.Call(function, [ast.Constant(f"{left}->{right}"), *given], node.keywords)
                yield said_anew(made), "subscripts"
                if len(right) == 1:
                    yield f"{said_anew(made)}[:, None]", "subscripts"


def _others(text: str) -> Iterator[tuple[str, str]]:
    left, arrow, right = text.partition("->")
    letters = [*dict.fromkeys(left.replace(",", ""))]
    if not arrow or "." in text:
        return
    if len(letters) > LETTERS:
        for i, j in itertools.combinations(range(len(right)), 2):
            exchanged = {right[i]: right[j], right[j]: right[i]}
            yield left, "".join(exchanged.get(one, one) for one in right)
        return
    for length in (len(right), *(n for n in range(len(letters) + 1) if n != len(right))):
        for one in itertools.permutations(letters, length):
            if "".join(one) != right:
                yield left, "".join(one)
    factors = left.split(",")
    for number, factor in enumerate(factors):
        for other in itertools.permutations(factor):
            if "".join(other) != factor and len(factor) == 2:
                yield ",".join("".join(other) if i == number else one for i, one in enumerate(factors)), right


def said_anew(node: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(node))


def other_lists(node: ast.expr) -> Iterator[Alternative]:
    """`(2, 4, 8, 8, 4, 2)` for `(2, 4, 8, 4, 2)`, and the other way round."""
    if not isinstance(node, ast.Tuple | ast.List) or not ENTRIES[0] <= len(node.elts) <= ENTRIES[1]:
        return
    numbers = [one.value for one in node.elts if isinstance(one, ast.Constant) and type(one.value) is int]
    if len(numbers) < len(node.elts):
        return
    made: dict[tuple[int, ...], str] = {}
    for i in range(1, len(numbers)):
        for new in dict.fromkeys(numbers):
            made.setdefault((*numbers[:i], new, *numbers[i:]), "entry-missing")
    for i in range(len(numbers)):
        made.setdefault((*numbers[:i], *numbers[i + 1 :]), "entry-too-much")
    brackets = "({})" if isinstance(node, ast.Tuple) else "[{}]"
    for entries, kind in itertools.islice(made.items(), MOST):
        yield brackets.format(", ".join(map(str, entries))), kind


def other_orders(node: ast.expr) -> Iterator[Alternative]:
    """`[b, a]` for `[a, b]`, of things that are computed."""
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
