"""Edits that only whole checks can judge: of what is drawn at random, or what an object remembers from call to call."""

import ast
import itertools
from collections.abc import Callable, Collection, Sequence

from grader.checks.run import CheckRun
from grader.diagnosis.cases.leaves import RAISED
from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.planted.confirm import is_quick
from grader.diagnosis.repair.aliases import BOUND_ANEW
from grader.diagnosis.repair.allowance import Spent
from grader.diagnosis.repair.choice import rival_of
from grader.diagnosis.repair.nodes import name_called, said
from grader.diagnosis.repair.order import FIRST, NEAR, OF_TRAININGS, RUNNING_MEANS, Order, rank
from grader.diagnosis.repair.quantities import DRAWN
from grader.diagnosis.repair.repair import Repair
from grader.diagnosis.repair.trials import Trials
from grader.diagnosis.repair.words import ODD
from grader.diagnosis.repair.written import WHOLE_TURNED, Edit, Written
from grader.submissions.trees import walk

CHECKED = 340  # edits with which whole checks are run
RENEWS = ("kept-in-a-local-name", "thrown-away")  # edits with which something is kept
IN_A_STEP = 140  # of two edits, for each
NAMES_FIRST = ("likely names", "names", *FIRST)
FACTORS_FIRST = ("likely names", "factors", *FIRST)
# What is right at first is of the right shape: another name is meant, or a line stands in the wrong place.
LIKELY = ("slips", "likely names", "statements", "names", RUNNING_MEANS, "moves", "factors", "functions")
OF_VALUES = (*LIKELY, *(tier for tier in NEAR if tier not in LIKELY))
OF_SHAPES = ("slips", "likely names", "shapes", *(tier for tier in OF_VALUES[1:] if tier not in NEAR[:3]))
OF_STATE = (*LIKELY[1:4], "slips", *LIKELY[4:], *OF_VALUES[len(LIKELY) :])
PRICE_OF_A_CHECK = 2_000  # function calls, of one that calls little
PRICE_OF_A_CALL = 300  # of the submission, by a check
# With these what only must not be so is so no more; of drawn numbers the sizes are exchanged, not what was drawn.
BY_CHANCE = {"off-by-one", WHOLE_TURNED}
WHOLE = ("floor", "ceil", "int", "round")  # functions that make whole numbers of quotients


def price_of_checks(runs: Sequence[CheckRun]) -> int:
    """What it costs to ask checks whether an edit does, in function calls: most edits fail in the first that failed."""
    failed = [run for run in runs if not run.passed and is_quick(run)]
    calls = len(failed[0].record.observations) if failed else 0
    return max(PRICE_OF_A_CHECK, calls * PRICE_OF_A_CALL)


class WholeChecks:
    """Looks for the edit of one function with which its checks pass."""

    def __init__(
        self,
        trials: Trials,
        order: Order,
        mended: Callable[[dict[str, str]], Sequence[str]],
        price: int = PRICE_OF_A_CHECK,
    ) -> None:
        """`mended` gives the titles of the failed checks that pass with edited definitions; `price` is that of asking.

        It gives none where a check that passed fails then. The price is in function calls.
        """
        self._trials, self._order, self._bench = trials, order, trials.bench
        self._titles, self._price = mended, price
        self._rivals: dict[Edit, Edit | None] = {}  # what does as well as an edit that was found

    def of_what_is_drawn(self, tiers: Sequence[str] = OF_VALUES, *, in_two_steps: bool = False) -> Repair | None:
        """One edit with which all checks pass, where values are drawn at random and only checks can judge them.

        With `in_two_steps`, where it is known that none does: one with which some pass, and the other that is needed.
        """
        left_out = (ODD - {"too-much"}) | BY_CHANCE
        written = self._bench.written

        def wanted(edit: Edit) -> bool:
            return edit.kind not in left_out

        if in_two_steps:
            return self._in_two_steps(written, wanted, tiers, FACTORS_FIRST)
        edit = self._by_whole_checks(written, wanted, tiers)
        return Repair(edit.parts, rival=self._rivals[edit]) if edit else None

    def of_state(self) -> Repair | None:
        """An edit of what an object remembers from call to call; where it is not all, with another one, if there is."""
        written, wrong = self._bench.written, self._bench.wrong_attributes

        def updates(edit: Edit) -> bool:
            if edit.kind == "constant" and not edit.after.lstrip("-")[:1].isdigit():
                return False  # a size may happen to be the number that is meant
            return edit.kind.partition(":")[0] in (BOUND_ANEW, *RENEWS) or (
                edit.kind not in ODD and _updates(edit.statement, wrong)
            )

        tiers = ("throughout", *OF_STATE)
        edit = self._by_whole_checks(written, lambda edit: edit.kind == "accumulate", ("slips",))
        if edit := edit or self._by_whole_checks(written, updates, tiers):
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
        """
        first = self._by_whole_checks(
            written,
            lambda edit: _keeps_all(edit) and not _counts_otherwise(edit) and wanted(edit),
            tiers,
            lambda edits: bool(self.mended(edits)),
            IN_A_STEP,
        )
        if first is not None:
            return self._completed(first, written, tiers_then)
        drawn = self._order.tiers(written, _draws_around_0, ("slips",))
        for edit in itertools.islice(itertools.chain.from_iterable(edits for _, edits in drawn), 1):
            both = self._completed(edit, written, tiers_then)  # one check may see both
            return both if both is not None and len(both.edits) > 1 else None
        return None

    def of_nearly(self, edits: Sequence[Edit]) -> Repair | None:
        """The best of those that make every value right, with another one for what checks ask besides."""
        kept = sorted(filter(_keeps_all, edits), key=rank)
        best = next((edit for edit in kept if self.mended((edit,))), None)
        return self._completed(best, self._bench.written, OF_TRAININGS) if best is not None else None

    def _completed(self, first: Edit, written: Sequence[Written], tiers_then: Sequence[str]) -> Repair | None:
        """The edit, with another one with which all checks pass, if there is one.

        Of several others the last one is taken: what is drawn is scaled where it is made, and once for all.
        """
        after = [one.edited(first) if one.function == first.function else one for one in written]
        texts = [one for one in after if one is not None]
        if first.beside or len(texts) < len(after):
            return None
        line = first.line
        usual, self._bench.written = self._bench.written, texts
        try:
            with self._bench.student.loaded.edited({first.function: first.text}):
                second = self._by_whole_checks(
                    texts,
                    lambda edit: edit.line != line and _keeps_all(edit),
                    tiers_then,
                    lambda edits: self._trials.pass_with((first, *edits)),
                    IN_A_STEP,
                    from_below=True,
                )
        finally:
            self._bench.written = usual
        if second is not None:
            return Repair((first, *second.parts))
        if self._ends_in_errors:
            return None  # a check may pass because what raises is not come to any more
        return Repair((first,), checks=tuple(self.mended((first,))))

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
        is_right = is_right or self._trials.pass_with
        try:
            for _, candidates in self._order.tiers(written, wanted, tiers):
                fitting = []
                for edit in itertools.islice(reversed([*candidates]) if from_below else candidates, left):
                    self._bench.allowance.spend(1, self._price)
                    left -= 1
                    # What is too much for these checks may be needed by others.
                    if is_right((edit,)) and ("too-much" not in edit.kind or self._trials.suits_all(edit)):
                        fitting.append(edit)
                if fitting:
                    best = min(fitting, key=lambda edit: (*rank(edit)[:3], -edit.line) if from_below else rank(edit))
                    best = self._one_more_or_less(best, fitting)
                    self._rivals[best] = rival_of(best, fitting)
                    return best
        except Spent:
            pass
        return None

    @staticmethod
    def _one_more_or_less(best: Edit, fitting: Sequence[Edit]) -> Edit:
        """That a number is one too small or too large, where another number of the function does for checks as well."""
        node = best.span[0]
        others = [edit for edit in fitting if edit.kind == "off-by-one" and edit.span[0] is node and not edit.beside]
        return others[0] if best.kind == "name" and not best.beside and others else best

    @property
    def _ends_in_errors(self) -> bool:
        case = self._bench.case
        raised = (self._bench.kinds(written).raising for written in self._bench.written)
        return RAISED in case.paths(case.wrong) or any(raised)

    def mended(self, edits: Sequence[Edit]) -> Sequence[str]:
        """The titles of the failed checks that pass with edits; none where one that passed fails then."""
        return self._titles({edit.function: edit.text for edit in edits})


def _draws_around_0(edit: Edit) -> bool:
    return edit.kind == "function" and edit.after.partition("(")[0].rpartition(".")[2] in DRAWN


def _keeps_all(edit: Edit) -> bool:
    is_kept = edit.kind not in ODD | BY_CHANCE | {"sign-missing"} and "too-much" not in edit.kind
    return is_kept and not _gives_one_twice(edit)


def _counts_otherwise(edit: Edit) -> bool:
    """Whether an edit changes a quotient that counts: of more or fewer passes a check may see less that is wrong."""
    counts = [
        one
        for one in walk(edit.statement)
        if (isinstance(one, ast.BinOp) and isinstance(one.op, ast.FloorDiv))
        or (isinstance(one, ast.Call) and name_called(one.func) in WHOLE and _divides(one))
    ]
    return any(edit.span[0] is node for one in counts for node in walk(one))


def _divides(call: ast.Call) -> bool:
    return any(isinstance(one, ast.BinOp) and isinstance(one.op, ast.Div) for one in call.args)


def _gives_one_twice(edit: Edit) -> bool:
    """Whether an edit puts in the place of one array of several what is another of them already."""
    nodes = [*walk(edit.statement)]
    groups = [node.elts for node in nodes if isinstance(node, ast.Tuple)]
    groups += [node.values for node in nodes if isinstance(node, ast.Dict)]
    return edit.kind == "name" and any(
        edit.span[0] in elements and any(said(one) == edit.after for one in elements) for elements in groups
    )


def _updates(statement: ast.stmt, wrong: Collection[str]) -> bool:
    """Whether a statement puts something new under an attribute that it also reads; one of the `wrong`, if any are."""
    targets = targets_of(statement) if isinstance(statement, ast.Assign | ast.AugAssign) else ()
    stored = [target for target in targets if isinstance(target, ast.Attribute | ast.Subscript)]
    if wrong:
        stored = [one for one in stored if isinstance(one, ast.Attribute) and one.attr in wrong]
    if isinstance(statement, ast.AugAssign) or wrong:
        return bool(stored)
    texts = {said(one) for one in stored}
    read = walk(statement.value) if isinstance(statement, ast.Assign) else ()
    return any(isinstance(node, ast.Attribute | ast.Subscript) and said(node) in texts for node in read)
