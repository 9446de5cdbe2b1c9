"""What may have been meant instead of an assignment or of what a loop goes through."""

import ast
import copy
from collections.abc import Callable, Iterator

from grader.diagnosis.repair.alternatives import OPERATORS, Alternative, begins
from grader.diagnosis.repair.nodes import said


def other_directions(statement: ast.stmt) -> Iterator[tuple[ast.expr, str]]:
    """What a loop goes through, from its end to its beginning: `layers[::-1]` for `layers`."""
    if not isinstance(statement, ast.For):
        return
    match statement.iter:
        case ast.Name() | ast.Attribute() as whole:
            yield whole, f"{said(whole)}[::-1]"
        case (
            ast.Subscript(
                value=value, slice=ast.Slice(lower=None, upper=None, step=ast.UnaryOp(op=ast.USub()))
            ) as turned
        ):
            yield turned, said(value)
        case ast.Call(func=ast.Name(id="reversed"), args=[whole]) as turned:
            yield turned, said(whole)
        case ast.Call(func=ast.Name(id="zip" | "enumerate") | ast.Attribute(attr="values" | "items")) as made:
            yield made, f"reversed([*{said(made)}])"


def other_assignments(statement: ast.stmt, *, has_a_value: Callable[[str], bool]) -> Iterator[Alternative]:
    """Other ways to assign; only what `has_a_value` before is overwritten rather than added to."""
    match statement:
        case ast.AugAssign(target=target, op=op, value=value):
            place = ast.unparse(target)
            yield f"{place} = {said(value)}", "plain"
            whole = ast.BinOp(ast.parse(place, mode="eval").body, op, value)
            yield f"{place} = {ast.unparse(whole)}", "in-place"
            for other in OPERATORS.get(type(op), ()):
                yield ast.unparse(ast.AugAssign(target, other(), value)), "operator"
            match value:
                case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as sum_of, right=right) if isinstance(
                    op, ast.Div | ast.Mult
                ):
                    for term in (right, ast.BinOp(ast.Constant(2), ast.Mult(), right)):
                        whole = ast.BinOp(ast.BinOp(ast.Name(place), op, left), sum_of, term)
                        yield f"{place} = {ast.unparse(whole)}", "reaches-too-far"
        case ast.Assign(targets=[_, _, *_] as targets):
            for one in targets:
                fewer = copy.copy(statement)
                fewer.targets = [other for other in targets if other is not one]
                yield ast.unparse(fewer), "target-too-much"
        case ast.Assign(targets=[ast.Name() | ast.Subscript() | ast.Attribute() as target], value=value):
            place = ast.unparse(target)
            # What a sum begins with is set, not added: without the line it is right as well.
            is_sum = place in said(value) and (isinstance(target, ast.Name) or place in _terms(value))
            counts = isinstance(target, ast.Attribute) and isinstance(value, ast.Constant) and value.value == 1
            if counts or (not begins(value) and not is_sum and has_a_value(place)):
                yield f"{place} += {said(value)}", "accumulate"
            match target, value:
                case ast.Subscript(), ast.Constant(value=1 | 1.0):
                    yield f"{place} -= 1", "taken-off"
                case ast.Subscript(), ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1 | 1.0)):
                    yield f"{place} -= 1", "taken-off"


def _terms(value: ast.expr) -> Iterator[str]:
    """The terms of a sum."""
    match value:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            yield from _terms(left)
            yield from _terms(right)
        case _:
            yield said(value)
