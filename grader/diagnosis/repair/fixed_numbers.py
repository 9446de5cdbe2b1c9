"""How a number in the place of another one is told: with what it stands in, where `2` alone would say little."""

import ast
import copy
from dataclasses import replace

from grader.diagnosis.repair.alternatives import NUMBER
from grader.diagnosis.repair.nodes import factors_of, holds, name_called, said
from grader.diagnosis.repair.written import Edit
from grader.submissions.trees import walk

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
    for signed in walk(edit.statement):
        if isinstance(signed, ast.UnaryOp) and isinstance(signed.op, ast.USub) and signed.operand is node:
            node = signed  # `-1` is told as one number
            edit = replace(edit, before=edit.written.source(node), after=_negative(edit.after))
    above = [one for one in walk(edit.statement) if isinstance(one, _AROUND) and holds(one, node)]
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
    match whole:
        case ast.BinOp(op=ast.Div(), left=number, right=divisor) if number is node and said(divisor) == edit.after:
            return replace(edit, kind=NUMBER, before=before, after="1")  # of `m / m` nothing is left
    return replace(edit, kind=IN_CONTEXT, before=before, after=after)


def computed_beside(edit: Edit) -> str:
    """A variable that a number is multiplied with and that is computed in the function itself; "" if there is none.

    Of a product the values tell only all its numbers together: one may as well be missing where that is computed.
    """
    own, node = edit.written, edit.span[0]
    given = {
        target.id: place.statement.value
        for place in own.places
        if isinstance(place.statement, ast.Assign)
        for target in place.statement.targets
        if isinstance(target, ast.Name)
    }
    for factor in _factors_beside(edit.statement, node):
        if isinstance(factor, ast.Name) and factor.id not in own.parameters and _is_computed(given.get(factor.id)):
            return factor.id
    return ""


def _factors_beside(statement: ast.stmt, node: ast.AST) -> list[ast.expr]:
    """The factors and divisors of the largest product that a node is one of."""
    products = [
        [*factors_of(one)]
        for one in walk(statement)
        if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Mult | ast.Div)
    ]
    return next((factors for factors in products if any(one is node for one in factors)), [])


def _is_computed(value: ast.expr | None) -> bool:
    """Whether a variable gets its value from arithmetic, and not as a size that is read off."""
    is_call = isinstance(value, ast.Call) and name_called(value.func) not in ("len", "int", "float")
    return is_call or (isinstance(value, ast.BinOp) and any(isinstance(one, ast.Call) for one in walk(value)))


def _negative(text: str) -> str:
    """`1` of `-1`, `-2` of `2`; 0 has no sign."""
    return text[1:] if text.startswith("-") else text if text.strip("0.") == "" else f"-{text}"


def _with_replaced(whole: ast.expr, node: ast.expr, text: str) -> str:
    """An expression with another text in the place of a node in it."""
    made = copy.deepcopy(whole, {id(node): ast.Name(text)})
    return said(made)
