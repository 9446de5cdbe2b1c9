"""What a submission to this assignment implements: a network of modules. Rows are samples.

`LinearModule(in_features, out_features)` has dicts `params` and `grads` with `weight` and `bias`; it, `ELUModule` and
`SoftMaxModule` may be imported.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class MLP:
    """Hidden layers, each a LinearModule and an ELUModule, then a LinearModule and a SoftMaxModule.

    Attributes:
        layers: a list of LinearModule and ELUModule by turns; the SoftMaxModule may be its last.
    """

    def __init__(self, n_inputs, n_hidden, n_classes):
        """`n_hidden` is a list with the number of units of each hidden layer; it may be empty."""

    def forward(self, x: Array) -> Array:
        """Probabilities, shape (n, n_classes), of inputs of shape (n, n_inputs)."""

    def backward(self, dout: Array) -> None:
        """Leaves the gradients of all weights and biases in the modules' `grads`.

        Args:
            dout: gradient in the probabilities of the last `forward`, shape (n, n_classes).
        """
