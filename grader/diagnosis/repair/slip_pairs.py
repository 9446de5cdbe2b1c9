"""Two slips in one formula, of which neither alone puts anything right, as the values of what it is made of tell.

Where a quantity of a right solution is not there, and a formula with two of its places changed would be just that in
every watched call, the two are tried. Which they are is worked out here, from the values that were seen.
"""

import ast
import copy
import difflib
import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.diagnosis.cases.leaves import Array
from grader.diagnosis.cases.watch import Run
from grader.diagnosis.repair.alternatives import NUMBER, REST, TWICE
from grader.diagnosis.repair.derived import OPERATIONS, Quantities, ValuesSeen, are_same
from grader.diagnosis.repair.nodes import in_brackets, is_numpy, parsed, said
from grader.diagnosis.repair.slips import other_expressions
from grader.diagnosis.repair.words import ODD, title_of
from grader.diagnosis.repair.written import Edit, Written, in_order
from grader.submissions.trees import walk

TWO_SLIPS = "two-slips"
OF_A_FORMULA = {
    *("operator", "sign", "order", "upside-down", "constant", "too-much", "call-too-much", NUMBER, REST, TWICE),
    *("brackets", "into-the-call", "into-the-brackets", "out-of-the-brackets"),
}
COSTS = {
    "operator": 0,
    "order": 0,
    "sign": 0,
    "upside-down": 0,
    "constant": 2,
}  # of others 1, of what drops something 3
OPERATORS = {**OPERATIONS, ast.Pow: np.power}
FUNCTIONS = {"exp", "log", "sqrt", "square", "abs", "tanh", "maximum", "minimum", "power", "sum", "mean"}
NODES = (5, 30)  # of a formula
SLIPS = 70  # of one formula
NEAR = 1e-6
LARGEST_NUMBER = 1e15  # that is written down
FORMULAS = 8
LARGEST = 2_000  # numbers of what it is made of


@dataclass(frozen=True)
class _Slip:
    node: ast.expr
    meant: ast.expr
    kind: str
    found: ast.expr | None = None  # what stands at the node, where another slip was undone in it


@dataclass(frozen=True)
class _Pair:
    """Two slips, what they put in the places of which nodes, and the nodes that have other values then."""

    slips: tuple[_Slip, _Slip]
    meant: Mapping[int, ast.expr]
    touched: set[int]


def pairs_of_slips(
    written: Written, runs: Sequence[Run], quantities: Sequence[Quantities], right: Collection[int]
) -> Iterator[Edit]:
    """Edits of two places of one formula that bring one of the quantities, given for each watched call.

    Formulas in lines that are `right` are left alone.
    """
    calls = [*zip([ValuesSeen(written.function, run) for run in runs], quantities, strict=True)]
    formulas = [place.statement for place in written.places if written.line(place.statement) not in right]
    formulas = [statement for statement in formulas if _formula(statement) is not None][:FORMULAS]
    for statement in formulas if quantities[0] else ():
        whole = _formula(statement)
        if whole is None or any(values.of(whole) is None or _are_large(whole, values) for values, _ in calls):
            continue
        made = _made(whole)
        fitting = [_edits(written, statement, pair) for pair in made if _brings_any(pair, whole, calls)]
        if fitting:  # several give the same
            yield _together(min(fitting, key=_cost))


def _are_large(whole: ast.expr, values: ValuesSeen) -> bool:
    """Whether a part of a formula is too large for thousands of trials."""
    found = (values.of(node) for node in walk(whole) if isinstance(node, ast.expr))
    return any(value is not None and value.size > LARGEST for value in found)


def _formula(statement: ast.stmt) -> ast.expr | None:
    """What a statement computes, where that is neither too short for two slips nor too long."""
    value = getattr(statement, "value", None)
    if not isinstance(statement, ast.Assign | ast.AugAssign | ast.Return) or not isinstance(value, ast.expr):
        return None
    is_formula = isinstance(value, ast.BinOp | ast.UnaryOp | ast.Call)
    return value if is_formula and NODES[0] <= sum(isinstance(n, ast.expr) for n in walk(value)) <= NODES[1] else None


def _brings_any(pair: _Pair, whole: ast.expr, calls: Sequence[tuple[ValuesSeen, Quantities]]) -> bool:
    """Whether a formula is one of the quantities in every call with two of its places changed."""
    keys: Collection[Any] = calls[0][1]
    for values, wanted in calls:  # most are none of them in the first
        value = _value(whole, pair.meant, pair.touched, values)
        keys = [key for key in keys if value is not None and _begins_as(value, wanted[key])]
        keys = [key for key in keys if value is not None and are_same(value, wanted[key])]
        if not keys:
            return False
    return True


def _begins_as(value: Array, wanted: Array) -> bool:
    """Whether two arrays may be the same: most are told apart by their first numbers."""
    return value.shape == wanted.shape and bool(
        abs(value.flat[0] - wanted.flat[0]) <= NEAR * abs(wanted.flat[0]) + NEAR
    )


def _cost(parts: tuple[Edit, Edit]) -> tuple[int, float]:
    """What drops least, puts least in and changes least comes first."""
    likeness = [difflib.SequenceMatcher(None, one.before, one.after).ratio() for one in parts]
    return sum(3 if one.kind in ODD else COSTS.get(one.kind, 1) for one in parts), -sum(likeness)


def _made(whole: ast.expr) -> Iterator[_Pair]:
    around = _around(whole)
    slips = [slip for node in around for slip in _slips(node)][:SLIPS]
    for one, other in itertools.combinations(slips, 2):
        is_apart = id(other.node) not in around[one.node] and id(one.node) not in around[other.node]
        if is_apart and not (_undoes(one, other) or _undoes(other, one)):
            meant = {id(one.node): one.meant, id(other.node): other.meant}
            yield _Pair((one, other), meant, around[one.node] | around[other.node])
    for slip in slips:
        for node in (one for one in around if id(one) in around[slip.node] and one is not slip.node):
            changed = copy.deepcopy(node, {id(slip.node): slip.meant})
            for again in _slips(changed):
                if "too-much" in again.kind:
                    continue  # what is left has one slip, or none
                outer = _Slip(node, again.meant, again.kind, changed)
                yield _Pair((slip, outer), {id(node): again.meant}, around[node])


def _undoes(number: _Slip, other: _Slip) -> bool:
    """Whether a number is changed to one that the other slip has: `x * 3 / 3` is `x`, and nobody means that."""
    if number.kind not in (NUMBER, "constant"):
        return False
    new = {node.value for node in walk(number.meant) if isinstance(node, ast.Constant)}
    new -= {node.value for node in walk(number.node) if isinstance(node, ast.Constant)}
    return any(isinstance(node, ast.Constant) and node.value in new for node in walk(other.meant))


def _edits(written: Written, statement: ast.stmt, pair: _Pair) -> tuple[Edit, Edit]:
    one, other = (written.edit(statement, slip.node, said(slip.meant), slip.kind) for slip in pair.slips)
    outer = pair.slips[1]
    return one, replace(other, before=said(outer.found)) if outer.found is not None else other


def _together(parts: tuple[Edit, Edit]) -> Edit:
    """Both changes; where one stands in what the other is about, both are told of the whole."""
    first, last = in_order(parts)
    if first.ends_before(last):
        made = replace(last, beside=(first,))
    else:
        outer = parts[1]
        told = " and ".join(f"{title[:1].lower()}{title[1:]}" for title in map(title_of, parts))
        made = outer.written.edit(outer.statement, outer.span[0], outer.after, f"{TWO_SLIPS}: {told}")
    for edit in made.parts:
        edit.tier = "slips"
    return made


def _around(whole: ast.expr) -> dict[ast.expr, set[int]]:
    """The parts of a formula, and of each the ids of those that it stands in, itself among them."""
    found: dict[ast.expr, set[int]] = {}
    waiting: list[tuple[ast.AST, set[int]]] = [(whole, set())]
    while waiting:
        node, above = waiting.pop()
        own = above | {id(node)}
        if isinstance(node, ast.expr):
            found[node] = own
        if not isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
            inner = node.args if isinstance(node, ast.Call) else ast.iter_child_nodes(node)
            waiting += [(one, own) for one in inner]
    return found


def _slips(node: ast.expr) -> Iterator[_Slip]:
    """What may be meant by a part of a formula, of what stands there alone."""
    alternatives = [(text, kind) for text, kind in other_expressions(node) if kind in OF_A_FORMULA]
    if not isinstance(node, ast.Constant | ast.UnaryOp):
        text = in_brackets(said(node))
        alternatives += [(f"1 - {text}", "one-minus"), (f"-{text}", "sign-missing")]
    for text, kind in dict.fromkeys(alternatives):
        meant = parsed(text) if "@" not in text else None
        if meant is not None:
            yield _Slip(node, meant, kind)


def _value(node: ast.expr, meant: Mapping[int, ast.expr], touched: set[int], values: ValuesSeen) -> Array | None:
    """What an expression is with others in the places of parts; of what these leave alone it is what was seen."""
    if (other := meant.get(id(node))) is not None:
        return _value(other, {}, set(), values)
    if id(node) not in touched:
        if (seen := values.of(node)) is not None:
            return seen
        if isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
            return values.names.get(said(node))
    match node:
        case ast.Constant(value=int() | float() as number) if abs(number) < LARGEST_NUMBER:
            return np.asarray(float(number))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = _value(operand, meant, touched, values)
            return None if inner is None else -inner
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return _applied(OPERATORS[type(op)], [_value(one, meant, touched, values) for one in (left, right)])
        case ast.Call(func=ast.Attribute(value=holder, attr=name), args=args, keywords=named) if is_numpy(holder):
            options = {one.arg: one.value.value for one in named if one.arg and isinstance(one.value, ast.Constant)}
            if name in FUNCTIONS and len(options) == len(named):
                return _applied(getattr(np, name), [_value(one, meant, touched, values) for one in args], options)
    return None


def _applied(function: Any, given: Sequence[Array | None], options: Mapping[str, Any] | None = None) -> Array | None:
    if not given or any(one is None for one in given):
        return None
    with np.errstate(all="ignore"):
        try:
            return np.asarray(function(*given, **(options or {})), dtype=np.float64)
        except (ValueError, TypeError):  # shapes that do not fit, options that there are not
            return None
