"""What a submission to this assignment implements: three ways to begin. Samples are columns."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Params = dict[str, Array]


def initialize_parameters_zeros(layers_dims: list[int]) -> Params:
    """All parameters 0.

    Args:
        layers_dims: sizes [n0, n1, …, nL] of the inputs and of each layer.

    Returns:
        parameters: `W1`, `b1`, …, `WL`, `bL`, with Wl of shape (nl, nl-1) and bl of shape (nl, 1).
    """


def initialize_parameters_random(layers_dims: list[int]) -> Params:
    """Large weights: normal numbers (mean 0, standard deviation 1) times 10. Biases are 0.

    Args:
        layers_dims: as for `initialize_parameters_zeros`.

    Returns:
        parameters: the same keys and shapes.
    """


def initialize_parameters_he(layers_dims: list[int]) -> Params:
    """Weights that suit ReLU: normal numbers times √(2 / n), n being the size of the layer before. Biases are 0.

    Args:
        layers_dims: as for `initialize_parameters_zeros`.

    Returns:
        parameters: the same keys and shapes.
    """
