"""What does no more than nothing would: a name that is 1 by chance, a mask that is always true, `max` of a number."""

import ast
from collections.abc import Sequence
from dataclasses import replace

from grader.diagnosis.repair.fixed_numbers import CONSTANT
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import holds, name_called, parsed, said
from grader.diagnosis.repair.statements import branches
from grader.diagnosis.repair.written import Edit
from grader.submissions.trees import walk

BRANCH = "branch-too-much"
OTHER_BRANCH = "other-branch-too-much"
ALWAYS = "always"
TOTALS = ("mean", "sum", "average")  # that may be 0 of each row, or column, whatever the numbers are
OF_FACTORS = frozenset(["operator", "sign", "order", "upside-down", "multiply", "divide", CONSTANT])  # no other name


def without_the_part(edit: Edit, kinds: Kinds) -> list[Edit]:
    """The edits that leave out the factor, the call, the term or the branch that one changes."""
    found = (without_the_factor(edit, kinds), without_the_call(edit), without_the_term(edit))
    return [one for one in found if one is not None] or without_the_condition(edit)


def without_the_factor(edit: Edit, kinds: Kinds) -> Edit | None:
    """The edit that leaves factors out, where one puts others in their places; None if these are no factors.

    If that does as well, the other name was 1 by chance, `self.outputs` for `self.lr` of `self.lr * delta`, or the
    other number or function makes a mask true wherever it was tried, -1 for 0 of `d * (d > 0)`.
    """
    made = []
    for part in edit.parts:
        factor = _factor(part, kinds)
        found = _product_with(part.statement, factor) if factor is not None else None
        if found is None:
            return None
        made.append(replace(part.written.edit(part.statement, found[0], said(found[1]), "too-much"), tier=edit.tier))
    return replace(made[-1], beside=(*made[:-1],)) if made else None


def without_the_call(edit: Edit) -> Edit | None:
    """The edit that leaves out a call, where one calls another function of the same, and nothing else.

    If that does as well, both give what they are given: the largest of a single number, where the place of it was.
    """
    node = edit.span[0]
    if edit.kind != "function" or edit.beside or not isinstance(node, ast.Call) or len(node.args) != 1:
        return None
    return replace(edit.written.edit(edit.statement, node, said(node.args[0]), "call-too-much"), tier=edit.tier)


def without_the_term(edit: Edit) -> Edit | None:
    """The edit that leaves out a term, where one takes the sum or the mean in it along another axis.

    If that does as well, it is 0 along that axis, as it is of the rows of `p - y`, and nobody meant to add it.
    """
    node, statement = edit.span[0], edit.statement
    if edit.beside or not isinstance(node, ast.Call) or name_called(node.func) not in TOTALS:
        return None
    made = None
    for one in walk(statement):
        match one:
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right) if holds(right, node):
                made = edit.written.edit(statement, one, said(left), "too-much")
            case ast.BinOp(left=left, op=ast.Add(), right=right) if holds(left, node):
                made = edit.written.edit(statement, one, said(right), "too-much")
            case ast.AugAssign(op=ast.Add() | ast.Sub(), value=value) if holds(value, node):
                made = edit.written.edit(statement, one, "pass", "deleted")
    return replace(made, tier=edit.tier) if made is not None else None


def without_the_condition(edit: Edit) -> list[Edit]:
    """The edits that leave out a branch, where one changes a number or an operator in the condition of two.

    If that does as well, no other condition is known to be meant: -1 for 0 of `if a > 0` may only make it always true.
    """
    if edit.beside or edit.kind not in (CONSTANT, "comparison"):
        return []
    made: list[Edit] = []
    for one in walk(edit.statement):
        if not isinstance(one, ast.If | ast.IfExp) or not holds(one.test, edit.span[0]):
            continue
        if isinstance(one, ast.If):
            made = [*branches(edit.written, one)]
            made += [] if one.orelse else [edit.written.edit(one, one, "pass", "")]
        else:
            made = [edit.written.edit(edit.statement, one, said(part), "") for part in (one.body, one.orelse)]
        told = edit.written.source(one.test)
        is_alone = isinstance(one, ast.If) and not one.orelse
        kinds = ((ALWAYS, f"if {told}") if is_alone else (OTHER_BRANCH, told), (BRANCH, told))
        made = [
            replace(two, kind=kind, before=before, after="") for two, (kind, before) in zip(made, kinds, strict=False)
        ]
    for one_edit in made:
        one_edit.tier = edit.tier
    return made


def _factor(part: Edit, kinds: Kinds) -> ast.expr | None:
    """What is a factor, if it is one, of what an edit changes: a name of a number, or a comparison."""
    node = part.span[0]
    if not isinstance(node, ast.expr):
        return None
    if part.kind == "name" and kinds.of(node).sort in ("int", "float"):
        return node
    masks = [one for one in walk(part.statement) if isinstance(one, ast.Compare) and holds(one, node)]
    if part.kind in ("name", "function", CONSTANT) and masks:
        return masks[0]
    return _factor_with(part.statement, node) if part.kind not in OF_FACTORS and "too-much" not in part.kind else None


def _factor_with(statement: ast.stmt, node: ast.expr) -> ast.expr | None:
    """The innermost factor or divisor that holds a call of which a part is changed: `y.max()` of one-hot rows is 1."""
    found = None
    for one in walk(statement):
        match one:
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                found = next((side for side in (left, right) if _is_called(side, node)), found)
            case ast.BinOp(op=ast.Div(), right=right) if _is_called(right, node):
                found = right
    return found


def _is_called(factor: ast.expr, node: ast.expr) -> bool:
    return holds(factor, node) and any(isinstance(one, ast.Call) for one in walk(factor))


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
    """Whether one of two edits undoes the other: it drops what that has put in, or divides where that multiplies.

    What is between the places of a factor is in another unit then, and nothing else has changed: that makes up for
    what is wrong.
    """
    if any(_drops(a, part) for a, b in ((one, other), (other, one)) for part in b.parts):
        return True
    return {one.kind, other.kind} == {"multiply", "divide"} and put_in(one) == put_in(other) != ""


def is_a_move(edits: Sequence[Edit]) -> bool:
    """Whether one of several edits drops an operand that another one puts in: it was not too much, nor was it missing.

    With everything right it stood in the wrong place; with a part right it is not known where it belongs.
    """
    dropped = {said(node) for edit in edits if (node := _dropped(edit)) is not None}
    return any(put_in(edit) in dropped for edit in edits)


def _drops(edit: Edit, other: Edit) -> bool:
    """Whether an edit drops an operand that holds what another one has put there."""
    if "too-much" not in edit.kind:
        return False
    dropped, put_there = _dropped(edit), parsed(other.after)
    if dropped is None or not isinstance(put_there, ast.BinOp | ast.Call):
        return False
    return any(isinstance(node, ast.expr) and said(node) == said(put_there) for node in walk(dropped))


def _dropped(edit: Edit) -> ast.expr | None:
    """The operand that an edit leaves out of an operation."""
    match parsed(edit.before), parsed(edit.after):
        case ast.BinOp(left=left, right=right), ast.expr() as rest if said(rest) in (said(left), said(right)):
            return right if said(rest) == said(left) else left
    return None


def put_in(edit: Edit) -> str:
    """The operand that an edit puts behind what is there."""
    before, made = parsed(edit.before), parsed(edit.after)
    if before is None or not isinstance(made, ast.BinOp) or said(made.left) != said(before):
        return ""
    return said(made.right)


def is_of_sizes(edit: Edit) -> bool:
    """Whether an edit is of `n, m = x.shape`: rather another size is meant where one of these is read."""
    return said(getattr(edit.statement, "value", None) or edit.statement).endswith(".shape")
