"""Gradients checked against central differences of a cost.

Step h = 1e-5·max(1, |x|) in float64: measured relative errors of right gradients are near 1e-10 there, and 1e-7 at
h = 1e-8. A tensor of up to 200 entries is differentiated in every coordinate. A larger one is judged along normally
distributed directions (never ±1 entries: errors +δ, −δ would cancel in half of those) and in ten coordinates.

A cost in single precision has about 7 digits, so its differences need a larger step and say less.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.compare import Tolerance, as_array, compare, compare_arrays, is_single_precision
from grader.checks.describe import describe
from grader.checks.plan import answered_ahead, planned
from grader.report import Comparison
from grader.sandbox import Moved, Points

Array = NDArray[np.float64]
Costs = Callable[[Sequence[Mapping[str, Array]]], Sequence[float]]
_Ask = Callable[[Sequence[Moved | Mapping[str, Array]]], Sequence[Any]]

EVERY_COORDINATE_UP_TO = 200
DIRECTIONS = 3
COORDINATES = 10
_LINE = 5  # points that tell whether a cost is rounded to single precision


@dataclass(frozen=True)
class _Precision:
    """How far apart the points of a difference are, and how near a derivative must come to it."""

    step: float
    tolerance: Tolerance


_ANY_NUMBERS = Tolerance(np.inf, np.inf)
_DOUBLE = _Precision(1e-5, Tolerance(passing=1e-6, remark=1e-4, absolute=1e-8))
_SINGLE = _Precision(2e-3, Tolerance(passing=2e-2, remark=2e-2, absolute=1e-4))


@dataclass(frozen=True)
class _Probe:
    """One directional derivative: of the tensor `key` along `direction`, over `scale` times the precision's step.

    The direction of a single coordinate is its index in the flattened tensor.
    """

    key: str
    direction: Array | int
    scale: float

    def along(self, tensor: Array) -> float:
        """The derivative that a gradient says it is."""
        if isinstance(self.direction, int):
            return float(tensor.flat[self.direction])
        return float(np.sum(tensor * self.direction))


def compare_with_numeric_gradient(
    gradient: Any, costs: Costs, at: Mapping[str, Array], rng: np.random.Generator, label: str
) -> list[Comparison]:
    """Compare each tensor of a gradient with central differences of a cost.

    A cost that is not a finite number at some point is reported as such, since no derivative can be taken there.
    """
    if not isinstance(gradient, Mapping):
        return [_without_numbers(one) for one in compare(gradient, dict(at), label)]
    probes = {key: _probes(key, value, rng) for key, value in at.items()}
    every = [probe for group in probes.values() for probe in group]
    plan = planned(costs, list(at))

    def ask(changes: Sequence[Moved | Mapping[str, Array]]) -> Sequence[Any]:
        points = Points(at, changes)
        with answered_ahead(plan, points):
            return costs(points.mappings)

    precision = _SINGLE if is_single_precision(gradient) else _DOUBLE
    derivatives = None
    if precision is _DOUBLE:
        derivatives = _derivatives_unless_rounded(ask, at, every)
    if derivatives is None:
        precision = _SINGLE
        derivatives = _central_differences(ask(list(_around(at, every, precision.step))), every, precision.step)
    comparisons, taken = [], 0
    for key, group in probes.items():
        numeric = derivatives[taken : taken + len(group)]
        taken += len(group)
        if key in gradient:
            part = f"{label}[{key!r}]"
            comparisons.append(_compare_tensor(gradient[key], at[key], group, numeric, part, precision.tolerance))
        else:
            comparisons += map(_without_numbers, compare(gradient, {key: at[key]}, label))
    return comparisons


def _derivatives_unless_rounded(ask: _Ask, at: Mapping[str, Array], probes: Sequence[_Probe]) -> Array | None:
    """The derivatives in double precision, None for a cost in single precision.

    All costs are asked for at once: each question to a submission has a price of its own.
    """
    line = [{key: value + 1e-6 * i * (1 + value) for key, value in at.items()} for i in range(_LINE)]
    answers = ask([*line, *_around(at, probes, _DOUBLE.step)])
    if _is_rounded_to_single(answers[:_LINE]):
        return None
    return _central_differences(answers[_LINE:], probes, _DOUBLE.step)


def _is_rounded_to_single(answers: Sequence[Any]) -> bool:
    """Whether a cost has about 7 digits, whatever its dtype: one step inside it may be in single precision.

    Along points 1e-6 apart a cost in double precision lies on a line up to about 1e-12, one that was rounded to
    single precision jumps by about 1e-7 of its size. (More than 1e-5 is no rounding.)
    """
    if is_single_precision(list(answers)):
        return True
    values = np.array([_cost(value) for value in answers])
    with np.errstate(all="ignore"):
        jump = float(np.max(np.abs(np.diff(values, 2))) / np.max(np.abs(values)))
    return 1e-9 < jump < 1e-5


def _around(at: Mapping[str, Array], probes: Sequence[_Probe], step: float) -> Iterator[Moved | Mapping[str, Array]]:
    """Two points for each probe, x + h·v and x − h·v."""
    for probe in probes:
        value, offset = at[probe.key], step * probe.scale
        for signed in (offset, -offset):
            if isinstance(probe.direction, int):
                yield Moved(probe.key, probe.direction, float(value.flat[probe.direction]) + signed)
            else:
                yield {**at, probe.key: value + signed * probe.direction}


def _central_differences(answers: Sequence[Any], probes: Sequence[_Probe], step: float) -> Array:
    """(J(x + h·v) − J(x − h·v)) / 2h of each probe, from the costs `_around` it."""
    values = np.array([_cost(value) for value in answers])
    steps = step * np.array([probe.scale for probe in probes])
    with np.errstate(all="ignore"):
        difference: Array = (values[0::2] - values[1::2]) / (2 * steps)
    return difference


def _probes(key: str, value: Array, rng: np.random.Generator) -> list[_Probe]:
    if value.size <= EVERY_COORDINATE_UP_TO:
        return [_coordinate(key, value, i) for i in range(value.size)]
    chosen = rng.choice(value.size, size=COORDINATES, replace=False)
    directions = [rng.normal(size=value.shape) for _ in range(DIRECTIONS)]
    return [_Probe(key, d, 1 / float(np.linalg.norm(d))) for d in directions] + [
        _coordinate(key, value, int(i)) for i in chosen
    ]


def _coordinate(key: str, value: Array, index: int) -> _Probe:
    return _Probe(key, index if np.ndim(value) else np.ones(()), max(1.0, abs(float(value.flat[index]))))


def _cost(value: Any) -> float:
    if type(value) in (float, np.float64):
        return float(value)
    array = as_array(value)
    return float(array.reshape(-1)[0]) if array is not None and array.size == 1 and array.dtype.kind != "c" else np.nan


def _without_numbers(form: Comparison) -> Comparison:
    """A comparison of form alone: what stood for the expected value has its shape, and other numbers."""
    return form.model_copy(update={"expected": None})


def _compare_tensor(
    found: Any, value: Array, probes: Sequence[_Probe], numeric: Array, label: str, tolerance: Tolerance
) -> Comparison:
    form = compare_arrays(found, np.zeros_like(value), label, _ANY_NUMBERS)
    if form.verdict == "wrong":
        return _without_numbers(form)
    if not np.isfinite(numeric).all():
        message = f"the cost is not one finite number near the parameters, so {label} cannot be checked against it"
        return Comparison(label=label, verdict="wrong", message=message, outline=message)
    tensor = np.asarray(found, dtype=np.float64).reshape(value.shape)
    if len(probes) == value.size:  # every coordinate
        return compare_arrays(tensor, numeric.reshape(value.shape), label, tolerance)
    analytic = np.array([probe.along(tensor) for probe in probes])
    comparison = compare_arrays(analytic, numeric, label, tolerance)
    if comparison.verdict != "wrong":
        return comparison.model_copy(update={"shape": value.shape})
    message = (
        f"{label} is wrong (relative error {comparison.relative_error:.2g} against the numeric derivative along "
        f"{DIRECTIONS} directions and in {COORDINATES} coordinates; {describe(tensor)})"
    )
    return Comparison(
        label=label,
        verdict="wrong",
        message=message,
        outline=f"{label} is wrong: it is not the numeric derivative of the cost",
        shape=value.shape,
        relative_error=comparison.relative_error,
    )
