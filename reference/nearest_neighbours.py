"""Classification by the nearest training samples (Cover & Hart 1967): distances, and the vote of k neighbours."""

import numpy as np

from reference.arrays import Array, Labels


def distances(X: Array, X_train: Array) -> Array:
    """Euclidean distance of each sample (m, d) to each training sample (n, d), shape (m, n)."""
    return root_of(squared_distances(X, X_train))


def squared_distances(X: Array, X_train: Array) -> Array:
    """Their squares."""
    return ((X[:, np.newaxis] - X_train) ** 2).sum(axis=2)


def root_of(squares: Array) -> Array:
    """The distances themselves."""
    return np.sqrt(squares)


def voted(distances: Array, y_train: Labels, k: int) -> Labels:
    """The most common label of the k nearest training samples; of equally common ones the smallest."""
    return np.array([most_common(nearest_labels(row, y_train, k)) for row in distances])


def nearest_labels(row: Array, y_train: Labels, k: int) -> Labels:
    """Labels of the k nearest, the nearest first."""
    return y_train[np.argsort(row, kind="stable")[:k]]


def most_common(labels: Labels) -> int:
    """Of equally common labels the smallest."""
    return int(np.bincount(labels).argmax())
