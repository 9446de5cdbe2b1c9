"""The bounds of slices: taken from the other end, begun where those of the axis beside it begin, and exchanged."""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import replace

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import in_brackets, is_numpy, name_called, said
from grader.diagnosis.repair.other_calls import ALONG_AXES
from grader.diagnosis.repair.written import Edit, Written, are_apart, at_all, in_order
from grader.submissions.trees import walk

PARTS = 5  # statements after one that takes a part of an array, in which another part of it may be meant
LONGEST_NAME = 40


def other_bounds(written: Written) -> Iterator[Edit]:
    """`a[:n]` and `a[n:]` for `a[-n:]` and `a[:-n]`, in all of a statement; `a[p:p + h, p:p + w]` for `…, :w]`."""
    for place in written.places:
        slices = [
            node for statement, _, node in written.expressions if statement is place.statement and _has_slice(node)
        ]
        for turn in (_from_the_other_end, _the_other_part, _cut_at_both_ends):
            found = [(node, made) for node in slices if (made := _turned(node, turn))]
            kind = "cut-at-one-end" if turn is _cut_at_both_ends else "bounds-exchanged"
            edits = [_edit(written, place.statement, node, made, kind) for node, made in found]
            edits = edits[:1] if any(edit.span[0] is place.statement for edit in edits) else edits
            if edits and are_apart(in_order(edits)):
                yield at_all(edits)
        for node in slices:
            for text in _as_beside(node):
                yield _edit(written, place.statement, node, text, "slice-as-beside")


def _edit(written: Written, statement: ast.stmt, node: ast.expr, text: str, kind: str) -> Edit:
    """A slice replaced; of one that is assigned to, with its statement."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        return written.edit(statement, node, text, kind)
    new = ast.parse(text, mode="eval").body
    edit = written.edit(statement, statement, said(copy.deepcopy(statement, {id(node): new})), kind)
    return replace(edit, before=written.source(node), after=text)


def rows_and_columns(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """`a[:, j]` for `a[j]`, and the other way round, also where something is put there."""
    for statement, parent, node in written.expressions:
        if not isinstance(node, ast.Subscript) or isinstance(parent, ast.Subscript):
            continue
        array = _reduced(node.value)
        if array is not None and isinstance(node.slice, ast.Name) and kinds.of(node.slice).rank == 1:
            text = f"{in_brackets(said(array))}[np.arange(len({node.slice.id})), {node.slice.id}]"
            yield written.edit(statement, node, text, "own-entries")
        if kinds.of(node.value).rank not in (0, 2) or not isinstance(node.value, ast.Name | ast.Attribute):
            continue
        match node.slice:
            case ast.Name(id=name) if kinds.of(name).is_array:
                of_each = f"{said(node.value)}[np.arange(len({name})), {name}]"
                if isinstance(getattr(node, "ctx", None), ast.Load):  # a number for each row, as a column
                    yield _edit(written, statement, node, f"{of_each}[:, None]", "index-pairs")
                for pair in (f"{name}, np.arange(len({name}))", f"np.arange(len({name})), {name}"):
                    yield _edit(written, statement, node, f"{said(node.value)}[{pair}]", "index-pairs")
            case ast.Name(id=name):
                yield _edit(written, statement, node, f"{said(node.value)}[:, {name}]", "row-for-column")
            case ast.Constant(value=int() as number):
                yield _edit(written, statement, node, f"{said(node.value)}[:, {number}]", "row-for-column")
            case ast.Tuple(elts=[ast.Slice(lower=None, upper=None), ast.Name(id=name)]) if kinds.of(name).is_array:
                pair = f"np.arange(len({name})), {name}"
                yield _edit(written, statement, node, f"{said(node.value)}[{pair}]", "index-pairs")
            case ast.Tuple(elts=[ast.Slice(lower=None, upper=None), ast.Name(id=name)]):
                yield _edit(written, statement, node, f"{said(node.value)}[{name}]", "column-for-row")


def _reduced(node: ast.expr) -> ast.expr | None:
    """The array that is summed, or the like, along its first axis."""
    match node:
        case ast.Call(func=function, args=[array], keywords=[ast.keyword(arg="axis", value=ast.Constant(value=0))]):
            pass
        case ast.Call(func=function, args=[array, ast.Constant(value=0)], keywords=[]):
            pass
        case ast.Call(
            func=ast.Attribute(value=array) as function, args=[], keywords=[ast.keyword(value=ast.Constant(value=0))]
        ) if not is_numpy(array):
            pass
        case _:
            return None
    return array if name_called(function) in ALONG_AXES else None


def starts_as_ends(written: Written) -> Iterator[Edit]:
    """`k * size` for `k` where slices `k:(k + 1) * size` or `k:k + size` begin, where `k` alone counts batches."""
    edits = []
    for statement, _, node in written.expressions:
        match node:
            case ast.Slice(lower=ast.Name() as start, upper=ast.BinOp(left=left, op=op, right=right), step=None):
                others = [one for one in (left, right) if start.id not in _names_in(one)]
                if isinstance(op, ast.Add | ast.Mult) and len(others) == 1 and _is_variable(others[0]):
                    summed = [one for one in (left, right) if said(one) == start.id and isinstance(op, ast.Add)]
                    text = f"{start.id} * {said(others[0])}"
                    edits += [written.edit(statement, place, text, "batch-start") for place in (start, *summed)]
    if len({edit.before for edit in edits}) == 1:
        yield at_all(edits)


def _names_in(node: ast.expr) -> set[str]:
    return {one.id for one in walk(node) if isinstance(one, ast.Name)}


def rows_throughout(written: Written) -> Iterator[Edit]:
    """`a[:, 0] = b[:, 0] = 0` for `a[0] = b[0] = 0`."""
    for place in written.places:
        nodes = [node for node in ast.walk(place.statement) if _is_first(node)]
        if len(nodes) > 1 and isinstance(place.statement, ast.Assign | ast.AugAssign):
            new = {id(node): ast.parse(_columns(node), mode="eval").body for node in nodes}
            made = ast.unparse(copy.deepcopy(place.statement, new))
            edit = written.edit(place.statement, place.statement, made, "row-for-column")
            yield replace(edit, before=said(nodes[0]), after=_columns(nodes[0]))


def _is_first(node: ast.AST) -> bool:
    match node:
        case ast.Subscript(value=ast.Name() | ast.Attribute(), slice=ast.Constant(value=int())):
            return True
    return False


def _columns(node: ast.AST) -> str:
    assert isinstance(node, ast.Subscript)
    return f"{said(node.value)}[:, {said(node.slice)}]"


def _has_slice(node: ast.expr) -> bool:
    return isinstance(node, ast.Subscript) and any(isinstance(one, ast.Slice) for one in _parts(node))


def _parts(node: ast.Subscript) -> list[ast.expr]:
    return list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]


def _turned(node: ast.expr, turn: Callable[[ast.Slice], ast.Slice | None]) -> str:
    """The slice with each of its open parts turned; "" if there is none."""
    assert isinstance(node, ast.Subscript)
    parts = [turn(one) if isinstance(one, ast.Slice) and one.step is None else None for one in _parts(node)]
    if not any(parts):
        return ""
    return _with_parts(node, [new or old for new, old in zip(parts, _parts(node), strict=True)])


def _with_parts(node: ast.Subscript, parts: list[ast.expr]) -> str:
    index = ast.Tuple(parts, ast.Load()) if isinstance(node.slice, ast.Tuple) else parts[0]
    return ast.unparse(ast.Subscript(node.value, index, ast.Load()))


def _from_the_other_end(part: ast.Slice) -> ast.Slice | None:
    """`:n` for `-n:`, `n:` for `:-n`; of variables alone: a number leaves out a fixed part."""
    match part:
        case ast.Slice(lower=ast.UnaryOp(op=ast.USub(), operand=ast.expr() as n), upper=None) if _is_variable(n):
            return ast.Slice(upper=n)
        case ast.Slice(lower=None, upper=ast.UnaryOp(op=ast.USub(), operand=ast.expr() as n)) if _is_variable(n):
            return ast.Slice(lower=n)
    return None


def _the_other_part(part: ast.Slice) -> ast.Slice | None:
    """`n:` for `:n`, and the other way round."""
    match part:
        case ast.Slice(lower=ast.expr() as n, upper=None) if _is_variable(n):
            return ast.Slice(upper=n)
        case ast.Slice(lower=None, upper=ast.expr() as n) if _is_variable(n):
            return ast.Slice(lower=n)
    return None


def _cut_at_both_ends(part: ast.Slice) -> ast.Slice | None:
    """`n:size - n` for `:size - n`, and `n:-n` for `:-n`: a padding is on both sides."""
    match part:
        case ast.Slice(lower=None | ast.Constant(value=0), upper=ast.BinOp(op=ast.Sub(), right=n) as end):
            return ast.Slice(n, end) if _is_variable(n) else None
        case ast.Slice(lower=None | ast.Constant(value=0), upper=ast.UnaryOp(op=ast.USub(), operand=n) as end):
            return ast.Slice(n, end) if _is_variable(n) else None
        case ast.Slice(lower=n, upper=None) if n is not None and _is_variable(n):
            return ast.Slice(n, ast.UnaryOp(ast.USub(), n))
    return None


def _is_variable(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Attribute | ast.Subscript)


def _as_beside(node: ast.expr) -> Iterator[str]:
    assert isinstance(node, ast.Subscript)
    parts = _parts(node)
    for i, part in enumerate(parts):
        match part:
            case ast.Slice(lower=None, upper=ast.expr() as width, step=None):
                pass
            case _:
                continue
        for other in parts:
            match other:
                case ast.Slice(lower=ast.expr() as start, upper=ast.BinOp(op=ast.Add(), left=left)) if said(
                    left
                ) == said(start):
                    new = ast.Slice(lower=start, upper=ast.BinOp(start, ast.Add(), width))
                    yield _with_parts(node, [*parts[:i], new, *parts[i + 1 :]])


def exchanged_parts(written: Written) -> Iterator[Edit]:
    """`g = a[:, 3 * H:]` and `o = a[:, 2 * H:3 * H]` for what is the other way round: parts of one array."""
    for place in written.places:
        parts = [one for one in place.body[place.index :] if _is_part(one)] if _is_part(place.statement) else []
        for other in parts[1:PARTS]:
            array, its = _array_of(place.statement), _array_of(other)
            if array is None or its is None or said(array.value) != said(its.value):
                continue
            names = [said(target) for one in (place.statement, other) for target in targets_of(one)]
            if len(names) == 2 and max(map(len, names)) <= LONGEST_NAME:
                kind = f"exchanged-parts: `{names[0]}` and `{names[1]}`"
                first = written.edit(place.statement, array, said(its), kind)
                yield replace(written.edit(other, its, said(array), kind), beside=(first,))


def _is_part(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign) and _array_of(statement) is not None


def _array_of(statement: ast.stmt) -> ast.Subscript | None:
    """The one slice of an array that a statement takes: `a[:, :H]` of `i = sigmoid(a[:, :H])`."""
    slices = [
        node
        for node in walk(statement.value if isinstance(statement, ast.Assign) else statement)
        if isinstance(node, ast.Subscript) and any(isinstance(part, ast.Slice) for part in walk(node.slice))
    ]
    return slices[0] if len(slices) == 1 else None
