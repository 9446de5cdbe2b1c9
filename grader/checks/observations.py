"""Comparing what two implementations showed to one check."""

from collections.abc import Sequence
from contextlib import suppress

from grader.checks.compare import Tolerance, agrees
from grader.checks.implementation import Implementation, visible
from grader.checks.precision import is_single_precision
from grader.checks.record import Observation, recording
from grader.checks.run import CheckRun, CheckSetting

COINCIDES = Tolerance(passing=1e-7, remark=1e-7, absolute=1e-12)
COINCIDES_IN_SINGLE_PRECISION = Tolerance(passing=1e-5, remark=1e-5, absolute=1e-12)


class _Unlike(BaseException):
    """Something else was shown; no handler inside a check may take it for an error."""


def reproduces(run: CheckRun, implementation: Implementation, setting: CheckSetting) -> bool:
    """Whether an implementation, in the submission's place, shows a check all that the submission showed it.

    The first thing that differs ends the check.
    """
    wanted = run.record.observations

    def compare(observation: Observation) -> None:
        position = len(record.observations)
        if position > len(wanted) or not _same(wanted[position - 1], observation):
            raise _Unlike

    with recording(is_judged=False) as record:
        record.on_observation = compare
        try:
            setting.run(run.check, implementation)
        except _Unlike:
            return False
        except Exception:  # a failed call is among the observations
            pass
    return len(record.observations) == len(wanted)


def observe_check(run: CheckRun, implementation: Implementation, setting: CheckSetting) -> Sequence[Observation]:
    """What an implementation shows to the check of a run, on the same random numbers."""
    with recording(is_judged=False) as record, suppress(Exception):  # a failed call is among the observations
        setting.run(run.check, implementation)
    return record.observations


def coincide(found: Sequence[Observation], other: Sequence[Observation]) -> bool:
    """Whether two lists of observations are the same calls with the same values, up to the order of summation."""
    return len(found) == len(other) and all(map(_same, found, other))


def _same(a: Observation, b: Observation) -> bool:
    if a.function != b.function or a.raised != b.raised:
        return False
    value, other = visible(a.value), visible(b.value)
    tolerance = COINCIDES_IN_SINGLE_PRECISION if is_single_precision((value, other)) else COINCIDES
    return agrees(value, other, tolerance)
