"""One submission's failed functions, one after the other.

They are looked at in the contract's order, so that what was found in one is known when those that use it are looked
at: a `backward` that fails only because `forward` does is not told as a second mistake.
"""

from collections.abc import Sequence
from dataclasses import replace

from grader.checks.run import CheckRun
from grader.diagnosis.apart import Apart
from grader.diagnosis.cases.budget import Budget
from grader.diagnosis.cases.verdict import Described, Verdict
from grader.diagnosis.general import GeneralMeans
from grader.diagnosis.once_more import once_more
from grader.diagnosis.own_faults import OwnFaults, once_right
from grader.diagnosis.plain_facts import PlainFacts
from grader.diagnosis.planted.confirm import Confirmation
from grader.diagnosis.planted.follow import FollowOns
from grader.diagnosis.planted.known import KnownMistakes
from grader.diagnosis.repair import Repair


class Examination:
    """One submission's failed functions, looked at one after the other.

    Attributes:
        verdicts: of each function, what is wrong with it.
        own: what was found so far of the functions by themselves.
    """

    def __init__(
        self, confirmation: Confirmation, follow_ons: FollowOns, general: GeneralMeans | None, apart: Apart
    ) -> None:
        self.confirmation, self.general, self.assignment = confirmation, general, confirmation.assignment
        self.is_refuted, self.carried = follow_ons.is_refuted, follow_ons.carried
        self.budget, self._apart = Budget(), apart
        self.verdicts: dict[str, Verdict] = {}
        self.own = OwnFaults(confirmation, follow_ons, general, self.verdicts, apart)
        self.others = self.own.others
        self._made_again: dict[str, tuple[str, ...]] = {}
        self._refuted: dict[str, tuple[str, ...]] = {}  # functions that fail with right ones in the place of these, too

    def run(self) -> None:
        """Look at all of them. Each step is taken apart: an error in one loses nothing that others find."""
        failed = self._callees_first([name for name in self.assignment.function_names if self._is_to_be_examined(name)])
        step = self._apart.step
        for number, name in enumerate(failed):
            with step():
                self._examine(name, later=len(failed) - number - 1)
        # Where a mistake is that has its name already is asked when every function has had its turn.
        self.own.waiting.look()
        for name in failed:
            with step():
                self._leave_to_what_is_repaired(name)
        for name in self.assignment.function_names:
            with step():
                self._judge_with_right_makers(name)
        for name, causes in self.own.left_to_others.items():
            if self.others.follow_ons.get(name) == causes and name not in self.verdicts:
                with step():
                    self._look_once_more(name, causes)
        for name, causes in self._made_again.items():
            if self.others.follow_ons.get(name, causes) == causes and name not in self.verdicts:
                with step():
                    self._tell_once_more(name, causes)
        for name in self.assignment.function_names:
            with step():
                if self._is_wrong_besides(name):
                    failed.append(name)
        if self.own.locating is not None:
            for name, verdict in self.verdicts.items():
                with step():
                    self.verdicts[name] = self.own.locating.of_draws(name, verdict)
        for name in failed:
            with step():
                if name not in self.others.follow_ons:
                    self._tell_what_is_plain(name)
                    self._tell_other_defaults(name)
                self._leave_to_what_it_calls(name)

    def _examine(self, name: str, later: int) -> None:
        """Find what is wrong with a function, with its share of what may be tried for it and `later` ones."""
        own = [run for run in self.confirmation.runs if run.check.function == name]
        with self.budget.share(later) as budget, self.own.waiting.share(later + len(self.own.waiting)):
            verdict = self.own.of(name, own, budget)
        if causes := verdict.follows_from:
            is_refuted = self.is_refuted(name, causes)
            if is_refuted:
                self._refuted[name] = causes
            else:
                self.others.follow_ons[name] = causes
            if verdict.is_shown and (is_refuted or not self._is_built_on(name, causes, own)):
                self._made_again[name] = causes
                for run in own:  # the mistake is in its own text as well
                    self.own.proved.pop(run.check.id, None)
        if verdict.named or verdict.described:
            self.verdicts[name] = verdict
        self.others.found[name] = tuple(entry.mistake for entry in verdict.named)
        if name in self.own.wrong:
            self.own.wrong[name] = replace(self.own.wrong[name], found=self.others.found[name])

    def _leave_to_what_is_repaired(self, name: str) -> None:
        """See of a function of which nothing is known whether it fails for others, of which more is known now."""
        if name not in self.verdicts and name not in self.others.follow_ons:
            own = [run for run in self.confirmation.runs if run.check.function == name]
            if causes := self.own.right_once_others_are(name, own).follows_from:
                self.others.follow_ons[name] = causes

    def _leave_to_what_it_calls(self, name: str) -> None:
        """Say nothing of a call that ends in an error inside a function that has words of its own."""
        verdict = self.verdicts.get(name, Verdict())
        called = [one.evidence.get("ends_in") for one in verdict.described]
        explained = {one.rpartition(".")[2] for one in self.verdicts if one != name}
        if called and not verdict.named and explained.issuperset(called):
            del self.verdicts[name]

    def _callees_first(self, names: Sequence[str]) -> list[str]:
        """Functions in their order, but each behind those that it calls in the submission, though a right one may not.

        What is wrong there would otherwise be looked for here.
        """
        reached = {name: self.general.text.reached(name) if self.general is not None else frozenset() for name in names}
        found: list[str] = []
        for name in names:
            called = [one for one in names if one in reached[name] and name not in reached[one] and one != name]
            found += [one for one in (*called, name) if one not in found]
        return found

    def _tell_what_is_plain(self, name: str) -> None:
        """Add to what is known of a function by guesses alone what its text tells."""
        if self.general is None or name in self.others.repairs:
            return
        own = [run for run in self.confirmation.runs if run.check.function == name and not run.passed]
        with self.budget.share(0) as budget:
            known = KnownMistakes(name, own, self.confirmation, budget)
            facts, verdict = PlainFacts(self.general, self.own.changes), self.verdicts.get(name, Verdict())
            if not verdict.named:
                ground, has_said = self.own.ground(own), bool(verdict)
                verdict = facts.beside(known, ground, own, self.verdicts)
                if not has_said:  # that what raised is all that is known so far
                    verdict = self.own.with_what_is_behind(verdict, known, ground, ground, own)
            told = self.general.facts.other_words(name, known.traces)
            kept = tuple(one for one in verdict.described if not (told and one.code.endswith(".zero-result")))
            told += self.general.facts.set_anew(name)
            if told or verdict:  # a branch that is never run leaves zeros
                self.verdicts[name] = replace(verdict, described=(*told, *kept))

    def _tell_other_defaults(self, name: str) -> None:
        """Add what a function takes for what is left out, where that is not what the task has: numbers have no name."""
        runs = [run for run in self.confirmation.runs if run.check.function == name]
        if self.general is None or name in self.others.repairs:
            return
        facts, verdict = self.general.facts, self.verdicts.get(name, Verdict())
        told = facts.default_of_a_key(self.own.wrong[name].case, runs) if name in self.own.wrong else ()
        told = told or facts.other_default(name, runs, in_part=True)
        if told and not {one.code for one in told} & {one.code for one in verdict.described}:
            is_all = any(one.evidence.get("is_all") for one in told)
            lines = {one.location.line for one in told if one.location is not None}
            others = tuple(one for one in verdict.described if not lines.issuperset(_lines_changed(one)))
            kept = () if is_all and not verdict.named else others
            self.verdicts[name] = replace(verdict, described=(*told, *kept))

    def _is_built_on(self, name: str, causes: Sequence[str], runs: Sequence[CheckRun]) -> bool:
        """Whether a function calls one of others, as far as its text shows, or its checks hand it what one gave."""
        reached = self.general.text.reached(name) if self.general is not None else frozenset()
        with self.budget.share(0) as budget:
            fed = KnownMistakes(name, runs, self.confirmation, budget).failing_callees()
        return not reached or bool({*causes} & {*reached, *fed, *self.own.makers.of_other_classes(name)})

    def _tell_once_more(self, name: str, causes: Sequence[str]) -> None:
        """Tell of a function that it makes the mistakes of others, which it is not built on."""
        failed = [run.check.id for run in self.confirmation.runs if run.check.function == name and not run.passed]
        due = self.carried | (
            {*self.own.proved} if name in self.others.follow_ons else set()
        )  # where it was not refuted
        if self.general is None or not {*failed} - due:
            return
        found = {one: self.verdicts[one] for one in causes if one in self.verdicts}
        told = [once_more(verdict, name, one, failed, self.general) for one, verdict in found.items()]
        named = tuple(entry for one in told for entry in one.named)
        described = tuple(entry for one in told for entry in one.described)
        if named or described:
            self.verdicts[name] = Verdict(named, described)
            self.others.follow_ons.pop(name, None)

    def _is_to_be_examined(self, name: str) -> bool:
        own = [run for run in self.confirmation.runs if run.check.function == name]
        return name not in self.others.follow_ons and any(run.result.status in ("failed", "error") for run in own)

    def _judge_with_right_makers(self, name: str) -> None:
        """Take a function for right that fails for others alone.

        If its text sees no more of them than values, its points are due.
        """
        if causes := self.own.makers.right_with(name, self.own.proved.keys() | self.carried):
            if self.own.makers.sees_values_alone(name, causes):
                runs = [run for run in self.confirmation.runs if run.check.function == name]
                self.own.prove(runs, causes)
            self.others.follow_ons[name] = causes
            self.verdicts.pop(name, None)
            self.own.wrong.pop(name, None)

    def _look_once_more(self, name: str, causes: Sequence[str]) -> None:
        """Look for what is wrong with a function that its checks ask others beside, once these are known.

        If it fails with each of these repaired, it does not fail for them.
        """
        runs = [run for run in self.confirmation.runs if run.check.function == name]
        repairs = self.own.makers.repairs_beside(name, causes)
        if self.general is None or not repairs:
            return
        with self.general.changes.holding(repairs), self.own.waiting.share(later=0), self.budget.share(0) as budget:
            now = self.confirmation.as_it_is_now(runs)
            if all(run.passed for run in now):
                return
            ground = self.own.ground(now)
            verdict = self.own.checked(KnownMistakes(name, now, self.confirmation, budget), ground, now)
            verdict = once_right(verdict, name, self.others.named(repairs))
        self.others.follow_ons.pop(name)
        if verdict:
            self.verdicts[name] = verdict

    def _give_what_is_due(self, name: str, runs: Sequence[CheckRun], repairs: Sequence[Repair]) -> None:
        """See whether a function passes with others repaired, and have its points be due if it sees values alone.

        A right one in their place could not be asked: they have parameters or results of their own, say.
        """
        causes = self.others.named(repairs)
        is_right = self.general is not None and self.general.changes.pass_with(repairs, runs)
        if is_right and self.own.makers.sees_values_alone(name, causes):
            self.own.prove(runs, causes)
            self.others.follow_ons[name] = causes

    def _is_wrong_besides(self, name: str) -> bool:
        """Look for what is wrong with a function that fails for others, as far as is known, once these are repaired.

        None of its checks may have come to what is its own.
        """
        runs = [run for run in self.confirmation.runs if run.check.function == name]
        due = {*self.own.proved, *self.carried} if name not in self._refuted else self.carried
        is_open = any(not run.passed and run.check.id not in due for run in runs)
        blamed = dict.fromkeys(run.blamed for run in runs if run.blamed is not None)  # what keeps checks from running
        causes = self.others.follow_ons.get(name) or self._refuted.get(name, tuple(blamed))
        repairs = (
            self.own.makers.repairs_beside(name, causes) if causes and is_open and name not in self.verdicts else ()
        )
        if self.general is None or not repairs:
            return False
        with self.own.waiting.share(later=0), self.budget.share(0) as budget:
            with self.general.changes.holding(repairs):
                now = self.confirmation.as_it_is_now(runs)
                if all(run.passed or run.blamed for run in now):
                    self._give_what_is_due(name, [run for run in runs if run.check.id not in due], repairs)
                    return False
                told = self.own.other_parameters(name, now, budget)
            verdict = Verdict(described=told)
            if not told:
                with self.others.righted(self.others.named(repairs)):
                    verdict = self.own.beside(repairs, name, runs, self.own.ground(now), budget)
        if not verdict.named and not verdict.described:
            return False
        self.others.follow_ons.pop(name, None)
        self.verdicts[name] = verdict
        self.own.waiting.look()
        return True


def _lines_changed(told: Described) -> set[int]:
    """The lines that a change which is told is made in; an impossible one, if it is none."""
    edits = told.evidence.get("edits")
    return {edit["line"] for edit in edits} if isinstance(edits, list) else {0}
