"""What is used otherwise than it can be: what gives nothing, numbers that are gone through, one axis sliced again."""

import ast
import itertools
from collections.abc import Iterator
from dataclasses import replace

from grader.diagnosis.repair.misspelt import unbound_names
from grader.diagnosis.repair.nodes import is_numpy, name_called, said
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.trees import walk

IN_PLACE = {"append", "extend", "insert", "sort", "reverse", "update", "shuffle", "clear", "fill"}
TOGETHER = {"hstack", "concatenate", "append", "column_stack"}
FACTORS = 3  # that are tried where one is missing
INDICES = 4


def misused(written: Written) -> Iterator[Edit]:
    """What is meant where something is used that cannot be used so."""
    for place in written.places:
        statement = place.statement
        match statement:
            case ast.Assign(targets=[target], value=ast.Call(func=function, args=given) as call) if name_called(
                function
            ) in IN_PLACE and said(target) in (_holder(function), *map(said, given[:1])):
                edit = written.edit(statement, statement, said(call), "gives-nothing")
                yield replace(edit, before=said(statement), after=said(call))
            case ast.Assign(targets=[ast.Name()], value=ast.Attribute(attr="shape") as shape):
                yield written.edit(statement, shape, f"{said(shape)}[0]", "size")
            case ast.Assign(targets=[ast.Tuple()], value=ast.Attribute(value=array, attr="size") as size):
                yield written.edit(statement, size, f"{said(array)}.shape", "size")
            case ast.For(iter=ast.Name() | ast.Attribute() | ast.Subscript() as number):
                yield written.edit(statement, number, f"range({said(number)})", "range-missing")
            case ast.For(iter=ast.Call(func=ast.Name(id="len")) as number):
                yield written.edit(statement, number, f"range({said(number)})", "range-missing")
    comments: list[Edit] = []
    for statement, parent, node in written.expressions:
        match node:
            case ast.Call(func=ast.Name(id="range"), args=[ast.Name() | ast.Attribute() | ast.Subscript() as entries]):
                yield written.edit(statement, entries, f"len({said(entries)})", "len-missing")
            case ast.Call(func=ast.Attribute(value=left, attr="dot"), args=[], keywords=[]) if not is_numpy(left):
                for name in _given_before(written, statement):
                    yield written.edit(statement, node, f"{said(left)}.dot({name})", "factor-missing")
            case ast.Call(func=function, args=[ast.Tuple() | ast.List() as parts, *_]) if (
                name_called(function) in TOGETHER
            ):
                yield from (_as_column(written, statement, one) for one in parts.elts if _are_ones(one))
            case ast.BinOp() if not isinstance(parent, ast.BinOp) and (start := _before_a_comment(node, written)):
                comments.append(written.edit(statement, node, said(start), "comment"))
            case ast.Subscript() if not isinstance(parent, ast.Subscript) and (whole := _in_one_pair(node)):
                yield written.edit(statement, node, whole, "sliced-again")
    if comments:
        comments.sort(key=lambda edit: edit.line)
        yield replace(comments[-1], beside=(*comments[:-1],))


def _holder(function: ast.expr) -> str:
    return said(function.value) if isinstance(function, ast.Attribute) else ""


def _given_before(written: Written, statement: ast.stmt) -> list[str]:
    """The names that were given a value last before a statement."""
    found: list[str] = []
    for place in itertools.takewhile(lambda one: one.statement is not statement, written.places):
        match place.statement:
            case ast.Assign(targets=[ast.Name(id=name)]):
                found.insert(0, name)
    return [*dict.fromkeys(found)][:FACTORS]


def _are_ones(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=function, args=[size]) if name_called(function) in ("ones", "zeros"):
            return not isinstance(size, ast.Tuple | ast.List)
    return False


def _as_column(written: Written, statement: ast.stmt, node: ast.expr) -> Edit:
    assert isinstance(node, ast.Call)
    return written.edit(statement, node, f"{said(node.func)}(({said(node.args[0])}, 1))", "column-missing")


def _before_a_comment(node: ast.expr, written: Written) -> ast.expr | None:
    """What stands before a `//` if nothing behind it has a value: there it begins a comment in other languages."""
    names: set[str] = set()
    left = node
    while isinstance(left, ast.BinOp):
        names |= {one.id for one in walk(left.right) if isinstance(one, ast.Name)}
        if isinstance(left.op, ast.FloorDiv):
            return left.left if names and names <= unbound_names(written).keys() else None
        left = left.left
    return None


def _in_one_pair(node: ast.Subscript) -> str:
    """`x[i, :, a:b, c:d]` for `x[i][:][a:b][c:d]`; "" if no slice is indexed again."""
    indices: list[ast.expr] = []
    inner: ast.expr = node
    while isinstance(inner, ast.Subscript):
        indices.insert(0, inner.slice)
        inner = inner.value
    is_again = any(isinstance(one, ast.Slice) for one in indices[:-1]) and len(indices) <= INDICES
    if not is_again or any(isinstance(one, ast.Tuple) for one in indices):
        return ""
    return f"{said(inner)}[{', '.join(map(said, indices))}]"
