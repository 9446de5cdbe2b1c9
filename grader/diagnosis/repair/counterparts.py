"""What belongs to a thing and is meant in its place: a parameter's own gradient, what was made of a value, another set.

Two weights of a sum that stand for each other are such a pair as well.
"""

import ast
import copy
import itertools
from collections.abc import Iterator
from dataclasses import replace

from grader.diagnosis.cases.phrases import enumerated
from grader.diagnosis.repair.alternatives import Alternative
from grader.diagnosis.repair.nodes import said
from grader.diagnosis.repair.watched_values import is_place
from grader.diagnosis.repair.written import Edit, Written, are_apart, at_all, in_order
from grader.submissions.trees import walk

TOGETHER, SIBLINGS = 16, 4  # edits that take another variable of the same loop, and how many it has
MADE = 12  # places in which what was made of a value is tried
SIZES, LINES = "exchanged-sizes", 4  # a kind of edits, and how many of the lines that use them are told
SETS = ("_val", "_valid", "_validation", "_test", "_dev")  # how the names of other data end


def weights_exchanged(node: ast.expr) -> Iterator[Alternative]:
    """`m * old + (1 - m) * new` for `(1 - m) * old + m * new`."""
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            for one, other in itertools.product(_factors(left), _factors(right)):
                if _is_rest_of(one, other) or _is_rest_of(other, one):
                    swaps: dict[int, ast.expr] = {id(one): other, id(other): one}
                    yield ast.unparse(copy.deepcopy(node, swaps)), "weights-exchanged"


def _factors(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield from _factors(node.left)
        yield from _factors(node.right)
    else:
        yield node


def _is_rest_of(node: ast.expr, weight: ast.expr) -> bool:
    """Whether it is 1 less a weight."""
    match node:
        case ast.BinOp(left=ast.Constant(value=1 | 1.0), op=ast.Sub(), right=right):
            return said(right) == said(weight)
    return False


def thresholds(parent: ast.AST, node: ast.expr) -> Iterator[Alternative]:
    """`p > 0.5` for `p > 0` and `p > 1`: half way between the two answers."""
    is_end = isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value in (0, 1)
    if isinstance(parent, ast.Compare) and is_end and isinstance(parent.ops[0], ast.Gt | ast.GtE | ast.Lt | ast.LtE):
        yield "0.5", "constant"


def own_gradients(written: Written) -> Iterator[Edit]:
    """`b = b - lr * db` for `b = b - lr * dw`: the gradient that is called after what is changed."""
    for place in written.places:
        match place.statement:
            case (
                ast.Assign(targets=[ast.Name(id=target)], value=value)
                | ast.AugAssign(target=ast.Name(id=target), value=value)
            ):
                names = [one for one in walk(value) if isinstance(one, ast.Name)]
                goes_on = isinstance(place.statement, ast.AugAssign) or any(one.id == target for one in names)
                own = f"d{target}"
                if goes_on and own in written.names and own not in {one.id for one in names}:
                    for one in names:
                        if one.id.startswith("d") and one.id != target and one.id[1:] in written.names:
                            yield written.edit(place.statement, one, own, "own-gradient")


def made_of_it(written: Written) -> Iterator[Edit]:
    """What a line made of an entry or attribute, and nothing reads after that, where that itself is read again.

    Of several in one statement, as of both means of Adam, neither alone rights anything.
    """
    edits = [*_made_of_it(written)]
    yield from edits[:MADE]
    for statement in {id(edit.statement): edit.statement for edit in edits}.values():
        own = in_order(edit for edit in edits if edit.statement is statement)
        if len(own) > 1 and are_apart(own):
            yield at_all(own)


def _made_of_it(written: Written) -> Iterator[Edit]:
    reads = [
        (statement, node)
        for statement, parent, node in written.expressions
        if isinstance(node, ast.Attribute | ast.Subscript)
        and isinstance(node.ctx, ast.Load)
        and not (isinstance(parent, ast.Attribute | ast.Subscript) and parent.value is node)
        and not (isinstance(parent, ast.Call) and parent.func is node)
    ]
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[ast.Attribute() | ast.Subscript() as target], value=value) if is_place(target):
                made, line = said(target), place.statement.lineno
                if any(said(node) == made for statement, node in reads if statement.lineno > line):
                    continue
                parts = {said(node) for _, node in reads if any(one is node for one in walk(value))} - {made}
                for statement, node in reads:
                    if statement.lineno > line and said(node) in parts:
                        yield written.edit(statement, node, made, "made-of-it")


def other_sets(written: Written) -> Iterator[Edit]:
    """`self.predict(X_val) == y_val` for `self.predict(X_batch) == y_batch`: samples and labels of another set."""
    for ending in SETS:
        stems = [name for name in written.parameters if f"{name}{ending}" in written.parameters]
        if len(stems) < 2:
            continue
        for place in written.places:
            if isinstance(place.statement, ast.Assign | ast.AugAssign | ast.Expr):
                swaps: dict[int, ast.expr] = {}
                told: dict[str, str] = {}
                for stem in stems:
                    for node in _data_of(place.statement, stem, written):
                        swaps[id(node)] = ast.Name(f"{stem}{ending}", ast.Load())
                        told.setdefault(said(node), f"{stem}{ending}")
                if {*told.values()} == {f"{stem}{ending}" for stem in stems}:
                    made = ast.unparse(copy.deepcopy(place.statement, swaps))
                    edit = written.edit(place.statement, place.statement, made, "other-set")
                    yield replace(edit, before=" and ".join(told), after=" and ".join(told.values()))


def _data_of(statement: ast.stmt, stem: str, written: Written) -> Iterator[ast.expr]:
    """Where a set of data, a part of it, or a local name that begins with its own, is read; no sizes of it."""
    parents = {id(child): node for node in walk(statement) for child in ast.iter_child_nodes(node)}
    local = {name for name in written.names if name.startswith(f"{stem}_") and name not in written.parameters}
    for node in walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in {stem, *local}:
            parent = parents.get(id(node))
            if isinstance(parent, ast.Subscript) and parent.value is node:
                yield parent
            elif not isinstance(parent, ast.Attribute):
                yield node


def sizes_exchanged(written: Written) -> Iterator[Edit]:
    """`N, C, H, W = x.shape` for what is used the other way round."""
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[ast.Tuple(elts=elements)], value=ast.Attribute(attr="shape")):
                names = [one for one in elements if isinstance(one, ast.Name)]
                for one, other in itertools.combinations(names if len(names) == len(elements) else [], 2):
                    made = ast.unparse(copy.deepcopy(place.statement, {id(one): other, id(other): one}))
                    kind = f"{SIZES}: {_where_read(written, {one.id, other.id})}"
                    edit = written.edit(place.statement, place.statement, made, kind)
                    yield replace(edit, before=one.id, after=other.id)


def _where_read(written: Written, names: set[str]) -> str:
    """`line 3`, `lines 3, 4 and 5`: where names are read, in the unit."""
    read = [node for node in walk(written.definition) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    lines = [str(one) for one in sorted({node.lineno + written.offset for node in read if node.id in names})]
    if not lines:
        return "the lines below"
    return f"line{'s' if len(lines) > 1 else ''} {enumerated(lines, LINES)}"


def bound_together(written: Written) -> Iterator[Edit]:
    """`w` for `nw` in a loop, or a list, over both: `for w, nw in zip(weights, sums)`."""
    return itertools.islice(_bound_together(written), TOGETHER)


def _bound_together(written: Written) -> Iterator[Edit]:
    for whole in walk(written.definition):
        if isinstance(whole, ast.For):
            targets: list[ast.expr] = [whole.target]
            inside: list[ast.AST] = [*whole.body]
        elif isinstance(whole, ast.ListComp | ast.GeneratorExp | ast.DictComp | ast.SetComp):
            targets = [one.target for one in whole.generators]
            inside = [whole.key, whole.value] if isinstance(whole, ast.DictComp) else [whole.elt]
        else:
            continue
        for target in targets:
            names = [one.id for one in walk(target) if isinstance(one, ast.Name)]
            if 1 < len(names) <= SIBLINGS:
                within = {id(node) for part in inside for node in walk(part)}
                for statement, parent, node in written.expressions:
                    is_one = isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load)
                    if is_one and id(node) in within and not isinstance(parent, ast.Attribute):
                        for other in names:
                            if other != said(node):
                                yield written.edit(statement, node, other, "name")
