"""Operands that stand on the wrong side of a function's bracket: `f(a * b)` and `a * f(b)` are two things."""

import ast
from collections.abc import Iterator

from grader.diagnosis.repair.alternatives import Alternative
from grader.diagnosis.repair.nodes import name_called

OF_ONE_NUMBER = {"sqrt", "exp", "log", "square", "tanh", "abs"}
SIGMOIDS = {"sigmoid", "sigm", "logistic", "relu"}  # as they are called where they are written by hand
OPERATIONS = (ast.Mult, ast.Div, ast.Add, ast.Sub)
INTO, OUT_OF = "into-the-brackets", "out-of-the-brackets"


def over_brackets(node: ast.expr) -> Iterator[Alternative]:
    """The operand before a function taken into its brackets, and either operand of its argument taken out of them."""
    match node:
        case ast.BinOp(left=left, op=op, right=ast.Call(func=function, args=[argument], keywords=[])):
            if isinstance(op, OPERATIONS) and _is_of_one_number(function):
                yield ast.unparse(ast.Call(function, [ast.BinOp(left, op, argument)], [])), INTO
        case ast.Call(func=function, args=[ast.BinOp(left=left, op=op, right=right)], keywords=[]):
            if isinstance(op, OPERATIONS) and _is_of_one_number(function):
                yield ast.unparse(ast.BinOp(left, op, ast.Call(function, [right], []))), OUT_OF
                yield ast.unparse(ast.BinOp(ast.Call(function, [left], []), op, right)), OUT_OF


def _is_of_one_number(function: ast.expr) -> bool:
    return name_called(function) in OF_ONE_NUMBER | SIGMOIDS
