"""Several edits, one after the other, each of which brings an intermediate value that a right solution has.

Where a function has two or three faults, no single edit may make any output right. But each rights something on the
way there: a quantity that the solution computes, and the submission did not yet. Whether the edits are meant in the
end only the checks tell, as of any other repair; one without which as much is right is left out.
"""

import ast
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from typing import Any

from grader.diagnosis.cases.leaves import RAISED, Path
from grader.diagnosis.cases.watch import Run
from grader.diagnosis.repair.allowance import STEPS_OF_ONE, Allowance, Spent
from grader.diagnosis.repair.by_chance import is_a_move
from grader.diagnosis.repair.derived import derived_edits, renamed_edits
from grader.diagnosis.repair.intermediate_values import Intermediates, Levels
from grader.diagnosis.repair.misspelt import as_it_is_written, names_by_line
from grader.diagnosis.repair.order import RUNNING_MEANS, Order
from grader.diagnosis.repair.repair import Repair
from grader.diagnosis.repair.seen_values import lines_changed, numbers, values_in
from grader.diagnosis.repair.slip_pairs import pairs_of_slips
from grader.diagnosis.repair.steps import (
    Gain,
    Step,
    gives_values,
    is_beside,
    is_of_a_repeated_key,
    lines_given_back,
    named_by,
    only_hides,
    parts_of,
    same_elsewhere,
    taken_back,
)
from grader.diagnosis.repair.trials import Trials, batches
from grader.diagnosis.repair.twins import signature
from grader.diagnosis.repair.written import Edit
from grader.sandbox import CellFailure

STEPS = 5  # of different kinds
LEAST = 2  # of what an edit brings: one quantity but for a factor is none
CONSIDERED = 4  # of the edits that bring most, which are looked at closely
ROUNDS = (  # tiers that are tried together
    ("slips", "likely names", "shapes", "confusions", RUNNING_MEANS),
    ("factors", "names", "throughout", "functions"),
    ("statements", "terms"),
)
IN_FOCUS = ("slips", "likely names", "shapes", "names", "throughout", "sizes", "confusions")
MAKING_UP = ("factors", "terms")  # tiers
AT_THE_END = ("statements", "slips", "likely names", "names")
ASSERTION = "assertion"
OF_THE_END = {ASSERTION, "name-of-another"}  # kinds of edits
MOVED = {"later", "swapped", "earlier"}
NO_STEPS = {"deleted", ASSERTION, "branch-too-much", "copy", "always", "never"}  # kinds of edits


class StepByStep:
    """Looks for them among the edits of one bench."""

    def __init__(
        self,
        trials: Trials,
        order: Order,
        intermediates: Intermediates,
        allowance: Allowance,
        focus: Collection[int] = (),
    ) -> None:
        """`focus` are the lines that may be behind an exception, or that are wrong first: they are looked at first."""
        self._trials, self._order, self._bench = trials, order, trials.bench
        self._intermediates, self._calls = intermediates, intermediates.calls
        self._allowance, self._focus = allowance, focus
        self._steps: list[Step] = []
        self._pool: dict[Any, Edit] = {}  # what brought something beside the steps that were taken
        self._changed: set[int] = set()  # lines whose values are others since the last step
        self._runs: list[Run] = []  # of the calls, with the texts as they are now
        self._texts: dict[str, str] = {}
        self._gained: dict[Any, int] = {}  # by the steps: not all that trials report is seen in a watched call
        self._righted: frozenset[Path] = frozenset()
        self._rights_its_line = False  # the first of them
        self._gain: Levels = {}  # by the last of them
        self._mending: tuple[Edit, ...] = ()  # the first steps, after which nothing raises, or a line is right

    def found(self) -> Repair | None:
        """The edits with which everything is right, or some parts of the result, or only what is on the way there."""
        if not self._calls or not self._watch():
            return None
        bench = self._bench
        usual = bench.written, bench.allowance
        bench.allowance = self._allowance
        try:
            with suppress(Spent), ExitStack() as stack:
                stack.enter_context(self._allowance.at_most(*STEPS_OF_ONE))
                has_raised, right = self._raised, self._lines_right()
                while len({signature(one.edit) for one in self._steps}) < STEPS and (step := self._next()) is not None:
                    self._texts[step.edit.function] = step.after
                    is_right = step.edit.line in self._lines_right() - right
                    is_first = not self._steps or (
                        not has_raised and signature(step.edit) == signature(self._steps[0].edit)
                    )
                    if is_first and step.edit.kind not in MOVED:  # where a line was moved from stands another one
                        # What is put in for another function is itself what a right solution has, wherever it stands.
                        by_values = has_raised or step.edit.tier == "confusions"
                        self._rights_its_line |= is_right if by_values else self._intermediates.has_step(self._gain)
                    mends = not self._raised if has_raised else is_right
                    if mends and not self._mending:
                        self._mending = (*(one.edit for one in self._steps), step.edit)
                    is_whole = self._is_whole(self._texts)
                    self._steps.append(replace(step, righted=self._righted))
                    if is_whole:
                        return Repair(_as_written(self._needed(self._is_whole)))
                    stack.enter_context(bench.student.loaded.edited(self._texts))
            steps, texts = same_elsewhere(self._steps, self._texts, bench, self._of_tiers)
            if len(steps) > len(self._steps) and self._is_whole(texts):
                self._steps, self._texts = steps, texts
                return Repair(_as_written(self._needed(self._is_whole)))
        except CellFailure:
            return None  # an edit ended the process, or there are too many that are too slow
        finally:
            bench.written, bench.allowance = usual
        part = self._of_a_part()
        return None if part is not None and is_a_move(part.edits) else part

    # --- one step ------------------------------------------------------------------------------------------

    def _watch(self) -> bool:
        """Look at the calls as they are now; whether that was possible."""
        found = [self._bench.seen_now(call.probe) for call in self._calls]
        self._runs = [run for run in found if run is not None]
        return len(self._runs) == len(found)

    def _next(self) -> Step | None:
        """The next edit, and with it the texts as they are then."""
        seen, had = self._shown(self._runs), self._gained
        shown = [{q: max(one.get(q, 0), had.get(q, 0)) for q in {**had, **one}} for one in seen]
        if self._steps and (last := self._last(shown)) is not None:
            return last
        lines = self._lines_right()
        for candidates in self._rounds(lines, shown):
            gains, is_spent = self._gained_by(candidates, shown)
            gains.sort(key=lambda gain: gain.worth_where_it_raised if self._raised else gain.worth)
            for gain in gains[:CONSIDERED]:
                if (step := self._taken(gain.edit, seen, gain.quantities)) is not None:
                    self._pool.update((named_by(one.edit), one.edit) for one in gains)
                    return step
            if is_spent:
                raise Spent
        return None

    def _gained_by(self, candidates: Iterator[Edit], shown: Sequence[Levels]) -> tuple[list[Gain], bool]:
        """What edits bring, and whether there was not enough left to try all of them."""
        gains: list[Gain] = []
        try:
            for gain in self._gains(candidates, shown):
                gains.append(gain)
        except Spent:
            return gains, True
        return gains, False

    def _last(self, shown: Sequence[Levels]) -> Step | None:
        """An edit with which what is computed is given as well, where everything is computed as it should be.

        An assertion may be too much, or something else may be returned, or called otherwise than it is returned.
        """
        if not all(
            self._intermediates.are_all_results(call, one) for call, one in zip(self._calls, shown, strict=True)
        ):
            return None

        given_back = {line for written in self._bench.written for line in lines_given_back(written)}

        def is_of_the_end(edit: Edit) -> bool:
            ends = isinstance(edit.statement, ast.Return) or edit.line in given_back
            is_given = ends and self._is_beside_the_others(edit)
            return is_given or edit.kind in OF_THE_END

        for batch in batches(self._of_tiers(AT_THE_END, is_of_the_end)):
            for tried in self._bench.tried(batch):
                if not tried.is_whole or not self._is_whole({**self._texts, tried.edit.function: tried.edit.text}):
                    continue  # another branch may give back the same
                if (step := self._taken(tried.edit, self._shown(self._runs))) is not None:
                    return step
        return None

    def _taken(self, edit: Edit, shown: Sequence[Levels], gained: Levels | None = None) -> Step | None:
        """The step with an edit, if nothing is lost with it that was there."""
        bench = self._bench
        before = next(one for one in bench.written if one.function == edit.function)
        after = before.edited(edit)
        if after is None:
            return None
        usual = bench.written
        bench.written = [after if one.function == edit.function else one for one in usual]
        runs = [run for call in self._calls if (run := bench.seen_now(call.probe)) is not None]
        if len(runs) == len(self._calls):
            now = self._shown(runs)
            if all(self._intermediates.are_kept(a, b) for a, b in zip(shown, now, strict=True)):
                self._gain = gained or {}
                self._gained |= {q: max(level, self._gained.get(q, 0)) for q, level in (gained or {}).items()}
                is_one_more = bool(self._steps) and signature(edit) == signature(self._steps[-1].edit)
                before_it = self._changed if is_one_more else set[int]()
                self._changed = before_it | lines_changed(self._runs[0], runs[0], bench.written)
                self._runs = runs
                bench.know_anew(runs)
                return Step(edit, before.text, after.text)
        bench.written = usual
        return None

    def _shown(self, runs: Sequence[Run]) -> list[Levels]:
        pairs = zip(self._calls, runs, strict=True)
        return [self._intermediates.levels(call, values_in(run)) for call, run in pairs]

    def _lines_right(self) -> set[int]:
        """The lines of statements that give what a right solution has as well, and nothing else."""
        found: dict[int, bool] = {}
        run = self._runs[0]
        offsets = {one.function: one.offset for one in self._bench.written}
        for number, (statement, _) in run.watch.targets.items():
            line = statement.lineno + offsets[run.watch.owners[number]]
            is_right = number in run.seen and isinstance(statement, ast.Assign)
            for call, one in zip(self._calls, self._runs, strict=True):
                is_right = is_right and self._intermediates.are_right(call, numbers(one.seen.get(number)))
            found[line] = found.get(line, True) and is_right
        return {line for line, is_right in found.items() if is_right}

    def _rounds(self, lines: Collection[int], shown: Sequence[Levels]) -> Iterator[Iterator[Edit]]:
        """Edits to try, the likeliest first; none of lines that are right.

        After a step these are the same elsewhere, what brought something before, and what is in lines whose values
        have changed. Where nothing raises, keys that a whole statement has alike come last: they are right, mostly.
        """
        right, has_raised = {*lines}, self._raised
        for candidates in self._likely_rounds(right, shown):
            yield (edit for edit in candidates if has_raised or not is_of_a_repeated_key(edit))
        if not has_raised:
            yield self._of_tiers([*sum(ROUNDS, ())], lambda edit: edit.line not in right and is_of_a_repeated_key(edit))

    def _likely_rounds(self, right: Collection[int], shown: Sequence[Levels]) -> Iterator[Iterator[Edit]]:
        pool, changed = {*self._pool}, {*self._changed} - {*right}
        derived, alone = self._derived(shown), {*self._intermediates.lines_left(shown)} - {*right}
        if not self._steps:
            derived = itertools.chain(derived, self._pairs(shown, right))
            yield self._of_tiers(("moves",), lambda edit: edit.leaves_its_block)  # a `return`
            if self._raised and self._focus:
                yield itertools.chain(self._of_tiers(IN_FOCUS, self._may_be_meant), derived)
            yield itertools.chain(self._of_tiers(ROUNDS[0], lambda edit: edit.line not in right), derived)
            for tiers in ROUNDS[1:]:
                yield self._of_tiers(tiers, lambda edit: edit.line not in right)
            return

        def fresh(tiers: Sequence[str], places: Collection[int]) -> Iterator[Edit]:
            return self._of_tiers(tiers, lambda edit: edit.line in places and named_by(edit) not in pool)

        last, met = signature(self._steps[-1].edit), [*{edit.tier: None for edit in self._pool.values()}]
        yield self._of_tiers(met, lambda edit: named_by(edit) in pool and signature(edit) == last)
        before = self._of_tiers(met, lambda edit: named_by(edit) in pool)
        yield itertools.chain(before, fresh(ROUNDS[0], changed))
        yield derived
        seen = changed | {*right} | alone
        for places in (alone, changed - alone):  # first in lines that compute nothing but what is wrong still
            for tiers in ROUNDS[1:]:
                yield fresh(tiers, places)
        for tiers in ROUNDS[1:]:
            yield self._of_tiers(tiers, lambda edit: edit.line not in seen and named_by(edit) not in pool)
        # These brought nothing there before.
        yield self._of_tiers(ROUNDS[0], lambda edit: edit.line not in {*right, *changed} and named_by(edit) not in pool)

    def _may_be_meant(self, edit: Edit) -> bool:
        """Whether an edit is where the mistake may be, and does not only leave out what raised."""
        return edit.line in self._focus and not (self._raised and only_hides(edit))

    def _pairs(self, shown: Sequence[Levels], right: Collection[int]) -> Iterator[Edit]:
        absent = self._intermediates.absent(shown)
        for written in self._bench.written:
            yield from pairs_of_slips(written, self._runs, absent, right)

    def _derived(self, shown: Sequence[Levels]) -> Iterator[Edit]:
        absent = self._intermediates.absent(shown)
        for written in self._bench.written:
            yield from renamed_edits(written, self._runs, absent)
            yield from derived_edits(written, self._runs, absent)

    def _of_tiers(self, tiers: Sequence[str], wanted: Callable[[Edit], bool]) -> Iterator[Edit]:
        for written in self._bench.written:
            for _, edits in self._order.tiers([written], wanted, tiers):
                yield from edits

    @property
    def _raised(self) -> bool:
        """Whether a call ended with an error, as the texts are now."""
        return any(run.unfinished(one.function) is not None for run in self._runs for one in self._bench.written)

    def _gains(self, candidates: Iterator[Edit], shown: Sequence[Levels]) -> Iterator[Gain]:
        """What edits bring in every call; where a name has no value, only what stands before it is run with most."""
        sound = (edit for edit in candidates if edit.kind not in NO_STEPS and self._is_beside_the_others(edit))
        if RAISED in self._bench.case.paths(self._bench.case.wrong):
            nameless = {one.function: names_by_line(one) for one in self._bench.written}
            sound = (edit for edit in sound if gives_values(edit, nameless[edit.function]))
        for batch in batches(sound):
            yield from self._brought(batch, shown)

    def _brought(self, edits: Sequence[Edit], shown: Sequence[Levels]) -> Iterator[Gain]:
        """What edits bring, as far as there is something left to try them with."""
        try:
            yield from self._bring(edits, shown)
        except Spent:
            if len(edits) == 1:
                raise
            half = len(edits) // 2
            yield from self._brought(edits[:half], shown)
            yield from self._brought(edits[half:], shown)

    def _bring(self, edits: Sequence[Edit], shown: Sequence[Levels]) -> Iterator[Gain]:
        """What edits bring: what is shown less in some call is shown more then, and in no call less."""
        pairs = [*zip(self._calls, shown, strict=True)]
        pairs.sort(key=lambda pair: sum(pair[1].values()))  # the call in which most is wrong
        common: dict[Edit, dict[Any, int]] = {edit: {} for edit in edits}
        for number, (call, before) in enumerate(pairs):
            if not common:
                return
            found = self._bench.new_values([*common], call.probe, self._intermediates.sizes)
            left: dict[Edit, dict[Any, int]] = {}
            for edit, values in found:
                levels = self._intermediates.levels(call, values)
                if number:
                    then = {q: max(levels.get(q, 0), before.get(q, 0)) for q in common[edit]}
                    more = {q: min(level, common[edit][q]) for q, level in then.items()}
                else:
                    more = {**levels}
                if more := {q: level for q, level in more.items() if level > pairs[0][1].get(q, 0)}:
                    left[edit] = more
            common = left
        for edit, more in common.items():
            gained = sum(level - pairs[0][1].get(quantity, 0) for quantity, level in more.items())
            results = self._intermediates.results(more)
            if gained >= LEAST or results:
                yield Gain(edit, results, gained, more)

    def _is_beside_the_others(self, edit: Edit) -> bool:
        return is_beside(edit, [step.edit for step in self._steps])

    # --- what comes of them --------------------------------------------------------------------------------

    def _is_whole(self, texts: Mapping[str, str]) -> bool:
        """Whether everything is right with functions as texts define them; the parts that are, are noted."""
        righted = self._bench.righted_by(texts)
        self._righted = frozenset(self._trials.paths_righted(righted))
        return self._trials.rights_all(righted) and self._trials.passes({**texts})

    def _needed(self, does: Callable[[Mapping[str, str]], bool]) -> tuple[Edit, ...]:
        """The edits without those that may be left out."""
        steps, texts = [*self._steps], dict(self._texts)
        for step in self._steps[:-1]:
            without = taken_back(texts, step)
            if without is not None and does(without):
                steps.remove(step)
                texts = without
        return parts_of(steps)

    def _of_a_part(self) -> Repair | None:
        """The edits that make parts of the result right; or all, if none is right yet."""
        case = self._bench.case
        wanted = max((step.righted for step in self._steps), key=len, default=frozenset[Path]())
        # Where a call raised, an edit may be one with which that is not come to any more: a part says nothing then.
        has_parts = RAISED not in case.paths(case.wrong) and len(case.paths(case.wrong & self._bench.asked)) > 1
        if not wanted or not has_parts:
            is_right, edits = self._rights_its_line, parts_of(self._steps) if self._steps else ()
            return Repair(edits, on_the_way=True, mending=self._mending, rights_its_line=is_right) if edits else None
        while len(self._steps) > 1 and (self._steps[-1].righted != wanted or wanted.issubset(self._steps[-2].righted)):
            step = self._steps.pop()
            self._texts[step.edit.function] = step.before

        def does(texts: Mapping[str, str]) -> bool:
            return wanted.issubset(self._trials.paths_righted(self._bench.righted_by(texts)))

        edits = self._needed(does)
        # One that divides or adds something may make up for what another one has taken away, or for a fault above it.
        makes_up = len(edits) > 1 and any(edit.tier in MAKING_UP for edit in edits)
        return Repair(edits, on_the_way=True) if makes_up else Repair(edits, tuple(sorted(wanted, key=str)))


def _as_written(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Edits with what they change as the submission has it, where one before them has put in something for a name."""
    found: list[Edit] = []
    for edit in edits:
        others = [one for one in edits[: len(found)] if one.kind != edit.kind]
        for one in others:
            edit = replace(edit, before=as_it_is_written(edit.before, one), after=as_it_is_written(edit.after, one))
        found.append(edit)
    return tuple(found)
