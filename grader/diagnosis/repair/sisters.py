"""The same slip in all parts of one line: in both sizes of `h, w = …, …`, in both squares of a penalty.

And in lines one below the other that are built alike. Such parts are copied from each other, and alone neither change
puts anything right.
"""

import ast
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from grader.diagnosis.repair.twins import signature
from grader.diagnosis.repair.written import Edit
from grader.submissions.trees import walk

MOST = 40  # that are tried


def sisters(edits: Iterable[Edit], dropping: Iterable[str]) -> Iterator[Edit]:
    """Edits of all parts of a line that are built alike; none of a kind that is only `dropping` something."""
    of_nodes, statements = _by_node(edits, dropping)
    return _of_groups([parts for statement in statements for parts in _alike_in(statement)], of_nodes)


def of_two_lines(edits: Iterable[Edit], dropping: Iterable[str]) -> Iterator[Edit]:
    """The same of two lines, one below the other, that are built alike."""
    of_nodes, statements = _by_node(edits, dropping)
    return _of_groups([*_alike_below(statements)], of_nodes)


def _by_node(edits: Iterable[Edit], dropping: Iterable[str]) -> tuple[dict[int, list[Edit]], Sequence[ast.stmt]]:
    left_out = {*dropping}
    of_nodes: dict[int, list[Edit]] = {}
    statements: dict[int, ast.stmt] = {}
    for edit in edits:
        if edit.kind not in left_out and not edit.shift and not edit.beside and edit.span[0] is edit.span[1]:
            of_nodes.setdefault(id(edit.span[0]), []).append(edit)
            statements[id(edit.statement)] = edit.statement
    return of_nodes, [*statements.values()]


def _of_groups(groups: Iterable[Sequence[ast.AST]], of_nodes: dict[int, list[Edit]]) -> Iterator[Edit]:
    found = [one for parts in groups for one in _of_all(parts, of_nodes)]
    counts = Counter(one.kind for one in found)  # of what there is one alone, more is meant than of what is everywhere
    return itertools.islice(sorted(found, key=lambda one: counts[one.kind]), MOST)


def _of_all(parts: Sequence[ast.AST], of_nodes: dict[int, list[Edit]]) -> Iterator[Edit]:
    for places in zip(*map(walk, parts), strict=True):
        first, *others = (of_nodes.get(id(node), []) for node in places)
        for edit in first:
            same = [next((one for one in other if signature(one) == signature(edit)), None) for other in others]
            if all(same):
                *before, last = (edit, *filter(None, same))
                yield replace(last, beside=(*before,))


def _alike_below(statements: Sequence[ast.stmt]) -> Iterator[Sequence[ast.stmt]]:
    """Lines one below the other that are built alike: of both layers, or of weights and biases."""
    ordered = sorted(statements, key=lambda one: one.lineno)
    for one, other in itertools.pairwise(ordered):
        is_below = one.col_offset == other.col_offset and other.lineno == (one.end_lineno or 0) + 1
        if is_below and [*map(type, walk(one))] == [*map(type, walk(other))]:
            yield one, other


def _alike_in(statement: ast.stmt) -> Iterator[Sequence[ast.expr]]:
    """The parts of tuples, and the terms of sums, if all of them are built alike."""
    inner: set[int] = set()
    for node in walk(statement):
        parts: list[ast.expr] = []
        if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load):
            parts = node.elts
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and id(node) not in inner:
            parts = [*_terms(node, inner)]
        if len(parts) > 1 and len({tuple(map(type, walk(part))) for part in parts}) == 1:
            yield parts


def _terms(node: ast.expr, inner: set[int]) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        inner.add(id(node))
        yield from _terms(node.left, inner)
        yield from _terms(node.right, inner)
    else:
        yield node
