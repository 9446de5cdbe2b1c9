"""Inverted dropout as a layer: it draws its mask, and does nothing after training (Srivastava et al. 2014).

Settings are in a dict `dropout_param`: "p", a probability; "mode" ("train" or "test"); and "seed", if
the mask is to be the same again.

Conventions:
    p: the probability of which it is in `dropout_param`: to "keep" a unit, or to "drop" it.
"""

from typing import Any

import numpy as np

from reference.arrays import Array
from reference.dropout import kept_and_scaled, passed_back

Settings = dict[str, Any]
Cache = tuple[Array | None, float]


def dropout_forward(x: Array, dropout_param: Settings) -> tuple[Array, Cache]:
    """The output, and what the way back wants to know."""
    seed_if_asked(dropout_param)
    p = probability_of(dropout_param)
    if dropout_param["mode"] != "train":
        return after_training(x, p), (None, p)
    mask = drawn_mask(x, p)
    return kept_and_scaled(x, mask, p), (mask, p)


def seed_if_asked(dropout_param: Settings) -> None:
    """Make the mask the same again."""
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])


def probability_of(dropout_param: Settings, *, p: str = "keep") -> float:
    """Of being kept."""
    return 1 - float(dropout_param["p"]) if p == "drop" else float(dropout_param["p"])


def drawn_mask(x: Array, p: float) -> Array:
    """1 for each unit that is kept, else 0."""
    return (np.random.rand(*x.shape) < p).astype(float)


def after_training(x: Array, p: float) -> Array:
    """The output in test mode: p has no part in it."""
    return x


def dropout_backward(dout: Array, cache: Cache) -> Array:
    """Gradient in x."""
    mask, p = cache
    return passed_back(dout, mask, p) if mask is not None else back_after_training(dout, p)


def back_after_training(dout: Array, p: float) -> Array:
    """Gradient in x in test mode."""
    return dout
