import numpy as np


def softmax_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape)
    for i in range(X.shape[0]):
        s = X[i].dot(W)
        p = np.exp(s - s.max())
        p /= p.sum()
        loss -= np.log(p[y[i]])
        p[y[i]] -= 1
        dW += X[i][:, None] * p
    return loss / X.shape[0] + reg * np.sum(W ** 2), dW / X.shape[0] + 2 * reg * W


def softmax_loss_vectorized(W, X, y, reg):
    n = X.shape[0]
    s = X.dot(W)
    s -= s.max(axis=1)[:, None]
    p = np.exp(s)
    p /= p.sum(axis=1)[:, None]
    loss = -np.sum(np.log(p[[range(n), y]])) / n
    p[[range(n), y]] -= 1
    dW = X.T.dot(p) / n
    loss += reg * np.sum(W ** 2)
    dW += 2 * reg * W
    return loss, dW
