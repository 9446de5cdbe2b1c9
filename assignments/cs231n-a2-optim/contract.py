"""What a submission to this assignment implements: three update rules, which keep their state in a dict."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.assignments import may_change

Array = NDArray[np.float64]
Config = dict[str, Any]


@may_change("w", "config")
def sgd_momentum(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """A step of gradient descent with momentum: v ← momentum·v - learning_rate·dw, then w ← w + v.

    Args:
        w: a parameter, of any shape.
        dw: the gradient of the loss in it, of the same shape.
        config: "learning_rate" (1e-2 if absent), "momentum" (0.9), and the state "velocity" (zeros).

    Returns:
        (next_w, config): the parameter after the step, and the settings with the new state.
    """


@may_change("w", "config")
def rmsprop(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """A step of RMSProp: the gradient is divided by the root of the running mean of its squares.

    cache ← decay_rate·cache + (1 - decay_rate)·dw², then w ← w - learning_rate·dw / (√cache + epsilon).

    Args:
        w: a parameter, of any shape.
        dw: the gradient of the loss in it, of the same shape.
        config: "learning_rate" (1e-2 if absent), "decay_rate" (0.99), "epsilon" (1e-8), and the state "cache" (zeros).

    Returns:
        (next_w, config): the parameter after the step, and the settings with the new state.
    """


@may_change("w", "config")
def adam(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """A step of Adam, with both moments corrected for their start at 0; t is increased before it is used.

    Args:
        w: a parameter, of any shape.
        dw: the gradient of the loss in it, of the same shape.
        config: "learning_rate" (1e-3 if absent), "beta1" (0.9), "beta2" (0.999), "epsilon" (1e-8), and the state "m"
            and "v" (zeros) and "t" (0), the number of steps that were made.

    Returns:
        (next_w, config): the parameter after the step, and the settings with the new state.
    """
