"""The mean squared error, and its gradient (Deep Learning, section 5.1.4).

Conventions:
    over: what the squares are averaged over: all "entries", or the "samples".
    layout: samples are "rows" or "columns"; of no account in a mean over all entries.
    half: whether there is a factor ½.
"""

from typing import Any

import numpy as np

from reference.arrays import Array


def squared_error(outputs: Array, targets: Array) -> float:
    """The cost of outputs with their targets, of one shape."""
    return float(summed_squares(outputs, targets) / averaged_over(outputs))


def summed_squares(outputs: Array, targets: Array, *, half: bool = False) -> Any:
    """The sum that the cost is a mean of."""
    total = np.sum((outputs - targets) ** 2)
    return total / 2 if half else total


def averaged_over(outputs: Array, *, over: str = "entries", layout: str = "rows") -> int:
    """What is divided by."""
    if over == "entries":
        return outputs.size
    return outputs.shape[1] if layout == "columns" else len(outputs)


def squared_error_gradient(outputs: Array, targets: Array) -> Array:
    """Gradient in the outputs."""
    return slope_of_squares(outputs, targets) / gradient_averaged_over(outputs)


def slope_of_squares(outputs: Array, targets: Array, *, half: bool = False) -> Array:
    """Of the sum of squares."""
    return outputs - targets if half else 2 * (outputs - targets)


def gradient_averaged_over(outputs: Array, *, over: str = "entries", layout: str = "rows") -> int:
    """What is divided by."""
    if over == "entries":
        return outputs.size
    return outputs.shape[1] if layout == "columns" else len(outputs)
