"""The search for edits that make a function right: one place, else two, else several step by step, else one output.

An edit that rights every failed call must also pass all checks of the function, on two draws of random numbers: then
it is a repair, whatever else one may think of it. The order is fixed and the effort counted, so that the same
submission gets the same answer on any machine.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

import numpy as np

from grader.checks.plain import arrays_in
from grader.diagnosis.cases.leaves import RAISED, Path
from grader.diagnosis.repair.allowance import Allowance, Spent
from grader.diagnosis.repair.bench import Bench, Tried
from grader.diagnosis.repair.by_chance import are_inverse, is_of_sizes, without_the_part
from grader.diagnosis.repair.chains import Chains
from grader.diagnosis.repair.choice import best_and_rival
from grader.diagnosis.repair.fixed_numbers import with_surroundings
from grader.diagnosis.repair.instead import Instead
from grader.diagnosis.repair.intermediate_values import Intermediates
from grader.diagnosis.repair.making import Making
from grader.diagnosis.repair.order import FIRST, NEAR, Order, rank
from grader.diagnosis.repair.other_sizes import as_told
from grader.diagnosis.repair.repair import Repair
from grader.diagnosis.repair.step_by_step import StepByStep
from grader.diagnosis.repair.steps import may_only_fit
from grader.diagnosis.repair.trials import Trials, is_put_elsewhere
from grader.diagnosis.repair.twins import Signature
from grader.diagnosis.repair.whole_checks import OF_VALUES, PRICE_OF_A_CHECK, WholeChecks
from grader.diagnosis.repair.words import ODD
from grader.diagnosis.repair.written import Edit, Written

LOOKED_AT = 3  # of the edits with which nothing raises any more
FEW = 3  # that are asked of all checks
PAIRS = 24  # of edits that right different things
SIMPLEST = ("slips", "likely names")  # of which the second of two edits is tried early


class Search:
    """Looks for the repair of one function."""

    def __init__(
        self,
        bench: Bench,
        making: Making,
        passes: Callable[[dict[str, str]], bool],
        mended: Callable[[dict[str, str]], Sequence[str]],
        left_wrong: Callable[[dict[str, str]], int],
        known: Mapping[Signature, str],
        price: int = PRICE_OF_A_CHECK,
        for_steps: Allowance | None = None,
    ) -> None:
        """`known` is what was found in other functions, with its tier.

        Args:
            passes: whether every check of the function passes with edited definitions.
            mended: the titles of the failed checks that pass then; none where one that passed fails.
            left_wrong: how many failed checks of functions that are built on this one fail then as well.
            price: of asking this, in function calls, where nothing rules an edit out before.
            for_steps: what may be spent on several edits step by step.
        """
        self._for_steps = for_steps or Allowance(0, 0)
        self._bench, self._order = bench, Order(bench, making, known)
        self.function = bench.case.function
        self._trials = Trials(bench, passes, left_wrong)
        self._chains = Chains(self._trials, self._order)
        self._instead = Instead(self._trials, self._order)
        self._whole_checks = WholeChecks(self._trials, self._order, mended, price)
        self._early: tuple[Edit, ...] = ()  # a chain that was found before what is less likely was tried
        self._paired: set[tuple[Edit, Edit]] = set()
        self._only_place = False
        self._wanted: Collection[str] = ()

    def found(
        self,
        focus: Collection[int],
        chains: bool,
        first_wrong: Callable[[], Collection[int]],
        intermediates: Callable[[], Intermediates] | None,
        *,
        only_place: bool = False,
        wanted: Collection[str] = (),
    ) -> tuple[Repair, ...]:
        """One place; where one of two faults shows, both; then what is less likely, and two places at large.

        With `only_place`, what does as well as the best one need not be known. What puts in names that are `wanted` is
        tried first, if not `chains`.
        """
        self._only_place, self._wanted = only_place, wanted
        repairs = self._repairs(focus, chains, first_wrong, intermediates)
        if intermediates is not None and not any(map(attrgetter("is_whole"), repairs)):
            repairs = (*repairs, *self._coming_through())
        return tuple(map(_in_context, repairs))

    def by_checks(self, tiers: Sequence[str] = OF_VALUES, *, in_two_steps: bool = False) -> tuple[Repair, ...]:
        """One edit with which all checks pass, where values are drawn at random and only checks can judge them.

        With `in_two_steps`, where it is known that none does: one with which some pass, and the other that is needed.
        """
        repair = self._whole_checks.of_what_is_drawn(tiers, in_two_steps=in_two_steps)
        return (_in_context(repair),) if repair is not None else ()

    def _repairs(
        self,
        focus: Collection[int],
        chains: bool,
        first_wrong: Callable[[], Collection[int]],
        intermediates: Callable[[], Intermediates] | None,
    ) -> tuple[Repair, ...]:
        written = self._bench.written
        if not self._bench.probes:
            return ()
        # What checks look at after several calls alone is as wrong as the first of them left it.
        if self._bench.keeps_state and (
            repair := self._whole_checks.of_state() or self._whole_checks.of_what_is_drawn()
        ):
            return (repair,)
        near = (
            self._order.near(written, focus, first_wrong) if chains else self._order.short(written, focus, self._wanted)
        )
        if edits := self._one(written, near, chains=chains):
            return (self._told(edits),)
        if self._early:
            return (Repair(self._early),)
        if edits := self._good_enough():
            return (self._told(edits),)
        nearly = self._whole_checks.of_nearly(self._trials.nearly)
        if nearly is not None and not nearly.checks:
            return (nearly,)
        stepwise = None
        if intermediates is not None:
            first = focus if RAISED in self._bench.case.paths(self._bench.case.wrong) else first_wrong()
            stepwise = StepByStep(self._trials, self._order, intermediates(), self._for_steps, first).found()
            if stepwise is not None and stepwise.is_whole:
                return (stepwise,)
            if stepwise is not None and len(stepwise.edits) == 1 and self._trials.pass_with(stepwise.edits):
                return (Repair(stepwise.edits),)  # what is left wrong is nothing that anybody asks for
            if stepwise is not None and any(is_of_sizes(e) or e.kind.endswith("-exchanged") for e in stepwise.edits):
                stepwise = None
        if edits := self._one(written, self._order.far(written, focus)):
            return (Repair(min(edits, key=rank).parts),)
        if stepwise is None:
            if found := tuple(self._parts()) or tuple(self._of_branches()):
                return found
            return (nearly,) if nearly is not None else ()
        parts = [part for part in self._parts() if {*part.paths}.isdisjoint(stepwise.paths)]
        if not stepwise.paths and not parts and (found := tuple(self._of_branches())):
            return found
        return (stepwise, *parts) if stepwise.paths or not parts else (*parts,)

    def _coming_through(self) -> Iterator[Repair]:
        """Edits with which nothing raises, and all shapes are right: what is wrong behind that may show then."""
        edits = (edit for edit in self._bench.through if not may_only_fit(edit))
        for edit in sorted(edits, key=rank)[:LOOKED_AT]:
            if self._bench.comes_through({edit.function: edit.text}):
                yield Repair((edit,), on_the_way=True, mending=(edit,), comes_through=True)

    def _good_enough(self) -> list[Edit]:
        """Those that right most of what is wrong, and with which every check passes, if not every trial."""
        most = [tried.edit for tried in self._trials.partial[:FEW] if self._trials.rights_much(tried)]
        return [edit for edit in most if edit.kind not in ODD and self._trials.pass_with((edit,))]

    def _told(self, edits: Sequence[Edit]) -> Repair:
        best, rival = best_and_rival(self._trials.best_suited(self._without_hiding(edits)))
        if others := [edit for edit in edits if edit.kind == "off-by-one" and edit.span[0] is best.span[0]]:
            best = self._one_more_or_less(best, others[0])
        best = self._without_one(best)
        parts = as_told(best, self._bench.kinds(best.written)).parts
        return Repair(parts, rival=rival)

    def _without_one(self, best: Edit) -> Edit:
        """That a factor, term, call or branch is too much, where another one does only as that changes nothing."""
        others = without_the_part(best, self._bench.kinds(best.written))
        try:
            return next(iter(self._trials.survivors(iter(others))), best) if others else best
        except Spent:
            return best

    def _one_more_or_less(self, best: Edit, other: Edit) -> Edit:
        """That a size is one too small or too large, where another one happens to be that one."""
        is_counter = best.before in self._bench.kinds(best.written).counters
        return best if best.kind != "name" or best.beside or is_counter else other

    def _without_hiding(self, edits: Sequence[Edit]) -> Sequence[Edit]:
        """The edits without those that leave out a part of what raised, where another one mends it."""
        mending = [
            edit for edit in edits if edit.kind not in ODD or edit.line not in self._bench.kinds(edit.written).raising
        ]
        return mending or edits

    def _one(
        self, written: Sequence[Written], rounds: Iterator[tuple[str, Iterator[Edit]]], *, chains: bool = False
    ) -> list[Edit]:
        """Edits of one place that make everything right: those of the nearest tier, and further ones of their lines.

        With `chains`, and where one rights much, another is looked for that completes it, before what is less likely
        is tried: it may undo a slip that shows only then.
        """
        try:
            for tier, candidates in rounds:
                if chains and tier in NEAR and tier not in FIRST:
                    chains = False
                    much = [tried for tried in self._trials.partial if self._trials.rights_much(tried)]
                    if early := self._chains.of(much, SIMPLEST):
                        self._early = early
                        return []
                if edits := self._survivors(candidates):
                    return self._instead.considered(written, tier, edits)
                if pair := self._pair():
                    return [pair]
        except Spent:
            pass
        return []

    def _survivors(self, candidates: Iterator[Edit]) -> list[Edit]:
        return self._trials.best_first(candidates) if self._only_place else self._trials.survivors(candidates)

    def _pair(self) -> Edit | None:
        """Two edits of one function that each right something, and together everything; one may leave a part out."""
        left_out = ODD - {"too-much"}
        found = [tried for tried in self._trials.partial if tried.edit.kind not in left_out and not tried.edit.beside]
        found = [tried for tried in found if not self._trials.is_lost(tried) and not is_of_sizes(tried.edit)]
        pairs = [
            (one, other)
            for one, other in itertools.combinations(found, 2)
            if one.righted | other.righted not in (one.righted, other.righted)
            and not are_inverse(one.edit, other.edit)
            and not {one.edit.kind, other.edit.kind} <= ODD
        ]
        pairs.sort(key=lambda pair: (-(pair[0].righted | pair[1].righted).bit_count(), *map(_worth, pair)))
        made = []
        for one, other in pairs:
            first, last = (one, other) if one.edit.ends_before(other.edit) else (other, one)
            is_fresh = (first.edit, last.edit) not in self._paired and len(self._paired) < PAIRS
            if is_fresh and first.edit.ends_before(last.edit):
                self._paired.add((first.edit, last.edit))
                made.append(replace(last.edit, beside=(first.edit,)))
        for tried in self._bench.tried(made):
            if tried.is_whole and self._trials.pass_with((tried.edit,)):
                return tried.edit
        return None

    def _is_to_be_left(self, path: Path) -> bool:
        """Whether a part of the result is what the function was given, in every call in which it is wrong."""
        case, found = self._bench.case, False
        for probe in self._bench.probes:
            for i in probe.cells:
                right = case.right[i]
                if case.cells[i].path == path and case.wrong >> i & 1 and isinstance(right, np.ndarray):
                    given = arrays_in(probe.arguments)
                    if not any(one.shape == right.shape and np.array_equal(one, right) for one in given):
                        return False
                    found = True
        return found

    def _may_be_by_chance(self, edit: Edit) -> bool:
        """Whether an edit puts what is 1 for a part of the result in the place of a number, or may be so otherwise."""
        kinds = self._bench.kinds(edit.written)
        ones = [one for one in edit.parts if one.kind == "constant" and (one.after in kinds.counters)]
        return bool(ones) or _may_be_by_chance(edit)

    def _parts(self) -> Iterator[Repair]:
        """Edits that make all of one output right while another stays wrong; nowhere where a call raised."""
        case = self._bench.case
        if RAISED in case.paths(case.wrong):
            return
        asked = self._bench.asked
        if len(case.paths(case.wrong & asked)) < 2 or case.wrong & ~asked:
            return
        doing: dict[Path, list[Edit]] = {}
        for path in case.paths(case.wrong & asked):
            if not self._is_to_be_left(path):  # else whatever keeps it from being changed rights it
                doing[path] = [
                    one.edit
                    for one in self._trials.partial
                    if path in self._trials.paths_righted(one.righted) and not self._may_be_by_chance(one.edit)
                ]
        most = Counter(itertools.chain.from_iterable(doing.values()))  # what rights several parts is rather the cause
        best: dict[Edit, list[Path]] = {}
        for path, edits in doing.items():
            if edits:
                best.setdefault(min(edits, key=lambda edit: _as_a_cause(edit, most)), []).append(path)
        for edit in best:  # here as well
            if self._trials.pass_with((edit,)):
                yield Repair(edit.parts)
                return
        for edit, righted in best.items():
            yield Repair(edit.parts, tuple(righted))

    def _of_branches(self) -> Iterator[Repair]:
        """Edits that make all right in the calls that come to their lines, where others are wrong without doing so.

        What is done in training is another thing than what is done after it: there is a mistake in each.
        """
        case, best = self._bench.case, dict[int, Edit]()
        for tried in self._trials.partial if RAISED not in case.paths(case.wrong) else ():
            calls = [probe for probe in self._bench.telling if not self._bench.is_not_come_to(tried.edit, probe)]
            come = sum(probe.mask & case.wrong for probe in calls)
            is_right = tried.righted == come and len(calls) < len(self._bench.telling)
            if is_right and not self._may_be_by_chance(tried.edit):
                best[come] = min(best.get(come, tried.edit), tried.edit, key=rank)
        for edit in best.values():
            if self._whole_checks.mended((edit,)):
                yield Repair(edit.parts, of_a_branch=True)


def _may_be_by_chance(edit: Edit) -> bool:
    """Whether an edit leaves something out, or makes a number 0 or 1, with which a term or a factor is none.

    Where names only change their places, one result of several may come right by chance, and so it may where what is
    assigned is put somewhere else: its place keeps what it had before, as without the line.
    """
    is_plain = edit.kind == "constant" and edit.after in ("0", "1", "0.0", "1.0")
    is_left_out = edit.kind in ODD or is_put_elsewhere(edit)
    return is_plain or is_left_out or is_of_sizes(edit) or edit.kind.endswith("-exchanged")


def _as_a_cause(edit: Edit, parts_righted: Mapping[Edit, int]) -> tuple[float, ...]:
    drops, tier, by_chance, *others = rank(edit)
    # A factor that is missing above may be behind what else is wrong as well.
    above = edit.line if edit.kind in ("multiply", "divide") else 0
    return drops, -parts_righted[edit], tier, by_chance, above, *others


def _worth(tried: Tried) -> tuple[int, int, int, float, int]:
    return rank(tried.edit)


def _in_context(repair: Repair) -> Repair:
    return replace(repair, edits=tuple(map(with_surroundings, repair.edits)))
