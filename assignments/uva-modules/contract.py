"""What a submission to this assignment implements: modules as classes. Rows are samples."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


class LinearModule:
    """A fully connected layer, x Wᵀ + b.

    Attributes:
        params: a dict with `weight`, shape (out_features, in_features), at first random and around 0, and `bias`,
            shape (out_features,).
        grads: a dict with the gradients in both, of their shapes.
    """

    def __init__(self, in_features, out_features, input_layer=False): ...

    def forward(self, x: Array) -> Array:
        """The outputs, shape (n, out_features), of inputs of shape (n, in_features)."""

    def backward(self, dout: Array) -> Array:
        """Gradient in the inputs, shape (n, in_features); leaves those in the parameters in `grads`.

        Args:
            dout: gradient in the outputs of the last `forward`, shape (n, out_features).
        """


class ELUModule:
    """The exponential linear unit, x where it is positive and alpha (exp(x) - 1) elsewhere."""

    def __init__(self, alpha=1.0): ...

    def forward(self, x: Array) -> Array:
        """The outputs, of the shape of x, (n, d)."""

    def backward(self, dout: Array) -> Array:
        """Gradient in x, given that in the outputs; both of shape (n, d)."""


class SoftMaxModule:
    """The softmax of each row."""

    def forward(self, x: Array) -> Array:
        """The outputs, of the shape of x, (n, d); large entries do not overflow."""

    def backward(self, dout: Array) -> Array:
        """Gradient in x, given that in the outputs; both of shape (n, d)."""


class CrossEntropyModule:
    """The mean cross-entropy of probabilities."""

    def forward(self, x: Array, y: Labels) -> float:
        """Minus the mean logarithm of the true classes' probabilities.

        Args:
            x: probabilities, shape (n, k).
            y: true classes, shape (n,).
        """

    def backward(self, x: Array, y: Labels) -> Array:
        """Gradient in the probabilities, of the shape of x.

        Args:
            x: probabilities, shape (n, k).
            y: true classes, shape (n,).
        """
