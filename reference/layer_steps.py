"""What a layer with a state does besides its formula: what it keeps of a gradient, and which weights it goes back by.

Conventions:
    accumulates: whether the gradient of a batch is added to what is kept.
"""

from typing import Any

from reference.arrays import Array


def kept_gradient(old: Any, new: Array, *, accumulates: bool = False) -> Array:
    """What the layer keeps of the gradient of a batch."""
    return old + new if accumulates else new


def on_the_way_back(before: Array, after: Array) -> Array:
    """The parameters that the gradient in the inputs is made with: those that the forward pass had."""
    return before
