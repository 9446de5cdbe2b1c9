"""Sudden jumps in a cost curve, and weights that change sign: what a training run with a constant pull shows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

SETTLED_AFTER = 1 / 3  # of the run: before that the cost falls steeply, and its median says nothing
SPIKE_FACTOR = 2.0


@dataclass(frozen=True)
class Spikes:
    """Where a settled cost curve jumps above twice its median.

    Attributes:
        epochs: 0-based; `largest` is the highest cost among them, 0.0 if there are none.
        median: of the settled part.
        settled_epochs: how many epochs that part has.
    """

    epochs: tuple[int, ...]
    largest: float
    median: float
    settled_epochs: int


def cost_spikes(costs: Sequence[float]) -> Spikes:
    """Epochs after the first third in which the cost rises above twice the median of that part; costs are finite."""
    curve = np.asarray(costs, dtype=np.float64)
    first = max(1, int(len(curve) * SETTLED_AFTER))
    settled = curve[first:]
    median = float(np.median(settled)) if settled.size else 0.0
    epochs = tuple(
        int(i) for i in range(first, len(curve)) if curve[i] > SPIKE_FACTOR * median and curve[i] > curve[i - 1]
    )
    return Spikes(epochs, max((float(curve[i]) for i in epochs), default=0.0), median, settled.size)


def flipped_share(before: Array, after: Array) -> float:
    """Share of the elements that are positive in one array and negative in the other; both have one shape."""
    return float(np.mean(np.sign(before) * np.sign(after) < 0))
