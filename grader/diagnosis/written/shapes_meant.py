"""What is meant where shapes do not fit, if the text or the shapes show it: a turn, another operand, other sides."""

import ast
import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import replace

from grader.diagnosis.repair.misspelt import SURELY
from grader.diagnosis.repair.nodes import said
from grader.diagnosis.repair.written import Edit, Written, at_all
from grader.diagnosis.written.causes import factors_of, shapes_of_factors
from grader.diagnosis.written.failed_operation import Failure
from grader.submissions.trees import walk


def shapes_meant(failure: Failure, written: Written) -> Iterator[Edit]:
    """The edits of the statement that raised with which its shapes may fit."""
    for made in (_sides_of_windows, _counters_exchanged, _made_in_vain, _added_axes, _turned):
        yield from made(failure, written)


def _sides_of_windows(failure: Failure, written: Written) -> Iterator[Edit]:
    """`x[:, i:i + HH, j:j + WW]` for `x[:, i:i + HH, j:j + HH]`, where both sizes have names side by side."""
    targets = [one for place in written.places for one in getattr(place.statement, "targets", ())]
    sides = [pair for one in targets if isinstance(one, ast.Tuple) for pair in itertools.pairwise(map(said, one.elts))]
    here = {one.id for one in walk(failure.statement) if isinstance(one, ast.Name)}
    for node in walk(failure.statement):
        match node:
            case ast.Tuple(
                elts=[
                    *_,
                    ast.Slice(upper=ast.BinOp(op=ast.Add(), right=ast.Name(id=size) as first)),
                    ast.Slice(upper=ast.BinOp(op=ast.Add(), right=ast.Name(id=again) as last)),
                ]
            ) if size == again:
                for a, b in sides:
                    if size in (a, b) and not {a, b} <= here:
                        place, other = (last, b) if a == size else (first, a)
                        yield written.edit(failure.statement, place, other, "size-of-another-axis")


def _counters_exchanged(failure: Failure, written: Written) -> Iterator[Edit]:
    """`x[:, i:i + f, j:j + f]` for `x[:, j:j + f, i:i + f]`, where what is filled beside it is `out[:, i, j]`."""
    filled: set[tuple[str, ...]] = set()
    for place in written.places:
        targets = getattr(place.statement, "targets", [getattr(place.statement, "target", None)])
        for target in targets if not hasattr(place.statement, "body") else ():
            if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Tuple):
                filled.add(tuple(one.id for one in target.slice.elts if isinstance(one, ast.Name)))
    for node in walk(failure.statement):
        if not (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple)):
            continue
        windows = [one for one in node.slice.elts if isinstance(one, ast.Slice) and one.lower is not None]
        names = [{a.id for a in walk(one) if isinstance(a, ast.Name)} for one in windows]
        for first, last in (pair for order in filled for pair in itertools.pairwise(order)):
            if len(names) == 2 and last in names[0] - names[1] and first in names[1] - names[0]:
                words = re.split(r"(\w+)", said(node.slice))
                text = "".join({first: last, last: first}.get(word, word) for word in words)
                text = f"{said(node.value)}[{text.strip('()') if text.startswith('(') else text}]"
                yield written.edit(failure.statement, node, text, SURELY)
                return


def _made_in_vain(failure: Failure, written: Written) -> Iterator[Edit]:
    """What was made of an operand, and nothing reads, where the operand itself does not fit: its matrix, say."""
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[ast.Name(id=made)], value=ast.Call() | ast.BinOp() as value):
                if made not in written.unread or place.statement.lineno >= failure.statement.lineno:
                    continue
                parts = {said(one) for one in walk(value) if isinstance(one, ast.Name | ast.Attribute | ast.Subscript)}
                nodes = [*walk(failure.operation)] if failure.operation is not None else []
                places = {id(part) for one in nodes if isinstance(one, ast.Subscript) for part in walk(one.slice)}
                operands = [one for one in nodes if isinstance(one, ast.Attribute | ast.Name) and said(one) in parts]
                operands = [one for one in operands if id(one) not in places]  # what counts places is no operand
                whole = max(operands, key=lambda one: len(said(one)), default=None)
                if whole is not None and said(whole) not in ("np", "self"):
                    yield written.edit(failure.statement, whole, made, "made-of-it")


def _added_axes(failure: Failure, written: Written) -> Iterator[Edit]:
    """The factors of a product that has too many axes without the axes that were added to them, as for one sample."""
    pair = factors_of(failure.operation) or ()
    if pair and max(map(len, shapes_of_factors(failure, pair)), default=0) < 3:
        return
    added = [
        one
        for factor in pair
        for one in walk(factor)
        if isinstance(one, ast.Subscript) and said(one.slice) in ("np.newaxis", "numpy.newaxis", "None")
    ]
    if added:
        edits = [written.edit(failure.statement, one, said(one.value), SURELY) for one in added]
        yield replace(at_all(edits), before=", ".join(map(said, added)), after=", ".join(said(a.value) for a in added))


def _turned(failure: Failure, written: Written) -> Iterator[Edit]:
    """The one factor of a product that has to be transposed, or not to be, for the shapes to fit; or made of rows."""
    pair = factors_of(failure.operation)
    shapes = shapes_of_factors(failure, pair)
    if pair is not None and len(shapes) == 2 and len(shapes[0]) > 2 and math.prod(shapes[0][1:]) == shapes[1][0]:
        yield written.edit(failure.statement, pair[0], f"{said(pair[0])}.reshape(len({said(pair[0])}), -1)", SURELY)
    if pair is None or [*map(len, shapes)] != [2, 2]:
        return
    (rows, columns), (height, width) = shapes
    fitting = [one for one, fits in zip(pair, (rows == height, columns == width), strict=True) if fits]
    if len(fitting) == 1 and columns != height and rows != width:
        text, kind = said(fitting[0]), "not-transposed"
        meant = f"{text}.T" if isinstance(fitting[0], ast.Name | ast.Attribute | ast.Subscript) else f"({text}).T"
        if isinstance(fitting[0], ast.Attribute) and fitting[0].attr == "T":
            meant, kind = said(fitting[0].value), "untransposed"
        yield written.edit(failure.statement, fitting[0], meant, kind)
