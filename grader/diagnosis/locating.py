"""Where a mistake is that has its name already: the change of the text that undoes it shows the line."""

import ast
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace

from grader.assignments import Mistake
from grader.checks.run import CheckRun
from grader.diagnosis.cases.verdict import Named, Verdict
from grader.diagnosis.general import GeneralMeans
from grader.diagnosis.general.places import DRAWING
from grader.diagnosis.planted.known import KnownMistakes
from grader.diagnosis.planted.planting import Mistakes, Planting
from grader.diagnosis.repair import Repair
from grader.diagnosis.repair.bindings import WITHOUT_EFFECT
from grader.diagnosis.repair.repair import beside_each_other, is_whole
from grader.diagnosis.repair.written import Edit
from grader.diagnosis.unknown import UnknownMistakes
from grader.report import Location

# Kinds of edits that tell why the numbers are those of a mistake with a name.
CAUSES = ("no-copy", "bound-anew", WITHOUT_EFFECT)


class Locating:
    """Looks for the lines of one submission's known mistakes.

    Attributes:
        repairs: of functions, the change that undoes all that is wrong, where one was found.
    """

    def __init__(self, general: GeneralMeans, planting: Planting, unknown: UnknownMistakes) -> None:
        self._general, self._planting, self._unknown = general, planting, unknown
        self.repairs: dict[str, Repair] = {}
        self._undone: dict[tuple[str, str, Mistakes], tuple[Repair, ...]] = {}

    def located(
        self,
        verdict: Verdict,
        known: KnownMistakes,
        context: Mistakes,
        runs: Sequence[CheckRun],
        held: Sequence[Repair],
    ) -> Verdict:
        """A verdict with its known mistakes at the places that a repair shows, with others held as they were repaired.

        Where the repair tells why the numbers are those of the mistake, it is told in its stead.
        """
        general, case = self._general, known.case(context)
        named = [replace(one, is_elsewhere=general.places.is_elsewhere(case, one)) for one in verdict.named]
        if not any(one.is_elsewhere or general.places.lacks(known.function, one) for one in named):
            return verdict
        if len(named) > 1:  # no change of one place undoes several
            return replace(verdict, named=self._each_located(known, context, named, runs, held))
        if (place := general.places.of_what_is_wrong(case)) is not None:
            return replace(verdict, named=(replace(named[0], location=place),))
        with general.changes.holding(held) if held else nullcontext():
            repairs = general.changes.located(case, runs, self._planting.left_out(named[0].mistake))
        if not is_whole(repairs):
            return replace(verdict, named=(self._at_first_wrong(named[0], known, context, is_all=not named[0].note),))
        self.repairs[known.function] = repairs[0]
        if repairs[0].edits[-1].kind in CAUSES:
            cause = general.changes.described(repairs[0], case)
            return replace(verdict, named=(), described=(cause, *verdict.described))
        return replace(verdict, named=(self._with(named[0], repairs[0]),))

    def confirmed(
        self,
        verdict: Verdict,
        known: KnownMistakes,
        context: Mistakes,
        runs: Sequence[CheckRun],
        held: Sequence[Repair],
    ) -> Verdict:
        """A verdict whose one mistake is moved to the line of the change that undoes it, if none in its own does.

        A line that looks as if the mistake were there may only look so; and of several mistakes a line above.
        """
        if len(verdict.named) > 1:
            return replace(verdict, named=self._in_one_line(verdict.named, known, context, runs, held))
        named = verdict.named[0] if len(verdict.named) == 1 else None
        place = self._general.places.looking_like(known.function, named) if named and named.location is None else None
        if named is None or place is None or place.line is None:
            return verdict
        with self._general.changes.holding(held) if held else nullcontext():
            repairs = self._general.changes.located_soon(known.case(context), runs, {place.line})
        if not is_whole(repairs) or repairs[0].rival is not None:
            return verdict
        self.repairs[known.function] = repairs[0]
        if len(repairs[0].edits) > 1 or repairs[0].edits[0].kind in CAUSES:
            return verdict
        return replace(verdict, named=(self._with(named, repairs[0]),))

    def of_draws(self, function: str, verdict: Verdict) -> Verdict:
        """A verdict with the mistakes in what is drawn at random where the function draws, if it does so once."""
        named = tuple(
            replace(entry, location=self._general.places.of_the_draw(function))
            if entry.location is None
            and self._general.places.lacks(function, entry)
            and not DRAWING.isdisjoint(self._planting.names(entry.mistake))
            else entry
            for entry in verdict.named
        )
        return replace(verdict, named=named)

    def _each_located(
        self,
        known: KnownMistakes,
        context: Mistakes,
        named: Sequence[Named],
        runs: Sequence[CheckRun],
        held: Sequence[Repair],
    ) -> tuple[Named, ...]:
        """Each of several mistakes with the place of the change that undoes it alone: it leaves what the others do."""
        found = []
        for entry in named:
            if entry.location is None and (entry.is_elsewhere or self._general.places.lacks(known.function, entry)):
                others = (*context, *(other.mistake for other in named if other is not entry))
                with self._general.changes.holding(held) if held else nullcontext():
                    repairs = self._undone_beside(entry.mistake, others, known, runs)
                # Of changes of two kinds one may only make up for what was held to be right.
                found_there = is_whole(repairs) and len({edit.kind for edit in repairs[0].edits}) == 1
                entry = self._with(entry, repairs[0]) if found_there else self._at_first_wrong(entry, known, others)
            found.append(entry)
        return tuple(found)

    def _in_one_line(
        self,
        named: Sequence[Named],
        known: KnownMistakes,
        context: Mistakes,
        runs: Sequence[CheckRun],
        held: Sequence[Repair],
    ) -> tuple[Named, ...]:
        """Several mistakes at the line of one change that undoes them all, where the text shows what reads it."""
        places = [self._general.places.looking_like(known.function, entry) for entry in named]
        lines = {place.line for place in places if place is not None and place.line is not None}
        if any(entry.location for entry in named) or len(lines) != 1:
            return (*named,)
        with self._general.changes.holding(held) if held else nullcontext():
            repairs = self._general.changes.located(known.case(context), runs, ())
        if not is_whole(repairs) or repairs[0].rival is not None:
            return (*named,)
        self.repairs[known.function] = repairs[0]
        return tuple(self._with(entry, repairs[0]) for entry in named)

    def _at_first_wrong(self, entry: Named, known: KnownMistakes, context: Mistakes, *, is_all: bool = False) -> Named:
        """A mistake where what its step gives stands, or else at the first line that makes wrong values of right ones.

        The latter if these are what it is about.

        That it is if the mistake `is_all` that is wrong, or makes all that comes from there. Where it leaves something
        out, what is computed there may be right so far, and only what comes behind it wrong. What a loop does that ends
        in its first pass is wrong for that, and so is what is begun anew in each.
        """
        facts = self._general.facts
        if early := facts.ends_in_first_pass(known.function) or facts.set_anew(known.function):
            return replace(entry, location=early[0].location)
        if (place := self._unknown.place_of(entry.mistake, known, context)) is not None:
            return replace(entry, location=place)
        found = self._unknown.first_wrong(known, context)
        alone = self._general.places.computing_what_is_wrong(known.case(context))
        if alone and alone == {place.line for one, place in found if place is not None and one.are_all_right}:
            return _at(entry, [place for _, place in found])  # nothing else is computed for what is wrong
        if self._planting.only_leaves_out(entry.mistake):
            return entry
        found = tuple(one for one in found if {*one[0].paths} & {*entry.paths})
        lines = {place.line for _, place in found if place is not None}
        is_clear = all(one.are_all_right or (one.is_right_elsewhere and len(lines) == 1) for one, _ in found)
        explained = {path for one, _ in found for path in one.paths}
        if found and is_clear and (is_all or explained.issuperset(entry.paths)):
            return _at(entry, [place for _, place in found])
        return _at(entry, self._general.places.of_each_part(known.case(context)))

    def together(
        self, known: KnownMistakes, context: Mistakes, mistakes: Mistakes, runs: Sequence[CheckRun]
    ) -> Repair | None:
        """The changes of which each undoes one of several mistakes, and leaves what the others do, if they do all."""
        repairs: list[Repair] = []
        for soon in (True, False):  # what is found with few trials leaves more for the others
            repairs = []
            for mistake in mistakes:
                others = (*context, *(other for other in mistakes if other is not mistake))
                repairs += self._undone_beside(mistake, others, known, runs, soon=soon)
            if len(repairs) == len(mistakes) and all(repair.is_whole for repair in repairs):
                both = beside_each_other(repairs)
                return both if both is not None and self._general.changes.pass_with([both], runs) else None
        return None

    def _undone_beside(
        self, mistake: Mistake, others: Mistakes, known: KnownMistakes, runs: Sequence[CheckRun], *, soon: bool = False
    ) -> tuple[Repair, ...]:
        """The change that undoes a mistake and leaves what the others do; what is found is looked for once."""
        key = known.function, mistake.code, others
        if not is_whole(self._undone.get(key, ())):
            case, base = known.case(others), self._planting.module(others)
            changes = self._general.changes
            self._undone[key] = (
                changes.located_soon(case, runs, base=base)
                if soon
                else changes.located(case, runs, self._planting.left_out(mistake), base)
            )
        return self._undone[key]

    def _with(self, entry: Named, repair: Repair) -> Named:
        """A mistake at the place of a repair, or of the other change that does as well, where that is more likely."""
        best, rival = repair.edits[0], repair.rival
        if rival is not None and _is_less_likely(best) and not _is_less_likely(rival):
            repair = replace(repair, edits=(rival,), rival=None)
        edits = repair.edits if len({edit.kind for edit in repair.edits}) == 1 else repair.edits[:1]
        return _at(entry, [self._general.text.place_of(replace(repair, edits=(edit,))) for edit in edits])


def _at(entry: Named, places: Sequence[Location | None]) -> Named:
    """A mistake at the first of some places, and what it says of the others."""
    if not places or places[0] is None:
        return entry
    others = [one for one in dict.fromkeys(places) if one is not None and one != places[0]]
    return replace(entry, location=places[0], again=" ".join(f"The same holds at {one}." for one in others))


def _is_less_likely(edit: Edit) -> bool:
    """Whether an edit only drops a call, or changes what is handed back, or what comes out of a product as a whole."""
    if edit.kind.endswith("too-much"):
        return True
    is_handed_back = isinstance(edit.statement, ast.Return) and isinstance(edit.span[0], ast.Name)
    return is_handed_back or (edit.kind == "sign-missing" and not isinstance(edit.span[0], ast.BinOp))
