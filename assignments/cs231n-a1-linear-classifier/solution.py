"""The class: how a training goes through its batches, and the loss, of known steps."""

import numpy as np


def number_of_classes(y):
    return np.max(y) + 1


class Softmax:
    def __init__(self):
        self.W = None

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        if self.W is None:
            self.W = 0.001 * np.random.randn(X.shape[1], number_of_classes(y))
        losses, first = [], drawn(len(X), batch_size)
        for _ in steps(num_iters):
            batch = drawn_again(drawn(len(X), batch_size), first)
            loss, gradient = self.loss(X[batch], y[beside(batch)], reg)
            losses.append(loss)
            self.W = update(self.W, gradient, learning_rate)
        return losses

    def predict(self, X):
        return most_probable(product(X, self.W))

    def loss(self, X_batch, y_batch, reg):
        loss, dscores = softmax_loss(product(X_batch, self.W), y_batch)
        gradient = weight_gradient(X_batch, dscores, len(y_batch))
        return loss + reg * np.sum(self.W**2), gradient + 2 * reg * self.W
