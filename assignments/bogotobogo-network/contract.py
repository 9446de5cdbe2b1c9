"""What a submission to this assignment implements: one class."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class NeuralNetwork:
    """A network of tanh units. Each input has a one added, for the biases, before its first number or behind its last.

    Args (of the constructor):
        layers: how many units each layer has, [d, hidden units …, k].
        activation: "tanh", if it is not given.

    Attributes:
        weights: a list of matrices. The first has d + 1 rows, the last k columns; in between a layer may have a unit
            more than it was asked for, and each matrix has as many rows as the one before has columns. The methods read
            the network from it.
    """

    def __init__(self, layers, activation="tanh"): ...

    def fit(self, X: Array, y: Array, learning_rate: float = 0.2, epochs: int = 10000) -> None:
        """Steps down the gradient of ½‖y - output‖², each for one sample that is drawn at random.

        Both weights of a step are changed by gradients that are made with those from before it.

        Args:
            X: inputs, shape (n, d).
            y: what the outputs should be, shape (n, k).
            learning_rate: of a step.
            epochs: how many steps.
        """

    def predict(self, x: Array) -> Array:
        """The outputs, shape (k,), for one sample x, shape (d,)."""
