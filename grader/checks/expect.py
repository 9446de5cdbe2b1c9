"""`expect(value)`: what a check demands of a value, with messages that a student can act on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.compare import DEFAULT_TOLERANCE, Tolerance, compare, describe
from grader.checks.gradients import compare_with_numeric_gradient
from grader.checks.record import fail, note_comparisons
from grader.report import Comparison

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
        note_comparisons(compare(self.value, expected, self.label, tolerance))

    def equals(self, expected: Any) -> None:
        """Demand exactly the expected whole numbers (labels, counts, shapes)."""
        wanted = np.asarray(expected)
        try:
            found = np.asarray(self.value)
            numeric = found.dtype.kind in "biuf"
        except ValueError:
            numeric = False
        if not numeric:
            fail(f"{self.label} is {describe(self.value)}, expected whole numbers of shape {wanted.shape}")
        elif found.shape != wanted.shape:
            note_comparisons(compare(found, wanted, self.label))
        elif not np.array_equal(found, wanted):
            self._report_unequal(found, wanted)
        else:
            note_comparisons([Comparison(label=self.label, verdict="right", shape=found.shape)])

    def is_finite(self) -> None:
        """Demand that no value is NaN or infinite."""
        array = np.asarray(self.value) if self.value is not None else np.array(np.nan)
        if array.dtype.kind not in "biufc":
            fail(f"{self.label} is {describe(self.value)}, expected numbers")
        elif bad := int(np.sum(~np.isfinite(array))):
            fail(f"{self.label} is not finite: {bad} of {array.size} values NaN or infinite")

    def is_at_least(self, bound: float, *, what: str = "") -> None:
        """Demand a number not below the bound."""
        number = self._number()
        if number is not None and not number >= bound:
            fail(f"{self.label} is {number:.4g}, expected at least {bound:.4g}{what and f' ({what})'}")

    def is_at_most(self, bound: float, *, what: str = "") -> None:
        """Demand a number not above the bound."""
        number = self._number()
        if number is not None and not number <= bound:
            fail(f"{self.label} is {number:.4g}, expected at most {bound:.4g}{what and f' ({what})'}")

    def gradient_of(
        self,
        costs: Callable[[Sequence[Mapping[str, Array]]], Sequence[float]],
        *,
        at: Mapping[str, Array],
        rng: np.random.Generator,
    ) -> None:
        """Demand the gradient of a cost by central differences.

        Args:
            costs: the cost for each of several parameter dicts, in one call (so that they travel together).
            at: the parameters, float64; the value has the same keys and shapes.
            rng: draws directions and coordinates of large tensors.
        """
        note_comparisons(compare_with_numeric_gradient(self.value, costs, at, rng, self.label))

    def _number(self) -> float | None:
        array = np.asarray(self.value) if isinstance(self.value, int | float | np.generic | np.ndarray) else None
        if array is None or array.size != 1:
            fail(f"{self.label} is {describe(self.value)}, expected one number")
            return None
        return float(array.reshape(-1)[0].real)

    def _report_unequal(self, found: NDArray[Any], expected: NDArray[Any]) -> None:
        different = found != expected
        index = tuple(int(i) for i in np.argwhere(different)[0]) if found.ndim else ()
        place = f" at [{', '.join(map(str, index))}]" if index else ""
        message = (
            f"{self.label} is wrong in {int(different.sum())} of {found.size} places, first{place}: "
            f"found {found[index]}, expected {expected[index]}"
        )
        note_comparisons(
            [
                Comparison(
                    label=self.label,
                    verdict="wrong",
                    message=message,
                    found=found.tolist() if found.size <= 64 else describe(found),
                    expected=expected.tolist() if expected.size <= 64 else describe(expected),
                    shape=found.shape,
                    expected_shape=expected.shape,
                    worst_index=index,
                )
            ]
        )
