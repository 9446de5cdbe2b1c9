"""Masks that are drawn, kept for the way back, and never applied."""

import ast
from collections.abc import Iterator

import numpy as np

from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import said
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.trees import walk

STATEMENTS = 4  # below the mask's, in which it is tried as a factor


def masks_not_applied(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """`A * D / p` for `A / p`, where D is of ones and zeros, or of truths, and nothing but a cache takes it."""
    kept = {
        id(one)
        for node in walk(written.definition)
        for one in (
            node.elts
            if isinstance(node, ast.Tuple | ast.List)
            else node.values
            if isinstance(node, ast.Dict)
            else [node.value]
            if isinstance(node, ast.Assign | ast.Return)
            else ()
        )
    }
    for name in written.names:
        own = [place.statement for place in written.places if _makes(place.statement, name)]
        if not own or not _is_of_ones_and_zeros(kinds, name):
            continue
        reads = [
            node
            for node in walk(written.definition)
            if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
        ]
        outside = [node for node in reads if not any(node is one for made in own for one in walk(made))]
        if not all(id(node) in kept for node in outside):
            continue
        below = [place.statement for place in written.places if place.statement.lineno > own[-1].lineno]
        for statement, _, node in written.expressions:
            if (
                statement in below[:STATEMENTS]
                and isinstance(node, ast.Name | ast.Call)
                and (kinds.of(node).dtype == "f" and kinds.of(node).shape == kinds.of(name).shape)
            ):
                yield written.edit(statement, node, f"{said(node)} * {name}", "mask-not-applied")


def _is_of_ones_and_zeros(kinds: Kinds, name: str) -> bool:
    value = kinds.value(name)
    is_array = isinstance(value, np.ndarray) and value.ndim > 0
    return kinds.of(name).dtype == "b" or (is_array and bool(np.isin(value, (0, 1)).all()) and bool(np.any(value)))


def _makes(statement: ast.stmt, name: str) -> bool:
    match statement:
        case ast.Assign(targets=[ast.Name(id=own)]):
            return own == name
    return False
