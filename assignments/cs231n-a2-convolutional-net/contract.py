"""What a submission to this assignment implements: one class. Images come first, then channels."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
Params = dict[str, Array]


class ThreeLayerConvNet:
    """A network of three layers: conv - ReLU - 2×2 max-pooling - affine - ReLU - affine - softmax.

    The convolution has stride 1 and keeps the size of the images; pooling has stride 2.

    Args (of the constructor):
        input_dim: (C, H, W) of an image; H and W are even.
        num_filters: F, filters of the convolution.
        filter_size: K, height and width of a filter; odd.
        hidden_dim: units of the hidden affine layer.
        num_classes: classes.
        weight_scale: standard deviation of the initial weights, which are normally distributed; biases begin at 0.
        reg: strength of the penalty, at least 0.
        dtype: of parameters and computations.

    Attributes:
        params: a dict with `W1` (F, C, K, K) and `b1` (F,) of the filters, `W2` (F·H/2·W/2, hidden_dim) and `b2`, `W3`
            and `b3` of the affine layers.

    `loss` uses these arrays and nothing else, so that setting `params` sets the network.
    """

    def __init__(
        self,
        input_dim=(3, 32, 32),
        num_filters=32,
        filter_size=7,
        hidden_dim=100,
        num_classes=10,
        weight_scale=1e-3,
        reg=0.0,
        dtype=np.float32,
    ): ...

    def loss(self, X: Array, y: Labels | None = None) -> Array | tuple[float, Params]:
        """Scores of a batch; with labels, its loss and the gradient of that loss.

        The loss is the mean over the images of -log p[y], where p is the softmax of the scores, plus the penalty
        ½·reg·ΣW² over the weights of all three layers. Biases are not penalised.

        Args:
            X: images, shape (N, C, H, W).
            y: labels, integers of shape (N,).

        Returns:
            without y the scores, shape (N, classes), of any sign; with y `(loss, grads)`: one number, and a dict with
            the keys and shapes of `params`.
        """
