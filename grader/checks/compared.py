"""A check that asks submission and solution the same, and compares what they give."""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.assignments.declarations import CheckFunction, check
from grader.checks.compare import DEFAULT_TOLERANCE, compare
from grader.checks.record import Demand, is_judged, note_comparisons, note_demand

Question = Callable[[Any, np.random.Generator], Any]
WORSE = ("right", "remark", "wrong")


def compared(function: str, *, points: float, title: str) -> Callable[[Question], CheckFunction]:
    """Declare the decorated function as a question that submission and solution must answer alike.

    It is called, twice for each, with an implementation (which has the functions of the contract) and with a generator
    of random numbers that gives the same to both.

    Args:
        function, points, title: as for `check`.
    """

    what = title[:1].lower() + title[1:]

    def declare(question: Question) -> CheckFunction:
        def run(student: Any, solution: Any, rng: np.random.Generator) -> None:
            same = copy.deepcopy(rng)
            told: dict[str, int] = {}  # of each part of the answer, how bad it was when it was asked for first
            for label in (what, f"{what}, asked again"):  # in one draw of numbers, two mistakes may give the same
                found, right = question(student, rng), question(solution, same)
                note_demand(Demand("value", found, (right,)))
                if is_judged():
                    parts = {
                        one.label.removeprefix(label): one for one in compare(found, right, label, DEFAULT_TOLERANCE)
                    }
                    note_comparisons(
                        [one for part, one in parts.items() if WORSE.index(one.verdict) > told.get(part, -1)]
                    )
                    told |= {part: WORSE.index(one.verdict) for part, one in parts.items()}

        run.__name__ = question.__name__
        return check(function, points=points, title=title)(run)

    return declare
