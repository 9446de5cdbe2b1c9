"""Every known mistake of an assignment, planted in its solution, must be diagnosed by its own name.

The variants are run in this process: they are the assignment's own code. Every check is run, since what passes tells
mistakes apart too; but those on the data set, which cost most, only where no other notices the mistake.
"""

import dataclasses
import functools
import inspect
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.assignments import Assignment, Check, Mistake
from grader.checks.local import Variant
from grader.checks.run import CheckFault, CheckRun, author_place, run_check
from grader.diagnosis.planted.planting import plant
from grader.grading import Grader
from grader.report import Diagnosis
from grader.validation.outcome import Outcome, written_at

# What the replacement's own text is to blame for; arrays that do not fit are a mistake that people make.
_SLIPS = (NameError, AttributeError, ImportError, AssertionError)


@dataclass
class _Calls:
    """What became of the calls of one planted replacement: `raised` tells the first exception."""

    returned: int = 0
    raised: str = ""
    is_slip: bool = False

    def watched(self, mistake: Mistake) -> Mistake:
        """The same mistake, its calls noted here."""

        @functools.wraps(mistake.replacement)
        def replacement(*arguments: Any, **named: Any) -> Any:
            try:
                result = mistake.replacement(*arguments, **named)
            except Exception as error:
                if not self.raised:
                    self.raised = f"{author_place(error)}{type(error).__name__}: {error}"
                    self.is_slip = isinstance(error, _SLIPS) or not _takes(mistake, arguments, named)
                raise
            self.returned += 1
            return result

        return dataclasses.replace(mistake, replacement=replacement)


def plant_mistakes(session: Grader, mistakes: Sequence[Mistake]) -> Iterator[Outcome]:
    """Plant each mistake alone, and tell what the diagnosis makes of it."""
    for mistake in mistakes:
        calls = _Calls()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)  # what is planted is wrong: 0/0 is to be expected
                outcome = _outcome(mistake, _diagnoses(session, calls.watched(mistake)))
        except CheckFault as fault:
            outcome = Outcome(mistake.code, "not tried", (str(fault),))
        yield dataclasses.replace(_unless_it_crashes(outcome, calls), where=_place(mistake, session.assignment))


def _place(mistake: Mistake, assignment: Assignment) -> str:
    return written_at(mistake.replacement, assignment.folder)


def _unless_it_crashes(outcome: Outcome, calls: _Calls) -> Outcome:
    """A replacement that never gives a result is told; where its own text is at fault, no mistake was planted."""
    if calls.returned or not calls.raised:
        return outcome
    if calls.is_slip:
        return Outcome(outcome.name, "crashes", (f"it never gives a result: {calls.raised}",))
    return dataclasses.replace(outcome, found=f"{outcome.found}, by what it raises: {calls.raised}")


def _takes(mistake: Mistake, arguments: Sequence[Any], named: Mapping[str, Any]) -> bool:
    """Whether the replacement can be called with what the step is called with."""
    try:
        inspect.signature(mistake.replacement).bind(*arguments, **named)
    except TypeError:
        return False
    return True


def _diagnoses(session: Grader, mistake: Mistake) -> list[Diagnosis] | None:
    """What is diagnosed when the mistake is planted; None when no check fails."""
    student = Variant(session.assignment.contract, plant(session.assignment, [mistake]))
    runs: list[CheckRun] = []
    for checks in _by_cost(session.assignment.checks):
        runs += [run_check(check, student, session.setting) for check in checks]
        if not all(run.passed for run in runs):
            break
    else:
        return None
    findings = session.diagnoser.diagnose(runs, session.setting, student=student)
    return [diagnosis for found in findings.diagnoses.values() for diagnosis in found]


def _by_cost(checks: Sequence[Check]) -> tuple[list[Check], list[Check]]:
    cheap = [check for check in checks if "dataset" not in check.arguments]
    return cheap, [check for check in checks if "dataset" in check.arguments]


def _outcome(mistake: Mistake, diagnoses: list[Diagnosis] | None) -> Outcome:
    if diagnoses is None:
        # What is known of an operation need not show in every contract: a bias before a normalisation has no effect.
        if mistake.operation:
            return Outcome(mistake.code, f"unnoticed: no check fails ({mistake.operation})")
        return Outcome(mistake.code, "unnoticed", ("no check fails",))
    named = [diagnosis.code for diagnosis in diagnoses]
    if mistake.code in named and not any(d.alternatives for d in diagnoses if d.code == mistake.code):
        others = [code for code in named if code != mistake.code]
        return Outcome(mistake.code, f"named, with {', '.join(others)}" if others else "named")
    for diagnosis in diagnoses:
        if mistake.code == diagnosis.code or mistake.code in diagnosis.alternatives:
            alternatives = {diagnosis.code, *diagnosis.alternatives} - {mistake.code}
            return Outcome(mistake.code, f"one of it and {', '.join(sorted(alternatives))}")
    found = ", ".join(named) or "nothing"
    return Outcome(mistake.code, f"diagnosed {found}", ("its own code is not named",))
