import numpy as np


def softmax_loss_naive(W, X, y, reg):
    n = np.product(y.shape)
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(n):
        s = X[i].dot(W)
        p = np.exp(s - s.max())
        p /= p.sum()
        loss -= np.log(p[y[i]])
        dW += np.outer(X[i], p)
    return loss / n + reg * np.sum(W ** 2), dW / n + 2 * reg * W


def softmax_loss_vectorized(W, X, y, reg):
    n = np.int(len(y))
    s = X.dot(W)
    p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(n), y]).sum() / n
    p[np.arange(n), y] -= 1
    return loss + reg * np.sum(W ** 2), X.T.dot(p) / n + 2 * reg * W
