"""How a number in the place of another one is told: with what it stands in, where `2` alone would say little."""

import ast
import copy
from dataclasses import replace

from grader.diagnosis.repair.written import Edit, said

CONSTANT = "constant"
IN_CONTEXT = f"{CONSTANT}: in an expression"
LONGEST = 60  # characters of the expression around it
_AROUND = (ast.BinOp, ast.Call, ast.Compare, ast.Subscript)


def with_surroundings(edit: Edit) -> Edit:
    """The edit, told as one of the smallest expression that says what the number is for.

    The number of an axis is told by the size that it gives, that of an entry as another entry.
    """
    node = edit.span[0]
    if edit.kind != CONSTANT or not isinstance(node, ast.Constant) or edit.span[1] is not node:
        return edit
    above = [one for one in ast.walk(edit.statement) if isinstance(one, _AROUND) and _holds(one, node)]
    if not above:
        return edit
    whole = above[-1]  # from the outside to the inside
    assert isinstance(whole, ast.expr)
    before, after = edit.written.source(whole), _with_replaced(whole, node, edit.after)
    if max(len(before), len(after)) > LONGEST:
        return edit
    if isinstance(whole, ast.Subscript) and whole.slice is node:
        if isinstance(whole.value, ast.Attribute) and whole.value.attr == "shape":
            return replace(edit, kind="size-of-another-axis", before=before, after=after)
        return replace(edit, kind="index")
    return replace(edit, kind=IN_CONTEXT, before=before, after=after)


def _holds(whole: ast.AST, node: ast.AST) -> bool:
    return any(one is node for one in ast.walk(whole))


def _with_replaced(whole: ast.expr, node: ast.expr, text: str) -> str:
    """An expression with another text in the place of a node in it."""
    made = copy.deepcopy(whole, {id(node): ast.Name(text)})
    return said(made)
