"""What one function is wrong with by itself, or which others it fails for.

What is tried comes in the order of its certainty: what is not written, known mistakes, a repair, numbers.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace

from grader.checks.run import CheckRun
from grader.diagnosis.apart import Apart
from grader.diagnosis.behaviour import describe_behaviour, findings_of
from grader.diagnosis.behind_exceptions import BehindExceptions
from grader.diagnosis.cases.budget import Budget
from grader.diagnosis.cases.leaves import RAISED
from grader.diagnosis.cases.verdict import Described, Verdict, says_little
from grader.diagnosis.general import GeneralMeans
from grader.diagnosis.locating import Locating
from grader.diagnosis.other_functions import OtherFunctions
from grader.diagnosis.plain_facts import GUESSES, stops_in
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
from grader.diagnosis.waiting import Waiting
from grader.diagnosis.written.signatures import NO_SELF, is_refused, lacks_a_default
from grader.diagnosis.written.unbound import PARAMETER
from grader.sandbox import CellFailure, SubmissionRaised

# What a behaviour says as well, and better: nothing that is computed is read where nothing comes back.
SAID_BY = {"ignores-its-argument": "argument-not-used", "returns-nothing": "variable-not-used"}


class OwnFaults:
    """Looks at one function at a time, with what is known of the others.

    Attributes:
        others: what was found so far, which tells what of a function's wrong values is its own fault.
        proved: failed checks (by id) of functions that are right, as far as these tell, and what they fail for.
        repaired: those of them that pass with the text of these repaired.
        wrong: functions that are wrong by themselves, as the experiments want them.
        left_to_others: functions whose checks see no wrong value of their own, and the wrong ones asked beside.
    """

    def __init__(
        self,
        confirmation: Confirmation,
        follow_ons: FollowOns,
        general: GeneralMeans | None,
        verdicts: dict[str, Verdict],
        apart: Apart,
    ) -> None:
        self.confirmation, self.general, self.assignment = confirmation, general, confirmation.assignment
        self.others = OtherFunctions(confirmation, follow_ons, general)
        self.unknown = UnknownMistakes(confirmation, self.others, general)
        self.changes = TextChanges(confirmation, self.others, self.unknown, general)
        self.locating = Locating(general, confirmation.planting, self.unknown) if general is not None else None
        self.wrong: dict[str, Examined] = {}
        self.makers = RightMakers(confirmation, self.others, general, self.wrong, self.locating)
        self.waiting = Waiting(verdicts, self.others, self.changes, self.locating, general, apart)
        self._behind = BehindExceptions(confirmation, self.changes, self.waiting, general)
        self.proved = dict(follow_ons.proved)
        self.repaired: set[str] = set()
        self.left_to_others: dict[str, tuple[str, ...]] = {}
        self._constructors: set[str] = set()  # the classes of which it is told that the constructor is wrong

    def of(self, name: str, runs: Sequence[CheckRun], budget: Budget) -> Verdict:
        """What is wrong with a function, or which others it fails for."""
        if any(finding.behaviour == "takes-samples-as-columns" for finding in findings_of(runs, name)):
            return Verdict(described=describe_behaviour(name, runs))  # that its products do not fit is nothing more
        if told := self.other_parameters(name, runs, budget):
            made = [run for run in runs if not is_refused(run, name)]
            if lacks_a_default(told[0]) and any(not run.passed for run in made):  # with all that is asked for
                beside = self.of(name, made, budget)
                return Verdict(beside.named, (*told, *beside.described))
            return self._behind_constructor(name, runs, told, budget)
        ground = self.ground(runs)
        context = (*ground, *self.others.context())
        if shared := self._one_array(KnownMistakes(name, runs, self.confirmation, budget), ground, runs):
            return shared
        if any(probe.is_for(name, failed_checks(runs)) for probe in self.assignment.probes):
            verdict, in_part = self._probed(name, runs, context, budget)
            if verdict.named:
                self.waiting.for_place(KnownMistakes(name, runs, self.confirmation, Budget()), context, runs, ())
            if not (verdict.named or verdict.described or verdict.follows_from):
                known = KnownMistakes(name, runs, self.confirmation, budget)
                verdict = self.checked(known, ground, runs, righted(name, self.confirmation, context))
                verdict = self.with_what_is_behind(verdict, known, ground, context, runs)
                if not any(run.record.training for run in runs):  # of which the reading of a run tells more
                    verdict = verdict or in_part()
            described = () if verdict.follows_from else self._behaviour(name, runs, verdict)
            found = Verdict(verdict.named, (*verdict.described, *described), verdict.follows_from)
            if not found:
                self.makers.repair(self._wrong_beside(name, runs, budget))
            return found or self.right_once_others_are(name, runs)
        if follows := self.right_once_others_are(name, runs):
            return follows
        held = self._repairs_at_hand(name, runs, budget)
        verdict = self.beside(held, name, runs, ground, budget)
        if not verdict or says_little(verdict) or _is_of_arguments(verdict):
            # A wrong value may be of mistakes with names elsewhere: these are repaired where nothing else is found.
            self.makers.repair(self._wrong_beside(name, runs, budget))
            if follows := self.right_once_others_are(name, runs):
                return follows
            if len(more := self._repairs_at_hand(name, runs, budget)) > len(held):
                with self.others.righted(self.others.named(more)):
                    verdict = self.beside(more, name, runs, ground, budget) or verdict
        return verdict

    def right_once_others_are(self, name: str, runs: Sequence[CheckRun]) -> Verdict:
        """That a function passes with the repairs of those that it calls, which makes its points due."""
        causes = self.makers.repaired_below(name, runs)
        if causes and self.makers.sees_values_alone(name, causes):
            self.prove(runs, causes)
        return Verdict(follows_from=causes, is_shown=bool(causes))

    def prove(self, runs: Sequence[CheckRun], causes: tuple[str, ...]) -> None:
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

    def beside(
        self, held: Sequence[Repair], name: str, runs: Sequence[CheckRun], ground: Mistakes, budget: Budget
    ) -> Verdict:
        """What is wrong with a function while others are held as they were repaired."""
        with self.general.changes.holding(held) if self.general and held else nullcontext(), self.others.holding(held):
            if held:
                runs = self.confirmation.as_it_is_now(runs)
                if self.general is not None and self.general.changes.needs_no_change(name, runs):
                    return Verdict(follows_from=self.others.named(held))
            verdict = self._own(name, runs, ground, (*ground, *self.others.context()), budget, held)
        return once_right(verdict, name, self.others.named(held))

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
        owner = str(told[0].evidence.get("class", name.rpartition(".")[0]))
        is_first = owner not in self._constructors
        try:
            with general.changes.holding_texts(texts):
                now = self.confirmation.as_it_is_now(runs)
                if now and all(run.passed for run in now):
                    found = Verdict()
                elif any(_is_stopped_before_it(run) for run in now if not run.passed):
                    return Verdict(described=told)
                else:
                    found = self.beside((), name, now, self.ground(now), budget)
                    found = once_right(found, name, (owner,))
        except (CellFailure, SubmissionRaised):
            return Verdict(described=told)
        self._constructors.add(owner)
        passes = f"With that put right every check of `{name}` passes."
        judged = f"What else is told of `{name}` is judged with that put right."
        if not found and all(run.passed for run in now) and not is_first and self._is_due(name, owner):
            self.prove(runs, (owner,))
            return Verdict(follows_from=(owner,), is_shown=False)
        note = passes if all(run.passed for run in now) else judged if found else ""
        own = replace(told[0], explanation=f"{told[0].explanation} {note}".strip())
        return Verdict(found.named, (own, *found.described)) if found or is_first else Verdict(described=(own,))

    def _is_due(self, name: str, owner: str) -> bool:
        """Whether a method cannot see that the constructor of its class is another one."""
        return owner in self.assignment.function_names and self.makers.sees_values_alone(name, (f"{owner}.__init__",))

    def other_parameters(self, name: str, runs: Sequence[CheckRun], budget: Budget) -> tuple[Described, ...]:
        if self.general is None:
            return ()
        traces = KnownMistakes(name, runs, self.confirmation, budget).traces
        facts = self.general.facts
        # A name without a value in its text ends it, whatever the parameters are called.
        stops = [run.result.error for run in runs if run.result.error and stops_in(run, name)]
        is_nameless = any(one.type == "NameError" and NO_SELF not in one.message for one in stops)
        found = () if is_nameless else facts.other_parameters(name, runs, traces)
        found = found or facts.absent_attribute(name, runs) or facts.stopped_constructor(name, runs)
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
            own = Verdict() if causes and not _is_turned_alone(runs) else self.checked(known, ground, runs)
            own = self.with_what_is_behind(own, known, ground, ground, runs, held)
            if not own and causes:
                self.left_to_others[name] = causes
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
        verdict = self.changes.kept_rather(verdict, known, context, runs)
        if verdict.named:
            verdict = self.with_what_is_behind(verdict, known, ground, context, runs, held)
            self.waiting.for_place(known, context, runs, held)
        elif verdict.described:
            pass  # it is another function's
        elif described:
            verdict = self.unknown.verdict(known, context)
            if any(stops_in(run, name) for run in runs):  # which writing the rest does not mend
                said = {one.code for one in verdict.described}
                stops = tuple(one for one in self.changes.exception(known, ground) if one.code not in said)
                verdict = replace(verdict, described=(*verdict.described, *stops))
        else:
            is_meant = any(one.kind != PARAMETER for one in self._behind.meant(known, context))
            with self.waiting.share(later=is_meant):
                verdict = self.changes.repaired(known, context, runs)
            verdict = verdict or self.unknown.verdict(known, context)
            verdict = self.with_what_is_behind(verdict, known, ground, context, runs, held)
            if says_little(verdict):
                in_one_line = self.changes.one_of_several.get(name, ())
                verdict = replace(verdict, described=(*in_one_line, *verdict.described))
            verdict = self.unknown.with_what_is_reached(verdict, known, context)
        known_already = {one.code for one in verdict.described}
        behaviour = tuple(one for one in self._behaviour(name, runs, verdict) if one.code not in known_already)
        found = {one.code for one in behaviour}
        said = {f"{name}.{less}" for more, less in SAID_BY.items() if f"{name}.{more}" in found}
        if f"{name}.differs-between-calls" in found:  # what is seen in one call is not what the next one works with
            said |= {f"{name}.{guess}" for guess in GUESSES}
        told = (one for one in verdict.described if one.code not in said)
        return Verdict(verdict.named, (*told, *behaviour))

    def with_what_is_behind(
        self,
        verdict: Verdict,
        known: KnownMistakes,
        ground: Mistakes,
        context: Mistakes,
        runs: Sequence[CheckRun],
        held: Sequence[Repair] = (),
    ) -> Verdict:
        """A verdict that tells of an exception, with what is behind it: that proves nothing of the text as it is."""

        def judge(now: Sequence[CheckRun]) -> Verdict:
            return self._own(known.function, now, ground, context, known.budget, held)

        usual = self.proved, self.wrong
        self.proved, self.wrong = dict(self.proved), dict(self.wrong)
        try:
            return self._behind.beside(verdict, known, context, runs, judge)
        finally:
            self.proved, self.wrong = usual

    def _is_right_below(self, name: str, verdict: Verdict) -> bool:
        """Whether a mistake is in a step of a right function that the submission's own calls: there it is not made."""
        reached = self.general.text.reached(name) - {name} if self.general is not None else frozenset()
        judged = {run.check.function for run in self.confirmation.runs if run.check.points}
        right = (reached & judged) - {run.check.function for run in self.confirmation.runs if not run.passed}
        steps = {step for one in right for step in self.assignment.reached_steps.get(one, frozenset())}
        return any(entry.mistake.step in steps for entry in verdict.named)

    def _probed(
        self, name: str, runs: Sequence[CheckRun], context: Mistakes, budget: Budget
    ) -> tuple[Verdict, Callable[[], Verdict]]:
        """What experiments tell; nothing about a function that gives something else every time."""
        if any(finding.behaviour == "differs-between-calls" for finding in findings_of(runs, name)):
            return Verdict(), Verdict
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

    def checked(
        self, known: KnownMistakes, ground: Mistakes, runs: Sequence[CheckRun], righted: Righted | None = None
    ) -> Verdict:
        """What whole checks tell of values that are drawn at random; two changes are looked for when all had a turn."""
        return self.changes.checked(known, ground, runs, lambda case: self.waiting.for_two_changes(case, runs), righted)

    def _behaviour(self, name: str, runs: Sequence[CheckRun], verdict: Verdict) -> tuple[Described, ...]:
        """Diagnoses of behaviour, without those that the mistakes found have as a consequence."""
        mistakes = (*self.others.context(), *(entry.mistake for entry in verdict.named))
        failed = [run for run in runs if not run.passed and findings_of([run], name)]
        unexplained = [run for run in failed if not mistakes or not self.confirmation.has_findings(mistakes, run)]
        if verdict.described:  # a factor or term that depends on the batch is told with its numbers already
            unexplained = [
                run for run in unexplained if any(f.behaviour != "depends-on-the-batch" for f in run.record.findings)
            ]
        return tuple(self._at_its_line(one, name) for one in describe_behaviour(name, unexplained))

    def _at_its_line(self, told: Described, function: str) -> Described:
        """What is told of an argument that is changed, at the line that does it; of a missing `return`, at the end."""
        if told.code.endswith(".returns-nothing") and self.general is not None:
            case = self.wrong[function].case if function in self.wrong else None
            return replace(told, location=self.general.places.of_the_end(function, case))
        arguments = told.evidence.get("arguments")
        is_changed = told.code.endswith(".changes-its-argument") and isinstance(arguments, list) and len(arguments) == 1
        if self.general is None or not is_changed or not isinstance(arguments, list):
            return told
        return replace(told, location=self.general.places.of_the_change(function, str(arguments[0])))

    def ground(self, runs: Sequence[CheckRun]) -> Mistakes:
        """The conventions that the submission follows in a function, as its checks noted."""
        noted = {code for run in runs for code in run.record.conventions}
        return tuple(convention for convention in self.assignment.conventions if convention.code in noted)


def once_right(verdict: Verdict, function: str, others: Sequence[str]) -> Verdict:
    """A verdict that was found while others were held as they were repaired, which its proofs say."""
    if not others:
        return verdict
    names = " and ".join(f"`{one}`" for one in others)
    proof, once = f"every check of `{function}` passes.", f"every check of `{function}` passes, once {names}"
    right = f"{once} {'is' if len(others) == 1 else 'are'} right."
    described = [replace(one, explanation=one.explanation.replace(proof, right)) for one in verdict.described]
    return replace(verdict, described=tuple(described))


def _is_of_arguments(verdict: Verdict) -> bool:
    """Whether no more is known than that an argument is changed: that makes no number of the result wrong."""
    return not verdict.named and all(one.code.endswith(".changes-its-argument") for one in verdict.described)


def _is_stopped_before_it(run: CheckRun) -> bool:
    """Whether a check ended before a line of the submission had its turn, as where a constructor is refused."""
    return run.result.error is not None and not run.result.error.frames


def _is_turned_alone(runs: Sequence[CheckRun]) -> bool:
    """Whether all that failed checks compared and found wrong is transposed."""
    wrong = [one for run in runs for one in run.result.comparisons if one.verdict == "wrong"]
    return bool(wrong) and all("it is transposed" in one.message for one in wrong)
