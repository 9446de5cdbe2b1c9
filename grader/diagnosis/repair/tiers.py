"""The edits of a function in tiers, from near to far; a tier is made when it is asked for."""

import ast
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.alternatives import Alternative
from grader.diagnosis.repair.axes import CHANNELS_FIRST, CHANNELS_LAST, other_axes, shares_of_sums
from grader.diagnosis.repair.bias_units import bias_units_left, missing_bias_units
from grader.diagnosis.repair.bindings import (
    kept_in_attributes,
    results_exchanged,
)
from grader.diagnosis.repair.bounds import (
    exchanged_parts,
    other_bounds,
    rows_and_columns,
    rows_throughout,
    starts_as_ends,
)
from grader.diagnosis.repair.confusions import other_label, other_operations, slopes_of_tanh
from grader.diagnosis.repair.counterparts import bound_together, made_of_it, other_sets, sizes_exchanged
from grader.diagnosis.repair.edit_places import MOVED_OUT, EditPlaces, asks_for_size
from grader.diagnosis.repair.forgotten import (
    added_at,
    added_up_together,
    carried_terms,
    in_the_order_of,
    unread_terms,
)
from grader.diagnosis.repair.given import (
    arguments_for_numbers,
    biases_alike,
    counters_for_numbers,
    entries_at,
    halves_of_counts,
    lines_twice,
    other_settings,
    sizes_for_what_is_outside,
)
from grader.diagnosis.repair.in_place import InPlace
from grader.diagnosis.repair.kind import OTHER
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.masks import masks_not_applied
from grader.diagnosis.repair.misspelt import others_meant
from grader.diagnosis.repair.names import (
    entries_of_lists,
    names_like,
    other_choices,
    other_ends,
    other_names,
    other_pairs,
    others_turned,
    squares_of_others,
)
from grader.diagnosis.repair.nodes import in_brackets, is_renaming, name_called, said
from grader.diagnosis.repair.one_hot import classes_counted, one_hot_rows
from grader.diagnosis.repair.operands import is_exponent, is_product, is_reduced, is_taken_from_1, takes_back
from grader.diagnosis.repair.other_calls import other_totals
from grader.diagnosis.repair.overwritten import into_another_place
from grader.diagnosis.repair.quantities import (
    factors_beside,
    factors_kept,
    guards,
    missing_activations,
    missing_arguments,
    missing_factors,
    missing_functions,
    missing_scales,
    missing_terms,
    other_divisors,
    other_slopes,
    shares_of_counts,
    sizes_by_formula,
)
from grader.diagnosis.repair.recurrences import Recurrences
from grader.diagnosis.repair.reshapes import other_cuts
from grader.diagnosis.repair.shapes import other_shapes, turned_as_a_whole
from grader.diagnosis.repair.slip_edits import SlipEdits, reversed_condition
from grader.diagnosis.repair.state import not_corrected, not_kept, not_squared, not_weighted
from grader.diagnosis.repair.statements import (
    added_up,
    moved_statements,
    other_statements,
    other_targets,
    repeated_numbers,
    targets_exchanged,
)
from grader.diagnosis.repair.strides import windows_moved
from grader.diagnosis.repair.subscripts import from_the_other_end, other_arguments, other_orders
from grader.diagnosis.repair.throughout import other_names_throughout
from grader.diagnosis.repair.windows import (
    other_windows,
    places_in_windows,
    places_of_loops,
    ranges_exchanged,
    ranges_of_results,
)
from grader.diagnosis.repair.written import WHOLE_TURNED, Edit, Written

WHOLE = ("statements", "moves")  # of which each edit takes a look at the whole function


class Tiers:
    """The edits of one function.

    `wanted` are sizes that results and arguments have in each of the watched calls, `own` the submission's functions
    of one argument, `given` the keys of the dicts that it is given. With `lines` only their statements are changed,
    and none is moved.
    """

    def __init__(
        self,
        written: Written,
        kinds: Kinds,
        wanted: list[list[int]],
        own: Sequence[str] = (),
        lines: Collection[int] | None = None,
        given: Sequence[str] = (),
    ) -> None:
        self._given = given
        self._written, self._kinds, self._wanted = written, kinds, wanted
        self._own = [name for name in own if name != written.function]
        self._seen: set[Hashable] = set()
        self._places = EditPlaces(written, kinds, lines)
        self._in_place = InPlace(written.definition)

    def __iter__(self) -> Iterator[tuple[str, Iterator[Edit]]]:
        makers: dict[str, Callable[[], Iterable[Edit]]] = {
            "slips": lambda: SlipEdits(self._written, self._kinds, self._places),
            "likely names": self._likely_names,
            "shapes": self._shapes,
            "confusions": self._confusions,
            "statements": self._statements,
            "running means": self._running_means,
            "factors": self._factors,
            "throughout": lambda: other_names_throughout(self._written, self._kinds),
            "sizes": lambda: sizes_by_formula(self._written, self._kinds, self._wanted),
            "windows": lambda: other_windows(self._written, self._kinds, self._wanted),
            "names": self._names,
            "functions": self._functions,
            "kept": self._kept,
            "terms": self._terms,
            "moves": self._moves,
        }
        for tier, make in makers.items():
            if self._places.lines is None or tier not in WHOLE:
                yield tier, self._distinct(tier, make())

    def _distinct(self, tier: str, edits: Iterable[Edit]) -> Iterator[Edit]:
        for edit in edits:
            change = edit.change
            if change not in self._seen and self._places.is_live(edit):
                self._seen.add(change)
                edit.tier = tier
                yield edit

    def _shapes(self) -> Iterator[Edit]:
        for place in self._written.places:
            if self._places.is_run(place.statement):
                for node, text in turned_as_a_whole(place.statement, self._kinds):
                    yield self._written.edit(place.statement, node, text, WHOLE_TURNED)

        def others(statement: ast.stmt, parent: ast.AST, node: ast.expr) -> Iterator[Alternative]:
            is_size = asks_for_size(parent)  # which number is meant, no `.T` says
            for text, kind in other_shapes(statement, node, self._kinds):
                if not (is_size and kind == "not-transposed"):
                    yield text, kind

        yield from self._places.each(lambda statement, parent, node: other_axes(node, self._kinds))
        yield from self._places.each(lambda statement, parent, node: shares_of_sums(node))
        yield from self._places.each(lambda statement, parent, node: from_the_other_end(node, self._written))
        yield from other_cuts(self._written)
        yield from missing_bias_units(self._written, self._kinds)
        yield from bias_units_left(self._written, self._kinds)
        yield from self._places.each(lambda statement, parent, node: other_arguments(node))
        for statement, node in self._places.terms_of_sums():
            if self._kinds.of(node).rank == len(CHANNELS_FIRST):
                for order in (CHANNELS_FIRST, CHANNELS_LAST):
                    text = f"{in_brackets(said(node))}.transpose{order}"
                    yield self._written.edit(statement, node, text, "axes-missing")
        yield from self._places.each(others)

    def _confusions(self) -> Iterator[Edit]:
        yield from self._places.each(lambda statement, parent, node: other_operations(node, self._kinds))
        yield from self._places.each(lambda statement, parent, node: slopes_of_tanh(node))
        yield from self._places.each(lambda statement, parent, node: one_hot_rows(statement, parent, node, self._kinds))
        yield from self._places.each(lambda statement, parent, node: other_label(parent, node))
        yield from self._places.each(lambda statement, parent, node: classes_counted(node, parent, self._kinds))
        yield from self._places.each(lambda statement, parent, node: self._own_functions(node))
        yield from self._places.each(
            lambda statement, parent, node: other_slopes(node, self._kinds) if isinstance(node, ast.BinOp) else ()
        )

    def _own_functions(self, node: ast.expr) -> Iterator[Alternative]:
        """Another function of the submission's own for one that is called with one argument."""
        match node:
            case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in self._own:
                yield from ((f"{other}({said(argument)})", "function") for other in self._own if other != name)

    def _statements(self) -> Iterator[Edit]:
        for edit in moved_statements(self._written, self._kinds):
            if edit.kind in MOVED_OUT and not self._places.is_run(edit.statement):
                yield edit  # nothing else has what is written there be done
        for edit in other_statements(self._written):
            # Where a call ends with an error, leaving the line out hides it.
            if edit.kind not in ("deleted", "always", "never") or edit.line not in self._kinds.raising:
                yield edit
        yield from repeated_numbers(self._written, self._places.is_run)
        yield from windows_moved(self._written, self._kinds, self._given)
        yield from places_in_windows(self._written)
        yield from places_of_loops(self._written)
        yield from ranges_exchanged(self._written)
        yield from ranges_of_results(self._written, self._kinds)
        yield from starts_as_ends(self._written)
        yield from added_up(self._written)
        yield from added_up_together(self._written)
        yield from added_at(self._written, self._kinds)
        yield from in_the_order_of(self._written)
        yield from other_targets(self._written)
        yield from exchanged_parts(self._written)
        yield from into_another_place(self._written)
        yield from biases_alike(self._written)
        yield from lines_twice(self._written)
        yield from not_kept(self._written, self._kinds)
        yield from kept_in_attributes(self._written)
        yield from other_bounds(self._written)
        yield from rows_and_columns(self._written, self._kinds)
        yield from rows_throughout(self._written)
        yield from self._places.each(lambda statement, parent, node: _of_values(statement, node))
        yield from results_exchanged(self._written)

    def _likely_names(self) -> Iterator[Edit]:
        yield from others_meant(self._written)
        yield from self._places.each(lambda statement, parent, node: names_like(statement, node, self._kinds))
        yield from self._places.each(
            lambda statement, parent, node: entries_of_lists(statement, parent, node, self._kinds)
        )
        yield from self._places.each(lambda statement, parent, node: other_ends(node, self._kinds))
        yield from self._places.each(lambda statement, parent, node: other_choices(node, parent, self._kinds))
        yield from self._places.each(lambda statement, parent, node: arguments_for_numbers(node, parent, self._kinds))
        yield from self._places.each(lambda statement, parent, node: halves_of_counts(node, self._kinds))
        for place in self._written.places:
            yield from targets_exchanged(self._written, place.statement)
        yield from other_settings(self._written, self._given)
        yield from sizes_for_what_is_outside(self._written, self._kinds)
        yield from self._places.each(lambda statement, parent, node: counters_for_numbers(statement, node, self._kinds))
        yield from self._places.each(
            lambda statement, parent, node: other_divisors(statement, parent, node, self._kinds)
        )
        yield from made_of_it(self._written)
        yield from bound_together(self._written)
        yield from other_sets(self._written)
        yield from unread_terms(self._written, self._kinds)
        yield from masks_not_applied(self._written, self._kinds)
        yield from carried_terms(self._written, self._kinds)
        recurrences = Recurrences(self._written, self._kinds)
        yield from self._places.each(lambda statement, parent, node: recurrences.instead(statement, node))
        for statement, node in self._places.terms_of_sums():
            for text, kind in missing_arguments(node, self._kinds):
                yield self._written.edit(statement, node, text, kind)

    def _moves(self) -> Iterator[Edit]:
        yield from moved_statements(self._written, self._kinds)
        for edit in self._places.each(reversed_condition):
            if not getattr(edit.statement, "orelse", None) and isinstance(edit.statement, ast.If):
                yield edit  # a line of the branch may as well not belong there

    def _names(self) -> Iterator[Edit]:
        yield from self._places.each(lambda statement, parent, node: other_names(node, parent, self._kinds))
        yield from self._places.each(lambda statement, parent, node: others_turned(node, self._kinds))
        yield from self._places.each(lambda statement, parent, node: other_pairs(node, self._kinds))
        yield from self._places.each(lambda statement, parent, node: squares_of_others(statement, node, self._kinds))
        yield from sizes_exchanged(self._written)

    def _running_means(self) -> Iterator[Edit]:
        yield from not_corrected(self._written, self._kinds)
        yield from not_weighted(self._written, self._kinds)
        yield from not_squared(self._written, self._kinds)

    def _factors(self) -> Iterator[Edit]:
        yield from shares_of_counts(self._written, self._kinds)
        for statement, node in self._places.terms_of_sums():
            for text, kind in missing_scales(node, self._written):
                yield self._written.edit(statement, node, text, kind)
            text = said(node)
            if self._kinds.is_nothing(text) or self._kinds.is_no_number(text) or self._kinds.of(node).is_whole:
                continue  # a factor changes nothing, and a sum of zeros has only another shape; sizes have none
            for text, kind in missing_factors(self._kinds, self._written.source(node)):
                factor = text.rpartition(" * ")[2] if kind == "multiply" else ""
                if not self._kinds.is_nothing_there(statement, factor):
                    yield self._written.edit(statement, node, text, kind)
            for text, kind in factors_beside(statement, node, self._kinds):
                yield self._written.edit(statement, node, text, kind)

    def _functions(self) -> Iterator[Edit]:
        yield from self._places.each(lambda statement, parent, node: other_totals(node))
        for statement, node in [*self._places.terms_of_sums(), *self._places.summed_up()]:
            text = said(node)
            if self._kinds.is_nothing(text) or self._kinds.is_no_number(text) or self._kinds.of(node).is_whole:
                continue
            if self._kinds.is_a_default(text):
                continue  # of another number the function would be another one
            if is_renaming(statement) and self._kinds.begins_as_nothing(text):
                continue  # zeros, which are filled later under both names
            if is_renaming(statement) and any(map(self._in_place.changing, map(said, targets_of(statement)))):
                continue  # of what is changed further down another beginning may be meant
            if self._kinds.of(node) == OTHER and isinstance(statement, ast.Return):
                continue  # not seen: it may be zeros, of which a sum has only another shape
            for text, kind in missing_functions(self._written.source(node), self._kinds):
                # There the 1 is too much, or there is an exponential too many.
                undone = {"one-minus": is_taken_from_1, "log": is_exponent}.get(kind)
                if undone is None or not undone(statement, node):
                    yield self._written.edit(statement, node, text, kind)

    def _terms(self) -> Iterator[Edit]:
        for statement, node in self._places.terms_of_sums():
            if self._kinds.of(node).is_array and not self._kinds.of(node).is_whole:
                called = name_called(node.func) if isinstance(node, ast.Call) else ""
                for name in self._own:
                    if name != called:  # a sigmoid of a sigmoid gives the right classes by chance
                        yield self._written.edit(statement, node, f"{name}({said(node)})", "function-missing")
            for text, kind in missing_terms(node, self._kinds):
                if not takes_back(statement, node, text):
                    yield self._written.edit(statement, node, text, kind)
        for statement, node in self._places.summed_up():
            is_summed = isinstance(node, ast.Name) and is_reduced(statement, node)
            if (is_summed or isinstance(node, ast.Call | ast.BinOp)) and self._kinds.of(node).is_array:
                for text, kind in missing_terms(node, self._kinds):
                    if kind == "term" and " * " in text:
                        yield self._written.edit(statement, node, text, kind)
        for statement, _, node in self._written.expressions:
            if isinstance(node, ast.Call | ast.BinOp) and is_product(node):  # also as an argument, `relu(x @ W)`
                for text, kind in missing_terms(node, self._kinds):
                    if kind in ("bias", "slope"):
                        yield self._written.edit(statement, node, text, kind)

    def _kept(self) -> Iterator[Edit]:
        """What may be missing around or beside a factor, and what other methods keep for this one."""
        yield from self._places.each(lambda statement, parent, node: entries_at(node, self._kinds))
        yield from self._places.each(lambda statement, parent, node: guards(parent, node, self._written))
        for statement, node in self._places.summed_up():
            if isinstance(node, ast.Name | ast.Attribute | ast.Subscript) and self._kinds.of(node).dtype == "f":
                for text, kind in missing_activations(node):
                    yield self._written.edit(statement, node, text, kind)
        for statement, node in self._places.terms_of_sums():
            if self._kinds.of(node).is_array:
                for text, kind in factors_kept(node, self._written):
                    yield self._written.edit(statement, node, text, kind)


def _of_values(statement: ast.stmt, node: ast.expr) -> Iterator[Alternative]:
    """Parts that are put together in another order; results that are returned are tried as such."""
    if not (isinstance(statement, ast.Return | ast.For) and node is getattr(statement, "value", None)):
        yield from other_orders(node)
