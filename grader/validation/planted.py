"""Every known mistake of an assignment, planted in its solution, must be diagnosed by its own name.

The variants are run in this process: they are the assignment's own code. Every check is run, since what passes tells
mistakes apart too; but those on the data set, which cost most, only where no other notices the mistake.
"""

from collections.abc import Sequence

from grader.assignments import Check, Mistake
from grader.checks.implementation import Variant
from grader.checks.run import CheckRun, run_check
from grader.diagnosis.planting import plant
from grader.grading import Grader
from grader.report import Diagnosis
from grader.validation.outcome import Outcome


def plant_mistakes(session: Grader) -> list[Outcome]:
    """Plant each mistake alone, and tell what the diagnosis makes of it."""
    return [_outcome(mistake, _diagnoses(session, mistake)) for mistake in session.assignment.mistakes]


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
