"""Alternatives that take another name: variables, words, entries, indices, and what stands elsewhere for one."""

import ast
import difflib
import itertools
import re
from collections.abc import Iterator

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.alternatives import Alternative
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import factors_of, in_brackets, said
from grader.diagnosis.repair.watched_values import is_place
from grader.diagnosis.repair.written import Written
from grader.submissions.trees import walk

ELSEWHERE = 3  # differences and sums with one variable, of which each is tried in its place
LIKE, LETTERS, LIKENESS = 2, 2, 0.7  # names that are tried first: how many, how long, how much alike
SCALARS = ("int", "float")
INDICES = 4  # of one list
OF_LISTS = {"len", "list", "tuple", "reversed", "zip", "enumerate", "sum", "sorted", "min", "max", "range", "iter"}
ATTRIBUTES = 4  # other ones that are tried in the place of one


def names_like(statement: ast.stmt, node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """Variables that nothing reads, other loops' counters, and what is called nearly the same, `x_padded` for `x`."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in kinds.written.names:
        if kinds.is_known and not kinds.has_value(node.id) and binds_later(node, kinds.written):
            return  # rather it is bound too late than another one
        others = kinds.like(node.id)
        unread = [one for one in others if one in kinds.written.unread and kinds.of(one) == kinds.of(node.id)]
        if isinstance(statement, ast.Return):  # what is computed and handed back nowhere
            unread += [
                one for one in sorted(kinds.written.unread) if one not in unread and one not in kinds.written.parameters
            ]
        elif kinds.of(node.id).sort in SCALARS:  # what is computed of whole numbers need be none
            unread += [
                one for one in sorted(kinds.written.unread) if one not in others and kinds.of(one).sort in SCALARS
            ]
        near = [other for other in others if _is_like(node.id, other)]
        counters = [other for other in others if {other, node.id} <= kinds.counters]
        yield from ((other, "name") for other in dict.fromkeys([*unread[:LIKE], *near[:LIKE], *counters]))


def binds_later(node: ast.Name, written: Written) -> bool:
    """Whether a line further down gives a name its value."""
    bound = (one for one in walk(written.definition) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))
    return any(one.id == node.id and one.lineno > node.lineno for one in bound)


def other_choices(node: ast.expr, parent: ast.AST, kinds: Kinds) -> Iterator[Alternative]:
    """Another word for one that is handed to a function, of those that it asks for: `"relu"` for `"sigmoid"`."""
    if isinstance(node, ast.Constant) and type(node.value) is str and isinstance(parent, ast.Call):
        choices = kinds.written.choices
        if node.value in choices:
            quote = kinds.written.source(node)[:1]
            yield from ((f"{quote}{other}{quote}", "name") for other in choices if other != node.value)


def as_elsewhere(node: ast.expr, parent: ast.AST, kinds: Kinds) -> Iterator[Alternative]:
    """What stands elsewhere in the function in the place of a plain name: `x - mean` for `x`."""
    if not isinstance(node, ast.Name | ast.Attribute) or not is_place(node) or not isinstance(node.ctx, ast.Load):
        return
    own, text = kinds.of(node), said(node)
    if own.sort in ("array", "float") and not isinstance(parent, ast.Attribute | ast.Subscript):
        for other in kinds.written.sums_with.get(text, ())[:ELSEWHERE]:
            if other != said(parent) and kinds.of(other) == own:
                yield other, "as-elsewhere"
        beside = [said(one) for one in factors_of(parent)] if isinstance(parent, ast.expr) else []
        for factor in kinds.written.products_with.get(text, ())[:ELSEWHERE]:
            if factor not in beside and kinds.of(factor) == own:
                yield f"{text} * {in_brackets(factor)}", "as-elsewhere"


def other_ends(node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """`a[-i - 1]` for `a[i - 1]`, and the other way round, also one further: where a loop counts a list's entries."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and kinds.types(said(node.value)) == {"list"}:
        count = next((one.id for one in walk(node.slice) if isinstance(one, ast.Name)), "")
        found = re.fullmatch(rf"(-?){count}( [+-] \d)?", said(node.slice)) if count in kinds.counters else None
        for sign, by in itertools.product(("", "-"), ("", " - 1", " + 1")):
            if found is not None and (sign, by) != (found[1], found[2] or ""):
                kind = "off-by-one" if sign == found[1] else "other-end-of-list"
                yield f"{said(node.value)}[{sign}{count}{by}]", kind


def entries_of_lists(statement: ast.stmt, parent: ast.AST, node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """`cache[t]` for `cache`, where a loop counts its entries, and of a dict `p[k]` for `p`, if that is asked for."""
    if isinstance(node, ast.Name) and kinds.types(node.id) == {"dict"} and isinstance(parent, ast.BinOp):
        asked = [one for _, _, one in kinds.written.expressions if isinstance(one, ast.Subscript)]
        asked = [one for one in asked if isinstance(one.slice, ast.Name) and said(one.value) == node.id]
        yield from ((text, "entry-of-list: dict") for text in dict.fromkeys(map(said, asked)))
    if not isinstance(node, ast.Name) or kinds.types(node.id) != {"list"}:
        return
    match parent:
        case ast.Call(func=ast.Name(id=name)) if name not in OF_LISTS:
            pass
        case ast.Call(func=ast.Attribute()) | ast.BinOp() | ast.Assign(targets=[ast.Tuple()]):
            pass
        case _:
            return
    loops = next((place.loops for place in kinds.written.places if place.statement is statement), ())
    targets = [loop.target for loop in loops if isinstance(loop, ast.For)]
    for counter in (one.id for one in targets if isinstance(one, ast.Name) and one.id in kinds.counters):
        yield f"{node.id}[{counter}]", "entry-of-list: list"


def others_turned(node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """`W1` for `W2.T`: another array that is called nearly the same, as it is."""
    match node:
        case ast.Attribute(value=ast.Name(id=name), attr="T") if kinds.of(name).rank == 2:
            yield from ((other, "name") for other in kinds.like(name)[:INDICES])


def other_pairs(node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """`(f, f)`, and `w.shape[1:3]`, for two sizes of an array, `x.shape[1:3]`: of the window, or of another array."""
    match node:
        case ast.Subscript(value=ast.Attribute(value=array, attr="shape"), slice=ast.Slice()) if kinds.raising:
            own, entry = kinds.of(array), said(node)[len(said(array)) :]
            yield from ((f"({size}, {size})", "name") for size in kinds.named("int") if size not in kinds.counters)
            others = (name for name, kind in kinds.arrays() if kind.rank == own.rank and name != said(array))
            yield from ((f"{name}{entry}", "name") for name in itertools.islice(others, ATTRIBUTES))


def _is_like(a: str, b: str) -> bool:
    """Whether one name has the other in it, or they differ in few letters of many."""
    if min(len(a), len(b)) < LETTERS:
        return False
    return a in b or b in a or difflib.SequenceMatcher(None, a, b).ratio() >= LIKENESS


def other_names(node: ast.expr, parent: ast.AST, kinds: Kinds) -> Iterator[Alternative]:
    """Variables, entries and counts that may have been meant."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in kinds.written.names:
        # What is bound in the function and had no value here is rather bound too late than another one.
        has_value = kinds.has_value(node.id) or not kinds.is_known
        yield from ((other, "name") for other in kinds.like(node.id) if has_value or _is_like(other, node.id))
        if kinds.of(node.id).is_array:  # `self.normed` for `x`, which the function has made of it
            made = (one for one in _assigned_to(kinds.written) if kinds.of(one) == kinds.of(node.id))
            yield from ((one, "name") for one in itertools.islice(made, ATTRIBUTES) if "." in one)
        if kinds.of(node.id).sort == "int":
            yield from ((f"{node.id} {change} 1", "off-by-one") for change in "+-")
        if node.id in kinds.counters and isinstance(parent, ast.Call) and said(parent.func) in ("range", "xrange"):
            yield from ((size, "name") for size in kinds.named("int") if size not in kinds.counters)
    elif _ends_a_range(node, parent):
        yield from ((f"{said(node)} {change} 1", "off-by-one") for change in "+-")
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and is_place(node):
        own = kinds.of(node)
        likely = (other for other, kind in kinds.arrays() if kind == own and "." in other and other != said(node))
        yield from ((other, "name") for other in itertools.islice(likely, ATTRIBUTES))
        yield from ((other, "name") for other in _sister_attributes(node, kinds.written))
        yield from ((other, "name") for other in _other_attributes(node, kinds))
        is_own = said(node.value) == "self"
        if not kinds.is_known and (is_own or not isinstance(parent, ast.Attribute | ast.Subscript)):
            yield from ((other, "name") for other in _assigned_to(kinds.written)[:ATTRIBUTES] if other != said(node))
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and is_place(node):
        own, entry = kinds.of(node), said(node)[len(said(node.value)) :]
        alike = (other for other, kind in kinds.arrays() if own.is_array and kind == own)
        likely = (other for other in alike if not other.endswith(entry))  # else its holder alone is another one
        yield from ((other, "name") for other in itertools.islice(likely, ATTRIBUTES))
        yield from ((other, "name") for other in _entries_beside(node))
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and kinds.of(node).is_array:
        own, read = kinds.of(node), {one.id for one in walk(node) if isinstance(one, ast.Name)}
        alike = (one for one in kinds.written.names if one not in read and kinds.of(one) == own)
        yield from ((one, "name") for one in itertools.islice(alike, ATTRIBUTES))  # `z` for `a[:, 1:]`
    elif isinstance(parent, ast.Subscript | ast.BinOp) and isinstance(node, ast.Constant) and type(node.value) is str:
        keys = [
            key
            for entry in walk(kinds.written.definition)
            if isinstance(entry, ast.Subscript) and (key := _fixed_key(entry.slice)) is not None
        ]
        others = dict.fromkeys(key for key in [*keys, *_sisters(node.value)] if key != node.value)
        yield from ((repr(key), "key") for key in [*others][:10])
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        if isinstance(parent, ast.Subscript) and node is parent.slice:
            yield from ((text, "index") for text in _other_indices(parent, kinds.written))
        ints = kinds.named("int") if isinstance(node.value, int) else []
        names = dict.fromkeys([*kinds.sizes, *ints])
        yield from ((name, "constant") for name in names if not kinds.is_one(name))  # else it is the number 1
    elif isinstance(node, ast.UnaryOp) and isinstance(parent, ast.Subscript | ast.Tuple):
        yield from ((counter, "name") for counter in sorted(kinds.counters))  # `dh[:, t]` for `dh[:, -1]`
    elif isinstance(node, ast.JoinedStr):
        yield from ((text, "key") for text in _other_keys(node))
    elif isinstance(node, ast.BinOp | ast.Call) and kinds.of(node).is_array:
        decides = _decides(node, parent)
        if decides:
            yield "0", "name"
        for name in kinds.written.names:
            if kinds.of(name) == kinds.of(node) and name not in decides:
                yield name, "name"


def squares_of_others(statement: ast.stmt, node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """`W2 * W2` for `b1 * b1`, and `W2**2` for `b1**2`: squares that are summed up may be of arrays of any shape."""
    match node:
        case ast.BinOp(left=left, op=ast.Mult(), right=right) if said(left) == said(right):
            pattern = "{0} * {0}"
        case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=2)):
            pattern = "{0} ** 2"
        case _:
            return
    if kinds.of(left).is_array and is_place(left):
        read = {said(one) for one in walk(statement) if isinstance(one, ast.expr) and is_place(one)}
        others = [name for name, kind in kinds.arrays() if kind.dtype == "f" and name not in read]
        others.sort(key=lambda name: -max(difflib.SequenceMatcher(None, name, one).ratio() for one in read))
        yield from ((pattern.format(name), "name") for name in others[:ATTRIBUTES])


def _decides(node: ast.expr, parent: ast.AST) -> set[str]:
    """The names that the condition of `np.where(y == 1, a, b)` is about, for `a` and `b`.

    What such a name is worth where one of the two is taken, a number does as well.
    """
    match parent:
        case ast.Call(func=ast.Attribute(attr="where"), args=[condition, *taken]) if node in taken:
            return {one.id for one in walk(condition) if isinstance(one, ast.Name)}
    return set()


def _sister_attributes(node: ast.Attribute, written: Written) -> list[str]:
    """What else is asked of the same thing anywhere in the text, `self.W.value` for `self.W.grad`."""
    holder = said(node.value)
    if holder == "self":
        return [kept for kept in written.kept_by_others if kept.startswith("self.")]
    found = written.asked_of.get(holder, set()) - {node.attr}
    return [f"{holder}.{attribute}" for attribute in sorted(found)][:ATTRIBUTES]


def _other_attributes(node: ast.Attribute, kinds: Kinds) -> list[str]:
    """Other attributes of the object that the function reads: lists for a list, and, where a call raised, any array.

    An array of another shape may be what is meant where the shapes do not fit.
    """
    own, text = kinds.of(node), said(node)
    if said(node.value) != "self":
        return []
    if own.is_array:
        alike = ((other, kind) for other, kind in kinds.arrays() if other.startswith("self.") and other != text)
        fitting = [other for other, kind in alike if (kind.rank, kind.dtype) == (own.rank, own.dtype) and kind != own]
        return fitting[:ATTRIBUTES] if kinds.raising else []
    types = kinds.types(text)
    read = dict.fromkeys(
        said(one)
        for one in walk(kinds.written.definition)
        if isinstance(one, ast.Attribute) and said(one.value) == "self"
    )
    return [other for other in read if other != text and types & {"list", "tuple"} & kinds.types(other)][:ATTRIBUTES]


def _assigned_to(written: Written) -> list[str]:
    """Entries and attributes that the function puts something under."""
    targets = (target for place in written.places for target in targets_of(place.statement))
    found = dict.fromkeys(said(one) for one in targets if isinstance(one, ast.Attribute | ast.Subscript))
    return [*found]


def _ends_a_range(node: ast.expr, parent: ast.AST) -> bool:
    """Whether something that is no plain number tells how far a loop goes: `len(weights)`."""
    match parent, node:
        case ast.Call(func=ast.Name(id="range"), args=arguments), ast.Call() | ast.Attribute():
            return any(one is node for one in arguments)
    return False


def _other_indices(entry: ast.Subscript, written: Written) -> list[str]:
    """What else the same list is indexed with in the function."""
    holder, own = said(entry.value), said(entry.slice)
    found = dict.fromkeys(
        said(other.slice)
        for other in walk(written.definition)
        if isinstance(other, ast.Subscript) and said(other.value) == holder
        if isinstance(other.slice, ast.Name | ast.BinOp | ast.Constant)
    )
    return [text for text in found if text != own][:INDICES]


def _entries_beside(node: ast.Subscript) -> Iterator[str]:
    """`grads["db"]` for `grads["dw"][0, 0]`: for one number of an entry the one beside it, which is one number."""
    match node:
        case ast.Subscript(
            value=ast.Subscript(value=holder, slice=ast.Constant(value=str() as key)),
            slice=ast.Constant(value=int()) | ast.Tuple(elts=[ast.Constant(), *_]),
        ):
            yield from (f"{said(holder)}[{sister!r}]" for sister in _sisters(key) if sister != key)


def _sisters(key: str) -> list[str]:
    """The bias's entry for a weight's, and that of the gradient for that of the parameter; and the other way round."""
    other = key.translate(str.maketrans("Wb", "bW"))
    if other == key:
        other = key.replace("w", "b")
    return [other, *(one[1:] if one.startswith("d") else f"d{one}" for one in (key, other))]


def _fixed_key(index: ast.expr) -> str | None:
    """What a key begins with: `W` of `"W" + str(layer)` and of `"W%d" % layer`."""
    while isinstance(index, ast.BinOp):
        index = index.left
    return index.value if isinstance(index, ast.Constant) and isinstance(index.value, str) else None


def _other_keys(node: ast.JoinedStr) -> Iterator[str]:
    """An f-string such as f"W{layer}" for the neighbouring layers."""
    for i, part in enumerate(node.values):
        if isinstance(part, ast.FormattedValue):
            for change in ("- 1", "+ 1"):
                values: list[ast.expr] = list(node.values)
                inner = ast.parse(f"({ast.unparse(part.value)}) {change}", mode="eval").body
                values[i] = ast.FormattedValue(inner, part.conversion, part.format_spec)
                yield ast.unparse(ast.JoinedStr(values))
