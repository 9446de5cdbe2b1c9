"""The axes of a transpose in another order, and the widths of a padding at other axes."""

import ast
import itertools
from collections.abc import Iterator, Sequence

from grader.diagnosis.repair.alternatives import Alternative
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import in_brackets, is_numpy, name_called, said

MOST = 5  # entries of a tuple, or axes of which every order is tried
CHANNELS_FIRST, CHANNELS_LAST = (0, 3, 1, 2), (0, 2, 3, 1)  # of images: each the other's inverse
REDUCTIONS = {"sum", "mean", "max", "min", "var", "std", "amax", "amin"}
SUMMED = {"sum": "mean", "mean": "sum"}  # each other's
HIGHEST = 5  # rank of an array along several axes of which is summed
MANY = 8  # axes of which two are exchanged


def other_axes(node: ast.expr, kinds: Kinds | None = None) -> Iterator[Alternative]:
    """`x.transpose(0, 3, 1, 2)` for `x.transpose(0, 2, 3, 1)`, `((0, 0), (p, p))` for `((p, p), (0, 0))`."""
    match node:
        case ast.Call(func=ast.Attribute() as function, args=arguments, keywords=[]) if (
            name_called(function) == "transpose"
        ):
            before, axes = _axes(arguments)
            if 2 < len(axes) <= MANY:
                for other in itertools.permutations(axes) if len(axes) <= MOST else _exchanged(axes):
                    if other != axes:
                        yield f"{said(function)}({before.format(', '.join(map(str, other)))})", "axes"
        case ast.Call(keywords=keywords) if name_called(node.func) in REDUCTIONS:
            if isinstance(node.func, ast.Attribute) and _is_along_one_or_all(node, node.func):
                rank = kinds.of(node.args[0] if node.args else node.func.value).rank if kinds is not None else 0
                for axes in _several(rank):
                    for keep in ("", ", keepdims=True"):
                        given = ", ".join(map(said, node.args))
                        yield f"{said(node.func)}({given}{', ' if given else ''}axis={axes}{keep})", "axis"
            if isinstance(node.func, ast.Attribute) and (reduced := SUMMED.get(node.func.attr)) and not keywords:
                called = f"{said(node.func.value)}.{reduced}"
                for axis in ("axis=0", "axis=1", "axis=0, keepdims=True", "axis=1, keepdims=True"):
                    yield f"{called}({', '.join([*map(said, node.args), axis])})", "reduction"
            for keyword in keywords:
                if keyword.arg == "axis" and (axes := _whole_numbers(keyword.value)):
                    for other in _one_more_or_less(axes):
                        others = [
                            ast.keyword("axis", ast.Name(str(other))) if one is keyword else one for one in keywords
                        ]
                        yield ast.unparse(ast.Call(node.func, node.args, others)), "axes"
        case ast.Tuple(elts=elements, ctx=ast.Load()) if 1 < len(elements) <= MOST and all(
            isinstance(one, ast.Tuple) and len(one.elts) == 2 for one in elements
        ):
            yield from ((text, "axes") for text in dict.fromkeys(_moved([said(one) for one in elements])))


def shares_of_sums(node: ast.expr) -> Iterator[Alternative]:
    """`e / np.sum(e, axis=0)` for `e / np.sum(z)`: shares of a sum are of what is summed."""
    match node:
        case ast.BinOp(left=left, op=ast.Div(), right=ast.Call(func=function, args=[summed, *_], keywords=keywords)):
            if name_called(function) == "sum" and said(summed) != said(left):
                own = ", ".join(map(ast.unparse, keywords))
                for given in dict.fromkeys((own, "axis=0", "axis=1, keepdims=True", "axis=-1, keepdims=True")):
                    total = f"np.sum({said(left)}{', ' if given else ''}{given})"
                    yield f"{in_brackets(said(left))} / {total}", "share"


def _is_along_one_or_all(node: ast.Call, function: ast.Attribute) -> bool:
    """Whether a reduction is given no tuple of axes, and nothing by its place but the array."""
    is_along_several = any(one.arg == "axis" and not isinstance(one.value, ast.Constant) for one in node.keywords)
    return len(node.args) == (1 if is_numpy(function.value) else 0) and not is_along_several


def _several(rank: int) -> Sequence[tuple[int, ...]]:
    """Two and more axes of an array, not all of them; of one whose rank is not known the usual pairs."""
    if rank not in range(3, HIGHEST):
        return (2, 3), (1, 2), (0, 1), (-2, -1)
    return [axes for count in range(rank - 1, 1, -1) for axes in itertools.combinations(range(rank), count)]


def _whole_numbers(node: ast.expr) -> tuple[int, ...]:
    """The axes of a tuple that is written down; none for one axis alone."""
    elements = node.elts if isinstance(node, ast.Tuple | ast.List) else []
    axes = tuple(one.value for one in elements if isinstance(one, ast.Constant) and type(one.value) is int)
    return axes if len(axes) == len(elements) else ()


def _one_more_or_less(axes: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """`(2, 3, 4)` for `(3, 4)`, and the other way round."""
    if min(axes) >= 0:
        yield from (tuple(sorted((*axes, one))) for one in range(HIGHEST) if one not in axes)
    if len(axes) > 1:
        yield from (tuple(other for other in axes if other != one) for one in axes)


def _exchanged(axes: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for a, b in itertools.combinations(axes, 2):
        yield tuple({a: b, b: a}.get(one, one) for one in axes)


def _moved(texts: Sequence[str]) -> Iterator[str]:
    """A tuple with one entry as another one is, or with two exchanged."""
    for i, j in itertools.permutations(range(len(texts)), 2):
        if texts[i] != texts[j]:
            for others in ({i: texts[j]}, {i: texts[j], j: texts[i]}):
                yield f"({', '.join(others.get(k, text) for k, text in enumerate(texts))})"


def _axes(arguments: Sequence[ast.expr]) -> tuple[str, tuple[int, ...]]:
    """The text of the arguments of `transpose` with a gap for the axes, and these: each an argument, or a tuple."""
    given, text = [*arguments], "{}"
    if arguments and isinstance(arguments[-1], ast.Tuple | ast.List):
        given = arguments[-1].elts
        before = (said(one).replace("{", "{{").replace("}", "}}") for one in arguments[:-1])
        text = ", ".join([*before, "({})"])
    axes = tuple(one.value for one in given if isinstance(one, ast.Constant) and type(one.value) is int)
    return text, axes if len(axes) == len(given) else ()
