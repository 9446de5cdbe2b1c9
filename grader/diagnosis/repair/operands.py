"""Where in a function a factor, a term or a sign may be missing: the terms of its sums, and what is summed up."""

import ast
from collections.abc import Callable, Iterator
from typing import TypeAlias

from grader.diagnosis.repair.nodes import in_brackets, is_numpy, name_called, said
from grader.diagnosis.repair.other_calls import ALONG_AXES
from grader.diagnosis.repair.written import Written
from grader.submissions.trees import walk

IsRun: TypeAlias = Callable[[ast.stmt], bool]


def terms_of_sums(written: Written, is_run: IsRun) -> Iterator[tuple[ast.stmt, ast.expr]]:
    """What is assigned or returned, and the parts of sums, as far as it is run."""
    for place in written.places:
        value = getattr(place.statement, "value", None)
        if not is_run(place.statement):
            continue
        if isinstance(place.statement, ast.Return) and isinstance(value, ast.Tuple):
            yield from ((place.statement, element) for element in value.elts)
        elif entries := _entries_of(value):
            yield from ((place.statement, entry) for entry in entries)
        elif (
            isinstance(value, ast.expr)
            and not isinstance(value, ast.Tuple | ast.Dict | ast.List | ast.Constant)
            and not isinstance(place.statement, ast.Expr)
        ):
            yield place.statement, value
    for statement, _, node in written.expressions:
        if not is_run(statement) or id(node) in written.in_texts:
            continue
        match node:
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right) | ast.IfExp(body=left, orelse=right):
                yield statement, left
                yield statement, right


def summed_up(written: Written, is_run: IsRun) -> Iterator[tuple[ast.stmt, ast.expr]]:
    """What sums, means and maxima are taken of, and the factors of products."""
    for statement, _, node in written.expressions:
        if not is_run(statement) or id(node) in written.in_texts:
            continue
        match node:
            case ast.BinOp(op=ast.Div(), right=ast.BinOp() as right):
                yield statement, right
            case ast.BinOp(left=left, op=ast.Mult() | ast.MatMult(), right=right):
                yield from ((statement, side) for side in (left, right) if not isinstance(side, ast.Constant))
            case ast.Call(func=ast.Attribute(value=value) as function, args=arguments):
                if name_called(function) in ALONG_AXES:
                    yield statement, arguments[0] if is_numpy(value) and arguments else value


def is_reduced(statement: ast.stmt, node: ast.Name) -> bool:
    """Whether a variable is all that a sum or mean is taken of."""
    calls = [one for one in walk(statement) if isinstance(one, ast.Call) and name_called(one.func) in ALONG_AXES]
    owners = [call.func.value for call in calls if isinstance(call.func, ast.Attribute)]  # `x.sum(-1)`
    return node in owners or any(node in call.args for call in calls)


def is_product(node: ast.Call | ast.BinOp) -> bool:
    """Whether an expression is a matrix product."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.MatMult)
    return name_called(node.func) in ("dot", "matmul")


def takes_back(statement: ast.stmt, node: ast.expr, text: str) -> bool:
    """Whether a term that is put beside another one only undoes what its statement does: `w + step` of `w - step`."""
    beside = in_brackets(said(node))
    sign, term = text.removeprefix(beside)[:3], text.removeprefix(beside)[3:]
    opposite = {" + ": "-", " - ": "+"}.get(sign, "") if text.startswith(beside) else ""
    return bool(opposite) and f"{opposite} {term}" in said(statement)


def is_count(node: ast.expr) -> bool:
    """Whether an expression is a number of things, which has no sign."""
    match node:
        case ast.Call(func=ast.Name(id="len")) | ast.Subscript(value=ast.Attribute(attr="shape")):
            return True
        case ast.Attribute(attr="size"):
            return True
    return False


def _entries_of(value: ast.expr | None) -> list[ast.expr]:
    """What a dict is made of, as far as it is computed there."""
    entries: list[ast.expr] = []
    match value:
        case ast.Dict(values=values):
            entries = values
        case ast.Call(func=ast.Name(id="dict"), keywords=keywords):
            entries = [keyword.value for keyword in keywords]
    return [entry for entry in entries if isinstance(entry, ast.BinOp | ast.Call)]


def is_taken_from_1(statement: ast.stmt, node: ast.expr) -> bool:
    """Whether an expression is the x of `1 - x`."""
    return any(
        isinstance(one, ast.BinOp)
        and isinstance(one.op, ast.Sub)
        and one.right is node
        and isinstance(one.left, ast.Constant)
        and one.left.value == 1
        for one in walk(statement)
    )


def is_exponent(statement: ast.stmt, node: ast.expr) -> bool:
    """Whether an expression is a term of what `np.exp` is given, which takes back a logarithm of it."""
    calls = (one for one in walk(statement) if isinstance(one, ast.Call) and name_called(one.func) == "exp")
    return any(node is term for call in calls for argument in call.args for term in _terms(argument))


def _terms(node: ast.expr) -> Iterator[ast.expr]:
    yield node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        yield from _terms(node.left)
        yield from _terms(node.right)
