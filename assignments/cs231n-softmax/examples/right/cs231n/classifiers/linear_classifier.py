from __future__ import print_function

from builtins import range
from builtins import object
import numpy as np
from ..classifiers.linear_svm import *
from ..classifiers.softmax import *
from past.builtins import xrange


class LinearClassifier(object):
    def __init__(self):
        self.W = None

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        num_train, dim = X.shape
        if self.W is None:
            self.W = 0.001 * np.random.randn(dim, np.max(y) + 1)
        history = []
        for it in range(num_iters):
            chosen = np.random.choice(num_train, batch_size)
            loss, grad = self.loss(X[chosen], y[chosen], reg)
            history.append(loss)
            self.W -= learning_rate * grad
        return history

    def predict(self, X):
        return np.argmax(X.dot(self.W), axis=1)


class Softmax(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        return softmax_loss_vectorized(self.W, X_batch, y_batch, reg)
