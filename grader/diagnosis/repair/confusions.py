"""Operations that are taken for each other, recognised by value: what an expression computes, not how it is written.

Where an expression of the submission's turns out to be, say, the sigmoid of another one, the others of its family are
tried in its place. The slope of an activation is known by its value as well, at the pre-activation or the activation.
"""

import ast
import copy
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.diagnosis.repair.alternatives import Alternative
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import in_brackets, name_called, said
from grader.submissions.trees import walk

Array = np.ndarray[Any, Any]
Function = Callable[[Any], Any]


def _softmax(x: Array, axis: int | None) -> Array:
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    made: Array = e / np.sum(e, axis=axis, keepdims=True)
    return made


def _sigmoid(x: Array) -> Array:
    return np.exp(-np.logaddexp(0, -x))  # without overflow


def _softmax_text(axis: int) -> str:
    along = f"axis={axis}, keepdims=True"
    pattern = "(lambda e: e / np.sum(e, ALONG))(np.exp({0} - np.max({0}, ALONG)))"
    return pattern.replace("ALONG", along)


ITSELF = "its argument"  # left as it is
ACTIVATIONS: dict[str, tuple[Function, str]] = {
    ITSELF: (lambda x: x, "{0}"),
    "the sigmoid": (_sigmoid, "1 / (1 + np.exp(-{0}))"),
    "tanh": (np.tanh, "np.tanh({0})"),
    "ReLU": (lambda x: np.maximum(x, 0), "np.maximum({0}, 0)"),
    "a leaky ReLU": (lambda x: np.where(x > 0, x, 0.01 * x), "np.where({0} > 0, {0}, 0.01 * {0})"),
    "a leaky ReLU of slope 0.1": (lambda x: np.where(x > 0, x, 0.1 * x), "np.where({0} > 0, {0}, 0.1 * {0})"),
    "a leaky ReLU of slope 0.2": (lambda x: np.where(x > 0, x, 0.2 * x), "np.where({0} > 0, {0}, 0.2 * {0})"),
    "ELU": (
        lambda x: np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1),
        "np.where({0} > 0, {0}, np.exp(np.minimum({0}, 0)) - 1)",
    ),
    "ELU with α = 0.1": (lambda x: np.where(x > 0, x, 0.1 * (np.exp(np.minimum(x, 0)) - 1)), ""),
    "the softmax of each row": (lambda x: _softmax(x, -1), _softmax_text(-1)),
    "the softmax of each column": (lambda x: _softmax(x, 0), _softmax_text(0)),
    "one softmax over everything": (lambda x: _softmax(x, None), ""),
    "the absolute value": (np.abs, "np.abs({0})"),
    "min(0, x)": (lambda x: np.minimum(x, 0), "np.minimum({0}, 0)"),
    "softplus": (lambda x: np.log1p(np.exp(x)), "np.logaddexp(0, {0})"),
    "the softmax applied twice": (lambda x: _softmax(_softmax(x, -1), -1), ""),
}
SLOPES: dict[str, tuple[Function, str]] = {
    "1 where its argument is positive, and 0 elsewhere": (lambda x: x > 0, "({0} > 0)"),
    "1 where its argument is not negative, and 0 elsewhere": (lambda x: x >= 0, "({0} >= 0)"),
    "1 where its argument is negative, and 0 elsewhere": (lambda x: x < 0, "({0} < 0)"),
    "x(1 − x)": (lambda x: x * (1 - x), "{0} * (1 - {0})"),
    "σ(x)(1 − σ(x))": (
        lambda x: _sigmoid(x) * (1 - _sigmoid(x)),
        "np.exp(-{0}) / (1 + np.exp(-{0})) ** 2",
    ),
    "1 − x²": (lambda x: 1 - x**2, "1 - {0} ** 2"),
    "1 − tanh²(x)": (lambda x: 1 - np.tanh(x) ** 2, "1 - np.tanh({0}) ** 2"),
    "1 − x": (lambda x: 1 - x, ""),
    "1 + x": (lambda x: 1 + x, "{0} + 1"),  # of ELU, at its output
    "eˣ": (np.exp, "np.exp({0})"),
    "a leaky slope": (lambda x: np.where(x > 0, 1, 0.01), "np.where({0} > 0, 1, 0.01)"),
    "the sigmoid itself": (_sigmoid, ""),
}
SIZES: dict[str, tuple[Function, str]] = {
    "the sum": (np.sum, "np.sum({0})"),  # before the others: of squares it is that of the absolute values as well
    "the sum of the squares": (lambda x: np.sum(x**2), "np.sum({0} ** 2)"),
    "half the sum of the squares": (lambda x: 0.5 * np.sum(x**2), "0.5 * np.sum({0} ** 2)"),
    "the sum of the absolute values": (lambda x: np.sum(np.abs(x)), "np.sum(np.abs({0}))"),
    "the norm": (lambda x: np.sqrt(np.sum(x**2)), ""),
    "the mean of the squares": (lambda x: np.mean(x**2), "np.mean({0} ** 2)"),
    "the mean of the absolute values": (lambda x: np.mean(np.abs(x)), "np.mean(np.abs({0}))"),
    "the root of the mean of the squares": (lambda x: np.sqrt(np.mean(x**2)), ""),
    "the square of the sum": (lambda x: np.sum(x) ** 2, ""),
}
HALVES = {
    ("the sum of the squares", "half the sum of the squares"): "half-missing",
    ("half the sum of the squares", "the sum of the squares"): "half-too-much",
}
SIGNS: dict[str, tuple[Function, str]] = {
    "the sign": (np.sign, "np.sign({0})"),
    "the absolute value": (np.abs, ""),
    "the square": (np.square, ""),
    "the weights divided by their norm": (lambda x: x / np.sqrt(np.sum(x**2)), ""),
    "the array itself": (lambda x: x, "{0}"),
}
ELSEWHERE = 6  # arrays at which the slope of an activation is tried
OF_ANYTHING = ("1 − x", "1 + x")  # slopes that a part of another slope may be as well
PLAIN = {"the sum"}  # too common to be taken for anything else
FAMILIES = (("activation", ACTIVATIONS), ("slope-confused", SLOPES), ("size-confused", SIZES), ("sign-confused", SIGNS))


def other_operations(node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """Operations of the same family as the one that an expression turns out to be."""
    if isinstance(node, ast.Name):
        yield from _of_classes(node, kinds)
    if isinstance(node, ast.Name | ast.Constant | ast.Attribute | ast.Subscript):
        return
    value = kinds.value(said(node))
    if isinstance(value, int | float):
        value = np.asarray(value)
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "fib":
        return
    first = None
    for text, part, kind, family, found in _all_recognised(node, value, kinds):
        first = first or (text, part, kind, family, found)
        if found not in OF_ANYTHING:  # `1 - z ** 2` is that of z rather than 1 − x of its square
            first = text, part, kind, family, found
            break
    if first is None:
        yield from _of_probabilities(node, kinds)
        return
    text, part, kind, family, found = first
    for other, (function, pattern) in family.items():
        if other != found and pattern and not _is_one_number(function, part):
            told = "activation-too-much" if other == ITSELF else HALVES.get((found, other), kind)
            yield pattern.replace("{0}", in_brackets(text)), f"{told}: {found} | {other}"
    if kind == "size-confused":
        yield from _derivatives(text, found)
    if kind == "activation":
        for slope in _slopes_elsewhere(text, kinds):
            yield f"{in_brackets(text)} * {slope}", f"activation-of-a-gradient: {found}"


def other_label(parent: ast.AST, node: ast.expr) -> Iterator[Alternative]:
    """`y * log(p) + (1 - y) * log(1 - p)` for `y * log(p)`, with whatever product it is written.

    What is added to another logarithm is one of both terms already.
    """
    beside = [parent.left, parent.right] if isinstance(parent, ast.BinOp) else []
    if any(isinstance(side, ast.BinOp) and _logarithms(side) for side in beside if side is not node):
        return
    match node:
        case ast.BinOp(left=a, op=ast.Mult() | ast.MatMult(), right=b):
            pass
        case ast.Call(func=function, args=[a, b]) if name_called(function) in ("dot", "multiply", "matmul"):
            pass
        case ast.Call(func=ast.Attribute(value=a, attr="dot"), args=[b]):
            pass
        case _:
            return
    for log, label in ((a, b), (b, a)):
        calls = _logarithms(log)
        if len(calls) == 1 and calls[0].args and not any(isinstance(n, ast.Call) for n in walk(label)):
            probability = calls[0].args[0]
            label = label.operand if isinstance(label, ast.UnaryOp) and isinstance(label.op, ast.USub) else label
            swaps = {id(one): ast.Name(f"(1 - {in_brackets(said(one))})") for one in (probability, label)}
            is_of_0 = isinstance(label, ast.BinOp) and isinstance(label.op, ast.Sub)  # the factor is 1 - y
            kind = "label-of-1" if is_of_0 else "label-of-0"
            yield f"{said(node)} + {said(copy.deepcopy(node, swaps))}", kind


def _logarithms(node: ast.AST) -> list[ast.Call]:
    return [one for one in walk(node) if isinstance(one, ast.Call) and name_called(one.func) == "log"]


def slopes_of_tanh(node: ast.expr) -> Iterator[Alternative]:
    """`1 - np.tanh(z) ** 2` for `1 - z ** 2`, and the other way round: of the input, and of the output."""
    match node:
        case ast.BinOp(left=ast.Constant(value=1 | 1.0), op=ast.Sub(), right=squared):
            pass
        case _:
            return
    match squared:
        case ast.BinOp(left=value, op=ast.Pow(), right=ast.Constant(value=2)):
            pass
        case ast.Call(func=function, args=[value]) if name_called(function) == "square":
            pass
        case ast.BinOp(left=value, op=ast.Mult(), right=other) if said(value) == said(other):
            pass
        case _:
            return
    match value:
        case ast.Call(func=function, args=[inner]) if name_called(function) == "tanh":
            yield f"1 - {in_brackets(said(inner))} ** 2", f"slope-confused: 1 − tanh² of `{said(inner)}` | 1 − x² of it"
        case ast.Name() | ast.Attribute() | ast.Subscript():
            yield f"1 - np.tanh({said(value)}) ** 2", f"slope-confused: 1 − x² of `{said(value)}` | 1 − tanh² of it"


def _derivatives(text: str, found: str) -> Iterator[Alternative]:
    """What the derivative of a penalty has in the place of the sum that the penalty is made of."""
    for factor in ("2 * ", ""):
        yield f"{factor}{in_brackets(text)}", f"penalty-itself: {found}"


def _slopes_elsewhere(text: str, kinds: Kinds) -> Iterator[str]:
    """An activation's slope at other arrays that have the shape of one in some pass, of the forward pass perhaps."""
    others = (
        other
        for other, kind in kinds.arrays()
        if other != text and kind.dtype == "f" and kind.rank > 1 and kinds.have_one_shape(text, other)
    )
    for other in itertools.islice(others, ELSEWHERE):
        value = kinds.value(other)
        if isinstance(value, np.ndarray) and (value <= 0).any():
            yield f"({other} > 0)"
            if np.abs(value).max() <= 1:
                yield f"(1 - {other} ** 2)"
        elif isinstance(value, np.ndarray) and value.max() < 1:
            yield f"{other} * (1 - {other})"
    for kept in kinds.written.kept_by_others:
        yield f"({kept} > 0)"
        yield f"{kept} * (1 - {kept})"
        yield f"(1 - {kept} ** 2)"


def _parts(node: ast.expr, kinds: Kinds) -> Iterator[tuple[str, Array]]:
    """Arrays that an expression is made of, and what calls in it get."""
    for part in walk(node):
        if part is node or not isinstance(part, ast.expr) or isinstance(part, ast.Constant):
            continue
        text = said(part)
        value = kinds.value(text)
        if isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.size > 1:
            yield text, value


def _all_recognised(
    node: ast.expr, value: Array, kinds: Kinds
) -> Iterator[tuple[str, Array, str, dict[str, tuple[Function, str]], str]]:
    """The parts of an expression that it is an operation of, each with the operation, its family and what that is."""
    for text, part in _parts(node, kinds):
        for kind, family in FAMILIES:
            if (found := _recognised(value, part, family)) is not None:
                yield text, part, kind, family, found


def _is_one_number(function: Function, part: Array) -> bool:
    """Whether an operation gives the same everywhere: in its place a factor would only be left out."""
    with np.errstate(all="ignore"):
        made = np.asarray(function(part))
    return made.size > 1 and bool(np.all(made == made.flat[0]))


def _recognised(value: Array, part: Array, family: dict[str, tuple[Function, str]]) -> str | None:
    if value.size > 1 and np.all(value == value.flat[0]):
        return None  # zeros are min(0, x) of positive numbers, and much else
    with np.errstate(all="ignore"):
        for name, (function, _) in family.items():
            made = np.asarray(function(part))
            if made.shape != value.shape or not made.size or not _is_near(float(made.flat[-1]), float(value.flat[-1])):
                continue
            if np.allclose(made, value, rtol=1e-6, atol=1e-12):
                is_itself = made.shape == part.shape and np.array_equal(made, part)
                return None if is_itself or name in PLAIN else name
    return None


def _is_near(one: float, other: float) -> bool:
    """Whether two numbers may be one: most operations are told apart by a single number."""
    return not abs(one - other) > 1e-6 * abs(other) + 1e-12


def _of_classes(node: ast.Name, kinds: Kinds) -> Iterator[Alternative]:
    """Probabilities less one at the sample's own class, where labels are whole numbers, one for each row."""
    value = kinds.value(node.id)
    if not isinstance(value, np.ndarray) or value.ndim != 2 or value.dtype.kind not in "fi":
        return
    kind = "difference-meant"
    if np.isin(value, (-1, 0, 1)).all():
        kind = "difference-of-ones"
    samples, width = value.shape
    for label, number, largest in kinds.classes:
        if number == samples and largest < width:
            for text in kinds.shares.get(value.shape, ())[:4]:
                difference = f"({text} - np.eye({text}.shape[1])[{label}])"
                yield difference, kind
                yield f"({difference} / {label}.size)", kind


def _of_probabilities(node: ast.expr, kinds: Kinds) -> Iterator[Alternative]:
    """The plain difference of probabilities and labels, where something is made of both."""
    arrays = [*dict.fromkeys(text for text, value in _parts(node, kinds) if value.ndim == 2)]
    shapes = {text: kinds.of(text).shape for text in arrays}
    labels = [text for text in arrays if np.isin(kinds.value(text), (0, 1)).all()]
    for label in labels[:2]:
        for text in arrays[:6]:
            if text != label and shapes[text] == shapes[label] and not isinstance(node, ast.Call):
                yield f"{text} - {label}", "difference-meant"
