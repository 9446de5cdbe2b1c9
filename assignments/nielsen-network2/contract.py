"""What a submission to this assignment implements: the class of network2.py. Every vector is a column."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Sample = tuple[Array, Array]


class Network:
    """A network of sigmoid layers with the cross-entropy.

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
        """The gradient of one sample's cross-entropy, without the penalty.

        Args:
            x: inputs, shape (n_in, 1).
            y: one-hot label, shape (n_out, 1).

        Returns:
            (nabla_b, nabla_w): lists of arrays like `biases` and `weights`.
        """

    def update_mini_batch(self, mini_batch: list[Sample], eta: float, lmbda: float, n: int) -> None:
        """One step: w ← (1 - η·λ/n)·w - η/m·Σ∇w and b ← b - η/m·Σ∇b.

        Args:
            mini_batch: m samples (x, y).
            eta: learning rate.
            lmbda: strength of the L2 penalty.
            n: number of samples in the whole training set.
        """

    def total_cost(self, data: list[Sample], lmbda: float) -> float:
        """The mean cross-entropy of samples, plus λ/(2n)·Σw² with n = len(data).

        Args:
            data: samples (x, y) with one-hot labels.
            lmbda: strength of the L2 penalty.

        Returns:
            one number.
        """

    def accuracy(self, data: list[tuple[Array, int]]) -> int:
        """How many samples have the largest output at their label.

        Args:
            data: samples (x, y), y the number of the class.

        Returns:
            a count.
        """

    def SGD(
        self, training_data: list[Sample], epochs: int, mini_batch_size: int, eta: float, lmbda: float = 0.0
    ) -> None:
        """Train: in each epoch all samples in random order, a step for each mini-batch.

        Args:
            training_data: samples (x, y) with one-hot labels.
            epochs: how often all samples are gone through.
            mini_batch_size: number of samples of a step; the last mini-batch may be smaller.
            eta, lmbda: as for `update_mini_batch`.
        """
