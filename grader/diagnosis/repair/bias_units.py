"""The ones that stand for the biases: missing where weights have a column for them, too much where units are meant."""

import ast
from collections.abc import Iterator

from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import in_brackets, is_numpy, name_called, said
from grader.diagnosis.repair.written import Edit, Written

BIAS_UNITS, TOO_MANY = "bias-units", "bias-units-left"  # kinds of edits


def missing_bias_units(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """Ones beside what a product lacks one column or row of: where it is made, so that all that reads it has them."""
    for statement, _, node in written.expressions:
        factors = _factors(node)
        shapes = [kinds.of(factor).shape for factor in factors]
        if sorted(map(len, shapes)) not in ([1, 2], [2, 2]) or abs(shapes[0][-1] - shapes[1][0]) != 1:
            continue
        number = int(shapes[0][-1] > shapes[1][0])
        of_axes = len(shapes[number]), number
        place = _made(written, factors[number]) or (statement, factors[number])
        yield written.edit(*place, _with_ones(place[1], of_axes), BIAS_UNITS)


def bias_units_left(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """What has a column or a row of the biases too much beside what it is multiplied with place by place."""
    for statement, _, node in written.expressions:
        match node:
            case ast.BinOp(left=left, op=ast.Mult() | ast.Add() | ast.Sub(), right=right):
                pair = [left, right]
            case ast.Call(func=function, args=[left, right]) if name_called(function) == "multiply":
                pair = [left, right]
            case _:
                continue
        shapes = [kinds.of(one).shape for one in pair]
        if [len(shape) for shape in shapes] != [2, 2]:
            continue
        more = max(pair, key=lambda one: kinds.of(one).shape)
        (rows, columns), (more_rows, more_columns) = sorted(shapes)
        if (more_rows, more_columns) == (rows, columns + 1):
            yield written.edit(statement, more, f"{in_brackets(said(more))}[:, 1:]", TOO_MANY)
        elif (more_rows, more_columns) == (rows + 1, columns):
            yield written.edit(statement, more, f"{in_brackets(said(more))}[1:]", TOO_MANY)


def _factors(node: ast.expr) -> list[ast.expr]:
    """The factors of a matrix product of two."""
    match node:
        case ast.BinOp(left=left, op=ast.MatMult(), right=right):
            return [left, right]
        case ast.Call(func=function, args=[left, right]) if name_called(function) in ("dot", "matmul"):
            return [left, right]
        case ast.Call(func=ast.Attribute(value=left, attr="dot"), args=[right]) if not is_numpy(left):
            return [left, right]
    return []


def _made(written: Written, factor: ast.expr) -> tuple[ast.stmt, ast.expr] | None:
    """Where a name is given its value, if only one statement does, and this value."""
    found: list[tuple[ast.stmt, ast.expr]] = []
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[target], value=value) if said(target) == said(factor):
                found.append((place.statement, value))
    return found[0] if len(found) == 1 else None


def _with_ones(node: ast.expr, of_axes: tuple[int, int]) -> str:
    """`of_axes` are how many axes there are, and which of the two factors this is."""
    text = said(node)
    match of_axes:
        case 1, _:
            return f"np.append(1.0, {text})"
        case _, 0:
            return f"np.column_stack((np.ones(len({text})), {text}))"
    return f"np.vstack((np.ones((1, np.shape({text})[1])), {text}))"
