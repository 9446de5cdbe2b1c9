"""From checks that failed to mistakes with names, of one submission after the other."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.assignments import Assignment
from grader.checks.implementation import Implementation
from grader.checks.local import Variant
from grader.checks.run import CheckRun, CheckSetting, passes, run_check
from grader.checks.script import scripts_as_functions
from grader.checks.student import Student
from grader.diagnosis.apart import Apart
from grader.diagnosis.cases.judged import Judged
from grader.diagnosis.cases.traces import Traces
from grader.diagnosis.cases.verdict import Described, Verdict, says_little
from grader.diagnosis.cases.where import Source
from grader.diagnosis.examination import Examination
from grader.diagnosis.findings import Findings
from grader.diagnosis.general import GeneralMeans
from grader.diagnosis.own_names import OwnNames
from grader.diagnosis.places import places_of
from grader.diagnosis.planted.confirm import Confirmation, is_quick
from grader.diagnosis.planted.follow import FollowOns
from grader.diagnosis.planted.planting import Planting
from grader.diagnosis.shown.demonstrations import Demonstrations
from grader.diagnosis.told import DIAGNOSES_PER_FUNCTION, diagnoses_of
from grader.diagnosis.written.left_open import left_open
from grader.fingerprint import fingerprint
from grader.report import Diagnosis
from grader.submissions import Submission

if TYPE_CHECKING:
    from grader.diagnosis.training.followed import CallOfACheck
    from grader.reading.explained_calls import Followed

EVERYONES_SEED = 20_150_406  # of the draw by which a fault is told from another, whoever made it


class Diagnoser:
    """Diagnoses any number of submissions to one assignment; the variants of its solution are made once."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.planting = Planting(assignment)
        self.followed: dict[CallOfACheck, Followed | None] = {}  # trainings of the solution

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
        follow_ons = follow_ons or FollowOns()
        traces = follow_ons.traces or Traces(self.assignment.contract, setting)
        confirmation = Confirmation(self.assignment, setting, self.planting, runs, traces, student)
        scripts = scripts_as_functions(source, self.assignment.contract) if source is not None else {}
        text = Source(source, scripts) if source is not None else None
        general = self._general_means(text, setting, student, runs)
        apart = Apart()
        examination = Examination(confirmation, follow_ons, general, apart)
        examination.run()
        for name, other in text.other_names.items() if text is not None else ():
            with apart.step():
                self._tell_of_the_other_name(name, other, examination, setting)
        with apart.step():
            self._follow(examination, text, student, setting)
        names = self._names_of(source) if source is not None else None
        diagnoses: dict[str, tuple[Diagnosis, ...]] = {}
        for name, verdict in examination.verdicts.items():
            if verdict:
                with apart.step():
                    told = diagnoses_of(verdict, [*places_of(text, name, verdict)] if text else (), names)
                    diagnoses[name] = _without_accepted(told, name, runs)
        if text is not None:
            due = {*examination.own.proved, *examination.carried}
            with apart.step():
                self._tell_what_is_left_open(runs, text, general, diagnoses, examination.others.follow_ons, due)
        fingerprints: dict[str, str] = {}
        for name in self.assignment.function_names:
            known = name in examination.verdicts and examination.verdicts[name].named
            if known or name in examination.others.follow_ons or not isinstance(student, Student):
                continue
            fingerprints[name] = self._fingerprint(name, runs, student, setting)
            if named := self._named(name, fingerprints[name], runs):
                others = diagnoses.get(name, ())
                place = next((one.location for one in others if one.location is not None), None)
                kept = (named.model_copy(update={"location": place}), *others)
                diagnoses[name] = kept[:DIAGNOSES_PER_FUNCTION]
        own = {name: one for name, one in fingerprints.items() if one}
        failing = {run.check.function for run in runs if not run.passed}
        absent = {name for name in self.assignment.function_names if text is not None and text.beginning(name) is None}
        shown = Demonstrations(self.assignment, self.planting, student).of(
            examination.own.wrong, diagnoses, failing, absent
        )
        follow = examination.others.follow_ons
        open_ones = [name for name in failing if name not in follow and not shown.diagnoses.get(name)]
        beside = {name: examination.own.makers.wrong_beside(name) for name in open_ones}
        repaired = frozenset(examination.own.repaired & examination.own.proved.keys())
        return Findings(
            shown.diagnoses, follow, examination.own.proved, repaired, own, shown.smallest, beside, apart.errors
        )

    def _tell_of_the_other_name(self, name: str, other: str, examination: Examination, setting: CheckSetting) -> None:
        """That a function fails as it is another one under a further name, whose mistake is told there, and costs once.

        What the task asks of both must be one thing: a right one passes the checks of the other.
        """
        own = [run for run in examination.confirmation.runs if run.check.function == name and not run.passed]
        if not own or other not in examination.verdicts or other in examination.others.follow_ons:
            return
        right = self.assignment.new_solution()
        setattr(right, name, getattr(right, other))
        if all(passes(run.check, Variant(self.assignment.contract, right), setting) for run in own):
            examination.verdicts.pop(name, None)
            examination.others.follow_ons[name] = (other,)
            examination.own.prove(own, (other,))

    def _tell_what_is_left_open(
        self,
        runs: Sequence[CheckRun],
        text: Source,
        general: GeneralMeans | None,
        diagnoses: dict[str, tuple[Diagnosis, ...]],
        follow_ons: Collection[str],
        due: Collection[str],
    ) -> None:
        """Of functions that are not written to their end, what is still to be computed.

        Others keep these from being judged, and those that fail for others in checks that are not `due`: what the text
        tells holds whatever they are given.
        """
        for name in self.assignment.function_names:
            own = [run for run in runs if run.check.function == name]
            is_skipped = bool(own) and all(run.result.status == "skipped" for run in own)
            is_open = name in follow_ons and any(not run.passed and run.check.id not in due for run in own)
            if name not in diagnoses and (is_skipped or is_open):
                told = left_open(name, text) if is_skipped else None
                found: tuple[Described, ...] = (told,) if told is not None else ()
                found = found or (general.facts.behind_a_stop(name) if general is not None else ())
                if found:
                    diagnoses[name] = diagnoses_of(Verdict(described=found), [one.location for one in found])

    def _names_of(self, source: Submission) -> OwnNames:
        units = (*source.modules.values(), *source.units)
        said = (part for entry in self.assignment.contract for part in (entry.name, entry.documentation or ""))
        given = (name for entry in self.assignment.contract for name in entry.parameters)
        return OwnNames([*(unit.source for unit in units), *said, *given])

    def _follow(
        self, examination: Examination, text: Source | None, student: Implementation | None, setting: CheckSetting
    ) -> None:
        """Follow the trainings step by step of which no more is known than that they are wrong."""
        runs = examination.confirmation.runs
        failing = {run.check.function for run in runs if not run.passed} - examination.others.follow_ons.keys()
        for name in self.assignment.function_names:
            verdict = examination.verdicts.get(name, Verdict())
            if name not in failing or not says_little(verdict) or text is None or not isinstance(student, Student):
                continue
            from grader.diagnosis.training.followed import Trainings, with_first_wrong  # few need all of the reading

            found = Trainings(self.assignment, setting, student, text, self.followed).first_wrong(name, runs)
            if found is not None and found[0] in failing:
                holder, told = found
                examination.verdicts[holder] = with_first_wrong(examination.verdicts.get(holder, Verdict()), told)

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
        self,
        source: Source | None,
        setting: CheckSetting,
        student: Implementation | None,
        runs: Sequence[CheckRun],
    ) -> GeneralMeans | None:
        if source is None or not isinstance(student, Student):
            return None
        return GeneralMeans(Judged(student, source, self.assignment.contract, setting, runs))


def _without_accepted(told: tuple[Diagnosis, ...], function: str, runs: Sequence[CheckRun]) -> tuple[Diagnosis, ...]:
    """What is told of a function without what its checks accept, for a reason that their remark adds."""
    remarks = [remark for run in runs if run.check.function == function for remark in run.record.remarks]
    return tuple(one for one in told if not any(remark.startswith(f"{one.title.rstrip('.')}, ") for remark in remarks))
