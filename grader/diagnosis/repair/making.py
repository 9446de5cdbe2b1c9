"""The edits of the functions on benches that show the same, each tier made when it is asked for, and once."""

import itertools
from collections.abc import Callable, Collection, Iterator, Sequence

from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.tiers import Tiers
from grader.diagnosis.repair.written import Edit, Written

MADE = 5_000  # of one tier: more than are ever tried, of a function of thousands of lines


class Making:
    """Makes edits; whoever asks again, for a place perhaps, gets the same ones."""

    def __init__(self, bench: Bench, own: Sequence[str], lines: Collection[int] = ()) -> None:
        """`own` are the submission's functions of one argument, `lines` where long functions are changed at all."""
        self.bench, self.own, self.lines = bench, own, lines
        self._makers: dict[Written, dict[str, Iterator[Edit]]] = {}
        self._made: dict[tuple[Written, str], list[Edit]] = {}

    def edits(self, written: Written, tier: str) -> list[Edit]:
        """The edits of one tier."""
        if written not in self._makers:
            lines = self.lines if written.is_long else None
            tiers = Tiers(written, self.bench.kinds(written), self.bench.sizes, self.own, lines, self.bench.keys)
            self._makers[written] = dict(tiers)
        if (written, tier) not in self._made:
            made = self._makers[written].get(tier, iter(()))
            self._made[written, tier] = [*itertools.islice(made, MADE)]
        return self._made[written, tier]

    def tiers(
        self, written: Sequence[Written], wanted: Callable[[Edit], bool], tiers: Sequence[str]
    ) -> Iterator[tuple[str, Iterator[Edit]]]:
        """The edits of some tiers that are wanted, of one function after the other."""
        for tier in tiers:
            yield tier, (edit for one in written for edit in self.edits(one, tier) if wanted(edit))
