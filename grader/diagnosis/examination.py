"""One submission's failed functions, one after the other, and what each of them is wrong with.

They are looked at in the contract's order, so that what was found in one is known when those that use it are looked
at: a `backward` that fails only because `forward` does is not told as a second mistake. What is tried comes in the
order of its certainty: what is not written, known mistakes, a repair, numbers.
"""

import itertools
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from grader.checks.implementation import Implementation
from grader.checks.run import CheckRun, run_check
from grader.checks.student import Student
from grader.diagnosis.behaviour import describe_behaviour, findings_of
from grader.diagnosis.cases.budget import Budget
from grader.diagnosis.cases.case import Case, Value
from grader.diagnosis.cases.leaves import RAISED, Path
from grader.diagnosis.cases.verdict import Described, Named, Verdict
from grader.diagnosis.general import GeneralMeans
from grader.diagnosis.numbers.drawn import describe_drawn
from grader.diagnosis.once_more import once_more
from grader.diagnosis.other_functions import OtherFunctions
from grader.diagnosis.planted.confirm import Confirmation, is_quick
from grader.diagnosis.planted.follow import FollowOns
from grader.diagnosis.planted.known import KnownMistakes
from grader.diagnosis.planted.planting import Mistakes
from grader.diagnosis.planted.probing import Righted, failed_checks, probe_verdict, righted
from grader.diagnosis.proofs import proved_in_part, proved_right
from grader.diagnosis.repair import Repair
from grader.diagnosis.repair.words import ODD
from grader.diagnosis.shown.demonstrations import Examined
from grader.diagnosis.unknown import UnknownMistakes
from grader.submissions.plain_text import plain_text

# What a behaviour says as well, and better: nothing that is computed is read where nothing comes back.
SAID_BY = {"ignores-its-argument": "argument-not-used", "returns-nothing": "variable-not-used"}
FOR_WHAT_IS_LEFT = 200_000  # function calls, for the known mistakes beside a change that rights a part
CAUSES = ("no-copy", "bound-anew")  # kinds of edits that tell why the numbers are those of a mistake with a name

GUESSES = ("first-wrong-value", "argument-not-used")  # from the values and the text of one call


class Examination:
    """One submission's failed functions, looked at one after the other.

    Attributes:
        others: what was found so far, which tells what of a function's wrong values is its own fault.
        verdicts: of each function, what is wrong with it.
        proved: failed checks (by id) of functions that are right, as far as these tell, and what they fail for.
        wrong: functions that are wrong by themselves, as the experiments want them.
    """

    def __init__(self, confirmation: Confirmation, follow_ons: FollowOns, general: GeneralMeans | None) -> None:
        self.confirmation, self.general = confirmation, general
        self.assignment = confirmation.assignment
        self.others = OtherFunctions(confirmation, follow_ons, general)
        self.unknown = UnknownMistakes(confirmation, self.others, general)
        self.is_refuted = follow_ons.is_refuted
        self.proved, self.carried = dict(follow_ons.proved), follow_ons.carried
        self.budget = Budget()
        self.verdicts: dict[str, Verdict] = {}
        self.wrong: dict[str, Examined] = {}
        self._made_again: dict[str, tuple[str, ...]] = {}
        self._to_locate: list[Callable[[], None]] = []

    def run(self) -> None:
        failed = [name for name in self.assignment.function_names if self._is_to_be_examined(name)]
        for number, name in enumerate(failed):
            own = [run for run in self.confirmation.runs if run.check.function == name]
            later = len(failed) - number - 1
            with self.budget.share(later) as budget, self._share_of_trials(later + len(self._to_locate)):
                verdict = self._examined(name, own, budget)
            if causes := verdict.follows_from:
                is_refuted = self.is_refuted(name, causes)
                if not is_refuted:
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
        for number, locate in enumerate(self._to_locate):
            with self._share_of_trials(later=len(self._to_locate) - number - 1):
                locate()
        for name in self.assignment.function_names:
            self._judge_with_right_makers(name)
        for name, causes in self._made_again.items():
            if self.others.follow_ons.get(name, causes) == causes and name not in self.verdicts:
                self._tell_once_more(name, causes)

    def _is_built_on(self, name: str, causes: Sequence[str], runs: Sequence[CheckRun]) -> bool:
        """Whether a function calls one of others, as far as its text shows, or its checks hand it what one gave."""
        reached = self.general.reached(name) if self.general is not None else frozenset()
        with self.budget.share(0) as budget:
            fed = KnownMistakes(name, runs, self.confirmation, budget).failing_callees()
        return not reached or bool({*causes} & {*reached, *fed})

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
        return self.general.share(later) if self.general is not None else nullcontext()

    @property
    def _student(self) -> Implementation:
        assert self.confirmation.student is not None
        return self.confirmation.student

    def _is_to_be_examined(self, name: str) -> bool:
        own = [run for run in self.confirmation.runs if run.check.function == name]
        return name not in self.others.follow_ons and any(run.result.status in ("failed", "error") for run in own)

    def _examined(self, name: str, runs: Sequence[CheckRun], budget: Budget) -> Verdict:
        if any(finding.behaviour == "takes-samples-as-columns" for finding in findings_of(runs, name)):
            return Verdict(described=describe_behaviour(name, runs))  # that its products do not fit is nothing more
        if told := self._other_parameters(name, runs, budget):
            return Verdict(described=told)
        ground = self._ground(runs)
        context = (*ground, *self.others.context())
        if any(probe.is_for(name, failed_checks(runs)) for probe in self.assignment.probes):
            verdict = self._probed(name, runs, context, budget)
            if not (verdict.named or verdict.described or verdict.follows_from):
                known = KnownMistakes(name, runs, self.confirmation, budget)
                verdict = self._checked(known, ground, runs, righted(name, self.confirmation, context))
            described = () if verdict.follows_from else self._behaviour(name, runs, verdict)
            return Verdict(verdict.named, (*verdict.described, *described), verdict.follows_from)
        if causes := self._repaired_below(name, runs):
            if self._is_plain(name, causes):
                self.proved |= {run.check.id: causes for run in runs if not run.passed}
            return Verdict(follows_from=causes, is_shown=True)
        makers = self.others.repairs_of_makers(KnownMistakes(name, runs, self.confirmation, budget))
        held = [*self.others.repairs_below(name), *makers]
        with self.general.holding(held) if self.general and held else nullcontext():
            if held:
                runs = [run_check(run.check, self._student, self.confirmation.setting) for run in runs if is_quick(run)]
            return self._own(name, runs, ground, context, budget, held)

    def _other_parameters(self, name: str, runs: Sequence[CheckRun], budget: Budget) -> tuple[Described, ...]:
        if self.general is None:
            return ()
        return self.general.other_parameters(name, runs, KnownMistakes(name, runs, self.confirmation, budget).traces)

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
            stops_here = any(_stops_in(run, name) for run in runs)
            causes = () if stops_here else known.failing_callees()
            # What another one gives may spoil numbers; an array that is turned was turned here.
            own = Verdict() if causes and not _is_turned_alone(runs) else self._checked(known, ground, runs)
            return own if own or not causes else Verdict(follows_from=causes)
        self.wrong[name] = Examined(known.case(ground), ground)
        described, covered = self.general.unwritten(known.case(context)) if self.general else ((), 0)
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
        if any(entry.alternatives for entry in verdict.named) and not case.has_distinctive_numbers(case.wrong):
            # Of results such as classes many mistakes are the same: what a change of the text shows is sure.
            repaired = self._repaired(known, context, runs)
            verdict = repaired if name in self.others.repairs else verdict
        elif verdict.named and not case.has_numbers(case.wrong):
            verdict = self._undone_by_leaving_out(case, runs) or verdict
        if verdict.named:
            self._to_locate.append(lambda: self._locate(known, context, runs, held))
        elif described:
            verdict = self.unknown.verdict(known, context)
        else:
            verdict = self._repaired(known, context, runs) or self.unknown.verdict(known, context)
        behaviour = self._behaviour(name, runs, verdict)
        found = {one.code for one in behaviour}
        said = {f"{name}.{less}" for more, less in SAID_BY.items() if f"{name}.{more}" in found}
        if f"{name}.differs-between-calls" in found:  # what is seen in one call is not what the next one works with
            said |= {f"{name}.{guess}" for guess in GUESSES}
        told = (one for one in verdict.described if one.code not in said)
        return Verdict(verdict.named, (*told, *behaviour))

    def _undone_by_leaving_out(self, case: Case, runs: Sequence[CheckRun]) -> Verdict:
        """What is too much where no known mistake lacks anything: errors are alike whose causes are not."""
        undone = self.general.undone(case, runs) if self.general is not None else ()
        if self.general is None or not _is_whole(undone) or undone[0].edits[0].kind not in ODD:
            return Verdict()
        self.others.repairs[case.function] = undone[0]
        return Verdict(described=(self.general.described(undone[0], case),))

    def _probed(self, name: str, runs: Sequence[CheckRun], context: Mistakes, budget: Budget) -> Verdict:
        """What experiments tell; nothing about a function that gives something else every time."""
        if any(finding.behaviour == "differs-between-calls" for finding in findings_of(runs, name)):
            return Verdict()
        return probe_verdict(name, self.confirmation, context, self.others.causes, budget)

    def _locate(
        self, known: KnownMistakes, context: Mistakes, runs: Sequence[CheckRun], held: Sequence[Repair]
    ) -> None:
        """Give known mistakes the place that a repair shows, with others held as they were repaired."""
        verdict = self.verdicts.get(known.function, Verdict())
        if self.general is None:
            return
        general, case = self.general, known.case(context)
        named = [replace(one, is_elsewhere=general.is_elsewhere(case, one)) for one in verdict.named]
        if not any(one.is_elsewhere or general.lacks_place(known.function, one) for one in named):
            return
        if len(named) > 1 and len(case.paths(case.wrong)) < 2:
            # No change of one place undoes several, nor one of them where all is in one output.
            self.verdicts[known.function] = replace(
                verdict, named=self._each_located(known, context, named, runs, held)
            )
            return
        if len(named) == 1 and (place := general.place_of_what_is_wrong(case)) is not None:
            self.verdicts[known.function] = replace(verdict, named=(replace(named[0], location=place),))
            return
        with general.holding(held) if held else nullcontext():
            repairs = general.located(case, runs)
        if len(named) == 1 and _is_whole(repairs) and repairs[0].edits[-1].kind in CAUSES:
            told = (general.described(repairs[0], case), *verdict.described)
            self.verdicts[known.function] = replace(verdict, named=(), described=told)
            return
        if len(named) == 1 and _is_whole(repairs):
            named[0] = self._with(named[0], repairs[0])
        for number, entry in enumerate(named):
            own = [repair for repair in repairs if repair.paths and set(repair.paths) == set(entry.paths)]
            others = {path for other in named if other is not entry for path in other.paths}
            if len(own) == 1 and not others & set(own[0].paths):
                named[number] = self._with(entry, own[0])
        if len(named) > 1:
            named = [*self._each_located(known, context, named, runs, held)]
        self.verdicts[known.function] = replace(verdict, named=tuple(named))

    def _each_located(
        self,
        known: KnownMistakes,
        context: Mistakes,
        named: Sequence[Named],
        runs: Sequence[CheckRun],
        held: Sequence[Repair],
    ) -> tuple[Named, ...]:
        """Each of several mistakes with the place of the change that undoes it alone: it leaves what the others do."""
        assert self.general is not None
        found = []
        for entry in named:
            if entry.location is None and (entry.is_elsewhere or self.general.lacks_place(known.function, entry)):
                others = (*context, *(other.mistake for other in named if other is not entry))
                with self.general.holding(held) if held else nullcontext():
                    repairs = self.general.located(known.case(others), runs, self.confirmation.planting.module(others))
                entry = self._with(entry, repairs[0]) if _is_whole(repairs) else entry
            found.append(entry)
        return tuple(found)

    def _with(self, entry: Named, repair: Repair) -> Named:
        assert self.general is not None
        return replace(entry, location=self.general.place(repair))

    def _repaired(self, known: KnownMistakes, context: Mistakes, runs: Sequence[CheckRun]) -> Verdict:
        """The change of the submission's text that makes all of a function right, if there is one."""
        if self.general is None or self.others.obscure(known):
            return Verdict()
        context = self.others.of_what_it_meets(known, context)
        case = known.case(context) if known.case(context).wrong else known.failed_case(context)
        others = self._in_other_conventions(known, context, case)
        exception, focus = self.general.explained(case, others) if RAISED in case.paths(case.wrong) else (None, set())

        def first_wrong() -> set[int]:
            return self.unknown.lines_of_first_wrong(known, context)

        if self.general.is_long(known.function) and not focus:
            focus = first_wrong()
        below = self.others.named_below(known)
        base = self.confirmation.planting.module(context) if below else None
        repairs = self.general.repaired(case, runs, focus, others, base=base, first_wrong=first_wrong)
        if not _is_whole(repairs) and known.failed_case(context) is not case:  # one fault more shows in other checks
            further = self.general.repaired(known.failed_case(context), runs, focus, base=base)
            repairs = further if _is_whole(further) else repairs
        whole = repairs[0] if _is_whole(repairs) else None
        if kept := self.general.kept_wrong(case, runs, whole):
            return Verdict(described=(kept,))
        if whole is not None:
            self.others.repairs[known.function] = whole
        told = whole.apart or repairs if whole is not None else repairs
        described = [self.general.described(one, case, below) for one in told]
        if (
            _is_whole(repairs)
            and repairs[0].is_of_one_value
            and (plain := self.unknown.as_numbers_tell(known, context))
        ):
            described = [replace(plain, location=self.general.place(repairs[0]))]
        if exception is not None and not _is_whole(repairs):
            described.append(exception)
        if (
            described
            and whole is None
            and all(edit.kind != "out-of-the-block" for one in repairs for edit in one.edits)
        ):
            described = [*self.general.ends_in_first_pass(known.function), *described]
        named = self._named_beside(repairs, known, context) if repairs and not _is_whole(repairs) else ()
        if len(repairs) == 1 and whole is None and not named and exception is None:
            named = self._named_after(repairs[0], known, context, runs)
        if repairs and whole is None and exception is None:
            spoken_of = {
                *(path for one in repairs for path in one.paths),
                *(path for one in named for path in one.paths),
            }
            described += self.unknown.beside(known, context, spoken_of)
        return Verdict(named, tuple(described))

    def _checked(
        self,
        known: KnownMistakes,
        ground: Mistakes,
        runs: Sequence[CheckRun],
        righted: Righted | None = None,
    ) -> Verdict:
        """The change with which checks pass that judge what is drawn at random: there are no values to go by.

        Of a training, of which checks bound an accuracy, experiments have to come out right as well: `righted` asks.
        """
        failed = [run for run in runs if not run.passed]
        # What a function does that calls no other one is no training, of which an accuracy would verify nothing.
        compares = not self.assignment.callees[known.function] or all(
            any(c.verdict == "wrong" for c in run.result.comparisons) for run in failed
        )
        is_shown = compares or righted is not None
        if self.general is None or not failed or self.others.failing_below(known.function):
            return Verdict()
        if not is_shown:
            return Verdict(described=self._exception(known, ground))
        case = known.case(ground)
        repairs = self.general.checked(case, runs, None if compares else righted)
        if _is_whole(repairs):
            self.others.repairs[known.function] = repairs[0]
        elif compares:
            self._to_locate.append(lambda: self._check_in_two_steps(known.function, case, runs))
        described = tuple(self.general.described(one, case) for one in repairs)
        if not described and any(run.result.status == "error" for run in failed):
            described = self._exception(known, ground)
        described = described or describe_drawn(case, self.assignment.contract)
        return Verdict(described=described or self.general.unread(case, self.assignment.callees[known.function]))

    def _check_in_two_steps(self, function: str, case: Case, runs: Sequence[CheckRun]) -> None:
        """Look for two changes, with the first of which some checks pass, where nothing was found: that takes long."""
        if self.general is None or self.verdicts.get(function) or function in self.others.follow_ons:
            return
        if repairs := self.general.checked(case, runs, in_two_steps=True):
            self.verdicts[function] = Verdict(described=tuple(self.general.described(one, case) for one in repairs))

    def _exception(self, known: KnownMistakes, ground: Mistakes) -> tuple[Described, ...]:
        """What an exception was about that ended a call in the failed checks."""
        case = known.failed_case(ground)
        if self.general is None or RAISED not in case.paths(case.wrong):
            return ()
        told, _ = self.general.explained(case)
        return (told,) if told is not None else ()

    def _named_beside(self, repairs: Sequence[Repair], known: KnownMistakes, context: Mistakes) -> tuple[Named, ...]:
        """Known mistakes of the outputs that no repair makes right, where they explain every number of these."""
        righted = {path for repair in repairs for path in repair.paths}
        twice = known.drawn_twice(context)
        named = [entry for entry in known.partly(context, twice)[0] if not _share(righted, entry.paths)]
        told = {*righted, *(path for entry in named for path in entry.paths)}
        if told.issuperset(twice.paths(twice.wrong)):  # nothing is left to look for
            named = [replace(entry, note="") for entry in named]
        return tuple(named)

    def _named_after(
        self, repair: Repair, known: KnownMistakes, context: Mistakes, runs: Sequence[CheckRun]
    ) -> tuple[Named, ...]:
        """Known mistakes that explain all that is left wrong once a repair has made a part right."""
        assert self.general is not None
        with self.general.holding([repair]):
            left = [run_check(run.check, self._student, self.confirmation.setting) for run in runs if is_quick(run)]
            after = KnownMistakes(known.function, left, self.confirmation, Budget(FOR_WHAT_IS_LEFT))
            named = after.verdict(context).named if any(not run.passed for run in left) else ()
        return named if len(named) == 1 else ()

    def _repaired_below(self, function: str, runs: Sequence[CheckRun]) -> tuple[str, ...]:
        """The functions whose repairs make this one pass as well: it is wrong only because they are."""
        if self.general is None:
            return ()
        reached = self.assignment.callees[function] | (self.general.reached(function) - {function})
        below = [name for name in self.others.repairs if name in reached]
        if not below:
            return ()
        return tuple(below) if self.general.pass_with([self.others.repairs[name] for name in below], runs) else ()

    def _is_plain(self, name: str, repaired: Collection[str]) -> bool:
        """Whether a function cannot see the repair of others, but by the values that they give."""
        student = self._student
        return isinstance(student, Student) and plain_text(student.loaded.submission).is_plain(name, repaired)

    def _judge_with_right_makers(self, name: str) -> None:
        """Take a function for right that passes once what others made for it, a cache or attributes, is made right.

        The text of these is repaired, nothing of its own: what it calls itself stays as it is, but for functions that
        are asked for and wrong as well.
        """
        runs = [run for run in self.confirmation.runs if run.check.function == name]
        open_checks = {run.check.id for run in runs if not run.passed} - self.proved.keys() - self.carried
        if self.general is None or not open_checks or not all(map(is_quick, runs)):
            return
        makers = self._failing_makers(name, [run for run in runs if run.check.id in open_checks])
        own = self.general.reached(name) | self.assignment.callees[name]
        for maker in makers:
            if maker not in own:
                self._find_repair(maker)
        right = [maker for maker in makers if maker in self.others.repairs and maker not in own]
        repairs = [self.others.repairs[maker] for maker in right]
        if not right or any(edit.function in own for repair in repairs for edit in repair.edits):
            return
        if self.general.pass_with(repairs, runs):
            self._take_for_right(name, right, runs)
            return
        steps = self._repaired_steps(name)
        if steps and self.general.pass_with([*repairs, *(self.others.repairs[step] for step in steps)], runs):
            self._take_for_right(name, [*right, *steps], runs)

    def wrong_beside(self, name: str) -> tuple[str, ...]:
        """The wrong functions that the failed checks of one call as well, or that these are built on."""
        return self._failing_makers(name, [run for run in self.confirmation.runs if _fails(run, name)])

    def _find_repair(self, name: str) -> None:
        """Look for the change that makes a wrong function right: of a mistake with a name it was not needed yet."""
        if self.general is None or name not in self.wrong or name in self.others.repairs:
            return
        beside = [run for run in self.confirmation.runs if run.check.function == name]
        below = self.others.repairs_below(name)
        with self.general.holding(below) if below else nullcontext():
            undone = self.general.undone(self.wrong[name].case, beside)
        if _is_whole(undone):
            self.others.repairs[name] = undone[0]

    def _repaired_steps(self, name: str) -> tuple[str, ...]:
        """The functions asked for that one calls, whose repairs change nothing but the text of such functions."""
        steps = self.assignment.callees[name] - {name}
        for step in sorted(steps):
            self._find_repair(step)
        repairs = self.others.repairs
        return tuple(
            step
            for step in self.assignment.function_names
            if step in steps and step in repairs and all(edit.function in steps for edit in repairs[step].edits)
        )

    def _take_for_right(self, name: str, causes: Sequence[str], runs: Sequence[CheckRun]) -> None:
        """What fails for others alone: of a text that sees no more of them than values its points are due."""
        if self._is_plain(name, causes):
            self.proved |= {run.check.id: tuple(causes) for run in runs if not run.passed}
        self.others.follow_ons[name] = tuple(causes)
        self.verdicts.pop(name, None)
        self.wrong.pop(name, None)

    def _failing_makers(self, name: str, runs: Sequence[CheckRun]) -> tuple[str, ...]:
        """The wrong functions that these checks call beside one, be it in vain, and those that these are built on."""
        called = {call.function for run in runs for call in self.confirmation.traces.of(run).calls}
        called |= {run.blamed for run in runs if run.blamed is not None}
        below = {callee for maker in called - {name} for callee in self.assignment.callees.get(maker, ())}
        failing = {run.check.function for run in self.confirmation.runs if not run.passed}
        return tuple(one for one in self.assignment.function_names if one in (called | below) & failing - {name})

    def _in_other_conventions(self, known: KnownMistakes, context: Mistakes, case: Case) -> list[Sequence[Value]]:
        """The case's values in conventions that a call which raised could not show, or one in which all is wrong."""
        is_open = not any(one in context for one in self.assignment.conventions)
        if RAISED not in case.paths(case.wrong) and not is_open:
            return []
        others = [one for one in self.assignment.conventions if one not in context]
        return [known.case((one, *context)).right for one in others]

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


def _fails(run: CheckRun, name: str) -> bool:
    return run.check.function == name and not run.passed


def _is_turned_alone(runs: Sequence[CheckRun]) -> bool:
    """Whether all that failed checks compared and found wrong is transposed."""
    wrong = [one for run in runs for one in run.result.comparisons if one.verdict == "wrong"]
    return bool(wrong) and all("it is transposed" in one.message for one in wrong)


def _stops_in(run: CheckRun, function: str) -> bool:
    """Whether a line of the function itself ended a check of it."""
    error = run.result.error
    return bool(error and error.frames and error.frames[-1].function == function.rpartition(".")[2])


def _share(some: Collection[Path], others: Collection[Path]) -> bool:
    """Whether a part is among both, or within one of the others."""
    pairs = itertools.product(some, others)
    return any(one[: len(other)] == other or other[: len(one)] == one for one, other in pairs)


def _is_whole(repairs: Sequence[Repair]) -> bool:
    """Whether a repair makes all of a function right."""
    return len(repairs) == 1 and repairs[0].is_whole
