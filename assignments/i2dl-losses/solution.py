"""The losses; softmax and its cross-entropy come from the table in `composition.py`."""

import numpy as np


def mean_loss(losses):
    """Over the samples."""
    return float(np.mean(losses))


def absolute_losses(y_out, y_truth):
    return np.abs(y_out - y_truth)


def absolute_slopes(y_out, y_truth):
    """Derivative of each sample's loss."""
    return np.sign(y_out - y_truth)


def squared_losses(y_out, y_truth):
    return (y_out - y_truth) ** 2


def squared_slopes(y_out, y_truth):
    """Derivative of each sample's loss."""
    return 2 * (y_out - y_truth)


def binary_losses(y_out, y_truth):
    return -y_truth * np.log(y_out) - (1 - y_truth) * np.log(1 - y_out)


def binary_slopes(y_out, y_truth):
    """Derivative of each sample's loss."""
    return -y_truth / y_out + (1 - y_truth) / (1 - y_out)


def of_each_sample(slopes):
    """The mean has no part in what goes back."""
    return slopes


class L1:
    def forward(self, y_out, y_truth, reduction="mean"):
        return mean_loss(absolute_losses(y_out, y_truth))

    def backward(self, y_out, y_truth):
        return of_each_sample(absolute_slopes(y_out, y_truth))


class MSE:
    def forward(self, y_out, y_truth, reduction="mean"):
        return mean_loss(squared_losses(y_out, y_truth))

    def backward(self, y_out, y_truth):
        return of_each_sample(squared_slopes(y_out, y_truth))


class BCE:
    def forward(self, y_out, y_truth, reduction="mean"):
        return mean_loss(binary_losses(y_out, y_truth))

    def backward(self, y_out, y_truth):
        return of_each_sample(binary_slopes(y_out, y_truth))


class CrossEntropyFromLogits:
    def forward(self, y_out, y_truth, reduction="mean"):
        return float(average_loss(class_log_probabilities(y_out, y_truth), y_truth))

    def backward(self, y_out, y_truth):
        return score_gradient(np.exp(class_log_probabilities(y_out, y_truth)), y_truth)
