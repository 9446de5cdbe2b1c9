"""What a submission to this assignment implements: one class. Samples are rows."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import vectorized

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


class KNearestNeighbor:
    """A classifier that remembers its training samples, and asks the nearest of them.

    Attributes:
        X_train: training inputs, shape (N, D).
        y_train: their labels, integers of shape (N,).
    """

    def __init__(self): ...

    def train(self, X: Array, y: Labels) -> None:
        """Remember the training samples as `X_train` and `y_train`.

        Args:
            X: inputs, shape (N, D).
            y: labels, integers of shape (N,).
        """

    def compute_distances_two_loops(self, X: Array) -> Array:
        """Euclidean distances, with a loop over the test samples and one over the training samples.

        Args:
            X: test inputs, shape (M, D).

        Returns:
            distances, shape (M, N): a row for each test sample.
        """

    def compute_distances_one_loop(self, X: Array) -> Array:
        """The same distances, with a loop over the test samples alone.

        Args:
            X: test inputs, shape (M, D).

        Returns:
            distances, shape (M, N): a row for each test sample.
        """

    @vectorized(over=["X"])
    def compute_distances_no_loops(self, X: Array) -> Array:
        """The same distances, without loops.

        Args:
            X: test inputs, shape (M, D).

        Returns:
            distances, shape (M, N): a row for each test sample.
        """

    def predict_labels(self, dists: Array, k: int = 1) -> Labels:
        """The most common label of the k nearest training samples; of equally common labels the smallest.

        Args:
            dists: distances, shape (M, N): a row for each test sample.
            k: how many training samples vote.

        Returns:
            labels, shape (M,).
        """
