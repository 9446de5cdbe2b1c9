"""Names that stand for an array which another one stands for as well: without a copy, or no longer where it is meant.

`plus = theta` makes no copy, so that `plus[i] += h` moves theta too; and `mom = rate * mom` in a loop over arrays gives
the name to a new one, so that the loop's own array stays as it was.
"""

import ast
from collections.abc import Iterator
from dataclasses import replace

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import said
from grader.diagnosis.repair.written import Edit, Written, at_all
from grader.submissions.trees import walk

BOUND_ANEW = "bound-anew"


def without_a_copy(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """`plus = theta.copy()` for every `plus = theta` of an array whose new name is changed in place below."""
    found: dict[str, list[Edit]] = {}
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name() | ast.Attribute() as array):
                is_array = kinds.of(array).is_array and kinds.of(array).rank > 0
                if is_array and name != said(array) and _is_changed_below(written, name, place.statement.lineno):
                    text = f"{name} = {said(array)}.copy()"
                    edit = written.edit(place.statement, place.statement, text, "no-copy")
                    found.setdefault(said(array), []).append(edit)
    for edits in found.values():
        yield at_all(edits)
        if len(edits) > 1:
            yield from edits


def _is_changed_below(written: Written, name: str, line: int) -> bool:
    """Whether a statement below a line puts something into an array of that name, entry by entry or all over."""
    for place in written.places:
        statement = place.statement
        if statement.lineno <= line:
            continue
        for target in targets_of(statement):
            base = target
            while isinstance(base, ast.Subscript):
                base = base.value
            is_within = base is not target or isinstance(statement, ast.AugAssign)
            if is_within and isinstance(base, ast.Name) and base.id == name:
                return True
    return False


def bound_anew(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """`mom[...] = rate * mom` for the same without `[...]`, where a loop goes through arrays under that name."""
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if place.loops and kinds.of(name).is_array:
                is_own = any(name in _counted(loop) for loop in place.loops)
                reads = any(isinstance(node, ast.Name) and node.id == name for node in walk(value))
                if is_own and reads and kinds.of(name).rank > 0:
                    text = f"{name}[...] = {said(value)}"
                    yield replace(written.edit(place.statement, place.statement, text, BOUND_ANEW), before=name)


def _counted(loop: ast.For | ast.While) -> set[str]:
    """The names that a loop gives to what it goes through."""
    if not isinstance(loop, ast.For):
        return set()
    return {node.id for node in walk(loop.target) if isinstance(node, ast.Name)}
