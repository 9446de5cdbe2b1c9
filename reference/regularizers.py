"""Penalties on the size of weights (Deep Learning, section 7.1) or of activations (section 7.10).

A penalty is added to the cost, its gradient to the gradient of the penalized array. Strengths are the λ of
the formulas as written here: never divided by the number of samples or of weights.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from reference.arrays import Array


class Regularizer(Protocol):
    """Anything that can price an array and tell the gradient of the price."""

    def penalty(self, x: Array) -> float: ...

    def gradient(self, x: Array) -> Array: ...


@dataclass(frozen=True)
class L1:
    """λ Σ|x|. The gradient λ·sign(x) has constant size, so a step can carry a small weight past zero."""

    strength: float

    def penalty(self, x: Array) -> float:
        # sign(x)·x is |x| for real numbers and stays differentiable along the imaginary axis.
        return self.strength * np.sum(np.sign(x.real) * x)

    def gradient(self, x: Array) -> Array:
        """λ·sign(x), and 0 where x is 0."""
        return self.strength * np.sign(x.real)


@dataclass(frozen=True)
class L2:
    """λ/2 Σx². The gradient λ·x shrinks every weight in proportion (weight decay)."""

    strength: float

    def penalty(self, x: Array) -> float:
        return self.strength / 2 * np.sum(x**2)

    def gradient(self, x: Array) -> Array:
        """λ·x."""
        return self.strength * x


@dataclass(frozen=True)
class ElasticNet:
    """λ₁ Σ|x| + λ₂/2 Σx² (Zou & Hastie 2005, with a ½ at the squares as in `L2`)."""

    l1: float
    l2: float

    def penalty(self, x: Array) -> float:
        return L1(self.l1).penalty(x) + L2(self.l2).penalty(x)

    def gradient(self, x: Array) -> Array:
        """λ₁·sign(x) + λ₂·x."""
        return L1(self.l1).gradient(x) + L2(self.l2).gradient(x)


@dataclass(frozen=True)
class ActivityRegularizer:
    """A penalty on the activations of a layer, shape (n, …), samples first.

    With reduction="mean" it is divided by n like the loss, so that its weight does not depend on the batch
    size; with "sum" it is not.
    """

    regularizer: Regularizer
    reduction: Literal["mean", "sum"] = "mean"

    def penalty(self, x: Array) -> float:
        return self.regularizer.penalty(x) / self._divisor(x)

    def gradient(self, x: Array) -> Array:
        """To be added to the gradient that arrives at these activations from above."""
        return self.regularizer.gradient(x) / self._divisor(x)

    def _divisor(self, x: Array) -> int:
        return len(x) if self.reduction == "mean" else 1
