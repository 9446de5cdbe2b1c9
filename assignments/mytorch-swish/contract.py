"""What a submission to this assignment implements: an activation that has a parameter, with the names of `mytorch`."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Swish:
    """Z σ(β Z), entry by entry, with the logistic function σ.

    Attributes:
        beta: the number β.
        dLdbeta: after `backward`, the gradient in β, one number.
    """

    def __init__(self, beta=1.0): ...

    def forward(self, Z: Array) -> Array:
        """The activations, entry by entry, of the shape of Z, (N, C)."""

    def backward(self, dLdA: Array) -> Array:
        """Gradient in Z, given that in the activations, after a `forward` of the same object; both (N, C).

        The gradient in β, a sum over all entries, goes to `dLdbeta`.
        """
