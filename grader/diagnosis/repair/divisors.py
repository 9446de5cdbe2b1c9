"""What is divided by: the count of something else."""

import ast
from collections.abc import Iterator

from grader.diagnosis.repair.alternatives import Alternative
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import said


def other_divisors(statement: ast.stmt, parent: ast.AST, node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """`hits / len(data)` for `hits / sizes[-1]`."""
    match parent, statement:
        case ast.BinOp(op=ast.Div(), right=right), _ if right is node:
            pass
        case _, ast.AugAssign(op=ast.Div(), value=value) if value is node:
            pass
        case _:
            return
    if _is_count(node, kinds) and not isinstance(node, ast.Constant | ast.BinOp):
        for size in kinds.sizes:
            if size != said(node) and (kinds.of(size).sort == "int" or "len(" in size or ".shape[" in size):
                yield size, "divided-by"


def _is_count(node: ast.expr, kinds: Kinds) -> bool:
    """Whether an expression is a whole number, as it was seen or as it is written."""
    match node:
        case ast.Call(func=ast.Name(id="len")) | ast.Subscript(value=ast.Attribute(attr="shape")):
            return True
    return kinds.of(node).sort == "int"
