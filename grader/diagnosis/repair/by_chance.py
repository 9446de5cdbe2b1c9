"""Names that do no more than the number 1 would: another one that happens to be 1 stands for nothing that is meant."""

import ast
from dataclasses import replace

from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import said
from grader.diagnosis.repair.written import Edit
from grader.submissions.trees import walk


def without_the_factor(edit: Edit, kinds: Kinds) -> Edit | None:
    """The edit that leaves numbers out, where one puts other names in their places; None if these are no factors.

    If that does as well, the other name was 1 by chance: `self.outputs` for `self.lr` of `self.lr * delta`.
    """
    made = []
    for part in edit.parts:
        node = part.span[0]
        is_a_number = isinstance(node, ast.expr) and part.kind == "name" and kinds.of(node).sort in ("int", "float")
        found = _product_with(part.statement, node) if is_a_number else None
        if found is None:
            return None
        made.append(replace(part.written.edit(part.statement, found[0], said(found[1]), "too-much"), tier=edit.tier))
    return replace(made[-1], beside=(*made[:-1],)) if made else None


def _product_with(statement: ast.stmt, node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    """The product or quotient that a factor stands in, and the rest of it."""
    for one in walk(statement):
        match one:
            case ast.BinOp(left=left, op=ast.Mult(), right=right) if node in (left, right):
                return one, right if node is left else left
            case ast.BinOp(left=left, op=ast.Div(), right=right) if node is right:
                return one, left
    return None


def are_inverse(one: Edit, other: Edit) -> bool:
    """Whether two edits divide by something in one place and multiply by it in the other.

    What is between the places is in another unit then, and nothing else has changed: that makes up for what is wrong.
    """
    kinds = {one.kind, other.kind}
    if kinds != {"multiply", "divide"}:
        return False
    factors = []
    for edit in (one, other):
        made = ast.parse(edit.after, mode="eval").body
        factors.append(said(made.right) if isinstance(made, ast.BinOp) else "")
    return factors[0] == factors[1] != ""
