"""Axes exchanged by `reshape`, which exchanges none, and rows that are cut the wrong way round.

`reshape` takes the numbers in their order and cuts it elsewhere; `transpose` exchanges axes. With the one in the place
of the other all numbers are there, of the right shape, at other places.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.diagnosis.repair.nodes import in_brackets, is_numpy, name_called, said
from grader.diagnosis.repair.written import Edit, Written, are_apart, at_all, in_order

KIND = "reshape-order"
ORDERS: dict[int, tuple[tuple[int, ...], ...]] = {
    2: ((1, 0),),
    3: ((0, 2, 1), (1, 0, 2), (2, 0, 1), (1, 2, 0)),
    4: ((0, 3, 1, 2), (0, 2, 3, 1), (0, 2, 1, 3), (3, 0, 1, 2)),
}


@dataclass(frozen=True)
class _Reshape:
    """`array.reshape(*sizes)`, in whichever way it is written."""

    array: ast.expr
    sizes: Sequence[ast.expr]

    def of(self, sizes: Sequence[ast.expr]) -> str:
        return f"{in_brackets(said(self.array))}.reshape({', '.join(map(said, sizes))})"


def other_cuts(written: Written) -> Iterator[Edit]:
    """A reshape in the other order without the transpose behind it, and one that a transpose is missing behind."""
    whole: list[Edit] = []
    for statement, parent, node in written.expressions:
        if (turned := _turned(node)) is not None:
            inner, order = turned
            if (made := _reshape(inner)) is not None and len(made.sizes) == len(order):
                edit = written.edit(statement, node, made.of([made.sizes[axis] for axis in order]), KIND)
                whole.append(edit)
                yield edit
        elif (made := _reshape(node)) is not None and not _is_turned(parent, node):
            for order in ORDERS.get(len(made.sizes), ()):
                before = [made.sizes[order.index(axis)] for axis in range(len(order))]
                text = f"{made.of(before)}.transpose{order}" if len(order) > 2 else f"{made.of(before)}.T"
                yield written.edit(statement, node, text, KIND)
            if (back := _turned(made.array)) is not None:
                text = _Reshape(back[0], made.sizes).of(made.sizes)
                whole.append(written.edit(statement, node, text, KIND))
    if len(whole) > 1 and are_apart(in_order(whole)):  # what is cut so on its way in is so on its way out
        yield at_all(whole)


def _turned(node: ast.expr) -> tuple[ast.expr, tuple[int, ...]] | None:
    """What is transposed, and into which order of its axes; None for anything else."""
    match node:
        case ast.Attribute(value=value, attr="T"):
            return value, (1, 0)
        case ast.Call(func=ast.Attribute(value=value, attr="transpose"), args=args, keywords=[]) if not is_numpy(value):
            order = _numbers(args)
        case ast.Call(func=ast.Attribute(value=owner, attr="transpose"), args=[value, axes], keywords=[]) if is_numpy(
            owner
        ):
            order = _numbers([axes])
        case _:
            return None
    return (value, order) if sorted(order) == [*range(len(order))] and len(order) > 1 else None


def _numbers(args: Sequence[ast.expr]) -> tuple[int, ...]:
    given = args[0].elts if len(args) == 1 and isinstance(args[0], ast.Tuple | ast.List) else args
    return tuple(one.value if isinstance(one, ast.Constant) and type(one.value) is int else -1 for one in given)


def _reshape(node: ast.expr) -> _Reshape | None:
    if not isinstance(node, ast.Call) or name_called(node.func) != "reshape" or node.keywords:
        return None
    match node:
        case ast.Call(func=ast.Attribute(value=owner), args=[array, ast.Tuple(elts=sizes)]) if is_numpy(owner):
            return _Reshape(array, sizes)
        case ast.Call(func=ast.Attribute(value=array), args=[ast.Tuple(elts=sizes)]) if not is_numpy(array):
            return _Reshape(array, sizes)
        case ast.Call(func=ast.Attribute(value=array), args=sizes) if not is_numpy(array):
            return _Reshape(array, sizes)
    return None


def _is_turned(parent: ast.AST, node: ast.expr) -> bool:
    """Whether a reshape is transposed where it stands."""
    match parent:
        case ast.Attribute(value=value, attr="T" | "transpose") if value is node:
            return True
        case ast.Call(func=function, args=[first, *_]) if first is node:
            return name_called(function) == "transpose"
    return False
