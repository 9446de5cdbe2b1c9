import numpy as np
from random import shuffle


def softmax_loss_naive(W, X, y, reg):
    """One sample at a time."""
    loss = 0.0
    dW = np.zeros(W.shape)
    num_train = X.shape[0]
    num_classes = W.shape[1]
    for i in xrange(num_train):
        scores = X[i].dot(W)
        scores = scores - np.max(scores)
        p = np.exp(scores) / np.sum(np.exp(scores))
        loss -= np.log(p[y[i]])
        for j in xrange(num_classes):
            dW[:, j] += (p[j] - (j == y[i])) * X[i]
    loss = loss / num_train + reg * np.sum(W * W)
    dW = dW / num_train + 2 * reg * W
    return loss, dW


def softmax_loss_vectorized(W, X, y, reg):
    n = len(y)
    scores = X.dot(W)
    scores -= scores.max(1)[:, np.newaxis]
    p = np.exp(scores)
    p /= p.sum(1)[:, np.newaxis]
    loss = -np.log(p[xrange(n), y]).sum() / n + reg * (W ** 2).sum()
    p[xrange(n), y] -= 1
    return loss, X.T.dot(p) / n + 2 * reg * W


if __name__ == "__main__":
    W = np.random.randn(5, 3)
    loss, grad = softmax_loss_naive(W, np.random.randn(7, 5), np.arange(7) % 3, 0.1)
    print "loss:", loss
    print "gradient:", grad,
    print
