"""Several edits that make everything right together: each completes one that rights a part."""

from collections.abc import Sequence

from grader.diagnosis.repair.allowance import Spent
from grader.diagnosis.repair.bench import Tried
from grader.diagnosis.repair.by_chance import are_inverse
from grader.diagnosis.repair.order import Order, rank
from grader.diagnosis.repair.trials import Trials, batches, is_put_elsewhere
from grader.diagnosis.repair.words import ODD
from grader.diagnosis.repair.written import Edit


class Chains:
    """Looks for them among the edits of one bench."""

    def __init__(self, trials: Trials, order: Order) -> None:
        self._trials, self._order, self._bench = trials, order, trials.bench

    def of(self, partial: Sequence[Tried], firsts: Sequence[int], tiers: Sequence[str]) -> tuple[Edit, ...]:
        """Edits that begin with one of those that right a part: those first that right most, one of each effect.

        So many `firsts` of each length are followed, by edits of these tiers.
        """
        return self._chain((), partial, 0, firsts, tiers)

    def _chain(
        self,
        before: tuple[Edit, ...],
        partial: Sequence[Tried],
        settled: int,
        firsts: Sequence[int],
        tiers: Sequence[str],
    ) -> tuple[Edit, ...]:
        """Further edits that complete one that rights something: the ones that right most first, one of each effect.

        So many `firsts` of each length are followed, by edits of these tiers.
        """
        if not firsts:
            return ()
        effects: dict[int, Tried] = {}
        for tried in sorted(partial, key=lambda tried: (-tried.righted.bit_count(), rank(tried.edit))):
            effects.setdefault(tried.righted, tried)
        for tried in [*effects.values()][: firsts[0]]:
            edit = tried.edit
            if edit.kind in ODD or self._trials.is_lost(tried) or edit.line in {other.line for other in before}:
                continue
            if found := self._completed((*before, edit), settled | tried.righted, firsts[1:], tiers):
                return tuple(part for one in found for part in one.parts)
        return ()

    def _completed(
        self, before: tuple[Edit, ...], settled: int, firsts: Sequence[int], tiers: Sequence[str]
    ) -> tuple[Edit, ...]:
        last = before[-1]
        written = [one.edited(last) if one.function == last.function else one for one in self._bench.written]
        if None in written:
            return ()
        lines = {edit.line for edit in before}
        kept, self._trials.partial = self._trials.partial, []
        usual, self._bench.written = self._bench.written, [one for one in written if one is not None]
        try:
            with self._bench.student.loaded.edited({edit.function: edit.text for edit in before}):
                for _, candidates in self._order.tiers(self._bench.written, lambda edit: edit.line not in lines, tiers):
                    ones = [edit for batch in batches(candidates) for edit in self._trials.whole(batch, settled)]
                    sound = [edit for edit in ones if edit.kind not in ODD and not _is_of_another(edit)]
                    sound = [edit for edit in sound if not any(are_inverse(edit, one) for one in before)]
                    for edit in sorted(sound, key=rank)[:2]:
                        if self._trials.pass_with((*before, edit)):
                            return (*before, edit)
                    if ones:
                        return ()
            further = self._trials.partial
            return self._chain(before, further, settled, firsts, tiers)
        except Spent:
            return ()
        finally:
            self._trials.partial, self._bench.written = kept, usual


def _is_of_another(edit: Edit) -> bool:
    """Whether an edit puts what a statement gives into something else, where it may only be out of the way."""
    return edit.kind == "name" and is_put_elsewhere(edit)
