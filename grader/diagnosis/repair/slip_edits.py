"""The nearest edits: a slip in one expression or assignment, which no name or value but its own is needed for."""

import ast
from collections.abc import Iterator
from functools import partial

from grader.diagnosis.repair.aliases import bound_anew, without_a_copy
from grader.diagnosis.repair.alternatives import REST, Alternative
from grader.diagnosis.repair.bindings import (
    annotations_meant,
    other_exits,
    results_bound,
    statements_meant,
    the_other_way_round,
)
from grader.diagnosis.repair.contents import Place
from grader.diagnosis.repair.counterparts import own_gradients, thresholds, weights_exchanged
from grader.diagnosis.repair.edit_places import EditPlaces, asks_for_size
from grader.diagnosis.repair.given import words_equated, words_exchanged
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.misspelt import names_meant, sizes_meant, ways_of_asking
from grader.diagnosis.repair.misused import misused
from grader.diagnosis.repair.names import as_elsewhere
from grader.diagnosis.repair.nodes import in_brackets, is_passed_on, name_called, parsed, said
from grader.diagnosis.repair.operands import is_count
from grader.diagnosis.repair.other_assignments import other_assignments, other_directions
from grader.diagnosis.repair.other_calls import ALONG_AXES, bounds_of
from grader.diagnosis.repair.quantities import (
    PENALTY,
    is_penalty_dropped,
)
from grader.diagnosis.repair.slips import other_expressions
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.trees import walk


class SlipEdits:
    """Slips of one function, but those that would only hide what is wrong."""

    def __init__(self, written: Written, kinds: Kinds, places: EditPlaces) -> None:
        self._written, self._kinds, self._places = written, kinds, places

    def __iter__(self) -> Iterator[Edit]:
        yield from other_exits(self._written)
        yield from names_meant(self._written)
        yield from sizes_meant(self._written, self._kinds.sizes)
        yield from ways_of_asking(self._written)
        yield from misused(self._written)
        yield from the_other_way_round(self._written)
        yield from results_bound(self._written)
        yield from annotations_meant(self._written)
        yield from statements_meant(self._written)
        for place in self._written.places:
            for whole, text in other_directions(place.statement):
                yield self._written.edit(place.statement, whole, text, "range")
        yield from without_a_copy(self._written, self._kinds)
        yield from bound_anew(self._written, self._kinds)
        yield from words_equated(self._written)
        yield from words_exchanged(self._written)
        bounds = {id(bound) for _, _, node in self._written.expressions for bound in bounds_of(node)}
        for edit in self._places.each(_other_expressions):
            node = edit.span[0]
            is_bound = edit.kind == "constant" and id(node) in bounds  # any larger one does where values are small
            if (edit.kind == "operator" and self._adds_nothing(edit)) or self._hides_an_error(edit):
                continue
            if edit.kind == "function" and self._is_of_a_number(node):
                continue  # the largest and the mean of one number are that number: it is the call that is too much
            if not is_bound and (edit.kind != "argmax" or self._compares_arrays(node)):
                yield edit
        yield from self._places.each(lambda statement, parent, node: weights_exchanged(node))
        yield from self._places.each(lambda statement, parent, node: thresholds(parent, node))
        yield from own_gradients(self._written)
        yield from self._places.each(lambda statement, parent, node: as_elsewhere(node, parent, self._kinds))
        yield from self._places.each(_without_condition)
        for edit in self._places.each(reversed_condition):
            if not isinstance(edit.statement, ast.If) or edit.statement.orelse:
                yield edit
        for statement, node in self._places.terms_of_sums():
            is_handed_on = isinstance(statement, ast.Return | ast.Assign) and is_passed_on(node)  # it is missing before
            is_nothing = self._kinds.begins_as_nothing(said(node))  # of which the sign is none that could be wrong
            if not (is_handed_on or is_nothing or self._kinds.of(node).is_whole or is_count(node)):
                yield self._written.edit(statement, node, f"-{in_brackets(self._written.source(node))}", "sign-missing")
        for place in self._written.places:
            has_a_value = partial(self._has_a_value, place)
            is_raising = self._written.line(place.statement) in self._kinds.raising
            for text, kind in other_assignments(place.statement, has_a_value=has_a_value):
                if kind != "plain" or not is_raising:  # what was there before is wrong, or missing, and is hidden so
                    yield self._written.edit(place.statement, place.statement, text, kind)

    def _has_a_value(self, place: Place, target: str) -> bool:
        """Whether what a statement assigns to may have a value before: in a loop, or if a line above speaks of it."""
        return bool(place.loops) or any(
            said(node) == target
            for other in self._written.places
            if (other.statement.end_lineno or 0) < place.statement.lineno
            for node in walk(other.statement)
            if isinstance(node, ast.Name | ast.Attribute | ast.Subscript)
        )

    def _hides_an_error(self, edit: Edit) -> bool:
        """Whether what is left out is a call that was not come through: rather it is called with something else."""
        node, drops = edit.span[0], edit.kind in ("too-much", REST)
        if not drops or edit.line not in self._kinds.raising or not isinstance(node, ast.BinOp):
            return False
        left_out = [one for one in (node.left, node.right) if said(one) != edit.after]
        return any(isinstance(one, ast.Call) and not self._kinds.has_value(said(one)) for one in left_out)

    def _adds_nothing(self, edit: Edit) -> bool:
        """Whether an operator makes a sum with what is 0 in every watched call: rather that is too much."""
        node, made = edit.span[0], parsed(edit.after)
        if not isinstance(node, ast.BinOp) or not isinstance(made, ast.BinOp):
            return False
        return isinstance(made.op, ast.Add | ast.Sub) and self._kinds.is_nothing(said(node.right))

    def _is_of_a_number(self, node: ast.AST) -> bool:
        """Whether a call along axes has one number for its argument."""
        match node:
            case ast.Call(args=[value]) if name_called(node.func) in ALONG_AXES:
                return self._kinds.of(value).sort in ("int", "float")
        return False

    def _compares_arrays(self, node: ast.AST) -> bool:
        assert isinstance(node, ast.Compare)
        return any(self._kinds.may_be_array(side) for side in (node.left, *node.comparators))


def _other_expressions(statement: ast.stmt, parent: ast.AST, node: ast.expr) -> Iterator[Alternative]:
    """Other ones than 0 times something, or plus 0: rather the factor, or the term, is too much."""
    is_term = isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Mult | ast.Div | ast.Add | ast.Sub)
    is_end = isinstance(parent, ast.Call) and name_called(parent.func) == "range"
    if isinstance(node, ast.Subscript) and _is_step_back(node.slice):
        yield said(node.value), "backwards"
    if _is_step_back(parent) and isinstance(node, ast.UnaryOp):
        return
    for text, kind in other_expressions(node):
        if is_end and kind == "operator" and isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
            continue  # a longer loop does as well where the parts behind the end are empty
        if kind in ("call-too-much", "function") and asks_for_size(parent):
            continue  # how many other things there are may be the same number
        if not (is_term and kind == "constant" and float(text) == 0):
            yield text, PENALTY if kind == "too-much" and is_penalty_dropped(node, text) else kind


def _is_step_back(node: ast.AST) -> bool:
    """Whether a slice takes everything from the end."""
    return isinstance(node, ast.Slice) and said(node) == "::-1"


def _without_condition(statement: ast.stmt, parent: ast.AST, node: ast.expr) -> Iterator[Alternative]:
    """A comprehension that leaves nothing out."""
    for generator in getattr(parent, "generators", ()):
        if any(node is condition for condition in generator.ifs):
            yield "True", "always"


def reversed_condition(statement: ast.stmt, parent: ast.AST, node: ast.expr) -> Iterator[Alternative]:
    """The opposite of a condition; that of a comparison is another comparison."""
    if isinstance(parent, ast.If | ast.IfExp) and node is parent.test and not isinstance(node, ast.Compare):
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield said(operand), "condition-reversed"
            case _:
                yield f"not {in_brackets(said(node))}", "condition-reversed"
