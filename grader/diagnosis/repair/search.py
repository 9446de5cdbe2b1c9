"""The search for edits that make a function right: one place, else one output, else two or three places.

An edit that rights every failed call must also pass all checks of the function, on two draws of random numbers: then
it is a repair, whatever else one may think of it. The order is fixed and the effort counted, so that the same
submission gets the same answer on any machine.
"""

import ast
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from grader.diagnosis.cases.leaves import RAISED, Path
from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.aliases import BOUND_ANEW
from grader.diagnosis.repair.allowance import Spent
from grader.diagnosis.repair.bench import Tried
from grader.diagnosis.repair.fixed_numbers import with_surroundings
from grader.diagnosis.repair.making import Making
from grader.diagnosis.repair.order import FAR, FIRST, FORGOTTEN, MEANT, NEAR, TIERS, Order, rank
from grader.diagnosis.repair.other_sizes import as_told
from grader.diagnosis.repair.slips import TWICE
from grader.diagnosis.repair.twins import Signature
from grader.diagnosis.repair.words import ODD, RATHER
from grader.diagnosis.repair.written import WHOLE_TURNED, Edit, Repair, Written

BATCH = 120  # edits in one message
SURVIVORS = 8
PARTIAL = 30
PAIRS = 24  # of edits that right different things
CHAINS = (4, 2)  # how many first (second) edits are followed further
CHECKED = 260  # edits with which whole checks are run
IN_A_STEP = 140  # of two edits, for each
NAMES_FIRST = ("likely names", "names", *FIRST)
FACTORS_FIRST = ("likely names", "factors", *FIRST)
PRICE_OF_A_CHECK = 2_000  # function calls
SIMPLEST = ("slips", "likely names")  # of which the second of two edits is tried early
# With these what only must not be so is so no more; of drawn numbers the sizes are exchanged, not what was drawn.
BY_CHANCE = {"off-by-one", WHOLE_TURNED}
MUCH = 4  # of which one part is a good part
MANY = 3  # other kinds of edits of one line that do as well: none of them is what is wrong for sure
EARLY_CHAINS = (2, 1)  # of those that make one part of a result right


class Search:
    """Looks for the repair of one function."""

    def __init__(
        self,
        making: Making,
        passes: Callable[[dict[str, str]], bool],
        mended: Callable[[dict[str, str]], Sequence[str]],
        known: Mapping[Signature, str],
        price: int = PRICE_OF_A_CHECK,
    ) -> None:
        """`known` is what was found in other functions, with its tier.

        Args:
            passes: whether every check of the function passes with edited definitions.
            mended: the titles of the failed checks that pass then; none where one that passed fails.
            price: of asking this, in function calls, where nothing rules an edit out before.
        """
        self.bench, self.passes, self.mended, self.price = making.bench, passes, mended, price
        self.order = Order(making, known)
        self.case = self.bench.case
        self.partial: list[Tried] = []
        self._early: tuple[Edit, ...] = ()  # a chain that was found before what is less likely was tried
        self._paired: set[tuple[Edit, Edit]] = set()
        self._apart: dict[Edit, tuple[Repair, ...]] = {}
        self._rivals: dict[Edit, Edit | None] = {}  # what does as well as an edit that whole checks judged

    def found(
        self, focus: Collection[int], chains: bool, first_wrong: Callable[[], Collection[int]]
    ) -> tuple[Repair, ...]:
        """One place; where one of two faults shows, both; then what is less likely, and two places at large."""
        repairs = self._repairs(focus, chains, first_wrong)
        return tuple(map(_in_context, repairs))

    def _repairs(
        self, focus: Collection[int], chains: bool, first_wrong: Callable[[], Collection[int]]
    ) -> tuple[Repair, ...]:
        written = self.bench.written
        if not self.bench.probes:
            return ()
        if self.bench.keeps_state and (repair := self._of_state(written)):
            return (repair,)
        near = self.order.near(written, focus, first_wrong) if chains else self.order.short(written, focus)
        if edits := self._one(written, near, chains=chains):
            return (self._told(edits),)
        if self._early:
            return (Repair(self._early),)
        completing = [tried for tried in self.partial if self._paths_righted(tried)]
        if chains and (chain := self._chain((), completing, 0, EARLY_CHAINS, NEAR)):
            return (Repair(chain),)
        if edits := self._one(written, self.order.far(written, focus)):
            return (Repair(min(edits, key=rank).parts),)
        if chains and (chain := self._chain((), self.partial, 0, CHAINS, (*NEAR, *FAR))):
            return (Repair(chain),)
        return tuple(self._parts())

    def _told(self, edits: Sequence[Edit]) -> Repair:
        """The best of several edits; one that drops something is not sure where something else does as well."""
        best = min(edits, key=rank)
        if best.kind == "swapped":
            best = next((edit for edit in edits if _is_applied_again(edit, best)), best)
        dropped = [edit for edit in edits if edit.kind in ODD and edit.line != best.line]
        rival = min(dropped, key=rank) if dropped and best.kind not in ODD else self._rival(best, edits)
        return Repair(as_told(best, self.bench.kinds(best.written)).parts, rival=rival, apart=self._apart.get(best, ()))

    def by_checks(self, tiers: Sequence[str] = NEAR, *, in_two_steps: bool = False) -> tuple[Repair, ...]:
        """One edit with which all checks pass, where values are drawn at random and only checks can judge them.

        With `in_two_steps`, where it is known that none does: one with which some pass, and the other that is needed.
        """
        left_out = (ODD - {"too-much"}) | BY_CHANCE
        written = self.bench.written

        def wanted(edit: Edit) -> bool:
            return edit.kind not in left_out

        if in_two_steps:
            repair = self._in_two_steps(written, wanted, tiers, FACTORS_FIRST)
            return (_in_context(repair),) if repair else ()
        edit = self._by_whole_checks(written, wanted, tiers)
        return (_in_context(Repair(edit.parts, rival=self._rivals[edit])),) if edit else ()

    def _rival(self, best: Edit, edits: Sequence[Edit]) -> Edit | None:
        """Another edit that does as well, and is as likely: in another line, or one of many in this one."""
        if best.kind in ODD or best.kind == TWICE:
            return None  # what was written twice was hardly meant
        elsewhere = [edit for edit in edits if edit.line != best.line and rank(edit)[:3] == rank(best)[:3]]
        here = [edit for edit in edits if edit.line == best.line and _family(edit) != _family(best)]
        rivals = elsewhere or (here if len({*map(_family, here)}) >= MANY else [])
        return min(rivals, key=rank) if rivals else None

    # --- one edit ----------------------------------------------------------------------------------------

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
                    much = [tried for tried in self.partial if self._rights_much(tried)]
                    if early := self._chain((), much, 0, (1,), SIMPLEST):
                        self._early = early
                        return []
                if edits := self._survivors(candidates):
                    edits = self._in_branches(written, edits)
                    edits = [*edits, *self._alternatives(written, tier, edits)]
                    return [*edits, *self._elsewhere(written, tier, edits)]
                if pair := self._pair():
                    return [pair]
        except Spent:
            pass
        return []

    def _rights_much(self, tried: Tried) -> bool:
        """Whether an edit makes a whole output right, or a good part of all that is wrong."""
        return bool(self._paths_righted(tried)) or MUCH * tried.righted.bit_count() >= self.case.wrong.bit_count()

    def _pair(self) -> Edit | None:
        """Two edits of one function that each right something, and together everything."""
        found = [tried for tried in self.partial if tried.edit.kind not in ODD and not tried.edit.beside]
        pairs = [
            (one, other)
            for one, other in itertools.combinations(found, 2)
            if one.righted | other.righted not in (one.righted, other.righted)
        ]
        pairs.sort(key=lambda pair: (-(pair[0].righted | pair[1].righted).bit_count(), *map(_worth, pair)))
        made = []
        for one, other in pairs:
            first, last = (one, other) if one.edit.ends_before(other.edit) else (other, one)
            is_fresh = (first.edit, last.edit) not in self._paired and len(self._paired) < PAIRS
            if is_fresh and first.edit.ends_before(last.edit):
                self._paired.add((first.edit, last.edit))
                made.append(replace(last.edit, beside=(first.edit,)))
                parts = [Repair((tried.edit,), tuple(self._paths_righted(tried))) for tried in (first, last)]
                is_one_slip = first.edit.kind == last.edit.kind  # made twice
                is_apart = all(part.paths for part in parts) and not {*parts[0].paths} & {*parts[1].paths}
                if is_apart and not is_one_slip:
                    self._apart[made[-1]] = tuple(parts)
        for tried in self.bench.tried(made):
            if tried.is_whole and self._passes((tried.edit,)):
                return tried.edit
        return None

    def _of_state(self, written: Sequence[Written]) -> Repair | None:
        """An edit of what an object remembers from call to call; where it is not all, with another one, if there is."""
        wrong = self.bench.wrong_attributes

        def updates(edit: Edit) -> bool:
            return edit.kind == BOUND_ANEW or (edit.kind not in ODD and _updates(edit.statement, wrong))

        tiers = ("throughout", *NEAR)
        if edit := self._by_whole_checks(written, updates, tiers):
            return Repair(edit.parts, rival=self._rivals[edit])
        return self._in_two_steps(written, updates, tiers, NAMES_FIRST)

    def _in_two_steps(
        self,
        written: Sequence[Written],
        wanted: Callable[[Edit], bool],
        tiers: Sequence[str],
        tiers_then: Sequence[str],
    ) -> Repair | None:
        """An edit with which some of the failed checks pass, and another one with which all do, if there is one.

        None of them drops anything: with less of it fewer checks may fail, though it is meant.
        Of several others the last one is taken: what is drawn is scaled where it is made, and once for all.
        """

        def keeps_all(edit: Edit) -> bool:
            return edit.kind not in ODD | BY_CHANCE | {"sign-missing"} and "too-much" not in edit.kind

        first = self._by_whole_checks(
            written,
            lambda edit: keeps_all(edit) and wanted(edit),
            tiers,
            lambda edits: bool(self._mended(edits)),
            IN_A_STEP,
        )
        after = [one.edited(first) if first and one.function == first.function else one for one in written]
        texts = [one for one in after if one is not None]
        if first is None or first.beside or len(texts) < len(after):
            return None
        line = first.line
        usual, self.bench.written = self.bench.written, texts
        try:
            with self.bench.student.loaded.edited({first.function: first.text}):
                second = self._by_whole_checks(
                    texts,
                    lambda edit: edit.line != line and keeps_all(edit),
                    tiers_then,
                    lambda edits: self._passes((first, *edits)),
                    IN_A_STEP,
                    from_below=True,
                )
        finally:
            self.bench.written = usual
        if second is not None:
            return Repair((first, *second.parts))
        return Repair((first,), checks=tuple(self._mended((first,))))

    def _by_whole_checks(
        self,
        written: Sequence[Written],
        wanted: Callable[[Edit], bool],
        tiers: Sequence[str],
        is_right: Callable[[tuple[Edit, ...]], bool] | None = None,
        left: int = CHECKED,
        *,
        from_below: bool = False,
    ) -> Edit | None:
        """An edit with which all checks pass, where single calls cannot tell; so many are tried at most."""
        is_right = is_right or self._passes
        try:
            for _, candidates in self.order.tiers(written, wanted, tiers):
                fitting = []
                for edit in itertools.islice(reversed([*candidates]) if from_below else candidates, left):
                    self.bench.allowance.spend(1, self.price)
                    left -= 1
                    if is_right((edit,)):
                        fitting.append(edit)
                if fitting:
                    best = min(fitting, key=lambda edit: (*rank(edit)[:3], -edit.line) if from_below else rank(edit))
                    self._rivals[best] = self._rival(best, fitting)
                    return best
        except Spent:
            pass
        return None

    def _survivors(self, candidates: Iterator[Edit], settled: int = 0, before: tuple[Edit, ...] = ()) -> list[Edit]:
        """Those of a tier that make everything right and pass the checks; what rights only something is kept.

        Where there is nothing left to try with, they are those that were found till then.  Raises Spent if none was.
        """
        found: list[Edit] = []
        try:
            for batch in _batches(candidates):
                for tried in self.bench.tried(batch, settled):
                    if not tried.is_whole:
                        self.partial.append(tried)
                    elif len(found) < SURVIVORS and self._passes((*before, tried.edit)):
                        found.append(tried.edit)
                self.partial.sort(key=lambda tried: -tried.righted.bit_count())
                del self.partial[PARTIAL:]
        except Spent:
            if not found:
                raise
        return found

    def _alternatives(self, written: Sequence[Written], after: str, edits: Sequence[Edit]) -> list[Edit]:
        """What else would do in the same lines, where the first that does drops something rather than mend it."""
        if min(rank(edit)[0] for edit in edits) == 0:
            return []
        lines = {edit.line for edit in edits}
        found: list[Edit] = []
        try:
            for tier, candidates in self.order.tiers(written, lambda edit: edit.line in lines):
                if TIERS.index(tier) > TIERS.index(after):
                    found += self._survivors(edit for edit in candidates if edit.kind in RATHER)
        except Spent:
            pass
        return found

    def _elsewhere(self, written: Sequence[Written], after: str, edits: Sequence[Edit]) -> list[Edit]:
        """What puts something right in another line, where all that does in one is to drop something."""
        if min(rank(edit)[0] for edit in edits) == 0:
            return []
        lines = {edit.line for edit in edits}
        try:
            for tier, candidates in self.order.tiers(written, lambda edit: edit.line not in lines, (*FIRST, *FAR)):
                wanted = FORGOTTEN if tier in FAR else MEANT
                others = (edit for edit in candidates if edit.kind in wanted)
                if TIERS.index(tier) >= TIERS.index(after) and (found := self._survivors(others)):
                    return found
        except Spent:
            pass
        return []

    def _empties_a_branch(self, edit: Edit) -> bool:
        """Whether a condition, once changed, keeps a branch that was taken from being taken at all."""
        branches = edit.statement
        if not isinstance(branches, ast.If) or edit.kind in ("always", "never"):
            return False
        taken = self._lines_taken(edit.written, branches)
        edited = edit.written.edited(edit)
        return bool(taken) and edited is not None and not taken & self.bench.executed(edited)

    def _lines_taken(self, written: Written, branches: ast.If) -> set[int]:
        own = {written.line(statement) for statement in branches.body}
        return own & self.bench.executed(written)

    def _in_branches(self, written: Sequence[Written], edits: Sequence[Edit]) -> list[Edit]:
        """What mends a branch, rather than a condition with which it is not taken; else, that it is too much."""
        conditions = [edit for edit in edits if isinstance(edit.statement, ast.If) and not edit.beside]
        if len(conditions) < len(edits):
            return [edit for edit in edits if edit not in conditions]
        lines = {
            edit.written.line(node)
            for edit in conditions
            for statement in edit.statement.body  # type: ignore[attr-defined]
            for node in ast.walk(statement)
            if isinstance(node, ast.stmt)
        }
        try:
            for _, candidates in self.order.tiers(written, lambda edit: edit.line in lines):
                if edits := [edit for edit in self._survivors(candidates) if edit.kind not in ODD]:
                    return edits
        except Spent:
            pass
        if not all(self._empties_a_branch(edit) for edit in conditions):
            return [edit for edit in conditions if not self._empties_a_branch(edit)]
        if not self._is_never_right(written, conditions):
            return conditions
        first = min(conditions, key=rank)
        test = "if " + first.written.source(first.statement.test)  # type: ignore[attr-defined]
        return [replace(first, kind="branch-too-much", before=test, after="")]

    def _is_never_right(self, written: Sequence[Written], conditions: Sequence[Edit]) -> bool:
        """Whether a branch is wrong in every case: all is right with what stands below its `else` alone."""
        branches = [edit.statement for edit in conditions]
        if not all(getattr(statement, "orelse", ()) for statement in branches):
            return True  # there is nothing to be put in its place
        try:
            for _, candidates in self.order.tiers(
                written, lambda edit: edit.kind == "never" and edit.statement in branches, ("statements",)
            ):
                if self._survivors(candidates):
                    return True
        except Spent:
            pass
        return False

    def _passes(self, edits: Sequence[Edit]) -> bool:
        return self.passes({edit.function: edit.text for edit in edits})

    def _mended(self, edits: Sequence[Edit]) -> Sequence[str]:
        return self.mended({edit.function: edit.text for edit in edits})

    # --- several edits -----------------------------------------------------------------------------------

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
            if edit.kind in ODD or edit.line in {other.line for other in before}:
                continue
            if found := self._completed((*before, edit), settled | tried.righted, firsts[1:], tiers):
                return tuple(part for one in found for part in one.parts)
        return ()

    def _completed(
        self, before: tuple[Edit, ...], settled: int, firsts: Sequence[int], tiers: Sequence[str]
    ) -> tuple[Edit, ...]:
        last = before[-1]
        written = [one.edited(last) if one.function == last.function else one for one in self.bench.written]
        if None in written:
            return ()
        lines = {edit.line for edit in before}
        kept, self.partial = self.partial, []
        usual, self.bench.written = self.bench.written, [one for one in written if one is not None]
        try:
            with self.bench.student.loaded.edited({edit.function: edit.text for edit in before}):
                for _, candidates in self.order.tiers(self.bench.written, lambda edit: edit.line not in lines, tiers):
                    ones = [edit for batch in _batches(candidates) for edit in self._whole(batch, settled)]
                    sound = [edit for edit in ones if edit.kind not in ODD]
                    for edit in sorted(sound, key=rank)[:2]:
                        if self._passes((*before, edit)):
                            return (*before, edit)
                    if ones:
                        return ()
            further = self.partial
            return self._chain(before, further, settled, firsts, tiers)
        except Spent:
            return ()
        finally:
            self.partial, self.bench.written = kept, usual

    def _whole(self, batch: Sequence[Edit], settled: int) -> Iterator[Edit]:
        for tried in self.bench.tried(batch, settled):
            if tried.is_whole:
                yield tried.edit
            else:
                self.partial.append(tried)

    # --- one output --------------------------------------------------------------------------------------

    def _parts(self) -> Iterator[Repair]:
        """Edits that make all of one output right while another stays wrong; nowhere where a call raised."""
        case = self.case
        if RAISED in case.paths(case.wrong):
            return
        asked = self.bench.asked
        if len(case.paths(case.wrong & asked)) < 2 or case.wrong & ~asked:
            return
        best: dict[Edit, list[Path]] = {}
        for path in case.paths(case.wrong & asked):
            doing = [one.edit for one in self.partial if path in self._paths_righted(one) and one.edit.kind not in ODD]
            if doing:
                best.setdefault(min(doing, key=rank), []).append(path)
        for edit, righted in best.items():
            yield Repair(edit.parts, tuple(righted))

    @cached_property
    def _cells(self) -> Mapping[Path, int]:
        """The wrong cells of each part of the result, as far as edits are tried in them."""
        case, seen = self.case, 0
        for probe in self.bench.probes:
            seen |= probe.mask
        found: dict[Path, int] = {}
        for i, cell in enumerate(case.cells):
            if case.wrong & self.bench.asked & seen >> i & 1:
                found[cell.path] = found.get(cell.path, 0) | 1 << i
        return found

    def _paths_righted(self, tried: Tried) -> list[Path]:
        """The parts of the result that an edit makes right wherever they were wrong."""
        return [path for path, cells in self._cells.items() if tried.righted & cells == cells]


def _family(edit: Edit) -> str:
    """What sort of slip an edit undoes, whatever its details."""
    return edit.kind.partition(":")[0]


def _is_applied_again(edit: Edit, other: Edit) -> bool:
    """Whether what an edit leaves out of a product stands in the line before, which another edit would put below it."""
    node = edit.span[0]
    if edit.kind != "too-much" or not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Mult | ast.Div):
        return False
    before = edit.written.source(other.statement)
    factor = edit.written.source(node.right)
    return edit.after == ast.unparse(node.left) and edit.line != other.line and factor in before


def _worth(tried: Tried) -> tuple[int, int, int, float, int]:
    return rank(tried.edit)


def _in_context(repair: Repair) -> Repair:
    edits, apart = tuple(map(with_surroundings, repair.edits)), tuple(map(_in_context, repair.apart))
    return replace(repair, edits=edits, apart=apart)


def _updates(statement: ast.stmt, wrong: Collection[str]) -> bool:
    """Whether a statement puts something new under an attribute that it also reads; one of the `wrong`, if any are."""
    targets = targets_of(statement) if isinstance(statement, ast.Assign | ast.AugAssign) else ()
    stored = [target for target in targets if isinstance(target, ast.Attribute | ast.Subscript)]
    if wrong:
        stored = [one for one in stored if isinstance(one, ast.Attribute) and one.attr in wrong]
    if isinstance(statement, ast.AugAssign) or wrong:
        return bool(stored)
    texts = {ast.unparse(one) for one in stored}
    read = ast.walk(statement.value) if isinstance(statement, ast.Assign) else ()
    return any(isinstance(node, ast.Attribute | ast.Subscript) and ast.unparse(node) in texts for node in read)


def _batches(candidates: Iterator[Edit]) -> Iterator[list[Edit]]:
    batch: list[Edit] = []
    for edit in candidates:
        batch.append(edit)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
