"""What a submission to this assignment implements: a forward and a backward pass with dropout. Samples are columns."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Params = dict[str, Array]
Cache = tuple[Array, ...]


def forward_propagation_with_dropout(X: Array, parameters: Params, keep_prob: float = 0.5) -> tuple[Array, Cache]:
    """Forward pass of affine - ReLU - dropout - affine - ReLU - dropout - affine - sigmoid.

    Args:
        X: inputs, shape (n0, m): one column for each of m samples.
        parameters: weights `W1`, `W2`, `W3` and biases `b1`, `b2`, `b3` of the three layers.
        keep_prob: the probability with which a unit is kept; what is kept is divided by it.

    Returns:
        (A3, cache): A3 of shape (1, m), and the tuple (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3), where
        D1 and D2 are masks of ones and zeros, or booleans, and A1 and A2 what is left after dropout.
    """


def backward_propagation_with_dropout(X: Array, Y: Array, cache: Cache, keep_prob: float) -> Params:
    """Gradients of the mean binary cross-entropy of that network, with the masks of the forward pass.

    Args:
        X: inputs, shape (n0, m).
        Y: labels 0 and 1, shape (1, m).
        cache: what `forward_propagation_with_dropout` returned.
        keep_prob: the same as there.

    Returns:
        a dict with `dW1`, `db1`, …, `dW3`, `db3`, each of the shape of its parameter; what else is in it is yours.
    """
