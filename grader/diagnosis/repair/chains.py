"""Two edits that make everything right together: one that rights much of it, and one that completes it."""

from collections.abc import Sequence

from grader.diagnosis.cases.leaves import RAISED
from grader.diagnosis.repair.allowance import Spent
from grader.diagnosis.repair.bench import Tried
from grader.diagnosis.repair.by_chance import are_inverse, is_of_sizes
from grader.diagnosis.repair.order import Order, rank
from grader.diagnosis.repair.trials import Trials, batches, is_put_elsewhere
from grader.diagnosis.repair.words import ODD
from grader.diagnosis.repair.written import Edit

CONSIDERED = 2  # of those that complete it in one tier, which the checks are asked about


class Chains:
    """Looks for them among the edits of one bench."""

    def __init__(self, trials: Trials, order: Order) -> None:
        self._trials, self._order, self._bench = trials, order, trials.bench

    def of(self, partial: Sequence[Tried], tiers: Sequence[str]) -> tuple[Edit, ...]:
        """The places of that which rights most of these, and of an edit of these tiers that completes it."""
        kept = [tried for tried in partial if tried.edit.kind not in ODD - {"too-much"}]
        first = min(kept, key=lambda tried: (-tried.righted.bit_count(), rank(tried.edit)), default=None)
        if first is None or self._trials.is_lost(first):
            return ()
        last = self._completing(first, tiers)
        return (*first.edit.parts, *last.parts) if last is not None else ()

    def _completing(self, first: Tried, tiers: Sequence[str]) -> Edit | None:
        edit = first.edit
        written = [one.edited(edit) if one.function == edit.function else one for one in self._bench.written]
        if None in written:
            return None
        kept, self._trials.partial = self._trials.partial, []
        dropping = ODD if edit.kind in ODD else ODD - {"too-much"}  # with less of it both times nothing may be left
        usual, self._bench.written = self._bench.written, [one for one in written if one is not None]
        try:
            with self._bench.student.loaded.edited({edit.function: edit.text}):
                self._look_beyond_an_error()
                for _, candidates in self._order.tiers(self._bench.written, lambda e: e.line != edit.line, tiers):
                    ones = [e for batch in batches(candidates) for e in self._trials.whole(batch, first.righted)]
                    sound = [e for e in ones if e.kind not in dropping and not _is_of_another(e)]
                    sound = [
                        e
                        for e in sound
                        if e.function == edit.function and not are_inverse(e, edit) and not is_of_sizes(e)
                    ]
                    for last in sorted(sound, key=rank)[:CONSIDERED]:
                        if self._trials.pass_with((edit, last)):
                            return last
                    if ones:
                        return None
        except Spent:
            pass
        finally:
            self._trials.partial, self._bench.written = kept, usual
        return None

    def _look_beyond_an_error(self) -> None:
        """Watch the calls again that ended with an error: what comes behind it may be run now."""
        if RAISED in self._bench.case.paths(self._bench.case.wrong):
            runs = [self._bench.seen_now(probe) for probe in self._bench.watched]
            self._bench.know_anew([run for run in runs if run is not None])


def _is_of_another(edit: Edit) -> bool:
    """Whether an edit puts what a statement gives into something else, where it may only be out of the way."""
    return edit.kind == "name" and is_put_elsewhere(edit)
