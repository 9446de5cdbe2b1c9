"""The lines that may be behind an exception: where what the failing statement reads got its values."""

import ast
from collections.abc import Iterator, Sequence

from grader.diagnosis.repair.written import Written
from grader.diagnosis.written.failed_operation import Failure
from grader.submissions.trees import walk

STEPS = 2  # back from the statement


def sources_of(failure: Failure, written: Sequence[Written]) -> set[int]:
    """Lines to look at first: the statement that raised, and those that give its names their values, two steps back.

    An entry with a fixed part in its key, `grads["dW" + str(l)]`, gets its value where an entry of that kind is put.
    """
    own = next((one for one in written if one.function == failure.function), None)
    if own is None:
        return set()
    lines = {own.line(failure.statement)}
    wanted = {*_read(failure.statement)}
    for _ in range(STEPS):
        more: set[str] = set()
        for place in own.places:
            if wanted & {*_stored(place.statement)} and not isinstance(place.statement, ast.If | ast.While):
                lines.add(own.line(place.statement))
                more |= {*_read(place.statement)}
        wanted |= more
    return lines


def _stored(statement: ast.stmt) -> Iterator[str]:
    """What a statement, or one inside it, puts a value into: variables and entries."""
    for node in walk(statement):
        if isinstance(node, ast.Name | ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield from _called(node)


def _read(statement: ast.stmt) -> Iterator[str]:
    parts: list[ast.AST] = [statement]
    if isinstance(statement, ast.For):
        parts = [statement.iter]
    elif isinstance(statement, ast.If | ast.While):
        parts = [statement.test]
    for part in parts:
        for node in walk(part):
            if isinstance(node, ast.Name | ast.Subscript | ast.Attribute):
                yield from _called(node)


def _called(node: ast.Name | ast.Subscript | ast.Attribute) -> Iterator[str]:
    """A variable by its name, an attribute with its object, an entry by its holder and the fixed part of its key."""
    match node:
        case ast.Name(id=name):
            yield name
        case ast.Attribute(value=ast.Name(id=name), attr=attribute):
            yield f"{name}.{attribute}"
        case ast.Subscript(value=ast.Name(id=name), slice=index):
            while isinstance(index, ast.BinOp):  # "dW" + str(layer)
                index = index.left
            if isinstance(index, ast.JoinedStr) and index.values:
                index = index.values[0]
            if isinstance(index, ast.Constant) and isinstance(index.value, str):
                yield f"{name}[{index.value}"
