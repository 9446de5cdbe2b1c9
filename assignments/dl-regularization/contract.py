"""What a submission to this assignment implements: two functions. Samples are columns."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Params = dict[str, Array]
Cache = tuple[Array, ...]


def compute_cost_with_regularization(A3: Array, Y: Array, parameters: Params, lambd: float) -> float:
    """Mean binary cross-entropy of the outputs, plus the penalty λ/(2m)·(ΣW1² + ΣW2² + ΣW3²).

    Args:
        A3: outputs of the network, between 0 and 1, shape (1, m): one column for each of m samples.
        Y: labels 0 and 1, shape (1, m).
        parameters: weights `W1`, `W2`, `W3` and biases `b1`, `b2`, `b3` of the three layers.
        lambd: strength λ of the penalty, at least 0.

    Returns:
        one number.
    """


def backward_propagation_with_regularization(X: Array, Y: Array, cache: Cache, lambd: float) -> Params:
    """Gradients of that cost for the network affine - ReLU - affine - ReLU - affine - sigmoid.

    Args:
        X: inputs, shape (n0, m).
        Y: labels 0 and 1, shape (1, m).
        cache: (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) of the forward pass on X, where Zl = Wl·A(l-1) + bl
            and Al has the shape (nl, m), Wl (nl, n(l-1)), bl (nl, 1).
        lambd: strength λ of the penalty.

    Returns:
        a dict with `dW1`, `db1`, …, `dW3`, `db3`, each of the shape of its parameter. It may also hold what you
        computed on the way, not divided by m: `dZ3` = A3 - Y, `dA2` = W3ᵀ·dZ3, `dZ2`, `dA1`, `dZ1`.
    """
