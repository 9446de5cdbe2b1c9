"""What was made and is not used: a variable that nothing reads, what the pass before gave, an order that was drawn.

Where it belongs shows by trying. And places of an array that are added to once for each number, however often it is
named.
"""

import ast
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.contents import Loop, Place
from grader.diagnosis.repair.kind import OTHER
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import in_brackets, name_called, said
from grader.diagnosis.repair.quantities import IS_BIAS
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.trees import walk

MOST = 3  # variables that nothing reads, of which each is tried everywhere
TOGETHER = 8  # targets of one statement that are added up
SUFFIX = "_of_this_pass"


def unread_terms(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """A variable that nothing reads as a term or factor: `np.dot(w, a) + b` in a loop over `b` and `w`."""
    local = [name for name in written.names if name in written.unread and name not in written.parameters]
    given = {node.id: place.statement for place in written.places for node in _made_by(place.statement)}
    for name in local[:MOST]:
        made = given.get(name)
        for statement, _, node in written.expressions:
            is_below = made is not None and statement is not made and statement.lineno > made.lineno
            if not is_below or not isinstance(node, ast.Call | ast.BinOp):
                continue
            if kinds.of(node).is_array and _may_meet(kinds, name, node):
                text = in_brackets(said(node))
                yield written.edit(statement, node, f"{text} + {name}", "bias" if IS_BIAS.search(name) else "unread")
                yield written.edit(statement, node, f"{text} * {name}", "unread")


def _made_by(statement: ast.stmt) -> Iterator[ast.Name]:
    targets = [statement.target] if isinstance(statement, ast.For) else targets_of(statement)
    for target in targets:
        yield from (node for node in walk(target) if isinstance(node, ast.Name))


def _may_meet(kinds: Kinds, name: str, node: ast.expr) -> bool:
    """Whether a variable may be a term beside an expression: its kind is not known, or fits by its last axis."""
    kind, own = kinds.of(name), kinds.of(node)
    if kind == OTHER:
        return True
    return kind.is_array and kind.rank <= own.rank and all(
        size in (1, other) for size, other in zip(kind.shape[::-1], own.shape[::-1], strict=False)
    )  # fmt: skip


def carried_terms(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """What each pass of a loop gives, set up before it and not read in it, as a term: `dh[t] + dprev_h`."""
    for place in written.places:
        loop = place.statement
        if isinstance(loop, Loop):
            for name in _carried(written, place):
                for statement, parent, node in written.expressions:
                    is_inside = any(one is statement for one in walk(loop)) and statement is not loop
                    is_term = isinstance(parent, ast.Call) or node is getattr(statement, "value", None)
                    if is_inside and is_term and kinds.of(node).is_array and kinds.have_one_shape(name, said(node)):
                        yield written.edit(statement, node, f"{in_brackets(said(node))} + {name}", "carried-term")


def _carried(written: Written, place: Place) -> list[str]:
    loop = place.statement
    inside = [node for node in walk(loop) if isinstance(node, ast.Name)]
    before = {node.id for one in place.body[: place.index] for node in _made_by(one)}
    stored = dict.fromkeys(node.id for node in inside if isinstance(node.ctx, ast.Store))
    read = {node.id for node in inside if isinstance(node.ctx, ast.Load)}
    added = {one.target.id for one in walk(loop)
             if isinstance(one, ast.AugAssign) and isinstance(one.target, ast.Name)}  # fmt: skip
    return [name for name in stored if name in before and name not in read | added]


def added_up_together(written: Written) -> Iterator[Edit]:
    """`…; dW += dW_of_this_pass` for those of several targets that begin at 0 and that nothing in the loop reads."""
    zeros = {
        node.id: None
        for place in written.places
        if "zeros" in said(place.statement) and not place.loops
        for node in _made_by(place.statement)
    }
    for place in written.places:
        statement = place.statement
        match statement:
            case ast.Assign(targets=[ast.Tuple(elts=elements)], value=ast.Call()) if place.loops:
                read = {
                    node.id
                    for node in walk(place.loops[-1])
                    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
                }
                names = [one.id for one in elements if isinstance(one, ast.Name)]
                lost = [name for name in names if name in zeros and name not in read][:TOGETHER]
                if lost:
                    made = _renamed_targets(elements, lost)
                    sums = "; ".join(f"{name} += {name}{SUFFIX}" for name in lost)
                    text = f"{made} = {said(statement.value)}; {sums}"
                    edit = written.edit(statement, statement, text, "overwritten")
                    yield replace(edit, before=", ".join(lost), after=sums)


def _renamed_targets(elements: Sequence[ast.expr], lost: Sequence[str]) -> str:
    texts = [said(one) for one in elements]
    return ", ".join(f"{text}{SUFFIX}" if text in lost else text for text in texts)


def added_at(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """`np.add.at(dW, x, dout)` for `dW[x] += dout`, which adds once where a number is in x several times."""
    for place in written.places:
        match place.statement:
            case ast.AugAssign(target=ast.Subscript(value=array, slice=index), op=ast.Add(), value=value):
                entries = index.elts if isinstance(index, ast.Tuple) else [index]
                if any(kinds.of(one).is_array or isinstance(one, ast.Call) for one in entries):
                    text = f"np.add.at({said(array)}, {said(index)}, {said(value)})"
                    yield written.edit(place.statement, place.statement, text, "added-once")


def in_the_order_of(written: Written) -> Iterator[Edit]:
    """`Y[:, permutation]` for `Y`, where another array is put into an order of its own."""
    orders: dict[str, str] = {}
    keys = _keys(written)
    for _, _, node in written.expressions:
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in written.parameters:
            names = [part for part in walk(node.slice) if isinstance(part, ast.Name)]
            if len(names) == 1 and names[0].id not in {*written.parameters, *keys} and not _has_bounds(node.slice):
                orders.setdefault(_index(node.slice), node.value.id)
    for order, array in itertools.islice(orders.items(), MOST):
        for statement, parent, node in written.expressions:
            is_other = isinstance(node, ast.Name) and node.id in written.parameters and node.id != array
            if is_other and _reads_numbers(parent):
                yield written.edit(statement, node, f"{said(node)}[{order}]", "in-order")


def _keys(written: Written) -> set[str]:
    """The names that stand for the keys of a dict, one after the other, which put nothing into an order."""
    iterations = [one for one in walk(written.definition) if isinstance(one, ast.For | ast.comprehension)]
    return {
        node.id
        for one in iterations
        if isinstance(one.iter, ast.Call) and name_called(one.iter.func) in ("items", "keys")
        for node in walk(one.target)
        if isinstance(node, ast.Name)
    }


def _index(index: ast.expr) -> str:
    return ", ".join(map(said, index.elts)) if isinstance(index, ast.Tuple) else said(index)


def _reads_numbers(parent: ast.AST) -> bool:
    """Whether what an array is a part of looks at its numbers, and at all of them."""
    if isinstance(parent, ast.Call):
        return name_called(parent.func) != "len"
    if isinstance(parent, ast.Attribute):
        return parent.attr not in ("shape", "size", "ndim")
    return not isinstance(parent, ast.Subscript)


def _has_bounds(index: ast.expr) -> bool:
    return any(isinstance(part, ast.Slice) and (part.lower or part.upper) for part in walk(index))
