"""What is used otherwise than it can be: what gives nothing, numbers that are gone through, one axis sliced again."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from grader.diagnosis.repair.nodes import name_called, said
from grader.diagnosis.repair.written import Edit, Written

IN_PLACE = {"append", "extend", "insert", "sort", "reverse", "update", "shuffle", "clear", "fill"}
INDICES = 4
_WHOLE = re.compile(r"\bu?int(8|16|32|64|c|p|_)?\b")  # types of arrays that cut off fractions
_WORD = re.compile(r"('\w+')")


def misused(written: Written) -> Iterator[Edit]:
    """What is meant where something is used that cannot be used so."""
    for place in written.places:
        statement = place.statement
        match statement:
            case ast.Assign(targets=[target], value=ast.Call(func=function, args=given) as call) if name_called(
                function
            ) in IN_PLACE and said(target) in (said(getattr(function, "value", function)), *map(said, given[:1])):
                edit = written.edit(statement, statement, said(call), "gives-nothing")
                yield replace(edit, before=said(statement), after=said(call))
            case ast.Assign(targets=[ast.Name()], value=ast.Attribute(attr="shape") as shape):
                yield written.edit(statement, shape, f"{said(shape)}[0]", "size")
            case ast.Assign(targets=[ast.Tuple()], value=ast.Attribute(value=array, attr="size") as size):
                yield written.edit(statement, size, f"{said(array)}.shape", "size")
            case ast.For(
                iter=ast.Name() | ast.Attribute() | ast.Subscript() | ast.Call(func=ast.Name(id="len")) as number
            ):
                yield written.edit(statement, number, f"range({said(number)})", "range-missing")
    yield from _copied_lines(written)
    for statement, parent, node in written.expressions:
        match node:
            case ast.Call(func=ast.Name(id="range"), args=[ast.Name() | ast.Attribute() | ast.Subscript() as entries]):
                yield written.edit(statement, entries, f"len({said(entries)})", "len-missing")
            case ast.Call(keywords=[*_, ast.keyword(arg="dtype", value=kind)]) if _WHOLE.search(said(kind)):
                yield written.edit(statement, kind, "float", "whole-numbers")
            case ast.Subscript() if not isinstance(parent, ast.Subscript) and (whole := _in_one_pair(node)):
                yield written.edit(statement, node, whole, "sliced-again")


def _copied_lines(written: Written) -> Iterator[Edit]:
    """The second of two lines that are the same, for the entry beside it: `c["db" + i]`, which is read, and never set.

    Keys are the same but for one word.
    """
    lines = [one.statement for one in written.places if isinstance(one.statement, ast.Assign)]
    texts = [said(one) for one in lines]
    entries = [node for _, _, node in written.expressions if isinstance(node, ast.Subscript)]
    targets = {said(target) for line in lines for target in line.targets}
    for number, line in enumerate(lines):
        target = line.targets[0]
        if texts[number] not in texts[:number] or not isinstance(target, ast.Subscript):
            continue
        for entry in {said(one) for one in entries if said(one.value) == said(target.value)} - targets:
            here, meant = (_WORD.split(one) for one in (said(target), entry))
            changes = {pair for pair in zip(here, meant, strict=False) if pair[0] != pair[1]}
            if len(here) == len(meant) and len(changes) == 1 and all(map(_WORD.fullmatch, *changes)):
                old, new = changes.pop()
                edit = written.edit(line, line, texts[number].replace(old, new), "copied-line")
                yield replace(edit, before=said(target), after=entry)


def _in_one_pair(node: ast.Subscript) -> str:
    """`x[i, :, a:b, c:d]` for `x[i][:][a:b][c:d]`; "" if no slice is indexed again."""
    indices: list[ast.expr] = []
    inner: ast.expr = node
    while isinstance(inner, ast.Subscript):
        indices.insert(0, inner.slice)
        inner = inner.value
    is_again = any(isinstance(one, ast.Slice) for one in indices[:-1]) and len(indices) <= INDICES
    is_plain = not any(isinstance(one, ast.Tuple) for one in indices)
    return f"{said(inner)}[{', '.join(map(said, indices))}]" if is_again and is_plain else ""
