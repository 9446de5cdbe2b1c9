"""What a submission to this assignment implements. Samples are rows."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


def sigmoidGradient(z: Array) -> Array:
    """The slope of the sigmoid at z, σ(z)(1 - σ(z)).

    Args:
        z: of any shape.

    Returns:
        of the same shape.
    """


def randInitializeWeights(L_in: int, L_out: int, epsilon_init: float = 0.12) -> Array:
    """Initial weights of a layer: uniform between -epsilon_init and epsilon_init.

    Args:
        L_in: units that come in, the bias not counted.
        L_out: units of the layer.
        epsilon_init: bound of the weights.

    Returns:
        shape (L_out, 1 + L_in); the first column belongs to the bias.
    """


def nnCostFunction(
    nn_params: Array,
    input_layer_size: int,
    hidden_layer_size: int,
    num_labels: int,
    X: Array,
    y: Labels,
    lambda_: float = 0.0,
) -> tuple[float, Array]:
    """Cost of a network of two layers of sigmoids, and its gradient.

    The cost is the mean over the samples of -Σ_k [y_k ln h_k + (1 - y_k) ln(1 - h_k)], with y one-hot and h the
    outputs, plus λ/(2m) times the sum of all squared weights; those of the biases are not in it.

    Args:
        nn_params: Theta1, shape (hidden_layer_size, 1 + input_layer_size), and Theta2, shape (num_labels, 1 +
            hidden_layer_size), unrolled row by row, one after the other. The first column of each belongs to the bias.
        input_layer_size: D, numbers in a sample.
        hidden_layer_size: units of the hidden layer.
        num_labels: K, classes.
        X: inputs, shape (m, D), without a column of ones.
        y: labels 0 … K-1, shape (m,).
        lambda_: strength λ of the penalty.

    Returns:
        (J, grad): one number, and the gradient of the shape of `nn_params`, unrolled as it is.
    """
