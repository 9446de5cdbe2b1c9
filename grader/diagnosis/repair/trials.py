"""Trying edits: which make everything right, and which a part, that others may complete."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from grader.diagnosis.cases.leaves import Path
from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.allowance import Spent
from grader.diagnosis.repair.bench import Bench, Tried
from grader.diagnosis.repair.choice import speaks_for_itself
from grader.diagnosis.repair.order import rank
from grader.diagnosis.repair.written import Edit
from grader.submissions.trees import walk

BATCH = 120  # edits in one message
SURVIVORS = 8
PARTIAL = 30
LEAST_LINES = 2  # of which one is to be told
MUCH = 4  # of which one part is a good part


class Trials:
    """What was tried on one bench.

    Attributes:
        partial: the edits that make a part right, those first that right most.
        nearly: the edits that make every value right, and not all that the checks ask besides.
    """

    def __init__(
        self, bench: Bench, passes: Callable[[dict[str, str]], bool], left_wrong: Callable[[dict[str, str]], int]
    ) -> None:
        """`passes` tells whether every check of the function passes with edited definitions.

        `left_wrong` tells how many failed checks of functions that are built on this one fail then as well.
        """
        self.bench, self._passes, self._left_wrong = bench, passes, left_wrong
        self.partial: list[Tried] = []
        self.nearly: list[Edit] = []

    def pass_with(self, edits: Sequence[Edit]) -> bool:
        """Whether every check of the function passes with edits of one place or several."""
        return self.passes({edit.function: edit.text for edit in edits})

    def passes(self, texts: dict[str, str]) -> bool:
        """Whether every check of the function passes with functions as texts define them."""
        return self._passes(texts)

    def survivors(self, candidates: Iterator[Edit]) -> list[Edit]:
        """Those of a tier that make everything right and pass the checks; what rights only something is kept.

        Where there is nothing left to try with, they are those that were found till then.  Raises Spent if none was.
        """
        found: list[Edit] = []
        try:
            for batch in batches(candidates):
                for tried in self._tried(batch):
                    if not tried.is_whole:
                        self.partial.append(tried)
                    elif len(found) < SURVIVORS:
                        (found if self.pass_with((tried.edit,)) else self.nearly).append(tried.edit)
                self._keep_most()
        except Spent:
            if not found:
                raise
        return found

    def _tried(self, batch: Sequence[Edit]) -> Iterator[Tried]:
        """The edits of a batch, or the first of them that can be paid for.

        Raises:
            Spent: not all could.
        """
        most = self.bench.can_be_paid
        if most >= len(batch):
            yield from self.bench.tried(batch)
            return
        yield from self.bench.tried(batch[: most * 2 // 3])  # some are tried in further calls
        raise Spent

    def _keep_most(self) -> None:
        """Of what rights something that which rights most."""
        self.partial.sort(key=lambda tried: -tried.righted.bit_count())
        del self.partial[PARTIAL:]

    def best_first(self, candidates: Iterator[Edit]) -> list[Edit]:
        """The best of a tier that makes everything right and passes the checks, which others cost as much as to ask.

        Where what else does may be told rather, all that do, as of `survivors`.
        """
        whole: list[Edit] = []
        is_spent = False
        try:
            for batch in batches(candidates):
                whole += self.whole(batch, settled=0)
                self._keep_most()
        except Spent:
            is_spent = True
        best = next((edit for edit in sorted(whole, key=rank) if self.pass_with((edit,))), None)
        if best is None:
            if is_spent:
                raise Spent
            return []
        if speaks_for_itself(best) and len({edit.line for edit in whole}) < LEAST_LINES:
            return [best]
        return [*islice((edit for edit in whole if edit is best or self.pass_with((edit,))), SURVIVORS)]

    def best_suited(self, edits: Sequence[Edit]) -> Sequence[Edit]:
        """Those with which most is right of what functions make of this one's result: a cache differs with the line."""
        if len({edit.line for edit in edits}) < LEAST_LINES:
            return edits
        left = [self._left_wrong({edit.function: edit.text}) for edit in edits]
        return [edit for edit, count in zip(edits, left, strict=True) if count == min(left)]

    def suits_all(self, edit: Edit) -> bool:
        """Whether functions that are built on this one pass their checks then."""
        return not self._left_wrong({edit.function: edit.text})

    def whole(self, batch: Sequence[Edit], settled: int) -> Iterator[Edit]:
        """Those of a batch that make right all that is not `settled`, a set of cells; what rights less is kept."""
        for tried in self.bench.tried(batch, settled):
            if tried.is_whole:
                yield tried.edit
            else:
                self.partial.append(tried)

    def rights_much(self, tried: Tried) -> bool:
        """Whether an edit makes a whole output right, or a good part of all that is wrong."""
        is_much = MUCH * tried.righted.bit_count() >= self.bench.case.wrong.bit_count()
        return is_much or bool(self.paths_righted(tried.righted))

    def is_lost(self, tried: Tried) -> bool:
        """Whether an edit puts what a statement gives where it does no good: what was there before is right then.

        That is as without the statement, and no word of what is meant.
        """
        key = tried.edit.after.strip("'\"")
        return is_put_elsewhere(tried.edit) and not any(key in str(path) for path in self.paths_righted(tried.righted))

    def paths_righted(self, righted: int) -> list[Path]:
        """The parts of the result that are right wherever they were wrong, when these cells are."""
        return [path for path, cells in self._cells.items() if righted & cells == cells]

    def rights_all(self, righted: int) -> bool:
        """Whether everything is right, as far as edits are tried, when these cells are."""
        seen = 0
        for probe in self.bench.probes:
            seen |= probe.mask
        wanted = self.bench.case.wrong & seen
        return righted & wanted == wanted

    @cached_property
    def _cells(self) -> Mapping[Path, int]:
        """The wrong cells of each part of the result, as far as edits are tried in them."""
        case, seen = self.bench.case, 0
        for probe in self.bench.probes:
            seen |= probe.mask
        wrong = case.wrong & self.bench.asked & seen
        found: dict[Path, int] = {}
        for i, cell in enumerate(case.cells):
            if wrong >> i & 1:
                found[cell.path] = found.get(cell.path, 0) | 1 << i
        return found


def is_put_elsewhere(edit: Edit) -> bool:
    """Whether an edit changes where a statement puts what it gives."""
    return any(edit.span[0] is node for target in targets_of(edit.statement) for node in walk(target))


def batches(candidates: Iterator[Edit]) -> Iterator[list[Edit]]:
    batch: list[Edit] = []
    for edit in candidates:
        batch.append(edit)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
