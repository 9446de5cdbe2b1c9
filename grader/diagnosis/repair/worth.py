"""What a piece of a function is worth in a call that fails, and what stands in its place is worth there.

Sizes and shapes alone are told: they show which axis or which array was taken, and give away none of a check's numbers.
"""

import ast

import numpy as np

from grader.diagnosis.cases.watch import Run
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.nodes import parsed
from grader.diagnosis.repair.repair import Repair
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.trees import walk

LARGEST = 10_000  # of a number that is told as a size
LONGEST = 60  # characters of the piece
_Size = int | tuple[int, ...]


def worth_of(repair: Repair, bench: Bench) -> str:
    """What the piece that a repair of one place replaces is worth, and should be; "" where that shows nothing.

    A number that is whole is told, and the shape of an array, where it is another one with the repair.
    """
    edit = repair.edits[0]
    is_alone = len(repair.edits) == 1 and not edit.beside and repair.rival is None and not repair.checks
    after = edit.written.edited(edit) if is_alone and len(edit.before) <= LONGEST else None
    old, new = parsed(edit.before), parsed(edit.after)
    if after is None or old is None or new is None or not bench.seen:
        return ""
    place = _at_the_change(edit, old)
    in_its_place = _beginning_where(after, place, edit.written, new) if place is not None else None
    probe, run = bench.seen[0]
    changed = bench.seen_with(after, probe) if in_its_place is not None else None
    if place is None or in_its_place is None or changed is None:
        return ""
    return _told(edit.before, _size(run, place), _size(changed, in_its_place))


def _at_the_change(edit: Edit, meant: ast.expr) -> ast.expr | None:
    """The expression that is told as the changed one: it is, or holds, what is replaced."""
    first, last = edit.span
    wanted = ast.dump(meant)
    for node in walk(edit.statement):
        if isinstance(node, ast.expr) and any(inner is first for inner in walk(node)) and ast.dump(node) == wanted:
            return node if first is last else None
    return None


def _beginning_where(after: Written, place: ast.expr, before: Written, meant: ast.expr) -> ast.expr | None:
    """The expression of the changed text that begins where the replaced one did."""
    start, wanted = (place.lineno + before.offset, place.col_offset), ast.dump(meant)
    indent = before.definition.col_offset - after.definition.col_offset  # an edited definition stands alone
    for node in walk(after.definition):
        if not isinstance(node, ast.expr) or (node.lineno + after.offset, node.col_offset + indent) != start:
            continue
        if ast.dump(node) == wanted:
            return node
    return None


def _size(run: Run, node: ast.expr) -> _Size | None:
    """The whole number, or the shape, that an expression was first; None where it was not run, or is something else."""
    number = next((n for n, one in run.watch.nodes.items() if one is node), None)
    seen = run.seen.get(number) if number is not None else None
    value = seen.first if seen is not None and seen.count else None
    if isinstance(value, np.ndarray):
        return tuple(value.shape)
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        return None
    return int(value) if abs(value) <= LARGEST else None


def _told(before: str, found: _Size | None, needed: _Size | None) -> str:
    if found is None or needed is None or found == needed or isinstance(found, int) != isinstance(needed, int):
        return ""
    if before == str(found):
        return ""  # as it is written
    if isinstance(found, tuple) and isinstance(needed, tuple) and {*found, *needed} <= {1}:
        return ""  # one number, whatever is around it
    if isinstance(found, tuple) and isinstance(needed, tuple) and needed == tuple(size for size in found if size != 1):
        return ""  # a row or a column does as well with its product the other way round
    return f"In a call that fails `{before}` {_in_words(found)}, where {_of(needed)} is needed."


def _in_words(size: _Size) -> str:
    return f"is {size}" if isinstance(size, int) else f"has the shape {size}" if size else "is a single number"


def _of(size: _Size) -> str:
    return str(size) if isinstance(size, int) or size else "a single number"
