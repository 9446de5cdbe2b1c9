"""The order in which edits are tried, from what is likely to what is not, and which of several that do is told."""

import ast
import difflib
import itertools
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TypeAlias

import numpy as np

from grader.diagnosis.repair.alternatives import NUMBER, REST, TWICE
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.bindings import WITHOUT_EFFECT
from grader.diagnosis.repair.making import Making
from grader.diagnosis.repair.nodes import is_renaming
from grader.diagnosis.repair.sisters import of_two_lines, sisters
from grader.diagnosis.repair.statements import TOGETHER
from grader.diagnosis.repair.twins import Signature, signature, twins
from grader.diagnosis.repair.words import ODD
from grader.diagnosis.repair.written import WHOLE_TURNED, Edit, Written

Rounds: TypeAlias = Iterator[tuple[str, Iterator[Edit]]]  # tiers with their edits

TWINS = "twins"
WANTED = 60  # edits that put in a name which a known mistake leaves out, before all others
_NAME = re.compile(r"[A-Za-z_]\w*")
FORGOTTEN = ("bias", "penalty", "slope")  # terms and factors that are
MEANT = {  # other things that were meant, of which none does by chance what dropping something does elsewhere
    *(
        "as-elsewhere",
        "pass-before",
        "name",
        "axis",
        "constant",
        "function",
        "transposed",
        "axes",
        "broadcast",
        "times",
        "order",
        "sign",
        "sign-missing",
    ),
    *(
        "later",
        "swapped",
        "out-of-the-block",
        "before-the-block",
        "into-the-block",
        "earlier",
        "accumulate",
        "added-up",
    ),
}
RUNNING_MEANS = "running means"
FIRST = ("slips", "likely names", "shapes", "confusions", "statements", RUNNING_MEANS, "moves")
NEAR = (*FIRST, "factors", "functions", "throughout", "sizes", "windows", "names")
FAR = ("kept", "terms")
OF_SIZES = ("padding-once",)  # slips in a formula of sizes, of which rows and columns have the same
IN_A_LINE = ("slips", "likely names", "shapes", "confusions", "names")  # which its parts are copied with
OF_TRAININGS = ("statements", "moves", "likely names", "slips", "names")  # which lines, in which order, with what
# A factor or a function at two places rights something at each.
NO_TWINS = {*ODD, REST, "divide", "multiply", "mean", "log", "exp", "root", "square", "one-minus", "sum"}
TIERS = (*NEAR, TWINS, *FAR)
# Where the mistake is known to be, what is written is less likely to lack a factor than to have a wrong name.
THERE = (*FIRST, "names", "throughout", "factors", "functions", "sizes", "windows", "terms")
AT_FIRST_WRONG = (*(tier for tier in THERE if tier not in FIRST), "kept")  # once the likely ones were tried
WITHOUT_TERMS = tuple(tier for tier in AT_FIRST_WRONG if tier != "terms")


class Order:
    """The edits of one bench's functions in rounds."""

    def __init__(self, bench: Bench, making: Making, known: Mapping[Signature, str]) -> None:
        """`known` is what was found in other functions, with its tier."""
        self.bench, self.making, self.known = bench, making, known

    def near(
        self, written: Sequence[Written], focus: Collection[int], first_wrong: Callable[[], Collection[int]]
    ) -> Rounds:
        """Edits in the order in which they are tried, the likely ones.

        What was found in another function of the submission comes first: a slip is rarely made once. Where the first
        wrong values are, `first_wrong`, is asked once no slip was found: there everything is tried.
        """
        known = self.known
        kinds = {kind for kind, *_ in known}
        likely: dict[Edit, None] = {}
        for tier, candidates in self.tiers(written, lambda e: e.kind in kinds and signature(e) in known):
            if tier in known.values():
                made = dict.fromkeys(candidates)
                likely.update(made)
                yield tier, iter(made)
        if known:
            yield TWINS, twins(likely, NO_TWINS)
        if focus:
            yield from self.tiers(written, lambda edit: edit.line in focus and edit not in likely, FIRST)
            lines = {*first_wrong()} & {*focus}
            rest = [tier for tier in THERE if tier not in (*FIRST, "terms")]
            if lines:
                yield from self.tiers(written, lambda edit: edit.line in lines and edit not in likely, WITHOUT_TERMS)
            yield from self.tiers(
                written, lambda edit: edit.line in focus and edit.line not in lines and edit not in likely, rest
            )
        for one in written:
            yield TWINS, sisters((edit for edit in self.making.edits(one, "slips") if edit.kind in OF_SIZES), NO_TWINS)
        if self._has_other_shapes:
            yield from self.tiers(written, lambda edit: edit.line not in focus and edit not in likely, ("sizes",))
        if len({*self.bench.case.paths(self.bench.case.wrong)}) == 1:  # in which both lines come together
            yield from self._in_two_lines(written)
        yield from self.tiers(written, lambda edit: edit.line not in focus and edit not in likely, FIRST)
        for one in written:
            yield TWINS, sisters((edit for tier in IN_A_LINE for edit in self.making.edits(one, tier)), NO_TWINS)
        if focus:  # a term may make up for a slip above
            yield from self.tiers(written, lambda edit: edit.line in focus and edit not in likely, ("terms",))
        lines = {*first_wrong()} - {*focus}
        if lines:
            yield from self.tiers(written, lambda edit: edit.line in lines and edit not in likely, AT_FIRST_WRONG)
        for one in written:  # both means are corrected or none is, and both parameters' gradients are weighted
            yield TWINS, twins(self.making.edits(one, RUNNING_MEANS), NO_TWINS)
        yield from self.tiers(written, lambda edit: edit.line not in focus and edit not in likely, NEAR[len(FIRST) :])
        # These are forgotten more often than the same slip is made twice, and pairs may take all that is left.
        for kind in FORGOTTEN:  # few biases and penalties, many slopes
            yield from self.tiers(written, partial(_is_further, kind, focus, likely), FAR)
        for one in written:
            yield TWINS, twins((edit for tier in NEAR for edit in self.making.edits(one, tier)), NO_TWINS)

    def _in_two_lines(self, written: Sequence[Written]) -> Rounds:
        """The same slip in two lines that are built alike."""
        for one in written:
            yield TWINS, of_two_lines((edit for tier in IN_A_LINE for edit in self.making.edits(one, tier)), NO_TWINS)

    def short(self, written: Sequence[Written], focus: Collection[int], wanted: Collection[str] = ()) -> Rounds:
        """The same in another order, where there is little to try with, and it is known that something is wrong.

        What puts in a name that is `wanted`, as the mistake leaves it out, comes first, and a line without effect.
        """
        slips = (*FIRST, "factors", "names", "throughout")
        rest = [tier for tier in NEAR if tier not in slips]
        tried: set[Edit] = set()
        if wanted:
            for tier, candidates in self.tiers(
                written, lambda edit: edit.kind == WITHOUT_EFFECT or not wanted_in(edit).isdisjoint(wanted)
            ):
                likely = [*itertools.islice(candidates, WANTED - len(tried))]
                tried.update(likely)
                yield tier, iter(likely)
        others = self._other_than(tried)
        yield from others(written, lambda edit: edit.line in focus, slips)
        yield from others(written, lambda edit: edit.line in focus and edit.kind in FORGOTTEN, FAR)
        yield from others(written, lambda edit: edit.line not in focus, slips)
        yield from others(written, lambda edit: edit.line not in focus and edit.kind in FORGOTTEN, FAR)
        yield from others(written, lambda edit: edit.line in focus, rest)
        yield from others(written, lambda edit: edit.line not in focus, rest)

    def far(self, written: Sequence[Written], focus: Collection[int]) -> Rounds:
        """All others."""
        yield from self.tiers(written, lambda edit: edit.line not in focus and edit.kind not in FORGOTTEN, FAR)
        for one in written:
            yield TWINS, twins((edit for tier in FAR for edit in self.making.edits(one, tier)), NO_TWINS)

    def tiers(
        self, written: Sequence[Written], wanted: Callable[[Edit], bool], tiers: Sequence[str] = (*NEAR, *FAR)
    ) -> Rounds:
        """The edits of some tiers that are wanted."""
        return self.making.tiers(written, wanted, tiers)

    def _other_than(self, tried: Collection[Edit]) -> Callable[..., Rounds]:
        """`tiers` without edits that were tried."""
        if not tried:
            return self.tiers
        return lambda written, wanted, tiers: self.tiers(written, lambda e: wanted(e) and e not in tried, tiers)

    @cached_property
    def _has_other_shapes(self) -> bool:
        """Whether all that is wrong are arrays of other sizes than are right."""
        bench, case = self.bench, self.bench.case
        wrong = case.wrong & bench.asked
        pairs = [(case.found[i], case.right[i]) for i in range(len(case.cells)) if wrong >> i & 1]
        return bool(pairs) and all(
            isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and a.ndim == b.ndim > 1 and a.shape != b.shape
            for a, b in pairs
        )


def wanted_in(edit: Edit) -> set[str]:
    """The names that an edit puts in."""
    return {name for part in edit.parts for name in {*_NAME.findall(part.after)} - {*_NAME.findall(part.before)}}


def _is_further(kind: str, focus: Collection[int], likely: Collection[Edit], edit: Edit) -> bool:
    """Whether an edit is of a kind, and not among those that were tried before."""
    return edit.kind == kind and edit.line not in focus and edit not in likely


def _leaves_what_is_taken_away(edit: Edit) -> bool:
    """Whether b is left of `a - b`: rather that is too much."""
    match edit.span[0]:
        case ast.BinOp(op=ast.Sub(), right=right):
            return edit.kind in ("too-much", REST) and edit.after == ast.unparse(right)
    return False


def _is_in_a_sum(edit: Edit) -> bool:
    """Whether an edit puts a factor to each of the terms that a loop adds up."""
    if edit.kind not in ("multiply", "divide") or not isinstance(edit.statement, ast.AugAssign):
        return False
    return any(place.statement is edit.statement and place.loops for place in edit.written.places)


def _multiplies_entries(edit: Edit) -> bool:
    return edit.kind == "function" and "multiply" in edit.after and "multiply" not in edit.before


def _is_far_off(edit: Edit) -> bool:
    """Whether a whole number takes the place of one that is not beside it, as of another entry of the same size."""
    numbers = [text for text in (edit.before, edit.after) if text.isdigit()]
    return edit.kind == "constant" and len(numbers) == 2 and abs(int(numbers[0]) - int(numbers[1])) > 1


def is_turned_round(edit: Edit) -> bool:
    """Whether an edit makes the opposite of a condition."""
    pairs = (edit.before, edit.after), (edit.after, edit.before)
    return edit.kind == "condition-reversed" or any("==" in one and "!=" in other for one, other in pairs)


def rank(edit: Edit) -> tuple[int, int, int, float, int]:
    """Which of several edits that do is told: one that drops nothing, of the nearest tier, with the least change."""
    likeness, line = difflib.SequenceMatcher(None, edit.before, edit.after).ratio(), edit.line
    # What is applied twice is told so, whatever else undoes it; a number that is too much may do as a term as well.
    if edit.kind.startswith("activation-too-much") or edit.kind in (NUMBER, TWICE, "sign"):
        likeness = 1.0
    match edit.span[0]:
        case ast.AugAssign(op=ast.Add() | ast.Sub()) if edit.kind == "operator":
            # `-=` for `+=` is one slip, whatever else has another sign: where the step is made rather than before.
            likeness, line = 1.0, -edit.line
    # Another turn of a loop may do for what is read too late, one maximum of everything for one of each row.
    by_chance = int(
        edit.kind == "off-by-one"
        or edit.kind == WHOLE_TURNED  # a part of it may be turned that should not be
        or (edit.kind == "axis" and "axis" not in edit.after)
        # The last entry may stand for the first, and any for one that is counted from the end.
        or (edit.kind == "constant" and edit.after.startswith("-") and not edit.before.startswith("-"))
        or _is_far_off(edit)
        or edit.kind.endswith(TOGETHER)  # one of them may be enough
        or _is_in_a_sum(edit)  # a factor of all its terms stands behind it
        or _multiplies_entries(edit)  # of a column and a row these are what another product of them gives
        or (edit.kind == "transposed" and edit.after.count(".T") > edit.before.count(".T") + 1)  # one is enough
        or (edit.kind == "size" and edit.after.endswith(".shape"))  # of all sizes those that are read may be the same
        or is_turned_round(edit)  # where the branch then is taken no more, what stands in it may be wrong
        or _leaves_what_is_taken_away(edit)
        or (edit.kind == "affine" and not isinstance(edit.statement, ast.Return))  # a cache has what is before it
    )
    if edit.kind in FORGOTTEN and is_renaming(edit.statement):
        by_chance = -1  # there it is forgotten
    if edit.kind == "operator" and edit.before.count("//") > edit.after.count("//"):
        by_chance = -1  # what is rounded off is lost: another operator beside it brings nothing back
    # A term that whole numbers round to 0 is one that is too much.
    rounds_off = edit.kind == "operator" and "//" in edit.after and "//" not in edit.before
    return (2 if rounds_off else int(edit.kind in ODD), TIERS.index(edit.tier), by_chance, -likeness, line)
