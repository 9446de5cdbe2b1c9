"""What alternatives to an expression are made with: one changed node, factors turned, a number beside another."""

import ast
import copy
from collections.abc import Callable, Iterator

from grader.diagnosis.repair.nodes import in_brackets, name_called, said

Alternative = tuple[str, str]  # a text, and its kind
OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.MatMult, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
}
NUMBER = "number-too-much"  # a number that is written down, which stands for nothing else that may be meant
REST = "rest-too-much"  # `1 - x` for x
TWICE = "once-too-often"  # of what is multiplied with itself
FILLED = {"zeros", "zeros_like", "ones", "ones_like", "empty", "empty_like", "full", "full_like"}


def number_beside(node: ast.expr) -> ast.expr | None:
    """The number without which an operation leaves the other operand as it is: 2 of `x / 2` and of `2 * x`."""
    match node:
        case ast.BinOp(op=ast.Mult() | ast.Div() | ast.Add() | ast.Sub(), right=right) if _is_written_down(right):
            return right
        case ast.BinOp(left=left, op=ast.Mult() | ast.Add()) if _is_written_down(left):
            return left
    return None


def _is_written_down(node: ast.expr) -> bool:
    number = node.operand if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else node
    return isinstance(number, ast.Constant) and type(number.value) in (int, float)


def changed(node: ast.expr, field: str, value: object) -> str:
    other = copy.copy(node)
    setattr(other, field, value)
    return ast.unparse(other)


def of_the_first_alone(factors: ast.expr, product: Callable[[ast.expr], ast.expr]) -> ast.expr | None:
    """`x @ W * slope` for `x @ (W * slope)`; None where the second factor is no product place by place."""
    match factors:
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return ast.BinOp(of_the_first_alone(left, product) or product(left), ast.Mult(), right)
    return None


def transposed(a: ast.expr, b: ast.expr) -> Iterator[tuple[str, str]]:
    """The factors of a matrix product in other orders, and transposed."""
    first, second = in_brackets(said(a)), in_brackets(said(b))
    yield from (
        (_turned(first), second),
        (first, _turned(second)),
        (second, first),
        (_turned(first), _turned(second)),
        (_turned(second), first),
        (second, _turned(first)),
    )


def _turned(text: str) -> str:
    return text[:-2] if text.endswith(".T") else f"{text}.T"


def begins(value: ast.expr) -> bool:
    """Whether a value is one to begin with, which is no part of a sum: 0, an array of zeros, an empty list."""
    is_filled = isinstance(value, ast.Call) and name_called(value.func) in FILLED
    return is_filled or isinstance(value, ast.Constant | ast.List | ast.Dict)
