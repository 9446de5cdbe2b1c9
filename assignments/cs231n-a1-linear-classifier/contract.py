"""What a submission to this assignment implements: a class that trains, and its losses. Samples are rows."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


class Softmax:
    """A linear classifier with the softmax loss. `train` and `predict` may come from a class that others share.

    Attributes:
        W: weights, shape (D, C), one class in each column; None before the first training.
    """

    def __init__(self): ...

    def train(
        self,
        X: Array,
        y: Labels,
        learning_rate: float = 1e-3,
        reg: float = 1e-5,
        num_iters: int = 100,
        batch_size: int = 200,
        verbose: bool = False,
    ) -> list[float]:
        """Gradient descent: a step with each of `num_iters` batches, whose samples are drawn at random.

        Where there are no weights yet, they begin as small random numbers, and there are as many classes as the
        largest label tells; weights that are there are trained on.

        Args:
            X: inputs, shape (N, D).
            y: labels 0 … C-1, shape (N,).
            learning_rate: what the gradient is multiplied with.
            reg: strength of the penalty, handed on to `loss`.
            num_iters: number of steps.
            batch_size: number of samples in a batch, with or without repetitions.
            verbose: whether to print how it goes.

        Returns:
            loss_history: the loss of each batch, before its step.
        """

    def predict(self, X: Array) -> Labels:
        """The class with the largest score x·W, for each sample.

        Args:
            X: inputs, shape (N, D).

        Returns:
            y_pred: labels, shape (N,).
        """

    def loss(self, X_batch: Array, y_batch: Labels, reg: float) -> tuple[float, Array]:
        """The softmax loss of a batch and its gradient in W, by `softmax_loss_vectorized`, which may be imported.

        Args:
            X_batch: inputs, shape (N, D).
            y_batch: labels, shape (N,).
            reg: strength of the penalty.

        Returns:
            (loss, dW): one number, and an array of the shape of W.
        """
