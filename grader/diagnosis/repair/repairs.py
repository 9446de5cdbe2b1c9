"""Repairs of one submission: its functions' texts, the trials that it has left, and what counts as right."""

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from types import ModuleType

from grader.checks.run import CheckRun, CheckSetting, passes, run_check
from grader.diagnosis.cases.case import Case, Value
from grader.diagnosis.cases.judged import Judged
from grader.diagnosis.cases.playback import trace_of
from grader.diagnosis.planted.confirm import is_quick
from grader.diagnosis.planted.probing import Righted
from grader.diagnosis.repair.allowance import STEPS_OF_ALL, Allowance, Spent
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.calls_made import CallsMade
from grader.diagnosis.repair.fixed_numbers import with_surroundings
from grader.diagnosis.repair.intermediate_values import Intermediates
from grader.diagnosis.repair.kept_parts import KEPT_AS_GIVEN, edits_of_what_is_kept, kept_as_given
from grader.diagnosis.repair.making import Making
from grader.diagnosis.repair.order import OF_TRAININGS, rank
from grader.diagnosis.repair.repair import Repair
from grader.diagnosis.repair.search import Search
from grader.diagnosis.repair.sharing import copies, is_exchange
from grader.diagnosis.repair.twins import Signature, signature
from grader.diagnosis.repair.whole_checks import OF_SHAPES, OF_VALUES, price_of_checks
from grader.diagnosis.repair.written import Edit, Written
from grader.sandbox import CellFailure, SubmissionRaised

STATEMENTS = 1_500  # of one function, which is not looked at if it has more
DRAWS = 5  # of what is random itself: any edit gives it other numbers, of which some pass by chance


class Repairs:
    """Looks for repairs in one submission."""

    def __init__(self, judged: Judged) -> None:
        """Functions of the contract have checks of their own: they are not changed for the sake of others.

        Nor is what functions that pass all their checks, of all `runs`, call as well, if they would not pass then.
        """
        self.student, self.source, self.contract = judged.student, judged.source, judged.contract
        self.setting, runs = judged.setting, judged.runs
        self.judged = frozenset(entry.name for entry in self.contract)
        self.classes = frozenset(entry.name for entry in self.contract if entry.kind == "class")
        self.allowance = Allowance()
        self._for_steps = Allowance(*STEPS_OF_ALL)
        self.failing = failing = frozenset(run.check.function for run in runs if not run.passed)
        self._failed = [run for run in runs if not run.passed and is_quick(run)]
        self._built_on: dict[str, list[CheckRun]] = {}
        self._passed: dict[str, list[CheckRun]] = {}
        for run in runs:
            if run.check.function not in failing and is_quick(run):
                self._passed.setdefault(run.check.function, []).append(run)
        self._texts: dict[str, list[Written]] = {}
        self._mended: dict[str, Written] = {}  # functions that are read with an edit of theirs
        self._making: dict[tuple[Hashable, frozenset[int]], Making] = {}
        self._calls_made: dict[str, CallsMade] = {}
        self.signatures: dict[Signature, str] = {}  # of what was found in other functions, with the tier
        self._known: dict[tuple[Hashable, str, int], bool] = {}  # edited definitions, check, seed -> whether it passes
        self._told = Counter[str]()  # by check, how many edits have failed in it

    def is_right(self, function: str) -> bool:
        """Whether a function passes all its checks, which are quick."""
        return function in self._passed

    def written(self, function: str) -> list[Written]:
        """The function's text, and that of the submission's own functions that it calls; of none that is far too long.

        The first is its own, or there is none.
        """
        if function not in self._texts:
            self._texts[function] = self._written(function)
        return self._texts[function]

    def _written(self, function: str) -> list[Written]:
        name = f"{function}.__init__" if function in self.classes else function
        texts = {reached: (unit, definition) for reached, unit, definition in self.source.reached(name, self.judged)}
        for reached, unit, definition in self.source.methods_of_others(name):
            texts.setdefault(reached, (unit, definition))
        found = [
            self._mended.get(reached) or Written(reached, unit, definition, unit.source)
            for reached, (unit, definition) in texts.items()
            if reached == name or reached not in self.judged
        ]
        found = [one for one in found if one.statements <= STATEMENTS]
        return found if found and found[0].function == name else []

    @contextmanager
    def mending(self, mended: Written) -> Iterator[None]:
        """Have a function be as an edit leaves it within a `with` block, where it is called and where it is read."""
        usual = self._texts, self._calls_made, self._mended
        self._texts, self._calls_made, self._mended = {}, {}, {**self._mended, mended.function: mended}
        try:
            with self.student.loaded.edited({mended.function: mended.text}):
                yield
        finally:
            self._texts, self._calls_made, self._mended = usual

    def bench(self, case: Case, others: Sequence[Sequence[Value]] = ()) -> Bench:
        name, written = case.function, self.written(case.function)
        if name not in self._calls_made:
            self._calls_made[name] = CallsMade(self.student, written, case.kept)
        return Bench(self.student, case, written, self.allowance, self._calls_made[name], others)

    def search(
        self,
        bench: Bench,
        runs: Sequence[CheckRun],
        focus: Collection[int] = (),
        *,
        base: ModuleType | None = None,
        chains: bool = True,
        only_place: bool = False,
        wanted: Collection[str] = (),
        first_wrong: Callable[[], Collection[int]] = frozenset,
        intermediates: Callable[[], Intermediates] | None = None,
    ) -> tuple[Repair, ...]:
        """Repairs of a function: one that makes all of it right, or one for each output that one edit makes right.

        Args:
            runs: every check of the function.
            focus: lines that are tried first.
            base: what is right where a function below is wrong; without it, the checks tell.
            chains: whether several places together are looked for as well.
            only_place: whether it is enough to know where the best one is, and not what does as well.
            wanted: names that a known mistake leaves out: what puts one in is tried first.
            first_wrong: asked for lines where the first wrong values are, if the likely edits do not do.
            intermediates: asked for the intermediate values of a right solution, if no single edit does.
        """
        return self._found(
            self._search(bench, runs, base, focus),
            lambda search: search.found(
                focus, chains, first_wrong, intermediates, only_place=only_place, wanted=wanted
            ),
        )

    def by_checks(
        self, bench: Bench, runs: Sequence[CheckRun], righted: Righted | None = None, *, in_two_steps: bool = False
    ) -> tuple[Repair, ...]:
        """The repair of a function that whole checks judge alone, and experiments, if there are any, `righted`."""

        of_values = OF_SHAPES if _is_turned(runs) else OF_VALUES

        def look(search: Search) -> tuple[Repair, ...]:
            return search.by_checks(of_values if righted is None else OF_TRAININGS, in_two_steps=in_two_steps)

        return self._found(self._search(bench, runs, None, righted=righted), look)

    def of_what_is_kept(self, maker: str, runs: Sequence[CheckRun], *, only_taken_out: bool) -> Repair | None:
        """The edit of what one function keeps for others with which all their checks, `runs`, pass, and its own."""
        fitting: list[Edit] = []
        try:
            for written in self.written(maker)[:1]:
                likely = edits_of_what_is_kept(written, only_taken_out=only_taken_out)
                for edit in itertools.chain(likely, kept_as_given(written)):
                    if fitting and edit.kind == KEPT_AS_GIVEN:
                        break
                    self.allowance.spend(1, price_of_checks(runs))
                    if self.passes({edit.function: edit.text}, [*runs, *self._passed.get(maker, ())]):
                        fitting.append(edit)
        except (CellFailure, Spent):
            pass
        return Repair((with_surroundings(min(fitting, key=rank)),)) if fitting else None

    def of_what_is_shared(self, bench: Bench, others: Sequence[str], runs: Sequence[CheckRun]) -> Repair | None:
        """The copy of something that two names stand for with which all checks, `runs`, pass, and those of its maker.

        Args:
            others: further functions that may make what the function works with; wrong ones are left as they are.
        """
        makers = [one for name in others for one in self.written(name)[:1]]
        texts = [*{one.function: one for one in (*bench.written, *makers)}.values()]
        texts = [*{id(one.definition): one for one in reversed(texts)}.values()][::-1]
        only_raised = all(run.passed or run.result.status == "error" for run in runs)
        price = price_of_checks(runs)
        try:
            edits = [e for one in texts if not one.is_long for e in copies(one, texts, with_operations=not only_raised)]
            for edit in self._without_effectless(bench, edits):
                self.allowance.spend(1, price)
                if self.passes({edit.function: edit.text}, [*runs, *self._passed.get(edit.function, ())]):
                    return Repair((edit,))
        except (CellFailure, Spent, SubmissionRaised):
            pass
        return None

    def _without_effectless(self, bench: Bench, edits: Sequence[Edit]) -> Sequence[Edit]:
        """The edits without those that leave the failed calls wrong in which they are run, as far as such can be made.

        A trial in a call is a small part of what a check costs.
        """
        called = {name for name, _, _ in self.source.reached(bench.case.function)}
        tried: dict[Edit, Edit] = {}
        if bench.telling and not bench.keeps_state:
            # What is told of such an edit is not what it puts there. Of rows that are exchanged only a check sees all.
            in_calls = (edit for edit in edits if edit.function in called and not is_exchange(edit.statement))
            tried = {replace(edit, after=edit.replacement): edit for edit in in_calls}
        left = {tried[one.edit] for one in bench.tried([*tried]) if one.is_whole}
        return [edit for edit in edits if edit not in tried.values() or edit in left]

    def _search(
        self,
        bench: Bench,
        runs: Sequence[CheckRun],
        base: ModuleType | None,
        focus: Collection[int] = (),
        righted: Righted | None = None,
    ) -> Search:
        key = bench.shown, frozenset(focus if any(one.is_long for one in bench.written) else ())
        if key not in self._making:
            self._making[key] = Making(bench, self.source.of_one_argument, key[1])
        draws = DRAWS if bench.case.drawn else 2
        unasked = self.unasked(bench.case.function)
        runs = [run for run in runs if run not in unasked]

        def passes(texts: dict[str, str]) -> bool:
            try:
                return self._is_righted(texts, righted) and self.passes(texts, runs, base, draws)
            except SubmissionRaised:  # of a text that is no Python any more, such as `f(*sizes)` without the call
                return False

        def mended(texts: dict[str, str]) -> Sequence[str]:
            try:
                return self.mended(texts, runs, draws)
            except SubmissionRaised:
                return ()

        def left_wrong(texts: dict[str, str]) -> int:
            with self.student.loaded.edited(texts):
                return sum(not self._passes(run, self.setting) for run in self._failed_with(bench.case.function))

        price = max(price_of_checks(runs), righted.price if righted is not None else 0)
        return Search(bench, self._making[key], passes, mended, left_wrong, self.signatures, price, self._for_steps)

    def unasked(self, function: str) -> Sequence[CheckRun]:
        """The failed checks that need not pass with an edit, as they cost nothing, where others cost something."""
        failed = [run for run in self._failed if run.check.function == function]
        free = [run for run in failed if not run.check.points]
        return free if len(free) < len(failed) else ()

    def _failed_with(self, function: str) -> list[CheckRun]:
        """The failed checks of other functions that call this one: what it makes for these tells them as well."""
        if function not in self._built_on:
            others = [run for run in self._failed if run.check.function != function]
            self._built_on[function] = [
                run
                for run in others
                if any(call.function == function for call in trace_of(run, self.contract, self.setting).calls)
            ]
        return self._built_on[function]

    def _is_righted(self, texts: dict[str, str], righted: Righted | None) -> bool:
        """Whether experiments, which cost less than checks, come out right with edited definitions.

        An edit may never come to an end: it is waited for as long as for any other trial.
        """
        if righted is None:
            return True
        with self.student.loaded.edited(texts), self.student.loaded.hurried():
            return righted()

    def _found(self, search: Search, look: Callable[[Search], tuple[Repair, ...]]) -> tuple[Repair, ...]:
        try:
            found = tuple(one for one in look(search) if not self._spoils(one, search.function))
        except CellFailure:
            return ()  # the function is too slow, or an edit ended the process
        self.signatures.update({signature(edit): edit.tier for repair in found for edit in repair.edits})
        return found

    def passes(
        self, texts: dict[str, str], runs: Sequence[CheckRun], base: ModuleType | None = None, draws: int = 2
    ) -> bool:
        """Whether every quick check of a function passes with edited definitions, on several draws."""
        quick = sorted((run for run in runs if is_quick(run)), key=self._expected)

        def is_right(run: CheckRun, setting: CheckSetting) -> bool:
            found = self._passes(run, setting) if base is None else self._is_right(run, setting, base)
            self._told[run.check.id] += not found
            return found

        with self.student.loaded.edited(texts):
            are_right = bool(quick) and all(is_right(run, one) for one in self._settings(draws) for run in quick)
            if not are_right or not all(self._passes(run, self.setting) for run in self._right_ones_that_call(texts)):
                return False
        alike, others = self._right_ones_that_inherit(texts)
        with self.student.loaded.edited(texts | alike) if alike else nullcontext():
            return all(self._passes(run, self.setting) for run in others)

    def _spoils(self, repair: Repair, function: str) -> bool:
        """Whether edits on the way are of what functions that are right call as well, which are so no more then."""
        texts = {edit.function: edit.text for edit in repair.edits}
        if not repair.on_the_way or texts.keys() <= {function}:
            return False
        with self.student.loaded.edited(texts):
            return not all(self._passes(run, self.setting) for run in self._right_ones_that_call(texts))

    def _expected(self, run: CheckRun) -> tuple[float, bool, int]:
        """Where a check stands among others: that in which most edits failed, for its calls, is asked first."""
        calls = len(run.record.observations)
        return -self._told[run.check.id] / (calls + 1), run.passed, calls

    def passes_once(self, texts: dict[str, str], runs: Sequence[CheckRun]) -> bool:
        """Whether the checks of a function that are not quick pass as well, on the draw that they were given."""
        longer = [run for run in runs if not is_quick(run)]
        with self.student.loaded.edited(texts):
            return all(self._passes(run, self.setting) for run in longer)

    def are_stopped(self, texts: dict[str, str], runs: Sequence[CheckRun], function: str) -> bool:
        """Whether any check ends in an error in a function of this name with edited definitions."""
        with self.student.loaded.edited(texts), self.student.keeping_nothing():
            errors = [run_check(run.check, self.student, self.setting).result.error for run in runs]
        return any(one is not None and one.frames[-1:] and one.frames[-1].function == function for one in errors)

    def mended(self, texts: dict[str, str], runs: Sequence[CheckRun], draws: int = 2) -> Sequence[str]:
        """The titles of failed checks that pass with edited definitions, on several draws; none if others fail then."""
        quick = [run for run in runs if is_quick(run)]

        def is_right(run: CheckRun) -> bool:
            return all(self._passes(run, setting) for setting in self._settings(draws))

        with self.student.loaded.edited(texts):
            found = [run.check.title for run in quick if not run.passed and is_right(run)]
            return found if found and all(is_right(run) for run in quick if run.passed) else ()

    def _settings(self, draws: int) -> list[CheckSetting]:
        return [replace(self.setting, seed=self.setting.seed + more) for more in range(draws)]

    def _passes(self, run: CheckRun, setting: CheckSetting) -> bool:
        """Whether a check passes with the definitions that are held now; it is run once with them."""
        key = self.student.loaded.held, run.check.id, setting.seed
        if key not in self._known:
            with self.student.keeping_nothing():
                self._known[key] = passes(run.check, self.student, setting)
        return self._known[key]

    def _right_ones_that_call(self, texts: Collection[str]) -> Iterator[CheckRun]:
        """The checks of functions that are right and call what is edited, or are checked with what it makes."""
        own = {name for name in texts if name not in self.judged}
        for function, runs in self._passed.items():
            if own and own & {name for name, _, _ in self.source.reached(function)}:
                yield from runs
            elif function not in texts:
                yield from (run for run in runs if any(seen.function in texts for seen in run.record.observations))

    def _right_ones_that_inherit(self, texts: Mapping[str, str]) -> tuple[dict[str, str], list[CheckRun]]:
        """What is edited as other classes have it, by their names for it, and the checks of what is right in these."""
        known = {name: self.source.definition(name) for name in texts}
        edited = {id(found[1]): texts[name] for name, found in known.items() if found is not None}
        alike: dict[str, str] = {}
        others: list[CheckRun] = []
        for function, runs in self._passed.items():
            reached = [(name, id(definition)) for name, _, definition in self.source.reached(function)]
            if inherited := {name: edited[key] for name, key in reached if key in edited and name not in texts}:
                alike |= inherited
                others += runs
        return alike, others

    def _is_right(self, run: CheckRun, setting: CheckSetting, base: ModuleType) -> bool:
        """Whether a check passes, or sees what a right function gives on a base."""
        run = run_check(run.check, self.student, setting)
        if run.passed:
            return True
        trace = trace_of(run, self.contract, setting)
        kept = next(entry.kept for entry in self.contract if entry.name == run.check.function)
        return not Case(run.check.function, [trace], kept, base).wrong


def _is_turned(runs: Sequence[CheckRun]) -> bool:
    """Whether something that checks compared has the sizes that were asked for, along other axes."""
    compared = (one for run in runs if not run.passed for one in run.result.comparisons)
    shapes = [(one.shape, one.expected_shape) for one in compared]
    return any(own and asked and own != asked and sorted(own) == sorted(asked) for own, asked in shapes)
