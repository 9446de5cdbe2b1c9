"""Which of several equal pieces of a line is changed: told with as much around it as there is once in the line."""

import ast
import copy
from dataclasses import replace

from grader.diagnosis.repair.nodes import holds, parsed, said
from grader.diagnosis.repair.written import Edit
from grader.submissions.trees import walk

LONGEST = 60  # characters of what stands around it
_AROUND = (ast.BinOp, ast.UnaryOp, ast.Call, ast.Compare, ast.Subscript)


def with_what_is_around(edit: Edit) -> tuple[Edit, str]:
    """The edit as one of an expression that the line has once, and that expression; "" where it is clear as it is.

    `l + 1` for the `l` of `a[-l]` is told as `a[-(l + 1)]`: put in as text, it would be `a[-l + 1]`.
    """
    node = edit.span[0]
    is_a_part = edit.span[1] is node and isinstance(node, ast.expr) and not isinstance(node, ast.Constant)
    if not is_a_part or edit.before != edit.written.source(node):
        return edit, ""
    meant = parsed(edit.after)
    above = [one for one in walk(edit.statement) if isinstance(one, _AROUND) and one is not node and holds(one, node)]
    if meant is None or not above:
        return edit, ""
    if _count(edit.statement, node) < 2 and not (isinstance(above[-1], ast.UnaryOp) and isinstance(meant, ast.BinOp)):
        return edit, ""
    for whole in reversed(above):  # from the inside to the outside
        assert isinstance(whole, ast.expr)
        before, after = edit.written.source(whole), said(copy.deepcopy(whole, {id(node): meant}))
        if max(len(before), len(after)) > LONGEST:
            break
        if _count(edit.statement, whole) == 1 and not isinstance(whole, ast.UnaryOp):
            return replace(edit, before=before, after=after), before
    return edit, ""


def _count(statement: ast.stmt, node: ast.AST) -> int:
    """How often the text of an expression stands in a statement."""
    text = ast.unparse(node)
    return sum(isinstance(one, ast.expr) and ast.unparse(one) == text for one in walk(statement))
