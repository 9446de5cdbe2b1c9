"""What a submission to this assignment implements: one activation more, with the names of `mytorch`."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class GELU:
    """Z Φ(Z) = ½ Z (1 + erf(Z / √2)), with the distribution function Φ of a standard normal variable."""

    def forward(self, Z: Array) -> Array:
        """The activations, entry by entry, of the shape of Z, (N, C)."""

    def backward(self, dLdA: Array) -> Array:
        """Gradient in Z, given that in the activations, after a `forward` of the same object; both (N, C)."""
