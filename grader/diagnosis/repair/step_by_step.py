"""Several edits, one after the other, each of which brings an intermediate value that a right solution has.

Where a function has two or three faults, no single edit may make any output right. But each rights something on the
way there: a quantity that the solution computes, and the submission did not yet. Whether the edits are meant in the
end only the checks tell, as of any other repair; one without which as much is right is left out.
"""

import ast
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from grader.diagnosis.cases.leaves import RAISED, Array, Path
from grader.diagnosis.cases.watch import Run
from grader.diagnosis.repair.allowance import STEPS_OF_ONE, Allowance, Spent
from grader.diagnosis.repair.by_chance import are_inverse
from grader.diagnosis.repair.derived import derived_edits
from grader.diagnosis.repair.failed_calls import Probe
from grader.diagnosis.repair.nodes import parsed, said
from grader.diagnosis.repair.order import Order, rank
from grader.diagnosis.repair.repair import Repair
from grader.diagnosis.repair.trials import Trials, batches
from grader.diagnosis.repair.written import Edit
from grader.sandbox import Seen
from grader.submissions.trees import walk

STEPS = 5
MUCH = 3  # of what edits bring that right a result: of those that bring more the likeliest is taken
LEAST = 2  # of what an edit brings that is less likely: one quantity but for a factor is none
CONSIDERED = 4  # of the edits that bring most, which are looked at closely
ROUNDS = (  # tiers that are tried together
    ("slips", "likely names", "shapes", "confusions"),
    ("factors", "names", "throughout", "functions"),
    ("statements", "terms"),
)
# Together these only take 1 away: `x - 1`.
NEVER_TOGETHER = [{"one-minus", kind} for kind in ("sign-missing", "sign", "order")]
AT_THE_END = ("statements", "slips", "likely names", "names")
ASSERTION = "assertion"
NO_STEPS = {"deleted", ASSERTION, "branch-too-much", "copy", "always", "never"}  # kinds of edits

Levels = Mapping[Any, int]  # how much of each quantity is shown


@dataclass(frozen=True)
class OneCall:
    """A call, with the quantities that a right solution computes in it, and how many samples it has.

    Of those that are `only_wholly` another value is a multiple as well.
    """

    probe: Probe
    quantities: Mapping[Any, Array]
    only_wholly: frozenset[Any]
    samples: float


class Intermediates(Protocol):
    """The intermediate values that a right solution has in some calls."""

    @property
    def calls(self) -> Sequence[OneCall]: ...
    @property
    def sizes(self) -> Collection[int]: ...
    def levels(self, call: OneCall, values: Iterable[Array]) -> Levels:
        """How much of each quantity some values show."""

    def are_right(self, call: OneCall, values: Iterable[Array]) -> bool:
        """Whether some values, of which there are any, all are quantities of a right solution."""

    def are_all_results(self, call: OneCall, shown: Levels) -> bool:
        """Whether all parts of the result are shown, wholly."""

    def absent(self, shown: Sequence[Levels]) -> Sequence[Mapping[Any, Array]]:
        """The quantities that are not shown in some call, as they are in each."""

    def results(self, gained: Levels) -> int:
        """How many of the quantities gained are parts of the result, and wholly right."""


@dataclass(frozen=True)
class Gain:
    """An edit, and what it brings: parts of the result, and quantities, weighted by how much of each."""

    edit: Edit
    results: int
    levels: int

    @property
    def worth(self) -> tuple[Any, ...]:
        return -self.results, -min(self.levels, MUCH if self.results else self.levels), rank(self.edit)

    @property
    def worth_where_it_raised(self) -> tuple[Any, ...]:
        """The same where a call raised: that it comes further with an edit says nothing of the results behind that."""
        return -self.levels, -self.results, rank(self.edit)


@dataclass(frozen=True)
class Step:
    """An edit that was taken, with the texts of its function before and after it.

    `righted` are the parts of the result that are right after it.
    """

    edit: Edit
    before: str
    after: str
    righted: frozenset[Path] = frozenset()


class StepByStep:
    """Looks for them among the edits of one bench."""

    def __init__(self, trials: Trials, order: Order, intermediates: Intermediates, allowance: Allowance) -> None:
        self._trials, self._order, self._bench = trials, order, trials.bench
        self._intermediates, self._calls = intermediates, intermediates.calls
        self._allowance = allowance
        self._steps: list[Step] = []
        self._pool: dict[Any, Edit] = {}  # what brought something beside the steps that were taken
        self._changed: set[int] = set()  # lines whose values are others since the last step
        self._runs: list[Run] = []  # of the calls, with the texts as they are now
        self._texts: dict[str, str] = {}
        self._righted: frozenset[Path] = frozenset()

    def found(self) -> Repair | None:
        """The edits with which everything is right, or some parts of the result, or only what is on the way there."""
        if not self._calls or not self._watch():
            return None
        bench = self._bench
        usual = bench.written, bench.allowance
        bench.allowance = self._allowance
        try:
            with ExitStack() as stack:
                stack.enter_context(self._allowance.at_most(*STEPS_OF_ONE))
                while len(self._steps) < STEPS and (step := self._next()) is not None:
                    self._texts[step.edit.function] = step.after
                    is_whole = self._is_whole(self._texts)
                    self._steps.append(replace(step, righted=self._righted))
                    if is_whole:
                        return Repair(self._needed(self._is_whole))
                    stack.enter_context(bench.student.loaded.edited(self._texts))
        except Spent:
            pass
        finally:
            bench.written, bench.allowance = usual
        return self._of_a_part()

    # --- one step ------------------------------------------------------------------------------------------

    def _watch(self) -> bool:
        """Look at the calls as they are now; whether that was possible."""
        found = [self._bench.seen_now(call.probe) for call in self._calls]
        self._runs = [run for run in found if run is not None]
        return len(self._runs) == len(found)

    def _next(self) -> Step | None:
        """The next edit, and with it the texts as they are then."""
        shown = self._shown(self._runs)
        if self._steps and (last := self._last(shown)) is not None:
            return last
        lines = self._lines_right()
        for candidates in self._rounds(lines, shown):
            gains = [*self._gains(candidates, shown)]
            gains.sort(key=lambda gain: gain.worth_where_it_raised if self._raised else gain.worth)
            for gain in gains[:CONSIDERED]:
                if (step := self._taken(gain.edit, shown)) is not None:
                    self._pool.update((_named(one.edit), one.edit) for one in gains)
                    return step
        return None

    def _last(self, shown: Sequence[Levels]) -> Step | None:
        """An edit with which what is computed is given as well, where everything is computed as it should be.

        An assertion may be too much, or something else may be returned.
        """
        if not all(
            self._intermediates.are_all_results(call, one) for call, one in zip(self._calls, shown, strict=True)
        ):
            return None

        def is_of_the_end(edit: Edit) -> bool:
            is_given = isinstance(edit.statement, ast.Return) and self._is_beside_the_others(edit)
            return is_given or edit.kind == ASSERTION

        for batch in batches(self._of_tiers(AT_THE_END, is_of_the_end)):
            for tried in self._bench.tried(batch):
                if tried.is_whole and (step := self._taken(tried.edit, shown)) is not None:
                    return step
        return None

    def _taken(self, edit: Edit, shown: Sequence[Levels]) -> Step | None:
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
            keeps_all = all(
                b.get(quantity, 0) >= level for a, b in zip(shown, now, strict=True) for quantity, level in a.items()
            )
            if keeps_all:
                self._changed = self._lines_changed(runs)
                self._runs = runs
                bench.know_anew(runs)
                return Step(edit, before.text, after.text)
        bench.written = usual
        return None

    def _shown(self, runs: Sequence[Run]) -> list[Levels]:
        pairs = zip(self._calls, runs, strict=True)
        return [self._intermediates.levels(call, _values_in(run)) for call, run in pairs]

    def _lines_right(self) -> set[int]:
        """The lines of statements that give what a right solution has as well, and nothing else."""
        found: dict[int, bool] = {}
        run = self._runs[0]
        offsets = {one.function: one.offset for one in self._bench.written}
        for number, (statement, _) in run.watch.targets.items():
            line = statement.lineno + offsets[run.watch.owners[number]]
            is_right = number in run.seen and isinstance(statement, ast.Assign)
            for call, one in zip(self._calls, self._runs, strict=True):
                is_right = is_right and self._intermediates.are_right(call, _numbers(one.seen.get(number)))
            found[line] = found.get(line, True) and is_right
        return {line for line, is_right in found.items() if is_right}

    def _rounds(self, lines: Collection[int], shown: Sequence[Levels]) -> Iterator[Iterator[Edit]]:
        """Edits to try, the likeliest first; none of lines that are right.

        After a step these are what brought something before, and what is in lines whose values have changed.
        """
        pool, changed = {*self._pool}, {*self._changed}
        derived = self._derived(shown)
        if not self._steps:
            yield itertools.chain(self._of_tiers(ROUNDS[0], lambda edit: edit.line not in lines), derived)
            for tiers in ROUNDS[1:]:
                yield self._of_tiers(tiers, lambda edit: edit.line not in lines)
            return
        yield self._of_tiers([*{edit.tier: None for edit in self._pool.values()}], lambda edit: _named(edit) in pool)
        yield self._of_tiers(ROUNDS[0], lambda edit: edit.line in changed - {*lines} and _named(edit) not in pool)
        yield derived
        for tiers in ROUNDS[1:]:
            yield self._of_tiers(tiers, lambda edit: edit.line in changed - {*lines} and _named(edit) not in pool)
        for tiers in ROUNDS:
            yield self._of_tiers(tiers, lambda edit: edit.line not in changed | {*lines} and _named(edit) not in pool)

    def _derived(self, shown: Sequence[Levels]) -> Iterator[Edit]:
        absent = self._intermediates.absent(shown)
        for written in self._bench.written:
            yield from derived_edits(written, self._runs, absent)

    def _of_tiers(self, tiers: Sequence[str], wanted: Callable[[Edit], bool]) -> Iterator[Edit]:
        for written in self._bench.written:
            for _, edits in self._order.tiers([written], wanted, tiers):
                yield from edits

    def _lines_changed(self, runs: Sequence[Run]) -> set[int]:
        """The lines of statements that give other values than before."""
        before, after = self._runs[0], runs[0]
        offsets = {one.function: one.offset for one in self._bench.written}
        known = {_as_bytes(value) for seen in before.seen.values() for value in _numbers(seen)}
        found = set()
        statements = {**after.watch.homes, **{n: statement for n, (statement, _) in after.watch.targets.items()}}
        for number, statement in statements.items():
            if any(_as_bytes(value) not in known for value in _numbers(after.seen.get(number))):
                found.add(statement.lineno + offsets[after.watch.owners[number]])
        return found

    @property
    def _raised(self) -> bool:
        """Whether a call ended with an error, as the texts are now."""
        return any(run.unfinished(one.function) is not None for run in self._runs for one in self._bench.written)

    def _gains(self, candidates: Iterator[Edit], shown: Sequence[Levels]) -> Iterator[Gain]:
        """What edits bring in every call."""
        sound = (edit for edit in candidates if edit.kind not in NO_STEPS and self._is_beside_the_others(edit))
        for batch in batches(sound):
            yield from self._bring(batch, shown)

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
            if gained >= LEAST or edit.tier in ROUNDS[0]:
                yield Gain(edit, self._intermediates.results(more), gained)

    def _is_beside_the_others(self, edit: Edit) -> bool:
        """Whether an edit leaves those before it as they are, and does not make up for one of them."""
        for step in self._steps:
            other = step.edit
            if are_inverse(edit, other) or {edit.kind, other.kind} in NEVER_TOGETHER:
                return False
            is_close = edit.function == other.function and edit.line == other.line
            if is_close and not _is_outside(edit, other):
                return False
        return True

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
            without = _taken_back(texts, step)
            if without is not None and does(without):
                steps.remove(step)
                texts = without
        return _parts_of(steps)

    def _of_a_part(self) -> Repair | None:
        """The edits that make parts of the result right; or all, if none is right yet."""
        case = self._bench.case
        wanted = max((step.righted for step in self._steps), key=len, default=frozenset[Path]())
        # Where a call raised, an edit may be one with which that is not come to any more: a part says nothing then.
        has_parts = RAISED not in case.paths(case.wrong) and len(case.paths(case.wrong & self._bench.asked)) > 1
        if not wanted or not has_parts:
            return Repair(_parts_of(self._steps), on_the_way=True) if self._steps else None
        while len(self._steps) > 1 and (self._steps[-1].righted != wanted or wanted.issubset(self._steps[-2].righted)):
            step = self._steps.pop()
            self._texts[step.edit.function] = step.before

        def does(texts: Mapping[str, str]) -> bool:
            return wanted.issubset(self._trials.paths_righted(self._bench.righted_by(texts)))

        return Repair(self._needed(does), tuple(sorted(wanted, key=str)))


def _is_outside(edit: Edit, other: Edit) -> bool:
    """Whether an edit of a statement changes nothing of what another one has put there, unless all around it."""
    put_there = parsed(other.after)
    if put_there is None or edit.span[0] is not edit.span[1]:
        return False
    wholes = [node for node in walk(edit.statement) if isinstance(node, ast.expr) and said(node) == said(put_there)]
    return bool(wholes) and not any(node is edit.span[0] for whole in wholes for node in walk(whole))


def _parts_of(steps: Sequence[Step]) -> tuple[Edit, ...]:
    """The places that steps change; the last one of a function has the text with all of them."""
    return tuple(part for step in steps for part in step.edit.parts)


def _taken_back(texts: Mapping[str, str], step: Step) -> dict[str, str] | None:
    """Texts without one of several steps; None if its lines were changed again."""
    name = step.edit.function
    before, after, now = (text.splitlines() for text in (step.before, step.after, texts[name]))
    if not len(before) == len(after) == len(now):
        return None
    for i, (a, b) in enumerate(zip(before, after, strict=True)):
        if a != b:
            if now[i] != b:
                return None
            now[i] = a
    return {**texts, name: "\n".join(now)}


def _named(edit: Edit) -> tuple[Any, ...]:
    """What is the same of an edit on the text as it is after another one."""
    return edit.function, edit.line, edit.kind, edit.before, edit.after


def _as_bytes(value: Array) -> tuple[Any, ...]:
    return value.shape, value.tobytes()


def _values_in(run: Run) -> Iterator[Array]:
    """The numbers and arrays that were computed in a call, or assigned; what is only read has another maker."""
    for number, seen in run.seen.items():
        node = run.watch.nodes.get(number)
        if node is not None and not isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
            yield from _numbers(seen)
        elif number in run.watch.targets:
            yield from _numbers(seen)


def _numbers(seen: Seen | None) -> Iterator[Array]:
    """The finite numbers and arrays among the values of an expression."""
    for value in (seen.first, *(seen.between or ()), seen.last) if seen is not None else ():
        if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind in "fiu"):
            array = np.asarray(value, dtype=np.float64)
            if array.size and np.isfinite(array).all():
                yield array
