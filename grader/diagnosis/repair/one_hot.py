"""Numbers of classes where rows of ones and zeros are meant."""

import ast
from collections.abc import Iterator

from grader.diagnosis.repair.alternatives import Alternative
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import in_brackets, said


def one_hot_rows(statement: ast.stmt, parent: ast.AST, node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """`p - np.eye(classes)[y]` for `p - y` and `p - y[:, None]`, y being classes."""
    match parent, statement:
        case ast.BinOp(left=left, op=ast.Sub(), right=right), _ if right is node:
            table = left
        case _, ast.AugAssign(target=target, op=ast.Sub(), value=value) if value is node:
            table = target
        case _, ast.Assign(value=value) if value is node and not isinstance(node, ast.Name):
            yield from _rows_for_all(node, kinds)
            return
        case _:
            return
    labels = _labels(node)
    of = kinds.of(table)
    if labels is not None and of.rank == 2 and of.dtype == "f":
        for text, count, largest in kinds.classes:
            if text == said(labels) and count == of.shape[0] and largest < of.shape[1]:
                yield f"np.eye({in_brackets(said(table))}.shape[1])[{text}]", "classes-for-one-hot"


def _rows_for_all(node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """`np.eye(classes)[y]` for a column of classes that is given a name, for all that reads it."""
    labels = _labels(node)
    for text, count, largest in kinds.classes:
        if labels is not None and text == said(labels):
            tables = [kind.shape[1] for _, kind in kinds.arrays() if kind.rank == 2 and kind.shape[0] == count]
            widths = {width for width in tables if width > largest}
            for name in kinds.written.parameters:
                if kinds.of(name).sort == "int" and kinds.value(name) in widths:
                    yield f"np.eye({name})[{text}]", "classes-for-one-hot"


def classes_counted(node: ast.expr, parent: ast.AST, kinds: Kinds) -> Iterator[Alternative]:
    """`y.max() + 1` for a count in a shape, `10` or `np.unique(y).size`, y being classes: each call has its own."""
    match node:
        case ast.Constant(value=int() as count) if count > 1:
            pass
        case ast.Attribute(attr="size") | ast.Call(func=ast.Name(id="len")):
            pass
        case _:
            return
    if isinstance(parent, ast.Tuple):
        for text, _, _ in kinds.classes:
            yield f"{text}.max() + 1", "classes-counted"


def _labels(node: ast.expr) -> ast.expr | None:
    """`y` of `y`, `y[:, None]` and `y.reshape(-1, 1)`."""
    match node:
        case ast.Subscript(value=value, slice=ast.Tuple(elts=[ast.Slice(lower=None, upper=None), _])):
            return value
        case ast.Call(func=ast.Attribute(value=value, attr="reshape")):
            return value
        case ast.Name() | ast.Attribute():
            return node
    return None
