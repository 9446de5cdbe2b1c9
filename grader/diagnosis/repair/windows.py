"""What is to be changed in both directions of an image at once: where windows end, and what their loops run over."""

import ast
import copy
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.written import Edit, Written, in_brackets, name_called, said

SIZES = 8  # names of whole numbers that are tried as the size of a window


def other_windows(written: Written, kinds: Kinds, wanted: list[list[int]]) -> Iterator[Edit]:
    """Windows of other sizes, and loops over as many places as results or arguments have (`wanted`)."""
    yield from _other_ends(written, kinds)
    yield from _other_ranges(written, kinds, wanted)


def _other_ends(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """`x[i*s:i*s + h, j*s:j*s + w]` for windows that end elsewhere."""
    counted = {name for place in written.places for loop in place.loops for name in _counters(loop)}
    sizes = [name for name in kinds.named("int") if name not in counted][:SIZES]
    for place in written.places:
        statement = place.statement
        if not isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr | ast.Return):
            continue
        begins = _begins(statement)
        if not 1 <= len(begins) <= 2:
            continue
        for chosen in itertools.product(sizes, repeat=len(begins)):
            ends = {begin: f"{in_brackets(begin)} + {size}" for begin, size in zip(begins, chosen, strict=True)}
            made = _with_ends(statement, ends)
            told = ", ".join(f"{begin}:{end}" for begin, end in begins.items())
            instead = ", ".join(f"{begin}:{begin} + {size}" for begin, size in zip(begins, chosen, strict=True))
            yield replace(written.edit(statement, statement, made, "window-end"), before=told, after=instead)


def _begins(statement: ast.stmt) -> dict[str, str]:
    """Where the windows of a statement begin, with where they end; slices with numbers alone are none."""
    found: dict[str, str] = {}
    for node in ast.walk(statement):
        match node:
            case ast.Slice(lower=ast.expr() as lower, upper=ast.expr() as upper, step=None):
                if any(isinstance(part, ast.Name) for part in ast.walk(lower)):
                    found[said(lower)] = said(upper)
    return found


def _with_ends(statement: ast.stmt, ends: dict[str, str]) -> str:
    made = copy.deepcopy(statement)
    for node in ast.walk(made):
        if isinstance(node, ast.Slice) and node.lower is not None and node.upper is not None:
            node.upper = ast.Name(ends.get(ast.unparse(node.lower), ast.unparse(node.upper)))
    return ast.unparse(made)


def _counters(loop: ast.For | ast.While) -> Iterator[str]:
    if isinstance(loop, ast.For):
        yield from (node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name))


def _other_ranges(written: Written, kinds: Kinds, wanted: list[list[int]]) -> Iterator[Edit]:
    """Two nested loops, each with as many passes as there are places in that direction."""
    ints = kinds.ints_of_each_call()
    counts = [name for name, values in ints.items() if values in wanted]
    for place in written.places:
        outer = place.statement
        if not isinstance(outer, ast.For):
            continue
        for inner in _loops_right_below(outer):
            told = f"{said(outer.iter)}, {said(inner.iter)}"
            for a, b in itertools.permutations(counts, 2):
                ranges = _range(outer.iter, a), _range(inner.iter, b)
                if ranges[0] is None or ranges[1] is None:
                    continue
                made = _with_ranges(outer, outer.body.index(inner), ranges[0], ranges[1])
                edit = written.spanning(outer, outer, [made], "loops-elsewhere", outer)
                yield replace(edit, before=told, after=", ".join(map(str, ranges)))


def _loops_right_below(outer: ast.For) -> Sequence[ast.For]:
    return [statement for statement in outer.body if isinstance(statement, ast.For)]


def _range(node: ast.expr, count: str) -> str | None:
    """`range(0, count * s, s)` for a range with a step, `range(count)` for one without."""
    if not isinstance(node, ast.Call) or name_called(node.func) not in ("range", "xrange") or node.keywords:
        return None
    if len(node.args) == 3:
        first, step = said(node.args[0]), said(node.args[2])
        return f"range({first}, {count} * {in_brackets(step)}, {step})"
    return f"range({count})"


def _with_ranges(outer: ast.For, position: int, first: str, second: str) -> ast.For:
    made = copy.deepcopy(outer)
    made.iter = ast.Name(first)
    inner = made.body[position]
    assert isinstance(inner, ast.For)
    inner.iter = ast.Name(second)
    return made
