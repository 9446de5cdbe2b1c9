"""Batches without repetitions: the samples are shuffled, and shuffled again when they are used up."""

import numpy as np

from cs231n.classifiers.softmax import softmax_loss_vectorized


class LinearClassifier:
    def __init__(self):
        self.W = None

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        n, d = X.shape
        if self.W is None:
            self.W = np.random.normal(scale=1e-3, size=(d, int(y.max()) + 1))
        queue, history = [], []
        for step in range(num_iters):
            if len(queue) < batch_size:
                queue = list(np.random.permutation(n))
            take, queue = queue[:batch_size], queue[batch_size:]
            value, slope = self.loss(X[take], y[take], reg)
            history.append(value)
            self.W = self.W - learning_rate * slope
            if verbose:
                print(step, value)
        return history

    def predict(self, X):
        return np.array([int((x @ self.W).argmax()) for x in X])


class Softmax(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        return softmax_loss_vectorized(self.W, X_batch, y_batch, reg)
