"""Factors and terms that are missing, and names of other variables, as the values tell.

Where a quantity of a right solution is not there, and an expression times another variable, or plus it, or with it in
the place of one, would be just that in every watched call, that is tried. No trial is needed to see which it is.
"""

import ast
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.diagnosis.cases.leaves import Array
from grader.diagnosis.cases.watch import Run
from grader.diagnosis.repair.nodes import in_brackets, said
from grader.diagnosis.repair.watched_values import is_place
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.trees import walk

TIER = "terms"
LONGEST = 40  # characters of a variable, an entry or an attribute
NAMES = 24
CLOSE = 1e-7
FAR = 2 * CLOSE
PATTERNS = (("{a} * {b}", "multiply"), ("{a} / {b}", "divide"), ("{a} + {b}", "term"), ("{a} - {b}", "term"))
OF_PATTERNS = {"{a} * {b}": np.multiply, "{a} / {b}": np.divide, "{a} + {b}": np.add, "{a} - {b}": np.subtract}
OPERATIONS = {ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide, ast.MatMult: np.matmul}
PRODUCTS = {"dot": np.dot, "matmul": np.matmul, "multiply": np.multiply}

Quantities = Mapping[Any, Array]


def derived_edits(written: Written, runs: Sequence[Run], quantities: Sequence[Quantities]) -> Iterator[Edit]:
    """Edits of a function that bring one of the quantities, given for each watched call."""
    found = [ValuesSeen(written.function, run) for run in runs]
    seen: set[tuple[int, str]] = set()
    for statement, _, node in written.expressions:
        if not isinstance(node, ast.BinOp | ast.Call | ast.Name | ast.Subscript) or isinstance(statement, ast.Assert):
            continue
        if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            continue
        own = [values.of(node) for values in found]
        if any(value is None or (not value.ndim and not value % 1) for value in own):
            continue  # a count is no quantity that lacks a factor
        read = {said(part) for part in walk(statement)}  # what stands there already has another operator, rather
        for key in quantities[0]:
            for name, pattern, kind in _fitting(own, found, [one[key] for one in quantities]):
                text = pattern.format(a=in_brackets(said(node)), b=name)
                if name not in read and (id(node), text) not in seen:
                    seen.add((id(node), text))
                    edit = written.edit(statement, node, text, kind)
                    edit.tier = TIER
                    yield edit


def renamed_edits(written: Written, runs: Sequence[Run], quantities: Sequence[Quantities]) -> Iterator[Edit]:
    """The same, of edits that put another variable in the place of one."""
    found = [ValuesSeen(written.function, run) for run in runs]
    for statement, _, node in written.expressions:
        value = getattr(statement, "value", None)
        if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load) or not isinstance(value, ast.expr):
            continue
        for name in found[0].names:
            made = [_made_with(value, node, one.names.get(name), one) for one in found] if name != node.id else [None]
            pairs = [(one, quantities[i]) for i, one in enumerate(made) if one is not None]
            if len(pairs) == len(made) and any(all(are_same(a, b[key]) for a, b in pairs) for key in quantities[0]):
                edit = written.edit(statement, node, name, "name")
                edit.tier = "names"
                yield edit


def _made_with(whole: ast.expr, node: ast.expr, value: Array | None, values: "ValuesSeen") -> Array | None:
    """What a product, a sum or the like is with a value in the place of one of its names; None of anything else."""
    if whole is node:
        return value
    if not any(part is node for part in walk(whole)):
        return values.of(whole)

    def made(part: ast.expr) -> Array | None:
        return _made_with(part, node, value, values)

    if isinstance(whole, ast.Attribute) and whole.attr == "T":
        return None if (turned := made(whole.value)) is None else turned.T
    parts: Sequence[ast.expr] = ()
    operation: Any = None
    if isinstance(whole, ast.BinOp):
        parts, operation = (whole.left, whole.right), OPERATIONS.get(type(whole.op))
    elif isinstance(whole, ast.Call) and isinstance(whole.func, ast.Attribute) and not whole.keywords:
        own = () if isinstance(whole.func.value, ast.Name) and whole.func.value.id == "np" else (whole.func.value,)
        parts, operation = (*own, *whole.args), PRODUCTS.get(whole.func.attr)
    of_parts = [made(part) for part in parts]
    if operation is None or len(of_parts) != 2 or any(one is None for one in of_parts):
        return None
    with np.errstate(all="ignore"):
        try:
            return np.asarray(operation(*of_parts), dtype=np.float64)
        except ValueError:  # shapes that do not fit
            return None


def are_same(value: Array, right: Array) -> bool:
    return value.shape == right.shape and bool(np.linalg.norm(value - right) <= CLOSE * np.linalg.norm(right))


class ValuesSeen:
    """What expressions and variables of a function were last in a call."""

    def __init__(self, function: str, run: Run) -> None:
        self._by_node: dict[int, Array] = {}
        self.names: dict[str, Array] = {}
        for what, _, seen in run.values(function):
            value = _number(seen.last)
            if value is None:
                continue
            if not isinstance(what, str):
                self._by_node[id(what)] = value
            text = what if isinstance(what, str) else said(what)
            if len(text) <= LONGEST and (isinstance(what, str) or is_place(what)) and len(self.names) < NAMES:
                self.names[text] = value

    def of(self, node: ast.expr) -> Array | None:
        return self._by_node.get(id(node))


def _fitting(
    own: Sequence[Array | None], found: Sequence[ValuesSeen], wanted: Sequence[Array]
) -> Iterator[tuple[str, str, str]]:
    """The variables with which an expression is what is wanted in every call, and how."""
    pairs = [(value, right) for value, right in zip(own, wanted, strict=True) if value is not None]
    if not all(_is_spread_over(value, right) for value, right in pairs):
        return
    may_be = _told_by_first_numbers(*pairs[0])
    for name in found[0].names:
        others = [one.names.get(name) for one in found]
        made = [
            (value, other, right)
            for (value, right), other in zip(pairs, others, strict=True)
            if other is not None and _is_spread_over(other, right)
        ]
        if len(made) == len(pairs):
            for pattern, kind in may_be(made[0][1]):
                if all(_is(pattern, *one) for one in made):
                    yield name, pattern, kind


def _told_by_first_numbers(value: Array, right: Array) -> Callable[[Array], list[tuple[str, str]]]:
    """Asks of a variable with which patterns the first number may be right: most are told by it.

    It is no further from the right one than all of them together.
    """
    a, wanted, bound = value.item(0), right.item(0), FAR * float(np.linalg.norm(right))

    def may_be(other: Array) -> list[tuple[str, str]]:
        b = other.item(0)
        made = (a * b, a / b if b else math.nan, a + b, a - b)
        return [one for one, number in zip(PATTERNS, made, strict=True) if not abs(number - wanted) > bound]

    return may_be


def _is(pattern: str, value: Array, other: Array, right: Array) -> bool:
    with np.errstate(all="ignore"):
        return are_same(OF_PATTERNS[pattern](value, other), right)


def _is_spread_over(value: Array, whole: Array) -> bool:
    """Whether numpy takes a value for every entry, row or column of another one."""
    return value.ndim <= whole.ndim and all(
        a in (1, b) for a, b in zip(value.shape[::-1], whole.shape[::-1], strict=False)
    )


def _number(value: Any) -> Array | None:
    if isinstance(value, bool) or not isinstance(value, int | float | np.ndarray):
        return None
    array = np.asarray(value)
    return array.astype(np.float64) if array.dtype.kind in "fiu" and array.size else None
