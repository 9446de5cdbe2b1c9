"""What a submission to this assignment implements: one class. Samples come first."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
Params = dict[str, Array]


class FullyConnectedNet:
    """A network of L layers: (affine - [normalisation] - ReLU - [dropout]) × (L − 1) - affine - softmax.

    Args (of the constructor):
        hidden_dims: sizes of the hidden layers, L − 1 of them.
        input_dim: D, numbers in a sample.
        num_classes: C, classes.
        dropout_keep_ratio: the probability with which dropout keeps a unit; 1 is no dropout.
        normalization: "batchnorm", "layernorm" or None.
        reg: strength of the penalty, at least 0.
        weight_scale: standard deviation of the initial weights, which are normally distributed; biases and shifts begin
            at 0, scales at 1.
        dtype: of parameters and computations.
        seed: given to dropout, if it is not None.

    Attributes:
        params: a dict with `W1`, `b1`, `W2`, `b2` … and, where layers are normalised, `gamma1`, `beta1` … of each
            hidden layer.

    `loss` uses these arrays and the running averages of batch normalisation, so that setting `params` sets the network.
    """

    def __init__(
        self,
        hidden_dims,
        input_dim=3 * 32 * 32,
        num_classes=10,
        dropout_keep_ratio=1,
        normalization=None,
        reg=0.0,
        weight_scale=1e-2,
        dtype=np.float32,
        seed=None,
    ): ...

    def loss(self, X: Array, y: Labels | None = None) -> Array | tuple[float, Params]:
        """Scores of a batch after training; with labels, its loss in training and the gradient of that loss.

        The loss is the mean over the samples of -log p[y], where p is the softmax of the scores, plus the penalty
        ½·reg·ΣW² over the weights of all layers. Biases, scales and shifts are not penalised.

        Args:
            X: inputs, shape (N, d_1, …, d_k) with D = d_1·…·d_k numbers for each sample.
            y: labels 0 … C-1, integers of shape (N,). Without them normalisation and dropout are in test mode.

        Returns:
            without y the scores, shape (N, C), of any sign; with y `(loss, grads)`: one number, and a dict with the
            keys and shapes of `params`.
        """
