import numpy as np


def softmax_loss_naive(self, W, X, y, reg):
    """Copied out of the classifier."""
    loss, dW = 0.0, np.zeros(W.shape)
    self.probabilities = []
    for i in range(X.shape[0]):
        s = X[i].dot(W)
        p = np.exp(s - s.max()) / np.exp(s - s.max()).sum()
        self.probabilities.append(p)
        loss -= np.log(p[y[i]])
        dW += np.outer(X[i], p - (np.arange(W.shape[1]) == y[i]))
    return loss / X.shape[0] + reg * np.sum(W ** 2), dW / X.shape[0] + 2 * reg * W


class Softmax:
    @classmethod
    def softmax_loss_vectorized(cls, W, X, y, reg):
        n = X.shape[0]
        s = X.dot(W)
        s = s - s.max(axis=1, keepdims=True)
        p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
        loss = -np.log(p[np.arange(n), y]).mean()
        p[np.arange(n), y] -= 1
        return loss + reg * np.sum(W ** 2), X.T.dot(p) / n + 2 * reg * W
