"""What is to be changed in both directions of an image at once: where windows end, and what their loops run over."""

import ast
import copy
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeGuard

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import in_brackets, name_called, said
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.trees import copied, walk

SIZES = 8  # names of whole numbers that are tried as the size of a window
PAIRS = 60  # of counts that are tried
IMAGES = 4  # axes of a batch of them
ALIKE = 2  # names of one size that are tried, the last ones: what comes out is computed late
HOLES = ("__first_hole__", "__second_hole__")  # in the text of a statement, for what is tried there


def other_windows(written: Written, kinds: Kinds, wanted: list[list[int]]) -> Iterator[Edit]:
    """Windows of other sizes, and loops over as many places as results or arguments have (`wanted`)."""
    yield from _other_ends(written, kinds)
    yield from _other_ranges(written, kinds, wanted)


def _other_ends(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """`x[i*s:i*s + h, j*s:j*s + w]` for windows that end elsewhere."""
    sizes = [name for name in kinds.named("int") if name not in kinds.counters][:SIZES]
    for place in written.places:
        statement = place.statement
        if not isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr | ast.Return):
            continue
        begins = _begins(statement)
        if not 1 <= len(begins) <= 2:
            continue
        pattern = _with_ends(statement, {begin: HOLES[number] for number, begin in enumerate(begins)})
        told = ", ".join(f"{begin}:{end}" for begin, end in begins.items())
        for chosen in itertools.product(sizes, repeat=len(begins)):
            ends = [f"{in_brackets(begin)} + {size}" for begin, size in zip(begins, chosen, strict=True)]
            instead = ", ".join(f"{begin}:{begin} + {size}" for begin, size in zip(begins, chosen, strict=True))
            edit = written.edit(statement, statement, _filled(pattern, ends), "window-end")
            yield replace(edit, before=told, after=instead)


def _begins(statement: ast.stmt) -> dict[str, str]:
    """Where the windows of a statement begin, with where they end; slices with numbers alone are none."""
    found: dict[str, str] = {}
    for node in walk(statement):
        match node:
            case ast.Slice(lower=ast.expr() as lower, upper=ast.expr() as upper, step=None):
                if any(isinstance(part, ast.Name) for part in walk(lower)):
                    found[said(lower)] = said(upper)
    return found


def _with_ends(statement: ast.stmt, ends: dict[str, str]) -> str:
    made = copied(statement)
    for node in walk(made):
        if isinstance(node, ast.Slice) and node.lower is not None and node.upper is not None:
            node.upper = ast.Name(ends.get(ast.unparse(node.lower), ast.unparse(node.upper)))
    return ast.unparse(made)


def _other_ranges(written: Written, kinds: Kinds, wanted: list[list[int]]) -> Iterator[Edit]:
    """Two nested loops, each with as many passes as there are places in that direction."""
    values = kinds.ints_of_each_call()
    pairs = _distinct_pairs({name: one for name, one in values.items() if one in wanted})
    for place in written.places:
        outer = place.statement
        if not isinstance(outer, ast.For):
            continue
        for inner in _loops_right_below(outer):
            told = f"{said(outer.iter)}, {said(inner.iter)}"
            now = [values.get(_passes(loop)) for loop in (outer, inner)]
            patterns = _range(outer.iter, HOLES[0]), _range(inner.iter, HOLES[1])
            if patterns[0] is None or patterns[1] is None:
                continue
            pattern = ast.unparse(_with_ranges(outer, outer.body.index(inner), patterns[0], patterns[1]))
            for pair in pairs:
                if [values[name] for name in pair] == now:
                    continue
                edit = written.spanning(outer, outer, _filled(pattern, pair), "loops-elsewhere", outer)
                yield replace(edit, before=told, after=_filled(", ".join(map(str, patterns)), pair))


def places_in_windows(written: Written) -> Iterator[Edit]:
    """`dx[i * s + r, j * s + c]` for `dx[r, c]`, the place of the largest number in a window, `x[i * s:…, j * s:…]`."""
    windows: dict[str, list[str]] = {}  # by name, where they begin
    found: dict[str, list[str]] = {}  # and where the window begins that a place was looked for in
    for place in written.places:
        inside = list(walk(place.statement.value)) if isinstance(place.statement, ast.Assign) else []
        names = {one.id for one in inside if isinstance(one, ast.Name)}
        begins = [said(one.lower) for one in inside if isinstance(one, ast.Slice) and one.lower is not None]
        begins = begins or next((known[name] for known in (found, windows) for name in known if name in names), [])
        if len(begins) == 2:
            group = found if names & found.keys() or "argmax(" in said(place.statement) else windows
            group |= dict.fromkeys(map(said, targets_of(place.statement)), begins)
    for one in (one for place in written.places for one in walk(place.statement) if windows):
        if isinstance(one, ast.Subscript) and isinstance(one.slice, ast.Tuple) and said(one.value) in windows:
            found |= {said(index): windows[said(one.value)] for index in one.slice.elts if isinstance(index, ast.Name)}
    for place in written.places:
        for target in targets_of(place.statement):
            if not isinstance(target, ast.Subscript) or said(target.value) in windows:
                continue
            indices = target.slice.elts if isinstance(target.slice, ast.Tuple) else []
            counted = [(one, found[name]) for one in indices for name in map(said, walk(one)) if name in found]
            edits = [
                written.edit(place.statement, one, f"{begins[number]} + {said(one)}", "place-in-window")
                for number, (one, begins) in enumerate(counted)
                if len(counted) == 2 and begins[number] not in said(one)
            ]
            if len(edits) == 2:
                yield replace(edits[1], beside=(edits[0],))


def places_of_loops(written: Written) -> Iterator[Edit]:
    """`d[i, h, w, c]` for `d[i, top, left, c]` within loops over i, h, w and c, wherever that is read."""
    found: dict[tuple[str, str], list[Edit]] = {}
    for place in written.places:
        counters = [said(loop.target) for loop in place.loops if isinstance(loop, ast.For)]
        for node in walk(place.statement) if len(counters) > 2 and not hasattr(place.statement, "body") else ():
            match node:
                case ast.Subscript(value=holder, slice=ast.Tuple(elts=elements), ctx=ast.Load()):
                    indices = [said(one) for one in elements]
                    is_like = len(indices) == len(counters) and {*indices} & {*counters}
                    if is_like and indices != counters and all(isinstance(one, ast.Name) for one in elements):
                        text = f"{said(holder)}[{', '.join(counters)}]"
                        edit = written.edit(place.statement, node, text, "place-of-the-loops")
                        found.setdefault((said(node), text), []).append(edit)
    for edits in found.values():
        yield replace(edits[-1], beside=(*edits[:-1],))


def ranges_exchanged(written: Written) -> Iterator[Edit]:
    """What two nested loops run over, each in the place of the other.

    Not where one line gives both their values: that these are exchanged between the two is said by another edit.
    """
    together = [
        {element.id for element in target.elts if isinstance(element, ast.Name)}
        for place in written.places
        if isinstance(place.statement, ast.Assign)
        for target in place.statement.targets
        if isinstance(target, ast.Tuple)
    ]
    for place in written.places:
        outer = place.statement
        if not isinstance(outer, ast.For):
            continue
        for inner in _loops_right_below(outer):
            ranges = said(outer.iter), said(inner.iter)
            counts = {_passes(outer), _passes(inner)}
            if ranges[0] != ranges[1] and all(counts) and not any(counts <= names for names in together):
                made = ast.unparse(_with_ranges(outer, outer.body.index(inner), *ranges[::-1]))
                edit = written.spanning(outer, outer, made, "loops-elsewhere", outer)
                yield replace(edit, before=", ".join(ranges), after=", ".join(ranges[::-1]))


def ranges_of_results(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """Two nested loops with steps over rows and columns of what is filled in them, or of what the function is given."""
    values = {name: one[0] for name, one in kinds.ints_of_each_call().items() if name not in kinds.counters}
    for place in written.places:
        outer = place.statement
        if not isinstance(outer, ast.For):
            continue
        for inner in _loops_right_below(outer):
            filled = [said(node.value) for node in walk(outer) if _is_filled(node)]
            shapes = [kinds.of(text).shape for text in dict.fromkeys([*filled, *written.parameters])]
            patterns = _range(outer.iter, HOLES[0]), _range(inner.iter, HOLES[1])
            if patterns[0] is None or patterns[1] is None or not all(" * " in one for one in patterns if one):
                continue
            made = ast.unparse(_with_ranges(outer, outer.body.index(inner), patterns[0], patterns[1]))
            for pair in dict.fromkeys(itertools.chain.from_iterable(_named_pairs(shape, values) for shape in shapes)):
                edit = written.spanning(outer, outer, _filled(made, pair), "loops-elsewhere", outer)
                told = f"{said(outer.iter)}, {said(inner.iter)}"
                yield replace(edit, before=told, after=_filled(", ".join(map(str, patterns)), pair))


def _is_filled(node: ast.AST) -> TypeGuard[ast.Subscript]:
    return isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)


def _named_pairs(shape: Sequence[int], values: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """The names of two neighbouring sizes of images."""
    for pair in itertools.pairwise(shape if len(shape) == IMAGES else ()):
        names = [[name for name, value in values.items() if value == size][-ALIKE:] for size in pair]
        yield from ((one, other) for one in names[0] for other in names[1] if one != other)


def _distinct_pairs(values: Mapping[str, list[int]]) -> list[tuple[str, str]]:
    """Pairs of counts, first those that differ in the watched calls, then what was the same numbers there."""
    seen: dict[str, int] = {}
    ranked = []
    for a, b in itertools.permutations(values, 2):
        numbers = f"{values[a]} {values[b]}"
        seen[numbers] = seen.get(numbers, 0) + 1
        ranked.append((seen[numbers], (a, b)))
    ranked.sort(key=lambda entry: entry[0])
    return [pair for _, pair in ranked[:PAIRS]]


def _passes(loop: ast.For) -> str:
    """What a loop over `range(n)` makes so many passes of; nothing for other loops."""
    match loop.iter:
        case ast.Call(func=ast.Name(id="range" | "xrange"), args=[ast.expr() as count]):
            return said(count)
    return ""


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
    """The outer loop, and the inner one at a position in it, over other ranges."""
    inner = copy.copy(outer.body[position])
    assert isinstance(inner, ast.For)
    inner.iter = ast.Name(second)
    made = copy.copy(outer)
    made.iter = ast.Name(first)
    made.body = [*outer.body[:position], inner, *outer.body[position + 1 :]]
    return made


def _filled(pattern: str, texts: Sequence[str]) -> str:
    """A text with its holes filled: to make it once and fill it often is cheap."""
    for hole, text in zip(HOLES, texts, strict=False):
        pattern = pattern.replace(hole, text)
    return pattern
