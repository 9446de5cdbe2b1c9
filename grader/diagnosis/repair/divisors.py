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
    is_count = kinds.of(node).sort == "int" and not isinstance(node, ast.Constant | ast.BinOp)
    if is_count:
        yield from ((size, "divided-by") for size in kinds.sizes if size != said(node))
