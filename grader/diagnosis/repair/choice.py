"""Which of several edits that make everything right is told, and which other one does as well."""

import ast
from collections.abc import Sequence

from grader.diagnosis.repair.order import rank
from grader.diagnosis.repair.slips import TWICE
from grader.diagnosis.repair.words import ODD
from grader.diagnosis.repair.written import Edit

MANY = 3  # other kinds of edits of one line that do as well: none of them is what is wrong for sure


def best_and_rival(edits: Sequence[Edit]) -> tuple[Edit, Edit | None]:
    """The best of several edits; one that drops something is not sure where something else does as well."""
    best = min(edits, key=rank)
    if best.kind == "swapped":
        best = next((edit for edit in edits if _is_applied_again(edit, best)), best)
    dropped = [edit for edit in edits if edit.kind in ODD and edit.line != best.line]
    return best, min(dropped, key=rank) if dropped and best.kind not in ODD else rival_of(best, edits)


def rival_of(best: Edit, edits: Sequence[Edit]) -> Edit | None:
    """Another edit that does as well, and is as likely: in another line, or one of many in this one."""
    if best.kind in ODD or best.kind == TWICE:
        return None  # what was written twice was hardly meant
    elsewhere = [edit for edit in edits if edit.line != best.line and rank(edit)[:3] == rank(best)[:3]]
    here = [edit for edit in edits if edit.line == best.line and _family(edit) != _family(best)]
    rivals = elsewhere or (here if len({*map(_family, here)}) >= MANY else [])
    return min(rivals, key=rank) if rivals else None


def _family(edit: Edit) -> str:
    """What sort of slip an edit undoes, whatever its details."""
    return edit.kind.partition(":")[0]


def _is_applied_again(edit: Edit, other: Edit) -> bool:
    """Whether what an edit leaves out of a product stands in the line before, which another edit would put below it."""
    node = edit.span[0]
    if edit.kind != "too-much" or not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Mult | ast.Div):
        return False
    before = edit.written.source(other.statement)
    factor = edit.written.source(node.right)
    return edit.after == ast.unparse(node.left) and edit.line != other.line and factor in before
