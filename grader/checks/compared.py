"""A check that asks submission and solution the same, and compares what they give."""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.assignments.declarations import CheckFunction, check
from grader.checks.expect import expect

Question = Callable[[Any, np.random.Generator], Any]


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
            for again in ("", ", asked again"):  # in one draw of numbers, two mistakes may give the same
                expect(question(student, rng), f"{what}{again}").close_to(question(solution, same))

        run.__name__ = question.__name__
        return check(function, points=points, title=title)(run)

    return declare
