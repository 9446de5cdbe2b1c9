"""Alternatives that take other quantities: sizes, and factors, terms and slopes that are missing."""

import ast
import itertools
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import numpy as np

from grader.diagnosis.repair.alternatives import Alternative
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import in_brackets, name_called, said
from grader.diagnosis.repair.watched_values import is_place, is_zero
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.trees import walk

WRAPS = (
    ("np.mean({0})", "mean"),
    ("np.log({0})", "log"),
    ("-np.log({0})", "log"),
    ("np.exp({0})", "exp"),
    ("np.sqrt({0})", "root"),
    ("{} ** 2", "square"),
    ("1 - {}", "one-minus"),
    ("np.abs({0})", "absolute"),
    ("np.sign({0})", "sign-of"),
    ("np.sum({0})", "sum"),
    ("np.sum({0}, axis=0)", "sum"),
    ("np.sum({0}, axis=1)", "sum"),
)
ACTIVATIONS = ("np.maximum({0}, 0)", "1 / (1 + np.exp(-{1}))", "np.tanh({0})")
_ACTIVATING = {"where", "maximum", "tanh", "clip", "select", "heaviside", "sigmoid", "expit", "relu", "softmax"}
DRAWN = {"randn", "normal", "standard_normal"}
DISCRETE = {"randint", "integers", "choice"}
STRENGTH = re.compile(r"reg|la?mb?d|weight_decay|l2")  # how that of a penalty is called
WEIGHTS = re.compile(r"['\"][Ww]")  # in the key of an entry that holds weights; its bias has a b there
RATE = re.compile(r"learning_?rate|\b(lr|eta)\b", re.IGNORECASE)
IS_WEIGHTS = re.compile(r"(?<![A-Za-z])([Ww]|theta)")  # a name or key; gradients and moments of weights have a d before
GUARD = re.compile(r"eps")
IS_BIAS = re.compile(r"(?<![A-Za-z])(b|bias)(?![A-Za-z])")
PENALTY = "penalty-too-much"
ALIKE = 3  # sizes by formula with the same numbers that are tried
TERMS = 24  # arrays that are tried as a missing term
_SET_UP = ("np.zeros", "np.ones", "np.empty", "np.full")


def sizes_by_formula(written: Written, kinds: Kinds, wanted: list[list[int]]) -> Iterator[Edit]:
    """(H + 2p - h) // s + 1 of the whole numbers here, where it gives a size that is wanted in every watched call."""
    formulas: list[tuple[str, list[int]]] | None = None
    for statement, parent, node in written.expressions:
        is_whole = (node is getattr(statement, "value", None) or isinstance(parent, ast.Tuple)) and any(
            isinstance(part, ast.BinOp) and isinstance(part.op, ast.Div | ast.FloorDiv) for part in walk(node)
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
            likely = _likely(formulas, {part.id for part in walk(node) if isinstance(part, ast.Name)})
            yield from (written.edit(statement, node, text, "size-formula") for text, made in likely if made != now)


def _formulas(ints: dict[str, list[int]], wanted: list[list[int]]) -> list[tuple[str, list[int]]]:
    """Formulas with what they give in each watched call."""
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
    return [*found.items()]


def _likely(formulas: Iterable[tuple[str, list[int]]], names: Collection[str]) -> list[tuple[str, list[int]]]:
    """Those of the names that are written there come first, and of those that give the same there are a few."""

    def distance(formula: tuple[str, list[int]]) -> tuple[int, bool, int]:
        own = {*re.findall(r"[A-Za-z_]\w*", formula[0])}
        return len(own ^ {*names}), not _is_of_one_direction(formula[0]), len(formula[0])

    seen: dict[str, int] = {}
    told = []
    for text, made in sorted(formulas, key=distance):
        numbers = str(made)
        seen[numbers] = seen.get(numbers, 0) + 1
        if seen[numbers] <= ALIKE:
            told.append((text, made))
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
    names = {part.id for part in walk(node) if isinstance(part, ast.Name)}
    calls = {name_called(part.func) for part in walk(node) if isinstance(part, ast.Call)}
    if calls & DRAWN:
        given = [name for name in written.numbers_by_default if name not in names]
        yield from ((f"{in_brackets(said(node))} * {scale}", "multiply") for scale in given)


def shares_of_counts(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """`c * h * w // g` for `c * h * w`, a count that is kept under a name: of a group's numbers, not of all."""
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[ast.Name()], value=ast.BinOp(op=ast.Mult()) as product):
                factors = {one.id for one in walk(product) if isinstance(one, ast.Name)}
                others = {*kinds.named("int")} - factors - {*kinds.counters, said(place.statement.targets[0])}
                if kinds.of(product).sort == "int":
                    for other in sorted(name for name in others if not kinds.is_one(name)):
                        yield written.edit(place.statement, product, f"{said(product)} // {other}", "divide")


def missing_factors(kinds: Kinds, text: str) -> Iterator[Alternative]:
    """What a term may have to be divided by or multiplied with."""
    bracketed = in_brackets(text)
    for factor in ("2", *kinds.sizes):
        if not RATE.search(factor):  # no formula has a division by it: it makes up for one that is too much elsewhere
            yield f"{bracketed} / {factor}", "divide"
        yield f"{bracketed} * {factor}", "multiply"


def factors_beside(statement: ast.stmt, node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """What else is read in the same statement, as a factor of one of its terms that is computed there."""
    if not isinstance(node, ast.BinOp | ast.Call):
        return
    read = (one for one in walk(statement) if isinstance(one, ast.Name | ast.Attribute) and is_place(one))
    own = kinds.of(node)
    for text in dict.fromkeys(said(one) for one in read if isinstance(one.ctx, ast.Load)):
        kind = kinds.of(text)
        if is_zero(kinds.value(text)):
            continue  # with it nothing is left
        if kind.sort == "float" or (kind.is_array and kind == own):
            yield f"{in_brackets(said(node))} * {text}", "multiply"


_AXIS = re.compile(r"axis=([01])\)")


def missing_functions(text: str, kinds: Kinds) -> Iterator[Alternative]:
    """Functions that may be missing around an expression; around what is only set up, or a few numbers, none is.

    The sign of what is above 0 throughout is 1, which is a number and not a sign.
    """
    if text.startswith(_SET_UP) or _is_of_few_numbers(text, kinds):
        return
    bracketed = in_brackets(text)
    for pattern, kind in WRAPS:
        if kind == "sign-of" and _is_positive(kinds.value(text)):
            continue
        if kind == "sum" and (column := _AXIS.search(pattern)) and kinds.of(text).shape[int(column[1]) :][:1] == (1,):
            yield f"{bracketed}[{':, ' * int(column[1])}0]", "axis-of-one"  # of one number nothing is to be summed
            continue
        yield pattern.format(text if "{0}" in pattern else bracketed), kind


def _is_of_few_numbers(text: str, kinds: Kinds) -> bool:
    """Whether an expression chooses between single numbers: 0.1 squared is 0.01 by chance."""
    match ast.parse(text, mode="eval").body:
        case ast.Call(func=function, args=[_, *chosen]) if name_called(function) == "where":
            return bool(chosen) and all(
                isinstance(one, ast.Constant) or kinds.of(one).sort in ("int", "float") for one in chosen
            )
        case ast.IfExp(body=ast.Constant(), orelse=ast.Constant()):
            return True
        case ast.Call(func=function):
            return name_called(function) in DISCRETE
    return False


def missing_terms(node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """A penalty, a bias or a slope that may be missing, of arrays that fit."""
    kind, text = kinds.of(node), in_brackets(said(node))
    if kind.is_whole and text.startswith(_SET_UP):
        return  # it cuts what is put into it, and with any term of floats it does not: its type is meant
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
        yield from missing_activations(node)
    rows = [
        other for other, k in arrays if kind.rank == 2 and k.rank == 1 and k.shape[0] == kind.shape[1] and other != text
    ]
    given = [name for name in rows if name in kinds.written.parameters][:4]
    yield from ((f"{text} * {scale} + {shift}", "affine") for scale in given for shift in given if scale != shift)
    yield from ((f"{text} * {scale}", "scale") for scale in rows[:8])
    for entry in dict.fromkeys(said(part) for part in walk(node) if isinstance(part, ast.Subscript)):
        if kind.rank == 2 and WEIGHTS.search(entry):
            yield f"{text} + {WEIGHTS.sub(lambda key: key[0][:-1] + 'b', entry)}", "bias"
    read = {said(part) for part in walk(node) if isinstance(part, ast.Name | ast.Attribute | ast.Subscript)}
    if kind.rank == 2 and kind.shape[0] == kind.shape[1]:  # of a Jacobian
        rows = [name for name in read if kinds.of(name).shape == kind.shape[:1]]
        yield from ((f"{text} + np.diag({row})", "term") for row in sorted(rows))
    for other, k in arrays:
        if _is_for_each_unit(k.shape, kind.shape):
            yield f"{text} + {other}", "bias"
        if _is_spread_over(kind.shape, k.shape):
            yield f"{text} * {other}", "term"
        if other == text or not kinds.have_one_shape(other, said(node)):
            continue
        for strength in strengths:
            is_penalty = STRENGTH.search(strength) or IS_WEIGHTS.search(other)
            yield f"{text} + {strength} * {other}", "penalty" if is_penalty else "term"
            yield f"{text} + 2 * {strength} * {other}", "penalty" if is_penalty else "term"
        if other not in read:  # what arrives on the way back is not made of it: this would be the activation itself
            yield f"{text} * ({other} > 0)", "slope"
            yield f"{text} * {other} * (1 - {other})", "slope"
            yield f"{text} * (1 - {other} ** 2)", "slope"
            yield f"{text} * (1 - {other})", "slope"
        yield f"{text} * {other}", "term"
        yield f"{text} - {other}", "term"
        yield f"{text} + {other}", "term"


def is_penalty_dropped(node: ast.expr, left: str) -> bool:
    """Whether what an edit leaves of a sum lacks the term with the strength of the penalty."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Add | ast.Sub):
        return False
    dropped = node.right if said(node.left) == left else node.left
    return any(isinstance(one, ast.Name) and STRENGTH.match(one.id.lower()) for one in walk(dropped))


def missing_activations(node: ast.expr) -> Iterator[Alternative]:
    """An activation around an expression that is none itself: another one is not meant around it, but instead."""
    if isinstance(node, ast.Call) and name_called(node.func) in _ACTIVATING:
        return
    text = said(node)
    yield from ((pattern.format(text, in_brackets(text)), "activation-missing") for pattern in ACTIVATIONS)


def factors_kept(node: ast.expr, written: Written) -> Iterator[Alternative]:
    """What another method keeps for this one, which does not read it, as a factor, a divisor or a slope."""
    text = in_brackets(said(node))
    for kept in written.kept_by_others:
        if not GUARD.search(kept):
            yield f"{text} + {kept}", "bias" if IS_BIAS.search(kept) else "term"
        yield f"{text} / {kept}", "divide"
        yield f"{text} * {kept}", "term"
        yield f"{text} * ({kept} > 0)", "slope"


def guards(parent: ast.AST, node: ast.expr, written: Written) -> Iterator[Alternative]:
    """What nothing reads and keeps a division, or a root, from 0: beside what is divided by, or under the root."""
    match parent:
        case ast.BinOp(op=ast.Div(), right=beside) | ast.BinOp(op=ast.Pow(), left=beside) | ast.Call(args=[beside]):
            is_root = not isinstance(parent, ast.Call) or name_called(parent.func) == "sqrt"
            if beside is node and is_root:
                names = (*written.kept_by_others, *(one for one in written.parameters if one in written.unread))
                yield from ((f"{in_brackets(said(node))} + {name}", "term") for name in names if GUARD.search(name))


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
        if k.shape == kind.shape and k.dtype == "f" and not _tells_no_slope(kinds.value(other)):
            for kept, dropped in ((node.left, node.right), (node.right, node.left)):
                if kinds.of(dropped).shape == kinds.of(kept).shape == kind.shape:  # what arrives is one for each
                    yield f"{in_brackets(said(kept))} * ({other} > 0)", "slope-of-another"


def _tells_no_slope(value: Any) -> bool:
    """Whether ReLU's slope at an array is no factor at all, as all are positive, or the array is a mask itself.

    Another factor is too much then, or it is the mask that is meant.
    """
    values = np.unique(value) if isinstance(value, np.ndarray) else np.empty(0)
    return _is_positive(value) or (0 < values.size <= 2 and values[0] == 0)


def _is_positive(value: Any) -> bool:
    """Whether all entries are."""
    return isinstance(value, int | float | np.ndarray) and bool(np.all(np.asarray(value) > 0))


def other_divisors(statement: ast.stmt, parent: ast.AST, node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """`hits / len(data)` for `hits / sizes[-1]`."""
    match parent, statement:
        case ast.BinOp(op=ast.Div(), right=right), _ if right is node:
            pass
        case _, ast.AugAssign(op=ast.Div(), value=value) if value is node:
            pass
        case _:
            return
    if _is_count(node, kinds) and not isinstance(node, ast.Constant | ast.BinOp):
        for size in kinds.sizes:
            if size != said(node) and (kinds.of(size).sort == "int" or "len(" in size or ".shape[" in size):
                yield size, "divided-by"


def _is_count(node: ast.expr, kinds: Kinds) -> bool:
    """Whether an expression is a whole number, as it was seen or as it is written."""
    match node:
        case ast.Call(func=ast.Name(id="len")) | ast.Subscript(value=ast.Attribute(attr="shape")):
            return True
    return kinds.of(node).sort == "int"
