"""Alternatives that take other quantities: names, sizes, factors, terms and slopes that are missing."""

import ast
import copy
import difflib
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from grader.diagnosis.repair.kinds import OTHER, Kinds, is_place
from grader.diagnosis.repair.slips import ALONG_AXES, Alternative, other_keys
from grader.diagnosis.repair.written import Edit, Written, in_brackets, is_numpy, name_called, said

WRAPS = (
    ("np.mean({0})", "mean"),
    ("np.log({0})", "log"),
    ("-np.log({0})", "log"),
    ("np.exp({0})", "exp"),
    ("np.sqrt({0})", "root"),
    ("{} ** 2", "square"),
    ("1 - {}", "one-minus"),
    ("np.sum({0})", "sum"),
    ("np.sum({0}, axis=0)", "sum"),
    ("np.sum({0}, axis=1)", "sum"),
)
DRAWN = {"randn", "normal", "standard_normal"}
STRENGTH = re.compile(r"reg|la?mb?d|weight_decay|l2")  # how that of a penalty is called
WEIGHTS = re.compile(r"['\"][Ww]")  # in the key of an entry that holds weights; its bias has a b there
_PLACES = (ast.Name, ast.Attribute, ast.Subscript)
ELSEWHERE = 3  # differences and sums with one variable, of which each is tried in its place
LIKE, LETTERS, LIKENESS = 2, 2, 0.7  # names that are tried first: how many, how long, how much alike
ALIKE = 3  # sizes by formula with the same numbers that are tried
THROUGHOUT = 4  # other numbers that are tried in the place of one in a whole statement
INDICES = 4  # of one list
STEPS = 10  # numbers that may be how far a window moves
ATTRIBUTES = 4  # other ones that are tried in the place of one
EXCHANGES = 6  # pairs of names in one statement
TERMS = 24  # arrays that are tried as a missing term


def names_like(node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """Variables that nothing reads, other loops' counters, and what is called nearly the same, `x_padded` for `x`."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in kinds.written.names:
        others = kinds.like(node.id)
        unread = [one for one in others if one in kinds.written.unread and kinds.of(one) == kinds.of(node.id)]
        near = [other for other in others if _is_like(node.id, other)]
        counters = [other for other in others if {other, node.id} <= kinds.counters]
        yield from ((other, "name") for other in dict.fromkeys([*unread[:LIKE], *near[:LIKE], *counters]))


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


def _is_like(a: str, b: str) -> bool:
    """Whether one name has the other in it, or they differ in few letters of many."""
    if min(len(a), len(b)) < LETTERS:
        return False
    return a in b or b in a or difflib.SequenceMatcher(None, a, b).ratio() >= LIKENESS


def other_names(node: ast.expr, parent: ast.AST, kinds: Kinds) -> Iterator[Alternative]:
    """Variables, entries and counts that may have been meant."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in kinds.written.names:
        yield from ((other, "name") for other in kinds.like(node.id))
        if kinds.of(node.id).sort == "int":
            yield from ((f"{node.id} {change} 1", "off-by-one") for change in "+-")
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and is_place(node):
        own = kinds.of(node)
        likely = (other for other, kind in kinds.arrays() if kind == own and "." in other and other != said(node))
        yield from ((other, "name") for other in itertools.islice(likely, ATTRIBUTES))
    elif isinstance(parent, ast.Subscript | ast.BinOp) and isinstance(node, ast.Constant) and type(node.value) is str:
        keys = [
            key
            for entry in ast.walk(kinds.written.definition)
            if isinstance(entry, ast.Subscript) and (key := _fixed_key(entry.slice)) is not None
        ]
        others = dict.fromkeys(key for key in [*keys, *_sisters(node.value)] if key != node.value)
        yield from ((repr(key), "key") for key in [*others][:10])
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        if isinstance(parent, ast.Subscript) and node is parent.slice:
            yield from ((text, "index") for text in _other_indices(parent, kinds.written))
        ints = kinds.named("int") if isinstance(node.value, int) else []
        yield from ((name, "constant") for name in dict.fromkeys([*kinds.sizes, *ints]))
    elif isinstance(node, ast.JoinedStr):
        yield from ((text, "key") for text in other_keys(node))
    elif isinstance(node, ast.BinOp | ast.Call) and kinds.of(node).is_array:
        for name in kinds.written.names:
            if kinds.of(name) == kinds.of(node):
                yield name, "name"


def _other_indices(entry: ast.Subscript, written: Written) -> list[str]:
    """What else the same list is indexed with in the function."""
    holder, own = said(entry.value), said(entry.slice)
    found = dict.fromkeys(
        said(other.slice)
        for other in ast.walk(written.definition)
        if isinstance(other, ast.Subscript) and said(other.value) == holder
        if isinstance(other.slice, ast.Name | ast.BinOp | ast.Constant)
    )
    return [text for text in found if text != own][:INDICES]


def _sisters(key: str) -> list[str]:
    """The bias's entry for a weight's, and that of the gradient for that of the parameter; and the other way round."""
    other = key.translate(str.maketrans("Wb", "bW"))
    return [other, *(one[1:] if one.startswith("d") else f"d{one}" for one in (key, other))]


def _fixed_key(index: ast.expr) -> str | None:
    """What a key begins with: `W` of `"W" + str(layer)` and of `"W%d" % layer`."""
    while isinstance(index, ast.BinOp):
        index = index.left
    return index.value if isinstance(index, ast.Constant) and isinstance(index.value, str) else None


def other_names_throughout(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """One whole number for another at all its places in a statement; two names exchanged, and sizes of two axes.

    And the end of a slice that is nothing for 0.
    """
    for place in written.places:
        statement = place.statement
        if isinstance(statement, ast.For | ast.While | ast.If | ast.With | ast.Try):
            continue
        if (made := _without_negative_ends(statement)) is not None:
            yield written.edit(statement, statement, made, "negative-end")
        names = [node.id for node in ast.walk(statement) if isinstance(node, ast.Name)]
        yield from _exchanged(written, statement, kinds)
        for axis, other, text in _other_axes(statement):
            yield replace(written.edit(statement, statement, text, "axis-throughout"), before=axis, after=other)
        yield from _other_axis(written, statement)
        for name in dict.fromkeys(n for n in names if names.count(n) > 1 and kinds.of(n).sort == "int"):
            for other in kinds.named("int"):
                if other != name:
                    renamed = written.edit(statement, statement, _renamed(statement, name, other), "name-throughout")
                    yield replace(renamed, before=name, after=other)
                    times = f"({name} * {other})"
                    scaled = written.edit(statement, statement, _renamed(statement, name, times), "times-throughout")
                    yield replace(scaled, before=name, after=f"{name} * {other}")
        yield from _of_slices(written, statement, kinds)
        for name in dict.fromkeys(n for n in names if names.count(n) > 1 and kinds.of(n).sort == "float"):
            for other in kinds.like(name)[:THROUGHOUT]:
                renamed = written.edit(statement, statement, _renamed(statement, name, other), "name-throughout")
                yield replace(renamed, before=name, after=other)
        numbers = [n.value for n in ast.walk(statement) if isinstance(n, ast.Constant) and type(n.value) is int]
        for number in dict.fromkeys(n for n in numbers if numbers.count(n) > 1):
            for other in kinds.named("int"):
                yield written.edit(statement, statement, _renumbered(statement, number, other), "constant-throughout")


def _of_slices(written: Written, statement: ast.stmt, kinds: Kinds) -> Iterator[Edit]:
    """Another counter for one at both ends of a slice, `j * s:j * s + f` for `i * s:i * s + f`, and there alone."""
    for k, node in enumerate(one for one in ast.walk(statement) if isinstance(one, ast.Slice)):
        yield from _steps_of(written, statement, node, k, kinds)
        ends = [
            n.id
            for end in (node.lower, node.upper)
            if end is not None
            for n in ast.walk(end)
            if isinstance(n, ast.Name)
        ]
        for name in dict.fromkeys(n for n in ends if ends.count(n) > 1 and n in kinds.counters):
            for other in kinds.like(name):
                made = copy.deepcopy(statement)
                piece = [one for one in ast.walk(made) if isinstance(one, ast.Slice)][k]
                for part in ast.walk(piece):
                    if isinstance(part, ast.Name) and part.id == name:
                        part.id = other
                edit = written.edit(statement, statement, ast.unparse(made), "name-in-slice")
                yield replace(edit, before=ast.unparse(node), after=ast.unparse(piece))


def _steps_of(written: Written, statement: ast.stmt, node: ast.Slice, k: int, kinds: Kinds) -> Iterator[Edit]:
    """`i * stride:i * stride + f` for `i * f:i * f + f`."""
    match node:
        case ast.Slice(
            lower=ast.BinOp(left=ast.Name(id=a), op=ast.Mult(), right=ast.Name(id=b)) as first,
            upper=ast.BinOp(left=ast.BinOp(op=ast.Mult()) as again, op=ast.Add()),
        ) if said(first) == said(again) and {a, b} & kinds.counters:
            wrong = b if a in kinds.counters else a
            for other in kinds.like(wrong)[:STEPS]:
                made = copy.deepcopy(statement)
                piece = [one for one in ast.walk(made) if isinstance(one, ast.Slice)][k]
                for end in (piece.lower, getattr(piece.upper, "left", None)):
                    for part in ast.walk(end or piece):
                        if isinstance(part, ast.Name) and part.id == wrong:
                            part.id = other
                edit = written.edit(statement, statement, ast.unparse(made), "step-of-a-window")
                yield replace(edit, before=ast.unparse(node), after=ast.unparse(piece))


def _exchanged(written: Written, statement: ast.stmt, kinds: Kinds) -> Iterator[Edit]:
    """Two variables or attributes that may stand for each other, each at the place of the other."""
    read = dict.fromkeys(said(node) for node in _read_places(statement, written))
    pairs = itertools.combinations(read, 2)
    like = [(a, b) for a, b in pairs if kinds.of(a) != OTHER and kinds.of(a).is_like(kinds.of(b))]
    for a, b in like[:EXCHANGES]:

        class Exchanging(ast.NodeTransformer):
            def visit(self, node: ast.AST, names: Mapping[str, str] = {a: b, b: a}) -> ast.AST:
                if isinstance(node, _PLACES) and isinstance(node.ctx, ast.Load) and said(node) in names:
                    return ast.parse(names[said(node)], mode="eval").body
                return self.generic_visit(node)

        text = ast.unparse(Exchanging().visit(copy.deepcopy(statement)))
        yield replace(written.edit(statement, statement, text, "exchanged"), before=a, after=b)


def _read_places(statement: ast.AST, written: Written) -> Iterator[ast.expr]:
    """Variables, and attributes and entries of such, that a statement reads; nothing of which they are part."""
    waiting = [statement]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, _PLACES) and isinstance(node.ctx, ast.Load) and is_place(node):
            if not isinstance(node, ast.Name) or node.id in written.names:
                yield node
            continue
        waiting += ast.iter_child_nodes(node)


def _other_axes(statement: ast.stmt) -> Iterator[tuple[str, str, str]]:
    """A statement with all its reductions along another axis, where there are several: `mean(0)` for `mean(1)`."""
    reductions = [n for n in ast.walk(statement) if isinstance(n, ast.Call) and name_called(n.func) in ALONG_AXES]
    axes = {axis for node in reductions if (axis := _axis_of(node)) is not None}
    if len(reductions) < 2 or len(axes) != 1:
        return
    (axis,) = axes
    for other in {"0": ("1",), "1": ("0",), "-1": ("0",)}.get(axis, ()):
        for keeps in (True, False):

            class Along(ast.NodeTransformer):
                def visit_Call(self, node: ast.Call, axis: str = other, keeps: bool = keeps) -> ast.AST:
                    self.generic_visit(node)
                    if name_called(node.func) not in ALONG_AXES or _axis_of(node) is None:
                        return node
                    is_function = isinstance(node.func, ast.Attribute) and is_numpy(node.func.value)
                    options = [ast.keyword("axis", ast.Name(axis))]
                    if keeps and name_called(node.func) not in ("argmax", "argmin"):
                        options.append(ast.keyword("keepdims", ast.Constant(True)))
                    return ast.Call(node.func, node.args[:1] if is_function else [], options)

            yield axis, other, ast.unparse(Along().visit(copy.deepcopy(statement)))


def _axis_of(node: ast.Call) -> str | None:
    """The axis of a reduction as it is written; None if it has none."""
    for keyword in node.keywords:
        if keyword.arg == "axis":
            return said(keyword.value)
    is_function = isinstance(node.func, ast.Attribute) and is_numpy(node.func.value)
    rest = node.args[1:] if is_function else node.args
    return said(rest[0]) if len(rest) == 1 else None


def _other_axis(written: Written, statement: ast.stmt) -> Iterator[Edit]:
    """`_, N = x.shape` for `N, D = x.shape`, where nothing reads D."""
    match statement:
        case ast.Assign(
            targets=[ast.Tuple(elts=[ast.Name(id=a), ast.Name(id=b)])], value=ast.Attribute(attr="shape") as value
        ):
            reads = [n for n in ast.walk(written.definition) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
            read = {node.id for node in reads}
            if len(read & {a, b}) == 1:
                name, axis = (a, 1) if a in read else (b, 0)
                edit = written.edit(statement, statement, f"{b}, {a} = {ast.unparse(value)}", "size-of-another-axis")
                yield replace(edit, before=name, after=f"{ast.unparse(value)}[{axis}]")


def _renamed(statement: ast.stmt, name: str, other: str) -> str:
    class Renaming(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.AST:
            is_meant = node.id == name and isinstance(node.ctx, ast.Load)
            return ast.Name(other, ast.Load()) if is_meant else node

    return ast.unparse(Renaming().visit(copy.deepcopy(statement)))


def _renumbered(statement: ast.stmt, number: int, name: str) -> str:
    class Renumbering(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.AST:
            is_meant = type(node.value) is int and node.value == number
            return ast.Name(name, ast.Load()) if is_meant else node

    return ast.unparse(Renumbering().visit(copy.deepcopy(statement)))


def _without_negative_ends(statement: ast.stmt) -> str | None:
    """`x[..., p:x.shape[k] - p]` for `x[..., p:-p]`, which is empty for p = 0."""
    changed = False

    class Ends(ast.NodeTransformer):
        def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
            nonlocal changed
            self.generic_visit(node)
            parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            for axis, part in enumerate(parts):
                match part:
                    case ast.Slice(upper=ast.UnaryOp(op=ast.USub(), operand=end)) if not isinstance(end, ast.Constant):
                        whole = in_brackets(said(node.value))
                        part.upper = ast.Name(f"{whole}.shape[{axis}] - {ast.unparse(end)}")
                        changed = True
            return node

    made = Ends().visit(copy.deepcopy(statement))
    return ast.unparse(made) if changed else None


def sizes_by_formula(written: Written, kinds: Kinds, wanted: list[list[int]]) -> Iterator[Edit]:
    """(H + 2p - h) // s + 1 of the whole numbers here, where it gives a size that is wanted in every watched call."""
    formulas: list[tuple[str, list[int]]] | None = None
    for statement, parent, node in written.expressions:
        is_whole = (node is getattr(statement, "value", None) or isinstance(parent, ast.Tuple)) and any(
            isinstance(part, ast.BinOp) and isinstance(part.op, ast.Div | ast.FloorDiv) for part in ast.walk(node)
        )
        is_range = (
            isinstance(statement, ast.For)
            and isinstance(parent, ast.Call)
            and name_called(parent.func) in ("range", "xrange")
            and isinstance(node, ast.Name | ast.BinOp | ast.Subscript)
        )
        if is_whole or is_range:
            if formulas is None:
                formulas = _formulas(kinds.ints_of_each_call(), wanted)
            now = kinds.ints_of_each_call().get(said(node))
            yield from (written.edit(statement, node, text, "size-formula") for text, made in formulas if made != now)


def _formulas(ints: dict[str, list[int]], wanted: list[list[int]]) -> list[tuple[str, list[int]]]:
    """Formulas with what they give in each watched call; a few of those that give the same."""
    found: dict[str, list[int]] = {}
    names = [*ints][:12]
    for a, b, s in itertools.permutations(names, 3):
        if 0 in ints[s]:
            continue
        made = [(x - y) // z + 1 for x, y, z in zip(ints[a], ints[b], ints[s], strict=True)]
        if made in wanted:
            found[f"({a} - {b}) // {s} + 1"] = made
        for p in names:
            if p not in (a, b, s):
                four = zip(ints[a], ints[b], ints[s], ints[p], strict=True)
                made = [(x + 2 * q - y) // z + 1 for x, y, z, q in four]
                if made in wanted:
                    found[f"({a} + 2 * {p} - {b}) // {s} + 1"] = made
    seen: dict[str, int] = {}
    told = []
    for text in sorted(found, key=lambda text: (not _is_of_one_direction(text), len(text))):
        numbers = str(found[text])
        seen[numbers] = seen.get(numbers, 0) + 1
        if seen[numbers] <= ALIKE:
            told.append((text, found[text]))
    return told[:40]


def _is_of_one_direction(formula: str) -> bool:
    """Whether height meets height, or width width."""
    first, *_, last = re.findall(r"[A-Za-z_]\w*", formula.partition(" //")[0])
    return any(letter in first.lower() and letter in last.lower() for letter in "hw")


def missing_arguments(node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """A term or factor that is an argument which nothing reads."""
    for name in kinds.written.parameters:
        if name in kinds.written.unread and kinds.of(name).is_array and kinds.of(name) == kinds.of(node):
            for sign in "+*":
                yield f"{in_brackets(said(node))} {sign} {name}", "term"


def missing_scales(node: ast.expr, written: Written) -> Iterator[Alternative]:
    """What is drawn at random, times an argument that is a number and not in it: the standard deviation of weights."""
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    calls = {name_called(part.func) for part in ast.walk(node) if isinstance(part, ast.Call)}
    if calls & DRAWN:
        given = [name for name in written.numbers_by_default if name not in names]
        yield from ((f"{in_brackets(said(node))} * {scale}", "multiply") for scale in given)


def missing_factors(kinds: Kinds, text: str) -> Iterator[Alternative]:
    """What a term may have to be divided by or multiplied with."""
    bracketed = in_brackets(text)
    for factor in ("2", *kinds.sizes):
        yield f"{bracketed} / {factor}", "divide"
        yield f"{bracketed} * {factor}", "multiply"


def missing_functions(text: str) -> Iterator[Alternative]:
    """Functions that may be missing around an expression; around what is only set up, none is."""
    if text.startswith(("np.zeros", "np.ones", "np.empty")):
        return
    bracketed = in_brackets(text)
    for pattern, kind in WRAPS:
        yield pattern.format(text if "{0}" in pattern else bracketed), kind


def missing_terms(node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """A penalty, a bias or a slope that may be missing, of arrays that fit."""
    kind, text = kinds.of(node), in_brackets(said(node))
    scalars = kinds.named("float") or [name for name in kinds.written.parameters if STRENGTH.match(name)]
    strengths = [name for name in scalars if name in kinds.written.parameters][:2] or kinds.floats(STRENGTH)[:1]
    arrays = [*itertools.islice(((other, k) for other, k in kinds.arrays() if k.dtype == "f"), TERMS)]
    if not kind.is_array:
        weights = [other for other, k in arrays if k.rank == 2 and "W" in other.upper()][:3]
        sums = [f"np.sum({w} ** 2)" for w in weights]
        for strength in strengths:
            for total in dict.fromkeys([*sums, " + ".join(sums)] if sums else []):
                total = f"({total})" if "+" in total else total
                yield f"{text} + {strength} * {total}", "penalty"
                yield f"{text} + 0.5 * {strength} * {total}", "penalty"
        return
    if kind.rank > 1 and kind.dtype == "f":
        for pattern in ("np.maximum({0}, 0)", "1 / (1 + np.exp(-{1}))", "np.tanh({0})"):
            yield pattern.format(said(node), text), "activation-missing"
    rows = [
        other for other, k in arrays if kind.rank == 2 and k.rank == 1 and k.shape[0] == kind.shape[1] and other != text
    ]
    given = [name for name in rows if name in kinds.written.parameters][:4]
    yield from ((f"{text} * {scale} + {shift}", "affine") for scale in given for shift in given if scale != shift)
    yield from ((f"{text} * {scale}", "scale") for scale in rows[:8])
    for entry in dict.fromkeys(said(part) for part in ast.walk(node) if isinstance(part, ast.Subscript)):
        if kind.rank == 2 and WEIGHTS.search(entry):
            yield f"{text} + {WEIGHTS.sub(lambda key: key[0][:-1] + 'b', entry)}", "bias"
    for other, k in arrays:
        if _is_for_each_unit(k.shape, kind.shape):
            yield f"{text} + {other}", "bias"
        if _is_spread_over(kind.shape, k.shape):
            yield f"{text} * {other}", "term"
        if other == text or not kinds.have_one_shape(other, said(node)):
            continue
        for strength in strengths:
            yield f"{text} + {strength} * {other}", "penalty"
            yield f"{text} + 2 * {strength} * {other}", "penalty"
        yield f"{text} * ({other} > 0)", "slope"
        yield f"{text} * {other} * (1 - {other})", "slope"
        yield f"{text} * (1 - {other} ** 2)", "slope"
        yield f"{text} * (1 - {other})", "slope"
        yield f"{text} * {other}", "term"
        yield f"{text} - {other}", "term"
        yield f"{text} + {other}", "term"


def _is_for_each_unit(shape: tuple[int, ...], whole: tuple[int, ...]) -> bool:
    """Whether an array has a number for each column of a matrix, or, as a column itself, for each row."""
    if len(whole) != 2:
        return False
    return shape in ((whole[1],), (1, whole[1]), (whole[0], 1)) and shape != whole


def _is_spread_over(shape: tuple[int, ...], whole: tuple[int, ...]) -> bool:
    """Whether an array has one number for each column of a matrix, or one for each row."""
    return len(whole) == 2 and shape in (whole[1:], (1, whole[1]), (whole[0], 1)) and shape != whole


def other_slopes(node: ast.BinOp, kinds: Kinds) -> Iterator[Alternative]:
    """ReLU's slope in the place of a factor, taken at any array that fits."""
    kind = kinds.of(node)
    if not isinstance(node.op, ast.Mult) or not kind.is_array or kind.rank < 2:
        return
    for other, k in kinds.arrays():
        if k.shape == kind.shape and k.dtype == "f" and not _is_positive(kinds.value(other)):
            for kept, dropped in ((node.left, node.right), (node.right, node.left)):
                if kinds.of(dropped).shape == kind.shape:
                    yield f"{in_brackets(said(kept))} * ({other} > 0)", "slope-of-another"


def _is_positive(value: Any) -> bool:
    """Whether all entries are, so that ReLU's slope there is no factor at all: another one is too much, no more."""
    return isinstance(value, np.ndarray) and bool(np.all(value > 0))
