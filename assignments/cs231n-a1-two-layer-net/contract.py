"""What a submission to this assignment implements: one class. Samples come first."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
Params = dict[str, Array]


class TwoLayerNet:
    """A network with one hidden layer: affine - ReLU - affine - softmax.

    Args (of the constructor):
        input_dim: D, numbers in a sample.
        hidden_dim: H, units of the hidden layer.
        num_classes: C, classes.
        weight_scale: standard deviation of the initial weights, which are normally distributed; biases begin at 0.
        reg: strength of the penalty, at least 0.

    Attributes:
        params: a dict with the weights `W1` (D, H) and `W2` (H, C) and the biases `b1` (H,) and `b2` (C,).

    `loss` uses these four arrays and nothing else, so that setting `params` sets the network.
    """

    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0): ...

    def loss(self, X: Array, y: Labels | None = None) -> Array | tuple[float, Params]:
        """Scores of a batch; with labels, its loss and the gradient of that loss.

        The loss is the mean over the samples of -log p[y], where p is the softmax of the scores, plus the penalty
        ½·reg·(ΣW1² + ΣW2²). Biases are not penalised.

        Args:
            X: inputs, shape (N, d_1, …, d_k) with D = d_1·…·d_k numbers for each sample.
            y: labels 0 … C-1, integers of shape (N,); not every class need occur. None asks for the scores.

        Returns:
            without y the scores, shape (N, C), of any sign; with y `(loss, grads)`: one number, and a dict with the
            keys and shapes of `params`.
        """
