"""A training run as its signatures look at it: costs, shares of the classes, how far the weights shrank."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from grader.checks.record import TrainingEvidence
from grader.report import EpochRecord, TrainingReport

NEAR_REFERENCE = 1.25  # times the reference's last cost


@dataclass(frozen=True)
class TrainingRun:
    """A run with the quantities that signatures are made of."""

    report: TrainingReport
    evidence: TrainingEvidence

    @cached_property
    def costs(self) -> list[float]:
        return costs_of(self.report.history)

    @cached_property
    def is_near_reference(self) -> bool:
        reference = costs_of(self.report.reference_history)
        return bool(reference) and math.isfinite(self.costs[-1]) and self.costs[-1] <= NEAR_REFERENCE * reference[-1]

    @property
    def classes(self) -> int:
        return self.evidence.class_shares.size

    @cached_property
    def cost_of_knowing_nothing(self) -> float:
        """The cost of outputs that are the same for every class: ln k, or k·ln 2."""
        return math.log(self.classes) if self.evidence.outputs == "softmax" else self.classes * math.log(2)

    @cached_property
    def cost_of_ignorance(self) -> float:
        """The least cost of outputs that are the same for every image."""
        if self.evidence.outputs == "softmax":
            return entropy(self.evidence.class_shares)
        return sum(entropy(np.array([share, 1 - share])) for share in self.evidence.class_shares)

    @cached_property
    def largest_share(self) -> float:
        """Share of the test images that are given the most frequent class; 0.0 when unknown."""
        predicted = self.evidence.predicted
        if predicted is None or predicted.size == 0:
            return 0.0
        return float(np.max(np.unique(predicted, return_counts=True)[1]) / predicted.size)

    @cached_property
    def shrinkage(self) -> float:
        """Norm of all weights after training, in units of that before; 1.0 when unknown."""
        before, after = norm(self.evidence.weights_before.values()), norm(self.evidence.weights_after.values())
        return after / before if before > 0 and self.evidence.weights_after else 1.0

    def describe_plateau(self) -> str:
        name = "the entropy of the class shares" if self.evidence.outputs == "softmax" else "Σ H(p) of the class shares"
        return f"{self.cost_of_ignorance:.3f}, {name}"

    def describe_start(self) -> str:
        k = self.classes
        return f"ln {k}" if self.evidence.outputs == "softmax" else f"{k}·ln 2"


def costs_of(history: Sequence[EpochRecord]) -> list[float]:
    return [record.train_cost for record in history if record.train_cost is not None]


def entropy(shares: NDArray[np.float64]) -> float:
    """-Σ p ln p, in nats; p = 0 counts as 0."""
    positive = shares[shares > 0]
    return float(-np.sum(positive * np.log(positive)))


def norm(weights: Iterable[NDArray[np.float64]]) -> float:
    return math.sqrt(sum(float(np.sum(np.square(W))) for W in weights))


def is_near(a: float, b: float, relative: float) -> bool:
    return abs(a - b) <= relative * abs(b)
