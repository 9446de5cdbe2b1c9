"""The known mistakes behind one function's failed checks."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from grader.assignments import Mistake
from grader.checks.run import CheckRun
from grader.diagnosis.cases.budget import Budget
from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.leaves import RAISED, Path
from grader.diagnosis.cases.parts import Parts
from grader.diagnosis.cases.playback import trace_of
from grader.diagnosis.cases.trace import Trace
from grader.diagnosis.cases.verdict import Confidence, Named, Verdict, confidence_of
from grader.diagnosis.planted.confirm import Confirmation, is_quick
from grader.diagnosis.planted.partial import is_about_more, note_on_part
from grader.diagnosis.planted.planting import Mistakes
from grader.diagnosis.planted.search import Search


class KnownMistakes:
    """Looks for the known mistakes of one function, given those that were found in other functions."""

    def __init__(self, function: str, runs: Sequence[CheckRun], confirmation: Confirmation, budget: Budget) -> None:
        self.function = function
        self.budget = budget
        self.confirmation = confirmation
        self.planting = confirmation.planting
        self.assignment = confirmation.assignment
        contract = {entry.name: entry for entry in self.assignment.contract}
        self.kept = contract[function].kept
        self.passed = [run for run in runs if run.passed and is_quick(run)]
        failed = [run for run in runs if run.result.status in ("failed", "error") and run.blamed is None]
        # What costs nothing in any case, a logarithm of 0, need not come out as a right function's.
        failed = [run for run in failed if run.check.points] or failed
        quick = [run for run in failed if is_quick(run)]
        self.ended_with_values = [
            run for run in failed if run.result.status == "failed" and "dataset" not in run.check.arguments
        ]
        by_value = [run for run in quick if _is_about_values(run)]
        self.evident = by_value or quick
        self.implied = [run for run in quick if run not in self.evident and not _is_told_by_behaviour(run)]
        self.candidates = self._candidates()
        self.others = [run for run in quick if run not in self.evident]
        self._cases: dict[Mistakes, Case] = {}
        self._failed_cases: dict[Mistakes, Case] = {}
        self._searches: dict[Case, Search] = {}

    @cached_property
    def traces(self) -> tuple[Trace, ...]:
        """The calls of the checks that compare values."""
        return self._traced(self.evident)

    def case(self, context: Mistakes) -> Case:
        """What the function gave in the checks that compare values."""
        if context not in self._cases:
            self._cases[context] = Case(self.function, self.traces, self.kept, self.planting.module(context))
        return self._cases[context]

    def drawn_twice(self, context: Mistakes) -> Case:
        """The case, with what the same checks see when they are run on other random numbers beside it."""
        traces = (*self.traces, *self._further)
        return Case(self.function, traces, self.kept, self.planting.module(context))

    def with_passed(self, context: Mistakes) -> Case:
        """The case, with what the checks that passed saw beside it."""
        passed = map(self.confirmation.traces.of, self.passed)
        return Case(self.function, [*self.traces, *passed], self.kept, self.planting.module(context))

    @cached_property
    def _further(self) -> tuple[Trace, ...]:
        setting = self.confirmation.another_setting
        return tuple(trace_of(run, self.assignment.contract, setting) for run in self.confirmation.again(self.evident))

    def failed_case(self, context: Mistakes) -> Case:
        """What the function gave in all failed checks, also in those that only bound a value."""
        if not self.others:
            return self.case(context)
        if context not in self._failed_cases:
            traces = (*self.traces, *self._traced(self.others))
            self._failed_cases[context] = Case(self.function, traces, self.kept, self.planting.module(context))
        return self._failed_cases[context]

    def _search(self, case: Case, context: Mistakes) -> Search:
        if case not in self._searches:
            self._searches[case] = Search(
                case, self.planting, self.candidates, context, self.budget, self._right_callees
            )
        return self._searches[case]

    def verdict(self, context: Mistakes) -> Verdict:
        """Mistakes of this function's steps that explain every failed check, on top of the context; or none."""
        verdict = self._explained(self.case(context), context, [*self.passed, *self.implied])
        if verdict or not self.implied:
            return verdict
        # One mistake may be behind the wrong values and another behind a value that a check only bounds.
        traces = (*self.traces, *self._traced(self.implied))
        everything = Case(self.function, traces, self.kept, self.planting.module(context))
        return self._explained(everything, context, self.passed)

    def _explained(self, case: Case, context: Mistakes, judged: Sequence[CheckRun]) -> Verdict:
        """Mistakes that give all of a case, and pass and fail the judged checks as the submission did."""
        if not case.wrong or not case.has_values(case.wrong):
            return Verdict()
        search = self._search(case, context)
        # Some two of many mistakes give any result that is an error, or zero everywhere.
        finders = (search.single, search.combined) if case.has_distinctive_numbers(case.wrong) else (search.single,)
        is_nothing = case.is_nothing(case.wrong)
        for find in finders:
            fitting = [
                found
                for found in find()
                if not (is_nothing and self._is_seen_right_elsewhere(found))
                and self._is_confirmed(found, context, case, judged)
                # Two may make up for a third: then they are not two that a function beside shows not to be made.
                and (len(found) == 1 or not self.confirmation.contradictions(found, self.function))
            ]
            if fitting:
                return self._named(self._preferred(fitting, context, case), case, search)
        return Verdict()

    def _is_seen_right_elsewhere(self, mistakes: Mistakes) -> bool:
        """Whether a step that mistakes are in is one of a function that does less, and all of whose checks pass."""
        steps = self.assignment.reached_steps
        judged = {run.check.function for run in self.confirmation.runs if run.check.points}
        failing = {run.check.function for run in self.confirmation.runs if not run.passed}
        mine = steps.get(self.function, frozenset())
        others = [steps.get(name, frozenset()) - {name} for name in judged - failing - {self.function}]
        return any(mistake.step in simpler < mine for mistake in mistakes for simpler in others)

    def _traced(self, runs: Sequence[CheckRun]) -> tuple[Trace, ...]:
        """What the checks asked for, the cheapest first: on it most mistakes are ruled out."""
        solution = self.planting.module(())
        traces = [self.confirmation.traces.priced(run, solution, self.kept) for run in runs]
        return tuple(sorted(traces, key=lambda trace: trace.price))

    def partly(self, context: Mistakes, drawn_twice: Case) -> tuple[tuple[Named, ...], int]:
        """Mistakes that explain some of the wrong cells exactly, where nothing explains all; and those cells.

        Args:
            context: the mistakes found in other functions.
            drawn_twice: the case of two draws; in both a mistake must give what the submission gave.

        Returns:
            the mistakes, and the cells of `drawn_twice` that they explain.
        """
        case = self.case(context)
        search = self._search(case, context)
        covered, told, named = 0, 0, []
        for effect in search.partial():
            together = (*context, effect.mistake)
            if effect.explained & covered or effect.explained == case.wrong:
                continue
            if not case.has_distinctive_numbers(effect.explained):
                continue
            if not self.confirmation.same_verdicts(together, self.passed):
                continue
            if self.confirmation.spoils(together, self.evident):
                continue
            in_both = self._explained_by(together, drawn_twice)
            if not in_both or is_about_more(effect.mistake, Parts(drawn_twice, self.assignment.contract), in_both):
                continue
            covered |= effect.explained
            told |= in_both
            named.append(self._entry(effect.mistake, (), "likely", case.paths(effect.explained)))
        noted = [replace(entry, note=note_on_part(drawn_twice, self.assignment.contract, told)) for entry in named]
        return tuple(noted), told

    def _explained_by(self, mistakes: Mistakes, case: Case) -> int:
        """The cells that mistakes change, if they make each of them what the submission made of it; else none."""
        explained = 0
        for i, value in enumerate(case.values(self.planting.module(mistakes))):
            if case.agree(i, value, case.right[i]):
                continue
            if not case.agree(i, value, case.found[i]):
                return 0
            explained |= 1 << i
        return explained

    def _candidates(self) -> Mistakes:
        """Mistakes that this function can have by itself: those of callees that fail are looked for in these."""
        elsewhere = {
            step
            for name in self.assignment.callees[self.function]
            if any(not run.passed for run in self.confirmation.runs if run.check.function == name)
            for step in self.assignment.reached_steps.get(name, frozenset())
        }
        return tuple(m for m in self.planting.reaching(self.function) if m.step not in elsewhere)

    @cached_property
    def _right_callees(self) -> frozenset[str]:
        """Functions of the contract that this one calls, and whose own checks all pass."""
        judged = {run.check.function for run in self.confirmation.runs if run.check.points}
        failing = {run.check.function for run in self.confirmation.runs if not run.passed}
        return frozenset(judged - failing) & frozenset(self.assignment.callees[self.function])

    def failing_callees(self) -> tuple[str, ...]:
        """Other functions, none missing, that fail checks and are called in this function's failed checks."""
        called = {call.function for run in self.evident for call in self.confirmation.traces.of(run).calls}
        called -= {self.function}
        failing = self.confirmation.wrong
        return tuple(name for name in self.assignment.function_names if name in called & failing)

    def is_explained_by(self, context: Mistakes) -> bool:
        """Whether mistakes of other functions alone give all that this function gave."""
        case = self.case(context)
        if case.wrong or not all(cell.path == RAISED for cell in case.cells):
            return not case.wrong
        # Where calls end in errors, no more of the function is seen than what comes before: other checks may see more.
        return self.confirmation.same_verdicts(context, self.ended_with_values)

    def _is_confirmed(self, mistakes: Mistakes, context: Mistakes, case: Case, judged: Sequence[CheckRun]) -> bool:
        together = (*context, *mistakes)
        confirmation = self.confirmation
        return (
            self._is_evidence(case, together)
            and (len(mistakes) == 1 or self._is_each_needed(mistakes, context, case))
            and confirmation.same_verdicts(together, judged)
            and not confirmation.spoils(together, self.evident)
            and self._is_drawn_again(together)
        )

    def _is_each_needed(self, mistakes: Mistakes, context: Mistakes, case: Case) -> bool:
        """Whether numbers speak for each of several mistakes: an error alone has many causes."""
        for mistake in mistakes:
            others = tuple(other for other in mistakes if other is not mistake)
            without = case.values(self.planting.module((*context, *others)))
            pairs = enumerate(zip(case.found, without, strict=True))
            if all(case.agree(i, found, value) for i, (found, value) in pairs if isinstance(found, np.ndarray)):
                return False
        return True

    def _is_drawn_again(self, mistakes: Mistakes) -> bool:
        """Whether mistakes give what the submission gave on other random numbers; True when it cannot be asked."""
        if not self._further:
            return True
        module = self.planting.module(mistakes)
        return Case(self.function, self._further, self.kept, self.planting.module(())).is_shown_by(module)

    def _is_evidence(self, case: Case, together: Mistakes) -> bool:
        """Whether agreement says something; errors alone do not while another function that is called is at fault."""
        variant = self.planting.module(together)
        raised = all(cell.path == RAISED for i, cell in enumerate(case.cells) if case.wrong >> i & 1)
        if not (case.says_the_same(variant) if raised else case.telling(case.wrong, variant)):
            return False
        if not case.has_numbers(case.wrong) and case.meets_other_shapes(variant):
            return False  # what does not fit is something else
        named = {m.step for m in together}
        unexplained = [
            name for name in self.failing_callees() if not named & self.assignment.reached_steps.get(name, frozenset())
        ]
        return not (raised and unexplained)

    def _preferred(self, fitting: list[Mistakes], context: Mistakes, case: Case) -> list[Mistakes]:
        """Those that raise with the same words and leave the functions alone that are right, if there are such."""
        if len(fitting) > 1:
            fitting = [
                found for found in fitting if case.says_the_same(self.planting.module((*context, *found)))
            ] or fitting
        if len(fitting) > 1:
            counts = [self.confirmation.contradictions(found, self.function) for found in fitting]
            fitting = [found for found, count in zip(fitting, counts, strict=True) if count == min(counts)]
        return fitting

    def _named(self, fitting: list[Mistakes], case: Case, search: Search) -> Verdict:
        """One entry for each mistake of the first fit; what another fit has in its stead is its alternative."""
        first, *others = fitting
        alternatives: dict[str, list[Mistake]] = {mistake.code: [] for mistake in first}
        is_ambiguous = False
        for other in others:
            mine = [mistake for mistake in first if mistake not in other]
            theirs = [mistake for mistake in other if mistake not in first]
            if len(mine) == len(theirs) == 1:
                alternatives[mine[0].code] += theirs
            else:
                is_ambiguous = True
        touched = {effect.mistake.code: effect.touched for effect in search.effects} if len(first) > 1 else {}
        entries = []
        for mistake in first:
            instead = tuple(dict.fromkeys(alternatives[mistake.code]))
            is_clear = not is_ambiguous and case.has_numbers(case.wrong)
            confidence = confidence_of(mistake, instead, "certain" if is_clear else "likely")
            cells = touched.get(mistake.code, case.wrong)
            entries.append(self._entry(mistake, instead, confidence, case.paths(cells)))
        return Verdict(named=tuple(entries))

    def _entry(
        self, mistake: Mistake, alternatives: Mistakes, confidence: Confidence, paths: tuple[Path, ...]
    ) -> Named:
        return Named(mistake, alternatives, confidence, tuple(run.check.id for run in self.evident), paths)


def _is_about_values(run: CheckRun) -> bool:
    return run.result.status == "error" or any(c.verdict == "wrong" for c in run.result.comparisons)


def _is_told_by_behaviour(run: CheckRun) -> bool:
    return any(finding.behaviour != "depends-on-the-batch" for finding in run.record.findings)
