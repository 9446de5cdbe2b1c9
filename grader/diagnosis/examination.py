"""One submission's failed functions, one after the other, and what each of them is wrong with.

They are looked at in the contract's order, so that what was found in one is known when those that use it are looked
at: a `backward` that fails only because `forward` does is not told as a second mistake. What is tried comes in the
order of its certainty: what is not written, known mistakes, a repair, numbers.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from grader.checks.run import CheckRun
from grader.diagnosis.behaviour import describe_behaviour, findings_of
from grader.diagnosis.cases.budget import Budget
from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.leaves import RAISED
from grader.diagnosis.cases.verdict import Described, Verdict, says_little
from grader.diagnosis.general import GeneralMeans
from grader.diagnosis.locating import Locating
from grader.diagnosis.once_more import once_more
from grader.diagnosis.other_functions import OtherFunctions
from grader.diagnosis.plain_facts import GUESSES, PlainFacts, stops_in
from grader.diagnosis.planted.confirm import Confirmation
from grader.diagnosis.planted.follow import FollowOns
from grader.diagnosis.planted.known import KnownMistakes
from grader.diagnosis.planted.planting import Mistakes
from grader.diagnosis.planted.probing import Righted, failed_checks, probe_verdict, righted
from grader.diagnosis.proofs import proved_in_part, proved_right
from grader.diagnosis.repair import Repair
from grader.diagnosis.repair.words import because_of
from grader.diagnosis.right_makers import RightMakers
from grader.diagnosis.shown.demonstrations import Examined
from grader.diagnosis.text_changes import TextChanges
from grader.diagnosis.unknown import UnknownMistakes
from grader.sandbox import CellFailure, SubmissionRaised

# What a behaviour says as well, and better: nothing that is computed is read where nothing comes back.
SAID_BY = {"ignores-its-argument": "argument-not-used", "returns-nothing": "variable-not-used"}


class Examination:
    """One submission's failed functions, looked at one after the other.

    Attributes:
        others: what was found so far, which tells what of a function's wrong values is its own fault.
        verdicts: of each function, what is wrong with it.
        proved: failed checks (by id) of functions that are right, as far as these tell, and what they fail for.
        repaired: those of them that pass with the text of these repaired.
        wrong: functions that are wrong by themselves, as the experiments want them.
    """

    def __init__(self, confirmation: Confirmation, follow_ons: FollowOns, general: GeneralMeans | None) -> None:
        self.confirmation, self.general = confirmation, general
        self.assignment = confirmation.assignment
        self.others = OtherFunctions(confirmation, follow_ons, general)
        self.unknown = UnknownMistakes(confirmation, self.others, general)
        self.is_refuted = follow_ons.is_refuted
        self.proved, self.carried = dict(follow_ons.proved), follow_ons.carried
        self.repaired: set[str] = set()
        self.budget = Budget()
        self.verdicts: dict[str, Verdict] = {}
        self.wrong: dict[str, Examined] = {}
        self.changes = TextChanges(confirmation, self.others, self.unknown, general)
        self.locating = Locating(general, confirmation.planting, self.unknown) if general is not None else None
        self.makers = RightMakers(confirmation, self.others, general, self.wrong, self.locating)
        self._made_again: dict[str, tuple[str, ...]] = {}
        self._to_locate: list[Callable[[], None]] = []
        self._to_confirm: list[Callable[[], None]] = []
        self._refuted: dict[str, tuple[str, ...]] = {}  # functions that fail with right ones in the place of these, too
        self._left_to_others: dict[str, tuple[str, ...]] = {}
        self._constructors: set[str] = set()  # the classes of which it is told that the constructor is wrong

    def run(self) -> None:
        failed = self._callees_first([name for name in self.assignment.function_names if self._is_to_be_examined(name)])
        for number, name in enumerate(failed):
            own = [run for run in self.confirmation.runs if run.check.function == name]
            later = len(failed) - number - 1
            with self.budget.share(later) as budget, self._share_of_trials(later + len(self._to_locate)):
                verdict = self._examined(name, own, budget)
            if causes := verdict.follows_from:
                is_refuted = self.is_refuted(name, causes)
                if is_refuted:
                    self._refuted[name] = causes
                else:
                    self.others.follow_ons[name] = causes
                if verdict.is_shown and (is_refuted or not self._is_built_on(name, causes, own)):
                    self._made_again[name] = causes
                    for run in own:  # the mistake is in its own text as well
                        self.proved.pop(run.check.id, None)
            if verdict.named or verdict.described:
                self.verdicts[name] = verdict
            self.others.found[name] = tuple(entry.mistake for entry in verdict.named)
            if name in self.wrong:
                self.wrong[name] = replace(self.wrong[name], found=self.others.found[name])
        # Where a mistake is that has its name already is asked when every function has had its turn.
        self._locate_all()
        for name in failed:
            self._leave_to_what_is_repaired(name)
        for name in self.assignment.function_names:
            self._judge_with_right_makers(name)
        for name, causes in self._left_to_others.items():
            if self.others.follow_ons.get(name) == causes and name not in self.verdicts:
                self._look_once_more(name, causes)
        for name, causes in self._made_again.items():
            if self.others.follow_ons.get(name, causes) == causes and name not in self.verdicts:
                self._tell_once_more(name, causes)
        failed += [name for name in self.assignment.function_names if self._is_wrong_besides(name)]
        if self.locating is not None:
            self.verdicts = {name: self.locating.of_draws(name, one) for name, one in self.verdicts.items()}
        for name in failed:
            if name not in self.others.follow_ons:
                self._tell_what_is_plain(name)
                self._tell_other_defaults(name)
            self._leave_to_what_it_calls(name)

    def _leave_to_what_is_repaired(self, name: str) -> None:
        """See of a function of which nothing is known whether it fails for others, of which more is known now."""
        if name not in self.verdicts and name not in self.others.follow_ons:
            own = [run for run in self.confirmation.runs if run.check.function == name]
            if causes := self._right_once_others_are(name, own).follows_from:
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
        verdict = self.verdicts.get(name, Verdict())
        if self.general is None or verdict.named or name in self.others.repairs:
            return
        own = [run for run in self.confirmation.runs if run.check.function == name and not run.passed]
        with self.budget.share(0) as budget:
            known = KnownMistakes(name, own, self.confirmation, budget)
            facts = PlainFacts(self.general, self.changes)
            if verdict := facts.beside(known, self._ground(own), own, self.verdicts):
                self.verdicts[name] = verdict

    def _tell_other_defaults(self, name: str) -> None:
        """Add what a function takes for what is left out, where that is not what the task has: numbers have no name."""
        runs = [run for run in self.confirmation.runs if run.check.function == name]
        if self.general is None or name in self.others.repairs:
            return
        facts, verdict = self.general.facts, self.verdicts.get(name, Verdict())
        told = facts.default_of_a_key(self.wrong[name].case, runs) if name in self.wrong else ()
        told = told or facts.other_default(name, runs, in_part=True)
        if told and not {one.code for one in told} & {one.code for one in verdict.described}:
            is_all = any(one.evidence.get("is_all") for one in told)
            kept = () if is_all and not verdict.named else verdict.described
            self.verdicts[name] = replace(verdict, described=(*told, *kept))

    def _is_built_on(self, name: str, causes: Sequence[str], runs: Sequence[CheckRun]) -> bool:
        """Whether a function calls one of others, as far as its text shows, or its checks hand it what one gave."""
        reached = self.general.text.reached(name) if self.general is not None else frozenset()
        with self.budget.share(0) as budget:
            fed = KnownMistakes(name, runs, self.confirmation, budget).failing_callees()
        return not reached or bool({*causes} & {*reached, *fed, *self.makers.of_other_classes(name)})

    def _tell_once_more(self, name: str, causes: Sequence[str]) -> None:
        """Tell of a function that it makes the mistakes of others, which it is not built on."""
        failed = [run.check.id for run in self.confirmation.runs if run.check.function == name and not run.passed]
        due = self.carried | ({*self.proved} if name in self.others.follow_ons else set())  # where it was not refuted
        if self.general is None or not {*failed} - due:
            return
        found = {one: self.verdicts[one] for one in causes if one in self.verdicts}
        told = [once_more(verdict, name, one, failed, self.general) for one, verdict in found.items()]
        named = tuple(entry for one in told for entry in one.named)
        described = tuple(entry for one in told for entry in one.described)
        if named or described:
            self.verdicts[name] = Verdict(named, described)
            self.others.follow_ons.pop(name, None)

    def _share_of_trials(self, later: int) -> AbstractContextManager[None]:
        return self.general.changes.share(later) if self.general is not None else nullcontext()

    def _is_to_be_examined(self, name: str) -> bool:
        own = [run for run in self.confirmation.runs if run.check.function == name]
        return name not in self.others.follow_ons and any(run.result.status in ("failed", "error") for run in own)

    def _examined(self, name: str, runs: Sequence[CheckRun], budget: Budget) -> Verdict:
        if any(finding.behaviour == "takes-samples-as-columns" for finding in findings_of(runs, name)):
            return Verdict(described=describe_behaviour(name, runs))  # that its products do not fit is nothing more
        if told := self._other_parameters(name, runs, budget):
            return self._behind_constructor(name, runs, told, budget)
        ground = self._ground(runs)
        context = (*ground, *self.others.context())
        if shared := self._one_array(KnownMistakes(name, runs, self.confirmation, budget), ground, runs):
            return shared
        if any(probe.is_for(name, failed_checks(runs)) for probe in self.assignment.probes):
            verdict = self._probed(name, runs, context, budget)
            if not (verdict.named or verdict.described or verdict.follows_from):
                known = KnownMistakes(name, runs, self.confirmation, budget)
                verdict = self._checked(known, ground, runs, righted(name, self.confirmation, context))
            described = () if verdict.follows_from else self._behaviour(name, runs, verdict)
            found = Verdict(verdict.named, (*verdict.described, *described), verdict.follows_from)
            if not found:
                self.makers.repair(self._wrong_beside(name, runs, budget))
            return found or self._right_once_others_are(name, runs)
        if follows := self._right_once_others_are(name, runs):
            return follows
        held = self._repairs_at_hand(name, runs, budget)
        verdict = self._examined_beside(held, name, runs, ground, budget)
        if not verdict or says_little(verdict):
            # A wrong value may be of mistakes with names elsewhere: these are repaired where nothing else is found.
            self.makers.repair(self._wrong_beside(name, runs, budget))
            if follows := self._right_once_others_are(name, runs):
                return follows
            if len(more := self._repairs_at_hand(name, runs, budget)) > len(held):
                with self.others.righted(self.others.named(more)):
                    verdict = self._examined_beside(more, name, runs, ground, budget) or verdict
        return verdict

    def _right_once_others_are(self, name: str, runs: Sequence[CheckRun]) -> Verdict:
        """That a function passes with the repairs of those that it calls, which makes its points due."""
        causes = self.makers.repaired_below(name, runs)
        if causes and self.makers.sees_values_alone(name, causes):
            self._prove(runs, causes)
        return Verdict(follows_from=causes, is_shown=bool(causes))

    def _prove(self, runs: Sequence[CheckRun], causes: tuple[str, ...]) -> None:
        """Note of failed checks that they pass with others repaired."""
        failed = {run.check.id: causes for run in runs if not run.passed}
        self.proved |= failed
        self.repaired |= failed.keys()

    def _wrong_beside(self, name: str, runs: Sequence[CheckRun], budget: Budget) -> list[str]:
        """The functions with known mistakes that one calls, or whose results its failed checks hand to it."""
        met = {*self.assignment.callees[name], *KnownMistakes(name, runs, self.confirmation, budget).failing_callees()}
        return [one for one in self.assignment.function_names if one in met - {name} and self.others.found.get(one)]

    def _repairs_at_hand(self, name: str, runs: Sequence[CheckRun], budget: Budget) -> list[Repair]:
        """The repairs of functions that one calls, or that made what its checks hand to it."""
        makers = self.others.repairs_of_makers(KnownMistakes(name, runs, self.confirmation, budget))
        return [*self.others.repairs_below(name), *makers]

    def _examined_beside(
        self, held: Sequence[Repair], name: str, runs: Sequence[CheckRun], ground: Mistakes, budget: Budget
    ) -> Verdict:
        """What is wrong with a function while others are held as they were repaired."""
        with self.general.changes.holding(held) if self.general and held else nullcontext():
            if held:
                runs = self.confirmation.as_it_is_now(runs)
                if self.general is not None and self.general.changes.needs_no_change(name, runs):
                    return Verdict(follows_from=self.others.named(held))
            verdict = self._own(name, runs, ground, (*ground, *self.others.context()), budget, held)
        return _once_right(verdict, name, self.others.named(held))

    def _behind_constructor(
        self, name: str, runs: Sequence[CheckRun], told: tuple[Described, ...], budget: Budget
    ) -> Verdict:
        """What is told of a method that a slip of its class's constructor keeps from being judged, with that put right.

        The slip is told of the first such method; another one that passes then has its points.
        """
        general = self.general
        is_method = "." in name
        texts = general.facts.constructor_put_right(name, told[0]) if general is not None and is_method else {}
        if general is None or not texts:
            return Verdict(described=told)
        owner = name.rpartition(".")[0]
        is_first = owner not in self._constructors
        try:
            with general.changes.holding_texts(texts):
                now = self.confirmation.as_it_is_now(runs)
                if now and all(run.passed for run in now):
                    found = Verdict()
                elif any(_is_stopped_before_it(run) for run in now if not run.passed):
                    return Verdict(described=told)
                else:
                    found = self._examined_beside((), name, now, self._ground(now), budget)
                    found = _once_right(found, name, (owner,))
        except (CellFailure, SubmissionRaised):
            return Verdict(described=told)
        self._constructors.add(owner)
        passes = f"With that put right every check of `{name}` passes."
        judged = f"What else is told of `{name}` is judged with that put right."
        if not found and all(run.passed for run in now) and not is_first and self._is_due(name, owner):
            self._prove(runs, (owner,))
            return Verdict(follows_from=(owner,), is_shown=False)
        note = passes if all(run.passed for run in now) else judged if found else ""
        own = replace(told[0], explanation=f"{told[0].explanation} {note}".strip())
        return Verdict(found.named, (own, *found.described)) if found or is_first else Verdict(described=(own,))

    def _is_due(self, name: str, owner: str) -> bool:
        """Whether a method cannot see that the constructor of its class is another one."""
        return owner in self.assignment.function_names and self.makers.sees_values_alone(name, (f"{owner}.__init__",))

    def _other_parameters(self, name: str, runs: Sequence[CheckRun], budget: Budget) -> tuple[Described, ...]:
        if self.general is None:
            return ()
        traces = KnownMistakes(name, runs, self.confirmation, budget).traces
        facts = self.general.facts
        # A name without a value in its text ends it, whatever the parameters are called.
        stops = [run.result.error for run in runs if run.result.error and stops_in(run, name)]
        is_nameless = any(one.type == "NameError" and not one.frames[-1].text.startswith("assert") for one in stops)
        found = () if is_nameless else facts.other_parameters(name, runs, traces)
        found = found or facts.absent_attribute(name, runs)
        return found or facts.other_default(name, runs)

    def _own(
        self,
        name: str,
        runs: Sequence[CheckRun],
        ground: Mistakes,
        context: Mistakes,
        budget: Budget,
        held: Sequence[Repair],
    ) -> Verdict:
        """What is wrong with a function itself, while others are `held` as they were repaired."""
        known = KnownMistakes(name, runs, self.confirmation, budget)
        is_wrong = bool(known.case(ground).wrong)
        if is_wrong and self.others.context() and known.is_explained_by(context):
            causes = self.others.causes(lambda mistakes: known.is_explained_by((*ground, *mistakes)))
            self.proved |= dict.fromkeys(proved_right(runs, context, self.confirmation), causes)
            wrong = known.case(ground)
            return Verdict(follows_from=causes, is_shown=RAISED not in wrong.paths(wrong.wrong))
        if not is_wrong and not findings_of(runs, name):
            stops_here = any(stops_in(run, name) for run in runs)
            causes = () if stops_here else known.failing_callees()
            # What another one gives may spoil numbers; an array that is turned was turned here.
            own = Verdict() if causes and not _is_turned_alone(runs) else self._checked(known, ground, runs)
            if not own and causes:
                self._left_to_others[name] = causes
            return own if own or not causes else Verdict(follows_from=causes)
        self.wrong[name] = Examined(known.case(ground), ground)
        described, covered = self.general.facts.unwritten(known.case(context)) if self.general else ((), 0)
        if covered and covered == known.case(context).wrong:
            return Verdict(described=described)
        met = self.others.of_what_it_meets(known, context)  # what it does not meet would need an opposite mistake
        with budget.half() if met != context else nullcontext():
            verdict = known.verdict(met)
        for mistakes in dict.fromkeys((context, ground)):
            verdict = verdict or (known.verdict(mistakes) if mistakes != met else verdict)
        if self.others.context():
            self.proved |= proved_in_part(runs, ground, self.others, self.confirmation)
        case = known.case(context)
        is_one_of_many = any(entry.alternatives for entry in verdict.named)
        is_right_below = self._is_right_below(name, verdict)
        # Where a value that nobody has read is lost, what is left looks like several mistakes.
        is_lost = len(verdict.named) > 1 and self.general is not None and self.general.text.overwrites(name)
        if (is_one_of_many and not case.has_distinctive_numbers(case.wrong)) or is_right_below or is_lost:
            # Of results such as classes many mistakes are the same: what a change of the text shows is sure.
            repaired = self.changes.repaired(known, context, runs)
            if name in self.others.repairs:
                verdict = repaired
            elif is_right_below and len(verdict.named) > 1:  # two that make up for each other in some way
                verdict = repaired or self.unknown.verdict(known, context)
        elif verdict.named and not case.has_numbers(case.wrong):
            verdict = self.changes.undone_otherwise(verdict, known, context, runs)
        if verdict.named:
            self._to_locate.append(lambda: self._locate(known, context, runs, held))
            self._to_confirm.append(lambda: self._locate(known, context, runs, held, has_place=True))
        elif described:
            verdict = self.unknown.verdict(known, context)
        else:
            verdict = self.changes.repaired(known, context, runs) or self.unknown.verdict(known, context)
        behaviour = self._behaviour(name, runs, verdict)
        found = {one.code for one in behaviour}
        said = {f"{name}.{less}" for more, less in SAID_BY.items() if f"{name}.{more}" in found}
        if f"{name}.differs-between-calls" in found:  # what is seen in one call is not what the next one works with
            said |= {f"{name}.{guess}" for guess in GUESSES}
        told = (one for one in verdict.described if one.code not in said)
        return Verdict(verdict.named, (*told, *behaviour))

    def _is_right_below(self, name: str, verdict: Verdict) -> bool:
        """Whether a mistake is in a step of a right function that the submission's own calls: there it is not made."""
        reached = self.general.text.reached(name) - {name} if self.general is not None else frozenset()
        judged = {run.check.function for run in self.confirmation.runs if run.check.points}
        right = (reached & judged) - {run.check.function for run in self.confirmation.runs if not run.passed}
        steps = {step for one in right for step in self.assignment.reached_steps.get(one, frozenset())}
        return any(entry.mistake.step in steps for entry in verdict.named)

    def _probed(self, name: str, runs: Sequence[CheckRun], context: Mistakes, budget: Budget) -> Verdict:
        """What experiments tell; nothing about a function that gives something else every time."""
        if any(finding.behaviour == "differs-between-calls" for finding in findings_of(runs, name)):
            return Verdict()
        return probe_verdict(name, self.confirmation, context, self.others.causes, budget)

    def _one_array(self, known: KnownMistakes, ground: Mistakes, runs: Sequence[CheckRun]) -> Verdict:
        """That two names stand for one array, where a copy makes all of a function right: it changes no number else."""
        repair = self.general.changes.one_array(known.case(ground), runs) if self.general is not None else None
        if self.general is None or repair is None:
            return Verdict()
        self.others.repairs[known.function] = repair
        self.wrong[known.function] = Examined(known.case(ground), ground)
        found = {finding.behaviour for finding in findings_of(runs, known.function)}
        if found & {"changes-its-argument", "gives-one-thing-twice"}:
            told = describe_behaviour(known.function, runs, because_of(repair))
            return Verdict(described=tuple(replace(one, location=self.general.text.place_of(repair)) for one in told))
        return Verdict(described=(self.general.changes.described(repair, known.case(ground)),))

    def _checked(
        self, known: KnownMistakes, ground: Mistakes, runs: Sequence[CheckRun], righted: Righted | None = None
    ) -> Verdict:
        """What whole checks tell of values that are drawn at random; two changes are looked for when all had a turn."""

        def later(case: Case) -> None:
            self._to_locate.append(lambda: self._check_in_two_steps(case, runs))

        return self.changes.checked(known, ground, runs, later, righted)

    def _check_in_two_steps(self, case: Case, runs: Sequence[CheckRun]) -> None:
        """Look for two changes, with the first of which some checks pass, where nothing was found: that takes long.

        Or where no more is known than that what is drawn has one sign: another number may be wrong as well.
        """
        verdict = self.verdicts.get(case.function, Verdict())
        is_known = verdict.named or any(not one.code.endswith(".drawn-one-sided") for one in verdict.described)
        if is_known or case.function in self.others.follow_ons:
            return
        if described := self.changes.checked_in_two_steps(case, runs, both=bool(verdict)):
            self.verdicts[case.function] = Verdict(described=described)

    def _locate_all(self) -> None:
        """Look for the places that are waited for, each with its share of what is left."""
        to_locate, self._to_locate = self._to_locate, []
        for number, locate in enumerate(to_locate):
            with self._share_of_trials(later=len(to_locate) - number - 1):
                locate()
        to_confirm, self._to_confirm = self._to_confirm, []
        for confirm in to_confirm:
            confirm()

    def _locate(
        self,
        known: KnownMistakes,
        context: Mistakes,
        runs: Sequence[CheckRun],
        held: Sequence[Repair],
        *,
        has_place: bool = False,
    ) -> None:
        """Give known mistakes the place that a repair shows; one that the text gives a place may have another."""
        verdict = self.verdicts.get(known.function)
        if self.locating is not None and verdict is not None:
            look = self.locating.confirmed if has_place else self.locating.located
            self.verdicts[known.function] = look(verdict, known, context, runs, held)
            self.others.repairs = {**self.locating.repairs, **self.others.repairs}

    def _judge_with_right_makers(self, name: str) -> None:
        """Take a function for right that fails for others alone.

        If its text sees no more of them than values, its points are due.
        """
        if causes := self.makers.right_with(name, self.proved.keys() | self.carried):
            if self.makers.sees_values_alone(name, causes):
                runs = [run for run in self.confirmation.runs if run.check.function == name]
                self._prove(runs, causes)
            self.others.follow_ons[name] = causes
            self.verdicts.pop(name, None)
            self.wrong.pop(name, None)

    def _look_once_more(self, name: str, causes: Sequence[str]) -> None:
        """Look for what is wrong with a function that its checks ask others beside, once these are known.

        If it fails with each of these repaired, it does not fail for them.
        """
        runs = [run for run in self.confirmation.runs if run.check.function == name]
        repairs = self.makers.repairs_beside(name, causes)
        if self.general is None or not repairs:
            return
        with self.general.changes.holding(repairs), self._share_of_trials(later=0), self.budget.share(0) as budget:
            now = self.confirmation.as_it_is_now(runs)
            if all(run.passed for run in now):
                return
            ground = self._ground(now)
            verdict = self._checked(KnownMistakes(name, now, self.confirmation, budget), ground, now)
            verdict = _once_right(verdict, name, self.others.named(repairs))
        self.others.follow_ons.pop(name)
        if verdict:
            self.verdicts[name] = verdict

    def _is_wrong_besides(self, name: str) -> bool:
        """Look for what is wrong with a function that fails for others, as far as is known, once these are repaired.

        None of its checks may have come to what is its own.
        """
        runs = [run for run in self.confirmation.runs if run.check.function == name]
        due = {*self.proved, *self.carried} if name not in self._refuted else self.carried
        is_open = any(not run.passed and run.check.id not in due for run in runs)
        blamed = dict.fromkeys(run.blamed for run in runs if run.blamed is not None)  # what keeps checks from running
        causes = self.others.follow_ons.get(name) or self._refuted.get(name, tuple(blamed))
        repairs = self.makers.repairs_beside(name, causes) if causes and is_open and name not in self.verdicts else ()
        if self.general is None or not repairs:
            return False
        with self._share_of_trials(later=0), self.budget.share(0) as budget:
            with self.general.changes.holding(repairs):
                now = self.confirmation.as_it_is_now(runs)
                if all(run.passed or run.blamed for run in now):
                    return False
                told = self._other_parameters(name, now, budget)
            verdict = Verdict(described=told)
            if not told:
                with self.others.righted(self.others.named(repairs)):
                    verdict = self._examined_beside(repairs, name, runs, self._ground(now), budget)
        if not verdict.named and not verdict.described:
            return False
        self.others.follow_ons.pop(name, None)
        self.verdicts[name] = verdict
        self._locate_all()
        return True

    def _behaviour(self, name: str, runs: Sequence[CheckRun], verdict: Verdict) -> tuple[Described, ...]:
        """Diagnoses of behaviour, without those that the mistakes found have as a consequence."""
        mistakes = (*self.others.context(), *(entry.mistake for entry in verdict.named))
        failed = [run for run in runs if not run.passed and findings_of([run], name)]
        unexplained = [run for run in failed if not mistakes or not self.confirmation.has_findings(mistakes, run)]
        if verdict.described:  # a factor or term that depends on the batch is told with its numbers already
            unexplained = [
                run for run in unexplained if any(f.behaviour != "depends-on-the-batch" for f in run.record.findings)
            ]
        return describe_behaviour(name, unexplained)

    def _ground(self, runs: Sequence[CheckRun]) -> Mistakes:
        """The conventions that the submission follows in a function, as its checks noted."""
        noted = {code for run in runs for code in run.record.conventions}
        return tuple(convention for convention in self.assignment.conventions if convention.code in noted)


def _once_right(verdict: Verdict, function: str, others: Sequence[str]) -> Verdict:
    """A verdict that was found while others were held as they were repaired, which its proofs say."""
    if not others:
        return verdict
    names = " and ".join(f"`{one}`" for one in others)
    proof, once = f"every check of `{function}` passes.", f"every check of `{function}` passes, once {names}"
    right = f"{once} {'is' if len(others) == 1 else 'are'} right."
    described = [replace(one, explanation=one.explanation.replace(proof, right)) for one in verdict.described]
    return replace(verdict, described=tuple(described))


def _is_stopped_before_it(run: CheckRun) -> bool:
    """Whether a check ended before a line of the submission had its turn, as where a constructor is refused."""
    return run.result.error is not None and not run.result.error.frames


def _is_turned_alone(runs: Sequence[CheckRun]) -> bool:
    """Whether all that failed checks compared and found wrong is transposed."""
    wrong = [one for run in runs for one in run.result.comparisons if one.verdict == "wrong"]
    return bool(wrong) and all("it is transposed" in one.message for one in wrong)
