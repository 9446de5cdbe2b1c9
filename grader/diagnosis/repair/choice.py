"""Which of several edits that make everything right is told, and which other one does as well."""

import ast
from collections.abc import Sequence
from dataclasses import replace

from grader.diagnosis.repair.aliases import BOUND_ANEW
from grader.diagnosis.repair.alternatives import NUMBER, TWICE, number_beside
from grader.diagnosis.repair.bindings import WITHOUT_EFFECT
from grader.diagnosis.repair.order import rank
from grader.diagnosis.repair.words import ODD
from grader.diagnosis.repair.written import Edit

MISSING = ("multiply", "divide")  # kinds of edits that put a factor there
WITH_OTHERS = ("swapped", "slope-of-another", "no-copy", BOUND_ANEW)  # kinds of which others decide what is told
MANY = 3  # other kinds of edits of one line that do as well: none of them is what is wrong for sure


def best_and_rival(edits: Sequence[Edit]) -> tuple[Edit, Edit | None]:
    """The best of several edits; one that drops something is not sure where something else does as well."""
    edits = [edit for edit in edits if not _changes_a_count(edit)] or edits
    best = min(edits, key=rank)
    if best.kind == "swapped":
        best = next((edit for edit in edits if _is_applied_again(edit, best)), best)
    if missing := [edit for edit in edits if edit.kind in MISSING and edit.line != best.line and factor_instead(best)]:
        return _of_factor(best, missing), None
    dropped = [edit for edit in edits if edit.kind in ODD and edit.line != best.line]
    return best, min(dropped, key=rank) if dropped and best.kind not in ODD else rival_of(best, edits)


def speaks_for_itself(best: Edit) -> bool:
    """Whether nothing that does as well, and is not better, is told in the place of an edit, or tells of its cause."""
    is_condition = isinstance(best.statement, ast.If)
    return rank(best)[0] == 0 and best.kind not in WITH_OTHERS and not is_condition and not factor_instead(best)


def rival_of(best: Edit, edits: Sequence[Edit]) -> Edit | None:
    """Another edit that does as well, and is as likely: in another line, or one of many in this one."""
    if best.kind in (*ODD, TWICE, WITHOUT_EFFECT):
        return None  # what was written twice was hardly meant, nor what does nothing
    elsewhere = [edit for edit in edits if edit.line != best.line and rank(edit)[:3] == rank(best)[:3]]
    here = [edit for edit in edits if edit.line == best.line and _family(edit) != _family(best)]
    rivals = elsewhere or (here if len({*map(_family, here)}) >= MANY else [])
    return min(rivals, key=rank) if rivals else None


def factor_instead(edit: Edit) -> str:
    """The end of what does in another line what dropping a factor does in one: ` * 2` for `0.5 * a` and for `a / 2`."""
    node = edit.span[0]
    number = number_beside(node) if edit.kind == NUMBER and isinstance(node, ast.BinOp) and not edit.beside else None
    if not isinstance(number, ast.Constant) or not isinstance(node, ast.BinOp):
        return ""
    is_product, is_quotient = (isinstance(node.op, op) for op in (ast.Mult, ast.Div))
    if (is_product and number.value == 0.5) or (is_quotient and number.value == 2):
        return " * 2"
    return " / 2" if (is_product and number.value == 2) or (is_quotient and number.value == 0.5) else ""


def _changes_a_count(edit: Edit) -> bool:
    """Whether an edit changes by what a count is divided: `4 // 3` is one less than `4 // 2` by chance."""
    return edit.kind == "constant" and any(
        isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv) and node.right is edit.span[0]
        for node in ast.walk(edit.statement)
    )


def _of_factor(dropped: Edit, missing: Sequence[Edit]) -> Edit:
    """That a factor is missing, or too much, in one of several lines."""
    lines = [str(line) for line in sorted({edit.place for edit in (dropped, *missing)})]
    what = "missing" if factor_instead(dropped) == " * 2" else "too much"
    found = f"A factor of 2 is {what} in one of the lines {', '.join(lines[:-1])} and {lines[-1]}"
    return replace(dropped, kind=f"factor-in-one-of: {found}")


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
