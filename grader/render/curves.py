"""The curves of a training run as series of points, for charts, tables and sparklines."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeGuard

from grader.report import EpochRecord, TrainingReport

_BARS = "▁▂▃▄▅▆▇█"
_BARS_IN_A_ROW = 32
_LOG_SCALE_FROM = 100.0
_LARGEST_DRAWN = 1e150


@dataclass(frozen=True)
class Series:
    """One curve. A value that was not measured is None; one that is no number (NaN, inf) stays as it is."""

    owner: Literal["yours", "reference"]
    split: Literal["train", "test", "step"]
    x: tuple[int, ...]
    y: tuple[float | None, ...]

    @property
    def name(self) -> str:
        return self.owner if self.split == "step" else f"{self.owner}, {self.split}"

    def last(self) -> float | None:
        return next((value for value in reversed(self.y) if value is not None), None)


def costs(run: TrainingReport) -> list[Series]:
    """Cost per epoch: yours and the reference's, on the training and the test set, as far as measured."""
    return _epoch_series(run, "cost")


def accuracies(run: TrainingReport) -> list[Series]:
    """Accuracy per epoch, as fractions of 1."""
    return _epoch_series(run, "accuracy")


def steps(run: TrainingReport) -> list[Series]:
    """Cost per update step of the run that the grader drives."""
    both: tuple[tuple[Literal["yours", "reference"], tuple[float, ...]], ...] = (
        ("yours", run.step_costs),
        ("reference", run.reference_step_costs),
    )
    return [Series(owner, "step", tuple(range(len(values))), values) for owner, values in both if values]


def _epoch_series(run: TrainingReport, quantity: Literal["cost", "accuracy"]) -> list[Series]:
    found = []
    sides: tuple[tuple[Literal["yours", "reference"], tuple[EpochRecord, ...]], ...] = (
        ("yours", run.history),
        ("reference", run.reference_history),
    )
    splits: tuple[Literal["train", "test"], ...] = ("train", "test")
    for owner, history in sides:
        for split in splits:
            values = tuple(getattr(record, f"{split}_{quantity}") for record in history)
            if any(value is not None for value in values):
                found.append(Series(owner, split, tuple(record.epoch for record in history), values))
    return found


def measured(value: float | None, as_percent: bool) -> str:
    """A cost or an accuracy for a table."""
    if value is None:
        return "–"
    return f"{100 * value:.1f} %" if as_percent else f"{value:.4g}"


def is_drawable(value: float | None) -> TypeGuard[float]:
    """Whether a value has a place on an axis: measured, a number, and small enough to reckon with."""
    return value is not None and abs(value) < _LARGEST_DRAWN  # false for NaN


def drawable(values: Iterable[float | None]) -> list[float]:
    """The values that have a place on an axis."""
    return [value for value in values if is_drawable(value)]


def needs_log_scale(values: Sequence[float]) -> bool:
    """Whether positive values span so much that a linear axis would flatten all but the largest."""
    return bool(values) and min(values) > 0 and max(values) / min(values) > _LOG_SCALE_FROM


def thinned(series: Series, limit: int) -> Series:
    """The series with at most about `limit` points: of each stretch its largest value, so that no spike is lost."""
    if len(series.x) <= limit:
        return series
    stride = math.ceil(len(series.x) / limit)
    kept = []
    for start in range(0, len(series.x), stride):
        stretch = range(start, min(start + stride, len(series.x)))
        kept.append(max(stretch, key=lambda index: _rank(series.y[index])))
    return Series(series.owner, series.split, tuple(series.x[i] for i in kept), tuple(series.y[i] for i in kept))


def _rank(value: float | None) -> float:
    if value is None:
        return -math.inf
    return math.inf if math.isnan(value) else value


def scale(values: Sequence[float]) -> Callable[[float], float]:
    """A map of finite values to [0, 1], logarithmic where a linear one would flatten them."""
    if not values:
        return lambda value: 0.0
    curved = math.log10 if needs_log_scale(values) else float
    low, high = curved(min(values)), curved(max(values))
    return lambda value: (curved(value) - low) / (high - low) if high > low else 0.0


def sparkline(values: Sequence[float | None], fraction: Callable[[float], float]) -> str:
    """The values as a row of little bars; a blank where nothing was measured, × for what is no number."""
    series = thinned(Series("yours", "step", tuple(range(len(values))), tuple(values)), _BARS_IN_A_ROW)
    bars = []
    for value in series.y:
        if value is None:
            bars.append(" ")
        elif not is_drawable(value):
            bars.append("×")
        else:
            bars.append(_BARS[min(len(_BARS) - 1, int(fraction(value) * len(_BARS)))])
    return "".join(bars)
