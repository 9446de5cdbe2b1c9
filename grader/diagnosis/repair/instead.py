"""What else makes a function right, where what does so first drops something, or changes a condition."""

import ast
from collections.abc import Callable, Sequence
from dataclasses import replace

from grader.diagnosis.repair.allowance import Spent
from grader.diagnosis.repair.choice import factor_instead
from grader.diagnosis.repair.edit_places import MOVED_OUT
from grader.diagnosis.repair.nodes import holds, name_called, said
from grader.diagnosis.repair.order import FAR, FIRST, FORGOTTEN, MEANT, TIERS, Order, is_turned_round, rank
from grader.diagnosis.repair.statements import moved_statements
from grader.diagnosis.repair.trials import Trials
from grader.diagnosis.repair.words import ODD, RATHER
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.trees import walk

RENAMED = {"name", "key", "index", "as-elsewhere", "size-of-another-axis"}


class Instead:
    """Looks for it among the edits of one bench."""

    def __init__(self, trials: Trials, order: Order) -> None:
        self._trials, self._order, self._bench = trials, order, trials.bench

    def considered(self, written: Sequence[Written], after: str, edits: Sequence[Edit]) -> list[Edit]:
        """Edits that make everything right, found in the tier `after`, or what mends it rather, and what else does."""
        edits = self._slope_is_missing(edits, written) or self._in_branches(written, edits)
        edits = self._in_what_is_called(written, edits) or edits
        edits = [*edits, *self._alternatives(written, after, edits)]
        edits = [*edits, *self._elsewhere(written, after, edits)]
        return [*edits, *self._factor_missing(written, edits)]

    def _in_what_is_called(self, written: Sequence[Written], edits: Sequence[Edit]) -> list[Edit]:
        """What mends a function of one's own, where one more or one less would have to be handed to it."""
        best = min(edits, key=rank)
        if best.kind != "off-by-one" or best.beside:
            return []
        called = {
            name_called(node.func)
            for node in walk(best.statement)
            if isinstance(node, ast.Call) and any(one is best.span[0] for one in node.args)
        }
        inside = [one for one in written if one.function.rpartition(".")[2] in called]
        return self._first_found(inside, lambda edit: edit.kind not in ODD, ("slips", "names"))

    def _first_found(
        self, written: Sequence[Written], is_it: Callable[[Edit], bool], tiers: Sequence[str]
    ) -> list[Edit]:
        """What mends all of the first tier in which something does."""
        try:
            for _, candidates in self._order.tiers(written, is_it, tiers):
                if found := self._trials.survivors(candidates):
                    return found
        except Spent:
            pass
        return []

    def _factor_missing(self, written: Sequence[Written], edits: Sequence[Edit]) -> list[Edit]:
        """A factor that may be missing in a product of another line, where one that undoes it would be too much."""
        best = min(edits, key=rank)
        if not (factor := factor_instead(best)):
            return []

        def is_it(edit: Edit) -> bool:
            return edit.line != best.line and edit.after.endswith(factor) and _is_product(edit.span[0])

        return self._first_found(written, is_it, ("factors",))

    def _alternatives(self, written: Sequence[Written], after: str, edits: Sequence[Edit]) -> list[Edit]:
        """What else would do in the same lines, where the first that does drops something rather than mend it."""
        if min(rank(edit)[0] for edit in edits) == 0:
            return []
        lines = {edit.line for edit in edits}
        found: list[Edit] = []
        try:
            for tier, candidates in self._order.tiers(written, lambda edit: edit.line in lines):
                if TIERS.index(tier) > TIERS.index(after):
                    found += self._trials.survivors(
                        edit for edit in candidates if edit.kind in RATHER or _is_within(edit, edits)
                    )
            found += self._trials.survivors(iter(self._of_one_shape(edits)))
        except Spent:
            pass
        return found

    def _of_one_shape(self, dropped: Sequence[Edit]) -> list[Edit]:
        """Other arrays in what is left out, of its shape or that of what is left: a mask for a table."""
        found = []
        for edit in dropped:
            kinds = self._bench.kinds(edit.written)
            for node in (node for piece in _left_out(edit) for node in walk(piece) if isinstance(node, ast.Name)):
                for name in edit.written.names:
                    is_tried = name == node.id or kinds.of(name) == kinds.of(node.id)
                    if not is_tried and any(kinds.have_one_shape(name, one) for one in (node.id, edit.after)):
                        other = edit.written.edit(edit.statement, node, name, "name")
                        other.tier = "names"
                        found.append(other)
        return found

    def _elsewhere(self, written: Sequence[Written], after: str, edits: Sequence[Edit]) -> list[Edit]:
        """What puts something right in another line, where all that does in one is to drop something."""
        if min(rank(edit)[0] for edit in edits) == 0:
            return []
        lines = {edit.line for edit in edits}
        try:
            for tier, candidates in self._order.tiers(
                written, lambda edit: edit.line not in lines, (*FIRST, "windows", *FAR)
            ):
                wanted = FORGOTTEN if tier in FAR else MEANT
                others = (edit for edit in candidates if edit.kind in wanted)
                if TIERS.index(tier) >= TIERS.index(after) and (found := self._trials.survivors(others)):
                    return found
        except Spent:
            pass
        return []

    def _slope_is_missing(self, edits: Sequence[Edit], written: Sequence[Written]) -> list[Edit]:
        """A slope that is missing, where another factor would have to become one: with that the factor may stay."""
        if any(edit.kind != "slope-of-another" for edit in edits):
            return []
        return self._first_found(written, lambda edit: edit.kind == "slope", FAR)

    def _in_branches(self, written: Sequence[Written], edits: Sequence[Edit]) -> list[Edit]:
        """What mends a branch, rather than a condition with which it is not taken; else, that it is too much."""
        conditions = [edit for edit in edits if isinstance(edit.statement, ast.If) and not edit.beside]
        if len(conditions) < len(edits):
            return [edit for edit in edits if edit not in conditions]
        lines = {
            edit.written.line(node)
            for edit in conditions
            for statement in edit.statement.body  # type: ignore[attr-defined]
            for node in walk(statement)
            if isinstance(node, ast.stmt)
        }
        is_taken = any(not self._empties_a_branch(edit) for edit in conditions)
        left_out = ODD | MOVED_OUT if is_taken else ODD  # what then is done only where the condition holds is meant so
        try:
            if moved := self._trials.survivors(iter(self._moved_out(conditions))):
                return moved
            for _, candidates in self._order.tiers(written, lambda edit: edit.line in lines):
                if edits := [edit for edit in self._trials.survivors(candidates) if edit.kind not in left_out]:
                    return edits
        except Spent:
            pass
        if not all(self._empties_a_branch(edit) for edit in conditions):
            return [edit for edit in conditions if not self._empties_a_branch(edit)]
        if opposites := [edit for edit in conditions if is_turned_round(edit)]:
            return opposites  # a branch that is taken in the wrong cases need not be too much
        if not self._is_never_right(written, conditions):
            return conditions
        first = min(conditions, key=rank)
        test = "if " + first.written.source(first.statement.test)  # type: ignore[attr-defined]
        return [replace(first, kind="branch-too-much", before=test, after="")]

    def _moved_out(self, conditions: Sequence[Edit]) -> list[Edit]:
        """One line of several moved out of a branch that would have to be taken always."""
        found = []
        for edit in conditions:
            body: list[ast.stmt] = getattr(edit.statement, "body", []) if edit.kind == "always" else []
            if len(body) > 1:
                made = moved_statements(edit.written, self._bench.kinds(edit.written))
                found += [one for one in made if one.statement is body[-1] and one.kind == "out-of-the-block"]
        for one in found:
            one.tier = "moves"
        return found

    def _is_never_right(self, written: Sequence[Written], conditions: Sequence[Edit]) -> bool:
        """Whether a branch is wrong in every case: all is right with what stands below its `else` alone."""
        branches = [edit.statement for edit in conditions]
        if not all(getattr(statement, "orelse", ()) for statement in branches):
            return True  # there is nothing to be put in its place
        try:
            for _, candidates in self._order.tiers(
                written, lambda edit: edit.kind == "never" and edit.statement in branches, ("statements",)
            ):
                if self._trials.survivors(candidates):
                    return True
        except Spent:
            pass
        return False

    def _empties_a_branch(self, edit: Edit) -> bool:
        """Whether a condition, once changed, keeps a branch that was taken from being taken at all."""
        branches = edit.statement
        if not isinstance(branches, ast.If) or edit.kind in ("always", "never"):
            return False
        taken = self._lines_taken(edit.written, branches)
        edited = edit.written.edited(edit)
        return bool(taken) and edited is not None and not taken & self._bench.executed(edited)

    def _lines_taken(self, written: Written, branches: ast.If) -> set[int]:
        own = {written.line(statement) for statement in branches.body}
        return own & self._bench.executed(written)


def _is_product(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div | ast.MatMult)


def _is_within(edit: Edit, dropped: Sequence[Edit]) -> bool:
    """Whether another name stands in a piece that others leave out: rather it is that one, and the piece is meant."""
    if edit.kind not in RENAMED or edit.after in ("0", "1"):
        return False
    return any(holds(piece, edit.span[0]) for one in dropped for piece in _left_out(one))


def _left_out(edit: Edit) -> list[ast.expr]:
    """The operand that an edit leaves out."""
    whole = edit.span[0]
    if edit.kind != "too-much" or not isinstance(whole, ast.BinOp):
        return []
    return [one for one in (whole.left, whole.right) if said(one) != edit.after]
