"""Comparing what two implementations showed to one check."""

import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from grader.checks.compare import Tolerance, agrees, is_single_precision
from grader.checks.implementation import Implementation, visible
from grader.checks.record import Observation, recording
from grader.checks.run import CheckRun, CheckSetting

COINCIDES = Tolerance(passing=1e-7, remark=1e-7, absolute=1e-12)
COINCIDES_IN_SINGLE_PRECISION = Tolerance(passing=1e-5, remark=1e-5, absolute=1e-12)

ITEMS = 3  # of many results at once, of which each is compared when it is there: others are seldom the first to differ


class _Unlike(BaseException):
    """Something else was shown; no handler inside a check may take it for an error."""


def reproduces(
    run: CheckRun,
    implementation: Implementation,
    setting: CheckSetting,
    *,
    to_its_end: bool = False,
    affords: Callable[[int, int], bool] = lambda number, count: True,
) -> bool:
    """Whether an implementation, in the submission's place, shows a check all that the submission showed it.

    The first thing that differs ends the check, unless it is to go on `to_its_end`, for what it calls: then, of many
    results at once, a few are made.  `affords` tells after one of the first of so many whether the others can be made.
    """
    wanted, is_same = run.record.observations, True

    def differs() -> None:
        nonlocal is_same
        is_same = False
        if not to_its_end:
            raise _Unlike

    def compare(observation: Observation) -> None:
        position = len(record.observations)
        if position > len(wanted) or not _same(wanted[position - 1], observation):
            differs()

    def compare_item(number: int, value: Any) -> bool:
        position = len(record.observations)
        if number < ITEMS and is_same:
            may_be = position < len(wanted) and _may_be_item(wanted[position], number, value)
            if not may_be or not affords(number, len(wanted[position].value)):
                differs()
        return is_same or number < ITEMS - 1

    with recording(is_judged=False) as record:
        record.on_observation, record.on_item = compare, compare_item
        try:
            setting.run(run.check, implementation)
        except _Unlike:
            return False
        except Exception:  # a failed call is among the observations
            pass
    return is_same and len(record.observations) == len(wanted)


def observe_check(run: CheckRun, implementation: Implementation, setting: CheckSetting) -> Sequence[Observation]:
    """What an implementation shows to the check of a run, on the same random numbers."""
    with recording(is_judged=False) as record, suppress(Exception):  # a failed call is among the observations
        setting.run(run.check, implementation)
    return record.observations


def coincide(found: Sequence[Observation], other: Sequence[Observation]) -> bool:
    """Whether two lists of observations are the same calls with the same values, up to the order of summation."""
    return len(found) == len(other) and all(map(_same, found, other))


def _may_be_item(wanted: Observation, number: int, value: Any) -> bool:
    """Whether one of many results may be what was wanted there; they are compared as a whole in the end."""
    if not isinstance(wanted.value, list) or number >= len(wanted.value):
        return False
    item, value = visible(wanted.value[number]), visible(value)
    tolerance = COINCIDES_IN_SINGLE_PRECISION
    if not isinstance(item, int | float | complex | np.generic):
        return agrees(value, item, tolerance)
    if not all(isinstance(one, float) for one in (value, *wanted.value)):
        return True
    # Numbers are compared as one array: what differs by so much makes them differ, whatever the others are.
    difference = abs(value - item)
    size = 2 * math.hypot(*wanted.value) + difference
    return not (difference > tolerance.absolute and difference > tolerance.passing * size)


def _same(a: Observation, b: Observation) -> bool:
    if a.function != b.function or a.raised != b.raised:
        return False
    value, other = visible(a.value), visible(b.value)
    tolerance = COINCIDES_IN_SINGLE_PRECISION if is_single_precision((value, other)) else COINCIDES
    return agrees(value, other, tolerance)
