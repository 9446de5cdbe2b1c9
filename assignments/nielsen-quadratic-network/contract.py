"""What a submission to this assignment implements: the class of network.py. Every vector is a column."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Sample = tuple[Array, Array]


class Network:
    """A network of sigmoid layers with the quadratic cost, ½‖a - y‖² of a sample.

    Attributes:
        weights: into each layer after the first, shapes (n_out, n_in); at first random, around 0.
        biases: of each layer after the first, shapes (n_out, 1).
    """

    def __init__(self, sizes: list[int]) -> None: ...

    def feedforward(self, a: Array) -> Array:
        """The outputs of the network.

        Args:
            a: inputs, shape (n_in, 1).

        Returns:
            shape (n_out, 1).
        """

    def backprop(self, x: Array, y: Array) -> tuple[list[Array], list[Array]]:
        """The gradient of one sample's cost.

        Args:
            x: inputs, shape (n_in, 1).
            y: one-hot label, shape (n_out, 1).

        Returns:
            (nabla_b, nabla_w): lists of arrays like `biases` and `weights`.
        """

    def cost_derivative(self, output_activations: Array, y: Array) -> Array:
        """The gradient of one sample's cost in the outputs, a - y.

        Args:
            output_activations: the outputs a, shape (n_out, 1).
            y: one-hot label, shape (n_out, 1).

        Returns:
            shape (n_out, 1).
        """

    def update_mini_batch(self, mini_batch: list[Sample], eta: float) -> None:
        """One step: w ← w - η/m·Σ∇w and b ← b - η/m·Σ∇b.

        Args:
            mini_batch: m samples (x, y).
            eta: learning rate.
        """

    def evaluate(self, test_data: list[tuple[Array, int]]) -> int:
        """How many samples have the largest output at their label.

        Args:
            test_data: samples (x, y), y the number of the class.

        Returns:
            a count.
        """

    def SGD(self, training_data: list[Sample], epochs: int, mini_batch_size: int, eta: float, test_data=None) -> None:
        """Train: in each epoch all samples in random order, a step for each mini-batch.

        Args:
            training_data: samples (x, y) with one-hot labels.
            epochs: how often all samples are gone through.
            mini_batch_size: number of samples of a step; the last mini-batch may be smaller.
            eta: learning rate.
            test_data: if there is one, samples (x, class) to evaluate after each epoch.
        """
