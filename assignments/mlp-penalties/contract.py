"""What a submission to this assignment implements: penalties on a parameter as objects that are called."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class L1Penalty:
    """coefficient · Σ |w|, over all entries w of a parameter."""

    def __init__(self, coefficient): ...

    def __call__(self, parameter: Array) -> float:
        """The penalty on a parameter of any shape, one number."""

    def grad(self, parameter: Array) -> Array:
        """Gradient of the penalty in the parameter, of its shape; 0 where an entry is 0."""


class L2Penalty:
    """coefficient/2 · Σ w², over all entries w of a parameter."""

    def __init__(self, coefficient): ...

    def __call__(self, parameter: Array) -> float:
        """The penalty on a parameter of any shape, one number."""

    def grad(self, parameter: Array) -> Array:
        """Gradient of the penalty in the parameter, of its shape."""
