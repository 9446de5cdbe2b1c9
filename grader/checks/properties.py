"""Properties that a function must have whatever its numbers: each helper calls it, and notes what does not hold."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.compare import Tolerance, as_array, compare, is_single_precision
from grader.checks.implementation import Function, visible
from grader.checks.record import Demand, Finding, fail, findings_so_far, note_demand, note_finding, remark

_SAME = Tolerance(passing=1e-12, remark=1e-12, absolute=1e-12)
_SAME_IN_SINGLE_PRECISION = Tolerance(passing=1e-5, remark=1e-5, absolute=1e-12)


def is_deterministic(function: Function, *arguments: Any) -> None:
    """Called twice with equal arguments, it must give equal results (no state kept, no randomness)."""
    note_demand(Demand("is_deterministic", function, arguments))
    first = function(*arguments)
    second = function(*arguments)
    if not agree(second, first):
        note_finding(Finding("differs-between-calls", function.name))
        fail(
            f"`{function.name}` gave two different results for the same arguments; "
            "does it keep something between calls, or use random numbers?"
        )


def leaves_arguments_alone(function: Function, *arguments: Any) -> None:
    """It must not change its arguments in place."""
    note_demand(Demand("leaves_arguments_alone", function, arguments))
    function(*arguments)
    for finding in findings_so_far():
        if (finding.behaviour, finding.function) == ("changes-its-argument", function.name):
            fail(
                f"`{finding.function}` changes its argument `{finding.argument}` in place; "
                "work on a copy, since the caller still needs it"
            )


def gives_separate_results(function: Function, *arguments: Any) -> None:
    """The values that it returns must be objects of their own: what is put into one must not be in another."""
    if function.gives_one_thing_twice(*arguments):
        note_finding(Finding("gives-one-thing-twice", function.name))
        fail(f"two of the values that `{function.name}` returns are one and the same object")


def is_independent_of_batch(function: Function, rows: NDArray[np.float64]) -> None:
    """Applied to each row by itself it must give the rows of its result for all of them together."""
    note_demand(Demand("is_independent_of_batch", function, (rows,)))
    together = function(rows)
    apart = function.map([(rows[i : i + 1],) for i in range(len(rows))])
    if not isinstance(together, np.ndarray) or together.shape[:1] != rows.shape[:1]:
        return  # the value checks tell about the shape
    for i, alone in enumerate(apart):
        if not agree(alone, together[i : i + 1]):
            note_finding(Finding("depends-on-the-batch", function.name))
            fail(
                f"`{function.name}` gives another result for row {i} when the row is alone: "
                "each sample must be treated by itself (is an axis of a sum or maximum the wrong one?)"
            )
            return


LEARNT = 0.9  # output for a sample's own class that only steps on that sample give
DRIVEN_AWAY = 1e-3  # which only steps on a sample, that go uphill, give it for its own class
_STANDS_STILL = 1e-9  # share of the longest way that is none


def uses_every_sample(
    function: str, certainties: NDArray[np.float64], epochs: int, late_ways: NDArray[np.float64] | None = None
) -> None:
    """A training must go on using all samples, each of which has an input, so weights, of its own.

    Args:
        function: that trained.
        certainties: what the trained network gives each sample for its own class, shape (n,).
        epochs: that it had for that: enough for every sample to be learnt.
        late_ways: how far the weights of each sample's own input went in the last of these epochs, shape (n,), where
            the same training can be run twice. A sample may be used, and not learnt all the same: by steps that come
            to nothing, as a wrong optimizer makes them. Where it is not used any more its weights stand still, and
            those of others do not.
    """
    is_unlearnt = certainties < 0.5
    if late_ways is not None:
        is_unlearnt &= late_ways <= _STANDS_STILL * late_ways.max()
    unlearnt = np.flatnonzero(is_unlearnt if late_ways is None or late_ways.max() > 0 else [])
    if len(unlearnt) and certainties.max() > LEARNT and certainties.min() > DRIVEN_AWAY:
        lose_samples(
            function,
            f"after {epochs} epochs with {len(certainties)} samples, sample {unlearnt[0]} has "
            f"{certainties[unlearnt[0]]:.2f} for its own class, sample {certainties.argmax()} has "
            f"{certainties.max():.2f}: some samples are no longer used, or never were",
        )


def lose_samples(function: str, message: str) -> None:
    """A training was seen not to use samples that it was given."""
    note_finding(Finding("loses-samples", function))
    fail(message)


def depends_on_its_argument(function: Function, argument_lists: Sequence[Sequence[Any]]) -> None:
    """Different arguments must give different results (no global variable used in their place)."""
    note_demand(Demand("depends_on_its_argument", function, (argument_lists,)))
    results = function.map(argument_lists)
    if len(results) > 1 and all(agree(result, results[0]) for result in results[1:]):
        note_finding(Finding("ignores-its-argument", function.name))
        fail(
            f"`{function.name}` gave the same result for different arguments; "
            "does it use a variable of the notebook instead of its parameter?"
        )


def agree(a: Any, b: Any) -> bool:
    """Whether two values are the same numbers, up to the order of summation."""
    a, b = visible(a), visible(b)
    tolerance = _SAME_IN_SINGLE_PRECISION if is_single_precision((a, b)) else _SAME
    return all(c.verdict != "wrong" for c in compare(a, b, tolerance=tolerance))


_OVERFLOWS = "subtract the largest score of each sample before `np.exp`, the probabilities stay the same"
_LOGARITHM_OF_ZERO = (
    "log p = s - log Σ exp s, of scores s less the largest of each sample, needs no logarithm of a probability, which "
    "may have become 0"
)


def remark_on_extremes(loss: Any, gradients: Any) -> None:
    """A remark, with a cure, when a cross-entropy of scores of ±1000 or one of its gradients is not finite."""
    found = as_array(loss)
    arrays = [as_array(value) for value in (gradients.values() if isinstance(gradients, Mapping) else [gradients])]
    if found is None or all(array is None or np.isfinite(array).all() for array in (found, *arrays)):
        return
    is_stable = all(array is not None and np.isfinite(array).all() for array in arrays)  # the probabilities are right
    cure = _LOGARITHM_OF_ZERO if np.isinf(found).any() or is_stable else _OVERFLOWS
    subject = f"the loss is {np.ravel(found)[0]:.6g}"  # what is right is in no remark, which has no level of hints
    if np.isfinite(found).all():
        subject = "the gradient is not finite"
    remark(f"scores of ±1000: {subject}; {cure}")
