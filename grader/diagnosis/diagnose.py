"""From checks that failed to mistakes with names.

The functions are looked at in the contract's order, so that what was found in one is known when those that use it
are looked at: a `backward` that fails only because `forward` does is not told as a second mistake.
"""

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from grader.assignments import Assignment
from grader.checks.implementation import Implementation
from grader.checks.local import Variant
from grader.checks.observations import reproduces
from grader.checks.run import CheckRun, CheckSetting, run_check
from grader.checks.student import Student
from grader.diagnosis.behaviour import describe_behaviour, findings_of
from grader.diagnosis.budget import Budget
from grader.diagnosis.case import Case, Value
from grader.diagnosis.confirm import Confirmation, is_quick
from grader.diagnosis.demonstrations import Demonstrations, Examined
from grader.diagnosis.explain import explain
from grader.diagnosis.findings import Findings
from grader.diagnosis.first_wrong_words import beside
from grader.diagnosis.follow import FollowOns
from grader.diagnosis.general import GeneralMeans
from grader.diagnosis.known import KnownMistakes
from grader.diagnosis.leaves import RAISED, Leaf, Path, same
from grader.diagnosis.own_work import OwnWork
from grader.diagnosis.parts import Parts
from grader.diagnosis.places import places_of
from grader.diagnosis.planting import Mistakes, Planting, plant
from grader.diagnosis.probing import failed_checks, probe_verdict
from grader.diagnosis.quantities import quantities_of
from grader.diagnosis.repair import Repair
from grader.diagnosis.sizes import describe_sizes
from grader.diagnosis.steps import Steps
from grader.diagnosis.trace import Rerun, Trace
from grader.diagnosis.verdict import Confidence, Described, Named, Verdict, told_once
from grader.diagnosis.where import Source
from grader.fingerprint import fingerprint
from grader.report import Diagnosis, Location
from grader.submissions import Submission
from grader.submissions.plain_text import plain_text

CERTAINTY: Sequence[Confidence] = ("certain", "one-of", "likely")
DIAGNOSES_PER_FUNCTION = 4
PLAIN = ("transposed", "rearranged", "reshaped", "constant-factor")  # what holds for whole results
EVERYONES_SEED = 20_150_406  # of the draw by which a fault is told from another, whoever made it


class Diagnoser:
    """Diagnoses any number of submissions to one assignment; the variants of its solution are made once."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.planting = Planting(assignment)

    def diagnose(
        self,
        runs: Sequence[CheckRun],
        setting: CheckSetting,
        *,
        source: Submission | None = None,
        student: Implementation | None = None,
        follow_ons: FollowOns | None = None,
    ) -> Findings:
        """Diagnose one submission.

        Args:
            runs: every check that was run.
            setting: what they were run with.
            source: the submission's text, to point at lines of it.
            student: the submission, still alive, to be asked about other random numbers.
            follow_ons: what is known already of functions that fail because of others; they get no diagnosis.
        """
        confirmation = Confirmation(self.assignment, setting, self.planting, runs, student)
        text = Source(source) if source is not None else None
        general = self._general_means(text, setting, student)
        examination = _Examination(confirmation, follow_ons or FollowOns(), general)
        examination.run()
        diagnoses = {
            name: _diagnoses(verdict, [*places_of(text, name, verdict)] if text else ())
            for name, verdict in examination.verdicts.items()
            if verdict
        }
        fingerprints: dict[str, str] = {}
        for name in self.assignment.function_names:
            known = name in examination.verdicts and examination.verdicts[name].named
            if known or name in examination.follow_ons or not isinstance(student, Student):
                continue
            fingerprints[name] = self._fingerprint(name, runs, student, setting)
            if named := self._named(name, fingerprints[name], runs):
                others = diagnoses.get(name, ())
                place = next((one.location for one in others if one.location is not None), None)
                kept = (named.model_copy(update={"location": place}), *others)
                diagnoses[name] = kept[:DIAGNOSES_PER_FUNCTION]
        told = {name: one for name, one in fingerprints.items() if one}
        failing = {run.check.function for run in runs if not run.passed}
        absent = {name for name in self.assignment.function_names if text is not None and text.beginning(name) is None}
        shown = Demonstrations(self.assignment, self.planting, student).of(
            examination.wrong, diagnoses, failing, absent
        )
        return Findings(shown.diagnoses, examination.follow_ons, examination.proved, told, shown.smallest)

    def _fingerprint(self, function: str, runs: Sequence[CheckRun], student: Student, setting: CheckSetting) -> str:
        """Of a function's failed checks on numbers that are the same for everyone; a class has draws of its own."""
        failed = [run for run in runs if run.check.function == function and not run.passed and is_quick(run)]
        if not failed or student.has_used_half_its_time:
            return ""
        everyones = replace(setting, seed=EVERYONES_SEED, redrawn={})
        return fingerprint(function, [run_check(run.check, student, everyones).result for run in failed])

    def _named(self, function: str, found: str, runs: Sequence[CheckRun]) -> Diagnosis | None:
        """What an instructor called this fault when a class had made it."""
        for one in self.assignment.named:
            if found and (one.function, one.fingerprint) == (function, found):
                checks = [run.check.id for run in runs if run.check.function == function and not run.passed]
                return Diagnosis(
                    code=f"{function}.named-{found}",
                    title=one.title,
                    explanation=one.explain,
                    hints=one.hints,
                    evidence={"checks": checks},
                )
        return None

    def _general_means(
        self, source: Source | None, setting: CheckSetting, student: Implementation | None
    ) -> GeneralMeans | None:
        if source is None or not isinstance(student, Student):
            return None
        return GeneralMeans(student, source, self.assignment.contract, setting)


class _Examination:
    """One submission's failed functions, looked at one after the other."""

    def __init__(self, confirmation: Confirmation, follow_ons: FollowOns, general: GeneralMeans | None) -> None:
        self.confirmation, self.general = confirmation, general
        self.assignment = confirmation.assignment
        self.follow_ons = dict(follow_ons.causes)
        self.called, self.is_refuted = follow_ons.called, follow_ons.is_refuted
        self.proved, self.carried = dict(follow_ons.proved), follow_ons.carried
        self.budget = Budget()
        self.verdicts: dict[str, Verdict] = {}
        self.found: dict[str, Mistakes] = {}
        self.repairs: dict[str, Repair] = {}  # of functions, with which all their checks pass
        self.wrong: dict[str, Examined] = {}  # functions that are wrong by themselves
        self._to_locate: list[Callable[[], None]] = []

    def run(self) -> None:
        failed = [name for name in self.assignment.function_names if self._is_to_be_examined(name)]
        for number, name in enumerate(failed):
            own = [run for run in self.confirmation.runs if run.check.function == name]
            later = len(failed) - number - 1
            with self.budget.share(later) as budget, self._share_of_trials(later + len(self._to_locate)):
                verdict = self._examined(name, own, budget)
            if verdict.follows_from and not self.is_refuted(name, verdict.follows_from):
                self.follow_ons[name] = verdict.follows_from
            if verdict.named or verdict.described:
                self.verdicts[name] = verdict
            self.found[name] = tuple(entry.mistake for entry in verdict.named)
            if name in self.wrong:
                self.wrong[name] = replace(self.wrong[name], found=self.found[name])
        # Where a mistake is that has its name already is asked when every function has had its turn.
        for number, locate in enumerate(self._to_locate):
            with self._share_of_trials(later=len(self._to_locate) - number - 1):
                locate()
        for name in self.assignment.function_names:
            self._judge_with_right_makers(name)

    def _share_of_trials(self, later: int) -> AbstractContextManager[None]:
        return self.general.share(later) if self.general is not None else nullcontext()

    @property
    def _student(self) -> Implementation:
        assert self.confirmation.student is not None
        return self.confirmation.student

    def _is_to_be_examined(self, name: str) -> bool:
        own = [run for run in self.confirmation.runs if run.check.function == name]
        return name not in self.follow_ons and any(run.result.status in ("failed", "error") for run in own)

    def _examined(self, name: str, runs: Sequence[CheckRun], budget: Budget) -> Verdict:
        if any(finding.behaviour == "takes-samples-as-columns" for finding in findings_of(runs, name)):
            return Verdict(described=describe_behaviour(name, runs))  # that its products do not fit is nothing more
        ground = self._ground(runs)
        context = (*ground, *self._context())
        if any(probe.is_for(name, failed_checks(runs)) for probe in self.assignment.probes):
            verdict = self._probed(name, runs, context, budget)
            if not (verdict.named or verdict.described or verdict.follows_from):
                known = KnownMistakes(name, runs, self.confirmation, budget)
                verdict = self._checked(known, ground, runs)
            described = () if verdict.follows_from else self._behaviour(name, runs, verdict)
            return Verdict(verdict.named, (*verdict.described, *described), verdict.follows_from)
        if causes := self._repaired_below(name, runs):
            if self._is_plain(name, causes):
                self.proved |= {run.check.id: causes for run in runs if not run.passed}
            return Verdict(follows_from=causes)
        below = self._repairs_below(name)
        with self.general.holding(below) if self.general and below else nullcontext():
            if below:
                runs = [run_check(run.check, self._student, self.confirmation.setting) for run in runs if is_quick(run)]
            return self._own(name, runs, ground, context, budget)

    def _own(self, name: str, runs: Sequence[CheckRun], ground: Mistakes, context: Mistakes, budget: Budget) -> Verdict:
        """What is wrong with a function itself."""
        known = KnownMistakes(name, runs, self.confirmation, budget)
        is_wrong = bool(known.case(ground).wrong)
        if is_wrong and self._context() and known.is_explained_by(context):
            causes = self._causes(lambda mistakes: known.is_explained_by((*ground, *mistakes)))
            self._prove(runs, context, causes)
            return Verdict(follows_from=causes)
        if not is_wrong and not findings_of(runs, name):
            stops_here = any(_stops_in(run, name) for run in runs)
            causes = () if stops_here else known.failing_callees()
            return Verdict(follows_from=causes) if causes else self._checked(known, ground, runs)
        self.wrong[name] = Examined(known.case(ground), ground)
        described, covered = self.general.unwritten(known.case(context)) if self.general else ((), 0)
        if covered and covered == known.case(context).wrong:
            return Verdict(described=described)
        verdict = known.verdict(context)
        if not verdict and context != ground:
            verdict = known.verdict(ground)
        if self._context():
            self._prove_in_part(runs, ground)
        case = known.case(context)
        if any(entry.alternatives for entry in verdict.named) and not case.has_distinctive_numbers(case.wrong):
            # Of results such as classes many mistakes are the same: what a change of the text shows is sure.
            repaired = self._repaired(known, context, runs)
            verdict = repaired if name in self.repairs else verdict
        if verdict.named:
            below = self._repairs_below(name)
            self._to_locate.append(lambda: self._locate(known, known.case(context), runs, below))
        elif described:
            verdict = self._unknown(known, context)
        else:
            verdict = self._repaired(known, context, runs) or self._unknown(known, context)
        behaviour = self._behaviour(name, runs, verdict)
        is_seen = any(one.code == f"{name}.ignores-its-argument" for one in behaviour)
        told = (one for one in verdict.described if not is_seen or one.code != f"{name}.argument-not-used")
        return Verdict(verdict.named, (*told, *behaviour))

    def _prove(self, runs: Sequence[CheckRun], context: Mistakes, causes: tuple[str, ...]) -> None:
        """Note the checks in which it shows that a function is right, whose helpers have known mistakes."""
        work = OwnWork(self.confirmation.planting, self.confirmation.setting)
        for run in runs:
            variant = Variant(self.assignment.contract, self.confirmation.planting.module(context))
            if (
                is_quick(run)
                and reproduces(run, variant, self.confirmation.setting)
                and work.shows(run, lambda own: self.confirmation.planting.module((*context, own)))
            ):
                self.proved[run.check.id] = causes

    def _prove_in_part(self, runs: Sequence[CheckRun], ground: Mistakes) -> None:
        """Note the checks that fail for known mistakes of helpers alone, of a function with mistakes of its own."""
        work = OwnWork(self.confirmation.planting, self.confirmation.setting)
        module = self.confirmation.planting.module
        for run in runs:

            def is_explained_by(mistakes: Mistakes, run: CheckRun = run) -> bool:
                together = (*ground, *mistakes)
                return work.shows_in_part(run, module(together), lambda own: module((*together, own)))

            if not run.passed and is_quick(run) and is_explained_by(self._context()):
                self.proved[run.check.id] = self._causes(is_explained_by)

    def _probed(self, name: str, runs: Sequence[CheckRun], context: Mistakes, budget: Budget) -> Verdict:
        """What experiments tell; nothing about a function that gives something else every time."""
        if any(finding.behaviour == "differs-between-calls" for finding in findings_of(runs, name)):
            return Verdict()
        return probe_verdict(name, self.confirmation, context, self._causes, budget)

    def _locate(self, known: KnownMistakes, case: Case, runs: Sequence[CheckRun], below: Sequence[Repair]) -> None:
        """Give known mistakes the place that a repair shows, with functions below as they were repaired."""
        verdict = self.verdicts.get(known.function, Verdict())
        if self.general is None:
            return
        general = self.general
        named = [replace(one, is_elsewhere=general.is_elsewhere(case, one)) for one in verdict.named]
        if not any(one.is_elsewhere or general.lacks_place(known.function, one) for one in named):
            return
        if len(named) == 1 and (place := general.place_of_what_is_wrong(case)) is not None:
            self.verdicts[known.function] = replace(verdict, named=(replace(named[0], location=place),))
            return
        with general.holding(below) if below else nullcontext():
            repairs = general.located(case, runs)
        if len(named) == 1 and _is_whole(repairs):
            named[0] = self._with(named[0], repairs[0])
        for number, entry in enumerate(named):
            own = [repair for repair in repairs if repair.paths and set(repair.paths) == set(entry.paths)]
            others = {path for other in named if other is not entry for path in other.paths}
            if len(own) == 1 and not others & set(own[0].paths):
                named[number] = self._with(entry, own[0])
        self.verdicts[known.function] = replace(verdict, named=tuple(named))

    def _repairs_below(self, function: str) -> list[Repair]:
        """The repairs of functions that a function calls."""
        return [self.repairs[name] for name in self.repairs if name in self.assignment.callees[function]]

    def _with(self, entry: Named, repair: Repair) -> Named:
        assert self.general is not None
        return replace(entry, location=self.general.place(repair))

    def _repaired(self, known: KnownMistakes, context: Mistakes, runs: Sequence[CheckRun]) -> Verdict:
        """The change of the submission's text that makes all of a function right, if there is one."""
        if self.general is None or self._is_wrong_below(known.function) or self._is_fed_by_what_is_wrong(known):
            return Verdict()
        context = self._of_what_it_meets(known, context)
        case = known.case(context) if known.case(context).wrong else known.failed_case(context)
        others = self._in_other_conventions(known, context, case)
        exception, focus = self.general.explained(case, others) if RAISED in case.paths(case.wrong) else (None, set())
        below = self._named_below(known)
        base = self.confirmation.planting.module(context) if below else None
        repairs = self.general.repaired(case, runs, focus, others, base=base)
        if not _is_whole(repairs) and known.failed_case(context) is not case:  # one fault more shows in other checks
            further = self.general.repaired(known.failed_case(context), runs, focus, base=base)
            repairs = further if _is_whole(further) else repairs
        if _is_whole(repairs):
            self.repairs[known.function] = repairs[0]
        described = [self.general.described(one, case, below) for one in repairs]
        if _is_whole(repairs) and repairs[0].is_of_one_value and (plain := self._as_numbers_tell(known, context)):
            described = [replace(plain, location=self.general.place(repairs[0]))]
        if exception is not None and not _is_whole(repairs):
            described.append(exception)
        named = self._named_beside(repairs, known, context) if repairs and not _is_whole(repairs) else ()
        return Verdict(named, tuple(described))

    def _as_numbers_tell(self, known: KnownMistakes, context: Mistakes) -> Described | None:
        """How all that is wrong is arranged or scaled, if that is plain: it says more than where to turn each term."""
        case = known.drawn_twice(context)
        told = explain(case, self.assignment)
        wrong = {part.name.strip("`") for part in Parts(case, self.assignment.contract).wrong}
        if (
            len(told) == 1
            and told[0].code.rpartition(".")[2] in PLAIN
            and {*_listed(told[0].evidence.get("parts"))} == wrong
        ):
            return told[0]
        return None

    def _checked(self, known: KnownMistakes, ground: Mistakes, runs: Sequence[CheckRun]) -> Verdict:
        """The change with which checks pass that judge what is drawn at random: there are no values to go by."""
        failed = [run for run in runs if not run.passed]
        # What a function does that calls no other one is no training, of which an accuracy would verify nothing.
        compares = not self.assignment.callees[known.function] or all(
            any(c.verdict == "wrong" for c in run.result.comparisons) for run in failed
        )
        if self.general is None or not failed or not compares or self._failing_below(known.function):
            return Verdict()
        repairs = self.general.checked(known.case(ground), runs)
        if _is_whole(repairs):
            self.repairs[known.function] = repairs[0]
        return Verdict(described=tuple(self.general.described(one, known.case(ground)) for one in repairs))

    def _named_beside(self, repairs: Sequence[Repair], known: KnownMistakes, context: Mistakes) -> tuple[Named, ...]:
        """Known mistakes of the outputs that no repair makes right, where they explain every number of these."""
        righted = {path for repair in repairs for path in repair.paths}
        named, _ = known.partly(context, known.drawn_twice(context))
        return tuple(entry for entry in named if not _share(righted, entry.paths))

    def _of_what_it_meets(self, known: KnownMistakes, context: Mistakes) -> Mistakes:
        """The mistakes of functions that this one calls or is fed by: a step may be shared with others as well."""
        called = self.assignment.callees[known.function]
        if self.general is not None and (reached := self.general.reached(known.function)):
            called = frozenset(called & reached)  # a submission may have written it out instead
        met = {*called, *known.failing_callees()}
        met |= {cause for name in met for cause in self.follow_ons.get(name, ())}
        elsewhere = {mistake for name, mistakes in self.found.items() if name not in met for mistake in mistakes}
        return tuple(mistake for mistake in context if mistake not in elsewhere)

    def _failing_below(self, function: str) -> set[str]:
        failing = {run.check.function for run in self.confirmation.runs if not run.passed}
        below = failing & set(self.assignment.callees[function]) - {function}
        reached = self.general.reached(function) if self.general is not None else frozenset()
        return below & reached if reached else below

    def _named_below(self, known: KnownMistakes) -> tuple[str, ...]:
        """The functions that this one, or its checks, are built on, however deep, whose mistakes are known by name."""
        failing = self._failing_below(known.function) | set(known.failing_callees())
        causes = {cause for name in failing for cause in self.follow_ons.get(name, ())}
        return tuple(
            name for name in self.assignment.function_names if name in failing | causes and self.found.get(name)
        )

    def _is_wrong_below(self, function: str) -> bool:
        """Whether a function that this one is built on is wrong in an unknown way: nothing can be proved then."""
        known = {name for name in self.found if self.found[name]} | set(self.repairs) | set(self.follow_ons)
        return bool(self._failing_below(function) - known)

    def _is_fed_by_what_is_wrong(self, known: KnownMistakes) -> bool:
        """Whether what the checks hand to it (a cache) comes from a function with a mistake of its own.

        How the solution would go on from there is one way of many, which agree only where that function is right.
        """
        makers = set(known.failing_callees()) - set(self.assignment.callees[known.function])
        wrong = {name: mistakes for name in makers if (mistakes := self.found.get(name))}
        traces = known.case(()).traces
        return bool(wrong) and not (
            self._do_nothing_in(wrong, traces) or self._hand_on_what_is_right(known.function, wrong, traces)
        )

    def _do_nothing_in(self, wrong: Mapping[str, Mistakes], traces: Sequence[Trace]) -> bool:
        """Whether functions give in some calls all that right ones give, their caches too, in spite of mistakes."""
        planting = self.confirmation.planting
        for trace in traces:
            right = Rerun(trace, planting.module(()))
            found = Rerun(trace, planting.module(tuple(m for mistakes in wrong.values() for m in mistakes)))
            for position, call in enumerate(trace.calls):
                if call.function not in wrong:
                    continue
                a, b = found.leaves(position, ()), right.leaves(position, ())
                if a.keys() != b.keys() or not all(same(a[path], b[path]) for path in a):
                    return False
        return True

    def _hand_on_what_is_right(self, function: str, wrong: Mapping[str, Mistakes], traces: Sequence[Trace]) -> bool:
        """Whether what functions hand to another one is made of their arguments alone, and with mistakes no other."""
        assert self.general is not None
        module = self.confirmation.planting.module
        for trace in traces:
            right = Rerun(trace, module(()))
            found = Rerun(trace, module(tuple(m for mistakes in wrong.values() for m in mistakes)))
            for origin in (one for call in trace.calls if call.function == function for one in call.origins):
                maker = trace.calls[origin.call].function
                if maker not in wrong:
                    continue
                a, b = (_below(rerun.leaves(origin.call, ()), origin.path) for rerun in (right, found))
                is_same = bool(a) and a.keys() == b.keys() and all(same(a[path], b[path]) for path in a)
                if not is_same or not self.general.hands_on_arguments(maker, origin.path):
                    return False
        return True

    def _repaired_below(self, function: str, runs: Sequence[CheckRun]) -> tuple[str, ...]:
        """The functions whose repairs make this one pass as well: it is wrong only because they are."""
        below = [name for name in self.repairs if name in self.assignment.callees[function]]
        if self.general is None or not below:
            return ()
        return tuple(below) if self.general.pass_with(self._repairs_below(function), runs) else ()

    def _is_plain(self, name: str, repaired: Collection[str]) -> bool:
        """Whether a function cannot see the repair of others, but by the values that they give."""
        student = self._student
        return isinstance(student, Student) and plain_text(student.loaded.submission).is_plain(name, repaired)

    def _judge_with_right_makers(self, name: str) -> None:
        """Take a function for right that passes once what others made for it, a cache or attributes, is made right.

        The text of these is repaired, nothing of its own: what it calls itself stays as it is.
        """
        runs = [run for run in self.confirmation.runs if run.check.function == name]
        open_checks = {run.check.id for run in runs if not run.passed} - self.proved.keys() - self.carried
        if self.general is None or not open_checks or not all(map(is_quick, runs)):
            return
        with self.budget.share(0) as budget:
            makers = KnownMistakes(name, runs, self.confirmation, budget).failing_callees()
        own = self.general.reached(name) | self.assignment.callees[name]
        for maker in makers:
            if maker in self.wrong and maker not in self.repairs and maker not in own:
                beside = [run for run in self.confirmation.runs if run.check.function == maker]
                undone = self.general.undone(self.wrong[maker].case, beside)
                if _is_whole(undone):
                    self.repairs[maker] = undone[0]
        right = [maker for maker in makers if maker in self.repairs and maker not in own]
        repairs = [self.repairs[maker] for maker in right]
        if any(edit.function in own for repair in repairs for edit in repair.edits):
            return
        if self.general.pass_with(repairs, runs):
            if self._is_plain(name, right):
                self.proved |= {run.check.id: tuple(right) for run in runs if not run.passed}
            self.follow_ons[name] = tuple(right)
            self.verdicts.pop(name, None)
            self.wrong.pop(name, None)

    def _in_other_conventions(self, known: KnownMistakes, context: Mistakes, case: Case) -> list[Sequence[Value]]:
        """The case's values in conventions that a call which raised could not show."""
        if RAISED not in case.paths(case.wrong):
            return []
        others = [one for one in self.assignment.conventions if one not in context]
        return [known.case((one, *context)).right for one in others]

    def _unknown(self, known: KnownMistakes, context: Mistakes) -> Verdict:
        """What can be said where nothing explains everything.

        Little, while a function that it is built on is wrong in a way that is not known: these may be its numbers.
        """
        drawn_twice = known.drawn_twice(context)
        told, unwritten = self.general.unwritten(drawn_twice) if self.general else ((), 0)
        if self._has_unknown_callees(known.function):
            return Verdict((), told)
        named, covered = known.partly(context, drawn_twice) if not told else ((), unwritten)
        by_parts = not known.failing_callees() and not told
        if not told and not named and self.general and (kept := self.general.kept(drawn_twice)):
            return Verdict((), kept)
        described = (*told, *explain(drawn_twice, self.assignment, covered, by_parts=by_parts))
        if by_parts and not covered:
            described = self._with_first_wrong(known, context, drawn_twice, described)
        is_nothing = any(one.code.endswith((".zero-result", ".left-as-it-was")) for one in described)  # say it better
        if not told and not named and not is_nothing and self.general:
            described = (*self.general.unused(drawn_twice), *described)
        return Verdict(named, described or describe_sizes(known.with_passed(context), self.assignment.contract))

    def _with_first_wrong(
        self, known: KnownMistakes, context: Mistakes, case: Case, described: tuple[Described, ...]
    ) -> tuple[Described, ...]:
        """What is described of the results, at the line where it comes in; or that line, where nothing else is told."""
        if self.general is None or self._is_wrong_below(known.function) or self._is_fed_by_what_is_wrong(known):
            return described
        if not case.wrong or RAISED in case.paths(case.wrong):
            return described
        reached = self.assignment.reached_steps.get(known.function, frozenset()) - {known.function}
        steps = Steps(plant(self.assignment, context), reached)

        def symbols(trace: int, call: int) -> Mapping[str, float]:
            arguments = Rerun(case.traces[trace], case.base).arguments(call)[0]
            return quantities_of(self.assignment, case.function, arguments, case.base).symbols

        found = self.general.first_wrong(case, steps, symbols)
        return beside(described, found, Parts(case, self.assignment.contract), known.function)

    def _has_unknown_callees(self, name: str) -> bool:
        """Whether a function of the contract that another one calls is wrong for reasons that were not found."""
        failing = {run.check.function for run in self.confirmation.runs if not run.passed and run.check.points}
        callees = self.assignment.callees[name] | self.called.get(name, frozenset())
        return any(not self.found.get(callee) for callee in callees & failing)

    def _behaviour(self, name: str, runs: Sequence[CheckRun], verdict: Verdict) -> tuple[Described, ...]:
        """Diagnoses of behaviour, without those that the mistakes found have as a consequence."""
        mistakes = (*self._context(), *(entry.mistake for entry in verdict.named))
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

    def _context(self) -> Mistakes:
        """The mistakes found in the functions before."""
        return tuple(mistake for mistakes in self.found.values() for mistake in mistakes)

    def _causes(self, is_explained_by: Callable[[Mistakes], bool]) -> tuple[str, ...]:
        """The functions whose mistakes are needed for an explanation."""
        needed = [name for name, mistakes in self.found.items() if mistakes]
        for name in list(needed):
            without = tuple(m for other in needed if other != name for m in self.found[other])
            if is_explained_by(without):
                needed.remove(name)
        return tuple(needed)


def _stops_in(run: CheckRun, function: str) -> bool:
    """Whether a line of the function itself ended a check of it."""
    error = run.result.error
    return bool(error and error.frames and error.frames[-1].function == function.rpartition(".")[2])


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _share(some: Collection[Path], others: Collection[Path]) -> bool:
    """Whether a part is among both, or within one of the others."""
    pairs = itertools.product(some, others)
    return any(one[: len(other)] == other or other[: len(one)] == one for one, other in pairs)


def _below(leaves: Mapping[Path, Leaf], path: Path) -> dict[Path, Leaf]:
    """The leaves at a path and further down."""
    return {one: leaf for one, leaf in leaves.items() if one[: len(path)] == path}


def _is_whole(repairs: Sequence[Repair]) -> bool:
    """Whether a repair makes all of a function right."""
    return len(repairs) == 1 and not repairs[0].paths


def _diagnoses(verdict: Verdict, locations: Sequence[Location | None]) -> tuple[Diagnosis, ...]:
    """The most certain diagnoses of a function, each at its place."""
    places = iter(locations) if locations else itertools.repeat(None)
    named = [_from_catalogue(entry, next(places)) for entry in verdict.named]
    told = told_once([replace(entry, location=next(places)) for entry in verdict.described])
    described = [_from_numbers(entry, entry.location) for entry in told]
    named.sort(key=lambda diagnosis: CERTAINTY.index(diagnosis.confidence))
    return (*named, *described)[:DIAGNOSES_PER_FUNCTION]


def _from_catalogue(entry: Named, location: Location | None) -> Diagnosis:
    mistake = entry.mistake
    lesson = mistake.lesson if not entry.alternatives else None  # of another mistake it may not be true
    return Diagnosis(
        code=mistake.code,
        title=mistake.title,
        explanation=f"{mistake.explain}\n\n{entry.note}" if entry.note else mistake.explain,
        symptom=lesson.symptom if lesson else "",
        why=lesson.why if lesson else "",
        hints=mistake.hints,
        confidence=entry.confidence,
        alternatives=tuple(other.code for other in entry.alternatives),
        evidence={
            "checks": list(entry.checks),
            "parts": ["".join(f"[{step!r}]" for step in path) for path in entry.paths if path],
        },
        location=location,
    )


def _from_numbers(entry: Described, location: Location | None) -> Diagnosis:
    return Diagnosis(
        code=entry.code,
        title=entry.title,
        explanation=entry.explanation,
        hints=entry.hints,
        confidence=entry.confidence,
        evidence=dict(entry.evidence),
        location=location,
    )
