"""What a function is given and does not use as it is meant: arguments, settings by their keys, what indices stand for.

A number from outside of the function may stand where a size of what it is given belongs.

And what it does with the weights alone, where the biases are to be treated alike.
"""

import ast
import builtins
import copy
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.diagnosis.repair.alternatives import Alternative
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import said
from grader.diagnosis.repair.written import Edit, Written, at_all
from grader.submissions.trees import walk

ABSENT = "MissingValue"  # what comes of data that are not there
OUTSIDE = 4  # sizes that are tried in the place of a number from outside
KEYS = 6  # entries of a dict that is given, of which each is tried in the place of one that is not there
READS_BY_KEY = {"get", "setdefault", "pop"}


def arguments_for_numbers(node: ast.expr, parent: ast.AST, kinds: Kinds) -> Iterator[Alternative]:
    """An argument for a number that is written down: one that nothing reads, or any, where the number is handed on."""
    is_number = isinstance(node, ast.Constant) and type(node.value) in (int, float)
    if not is_number or isinstance(parent, ast.Subscript | ast.Slice):
        return
    scalars = [name for name in kinds.written.parameters if kinds.of(name).sort in ("int", "float")]
    for name in scalars:
        if name in kinds.written.unread or _is_handed_on(node, parent):
            yield name, "argument-for-a-number"


def halves_of_counts(node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """`len(parameters) // 2` for the number of entries of a dict: it has a W and a b for each layer."""
    match node:
        case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)]) if kinds.types(name) == {"dict"}:
            yield f"{said(node)} // 2", "entries-for-layers"


def _is_handed_on(node: ast.expr, parent: ast.AST) -> bool:
    """Whether a number is an argument of a function of the submission's own."""
    match parent:
        case ast.Call(func=ast.Name(id=name), args=arguments) if not hasattr(builtins, name):
            return any(one is node for one in arguments)
    return False


def sizes_for_what_is_outside(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """`Y.shape[0]` for `m`, a number that was set once outside of the function, at all its places.

    `m, n = data.shape` of the whole data, and each batch is divided by that `m`.
    """
    places: dict[str, list[tuple[ast.stmt, ast.Name]]] = {}
    for statement, parent, node in written.expressions:
        is_called = isinstance(parent, ast.Call) and parent.func is node
        if isinstance(node, ast.Name) and node.id not in written.names and not is_called:
            places.setdefault(node.id, []).append((statement, node))
    for name, found in places.items():
        is_number = kinds.of(name).sort in ("int", "float") and kinds.is_fixed(name)
        if not is_number and kinds.types(name) != {ABSENT}:
            continue
        for size in [text for text in kinds.sizes if text not in places][:OUTSIDE]:
            edits = [written.edit(statement, node, size, "number-from-outside") for statement, node in found]
            yield at_all(edits)


def counters_for_numbers(statement: ast.stmt, node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """`b[..., c]` for `b[..., 0]`, where the same line takes the part of another array that `c` counts."""
    entries = [*node.slice.elts] if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple) else []
    numbers = [one for one in entries if isinstance(one, ast.Constant) and type(one.value) is int]
    if not numbers or not isinstance(node, ast.Subscript) or not isinstance(node.ctx, ast.Load):
        return
    used = {one.id for one in walk(node) if isinstance(one, ast.Name)}
    read = {one.id for one in walk(statement) if isinstance(one, ast.Name)}
    for counter in sorted((read & kinds.counters) - used):
        made = copy.deepcopy(node, {id(number): ast.Name(counter) for number in numbers[-1:]})
        yield said(made), "counter"


def other_settings(written: Written, given: Sequence[str]) -> Iterator[Edit]:
    """`config["momentum"]` for `config["mu"]`: an entry that is given and not read, for one that nobody gives."""
    places: dict[str, list[tuple[ast.stmt, ast.Constant]]] = {}
    for statement, parent, node in written.expressions:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_key(node, parent):
            places.setdefault(node.value, []).append((statement, node))
    wanted = [key for key in given if key not in places][:KEYS]
    for key, found in places.items():
        for other in wanted if key not in given else ():
            quote = "'" if written.source(found[0][1]).startswith("'") else '"'
            edits = [written.edit(statement, node, f"{quote}{other}{quote}", "setting") for statement, node in found]
            yield at_all(edits)


def _is_key(node: ast.Constant, parent: ast.AST) -> bool:
    match parent:
        case ast.Subscript(slice=index):
            return index is node
        case ast.Call(func=ast.Attribute(attr=name), args=[first, *_]):
            return name in READS_BY_KEY and first is node
    return False


def words_exchanged(written: Written) -> Iterator[Edit]:
    """`mode == "max"` and `mode == "average"`, each where the other stands."""
    found: dict[str, list[tuple[ast.stmt, ast.expr]]] = {}
    for statement, parent, node in written.expressions:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and isinstance(parent, ast.Compare):
            found.setdefault(node.value, []).append((statement, node))
    if len(found) == 2 and all(len(places) == 1 for places in found.values()):
        ((one, first),), ((other, second),) = found.values()
        texts = [written.source(first), written.source(second)]
        edits = [written.edit(one, first, texts[1], "words"), written.edit(other, second, texts[0], "words")]
        yield replace(edits[1], beside=(edits[0],))


def words_equated(written: Written) -> Iterator[Edit]:
    """`==` for each `is` beside a word or a number: equal words need not be one object."""
    edits = []
    for statement, _, node in written.expressions:
        match node:
            case ast.Compare(left=left, ops=[ast.Is() | ast.IsNot() as op], comparators=[right]):
                if any(isinstance(one, ast.Constant) and type(one.value) in (str, int, float) for one in (left, right)):
                    equated = ast.Compare(left, [ast.Eq() if isinstance(op, ast.Is) else ast.NotEq()], [right])
                    edits.append(written.edit(statement, node, ast.unparse(equated), "identity"))
    if edits:
        yield at_all(edits)


def entries_at(node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """`self.y[nearest]` for `nearest`, where another method keeps what the indices are of."""
    kind = kinds.of(node)
    if kind.is_array and kind.dtype == "i" and isinstance(node, ast.Name | ast.Call | ast.Subscript):
        for kept in kinds.written.kept_by_others:
            yield f"{kept}[{said(node)}]", "entries-at"


def biases_alike(written: Written) -> Iterator[Edit]:
    """`b -= …` beside `w -= …`, where the entry of the weights alone is changed."""
    for place in written.places:
        statement = place.statement
        match statement:
            case ast.AugAssign(target=ast.Subscript() as target) | ast.Assign(targets=[ast.Subscript() as target]):
                other = _of_biases(statement)
                is_there = ast.unparse(_of_biases(target)) in ast.unparse(written.definition)
                if ast.unparse(other) != ast.unparse(statement) and not is_there:
                    text = f"{ast.unparse(statement)}; {ast.unparse(other)}"
                    yield replace(written.edit(statement, statement, text, "biases-alike"), after=ast.unparse(other))


def lines_twice(written: Written) -> Iterator[Edit]:
    """`b[l] -= …` for the second of two lines that are the same, `W[l] -= …`: it was copied, and left as it was."""
    for place in written.places:
        above = place.body[place.index - 1] if place.index else None
        is_assigned = isinstance(place.statement, ast.Assign | ast.AugAssign)
        if above is None or not is_assigned or said(above) != said(place.statement):
            continue
        text = ast.unparse(_of_biases(place.statement))
        if text != said(place.statement):
            edit = written.edit(place.statement, place.statement, text, "line-twice")
            yield replace(edit, before=said(place.statement), after=text)


def _of_biases(node: ast.AST) -> ast.AST:
    """The same for the biases: with a b for each W in its keys."""

    class Keys(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.AST:
            return ast.Constant(node.value.replace("W", "b")) if isinstance(node.value, str) else node

    made: ast.AST = Keys().visit(copy.deepcopy(node))
    return made
