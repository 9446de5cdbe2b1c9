"""What a submission to this assignment implements: one class. Samples are rows."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class NeuralNetwork:
    """Two layers of sigmoids without biases: σ(σ(input · weights1) · weights2).

    The samples to learn are given to the constructor. All methods use the attributes, so that setting them sets the
    network.

    Args (of the constructor):
        x: inputs, shape (n, d).
        y: what the outputs should be, shape (n, k).

    Attributes:
        input: the inputs, shape (n, d).
        y: the targets, shape (n, k).
        weights1: shape (d, hidden units); any number of hidden units.
        weights2: shape (hidden units, k).
        output: the outputs, shape (n, k), after `feedforward`.
    """

    def __init__(self, x: Array, y: Array) -> None: ...

    def feedforward(self):
        """Computes the outputs of all samples, and keeps them in `output` (or returns them, for `train` to do that)."""

    def backprop(self) -> None:
        """One step down the gradient of Σ(y - output)², summed over samples and outputs, with learning rate 1.

        It goes by the outputs (and whatever else is kept) of the last `feedforward`.
        """
