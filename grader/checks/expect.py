"""`expect(value)`: what a check demands of a value, with messages that a student can act on."""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.assignments.declarations import CheckFunction, check
from grader.checks.compare import DEFAULT_TOLERANCE, Tolerance, as_array, compare, compare_exactly
from grader.checks.describe import describe
from grader.checks.gradients import compare_with_numeric_gradient
from grader.checks.record import Demand, fail, is_judged, note_comparisons, note_demand

Array = NDArray[np.float64]


def expect(value: Any, label: str = "the result") -> "Expectation":
    """Start an expectation about a value; `label` names it in messages (`probs`, `dW1`)."""
    return Expectation(value, label)


@dataclass(frozen=True)
class Expectation:
    value: Any
    label: str

    def close_to(self, expected: Any, tolerance: Tolerance = DEFAULT_TOLERANCE) -> None:
        """Demand the expected numbers: per tensor, by relative error; dicts by key, tuples by position."""
        note_demand(Demand("value", self.value, (expected,)))
        if is_judged():
            note_comparisons(compare(self.value, expected, self.label, tolerance))

    def equals(self, expected: Any) -> None:
        """Demand exactly the expected whole numbers (labels, counts, shapes)."""
        note_demand(Demand("value", self.value, (expected,)))
        if is_judged():
            note_comparisons([compare_exactly(self.value, np.asarray(expected), self.label)])

    def is_finite(self) -> None:
        """Demand that no value is NaN or infinite."""
        array = as_array(self.value)
        if array is None:
            fail(f"{self.label} is {describe(self.value)}, expected numbers")
        elif bad := int(np.sum(~np.isfinite(array))):
            message = f"{self.label} is not finite: {bad} of {array.size} values NaN or infinite"
            fail(message, message)

    def is_at_least(self, bound: float, *, what: str = "") -> None:
        """Demand a number not below the bound."""
        number = self._number()
        if number is not None and not number >= bound:
            fail(
                f"{self.label} is {number:.4g}, expected at least {bound:.4g}{what and f' ({what})'}",
                f"{self.label} is {number:.4g}, which is too low",
            )

    def is_at_most(self, bound: float, *, what: str = "") -> None:
        """Demand a number not above the bound."""
        number = self._number()
        if number is not None and not number <= bound:
            fail(
                f"{self.label} is {number:.4g}, expected at most {bound:.4g}{what and f' ({what})'}",
                f"{self.label} is {number:.4g}, which is too high",
            )

    def gradient_of(
        self,
        costs: Callable[[Sequence[Mapping[str, Array]]], Sequence[float]],
        *,
        at: Mapping[str, Array],
        rng: np.random.Generator,
    ) -> None:
        """Demand the gradient of a cost by central differences.

        Args:
            costs: the cost for each of several parameter dicts, in one call (so that they travel together). It depends
                on them alone, and is run once on symbols beforehand, to learn which calls it makes.
            at: the parameters, float64; the value has the same keys and shapes.
            rng: draws directions and coordinates of large tensors.
        """
        note_demand(Demand("gradient", self.value, (costs, at)))
        note_comparisons(compare_with_numeric_gradient(self.value, costs, at, rng, self.label))

    def _number(self) -> float | None:
        array = as_array(self.value)
        if array is None or array.size != 1 or array.dtype.kind == "c":
            fail(f"{self.label} is {describe(self.value)}, expected one number")
            return None
        return float(array.reshape(-1)[0])


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
