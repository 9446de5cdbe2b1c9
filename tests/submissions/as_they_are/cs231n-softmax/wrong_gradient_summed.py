import numpy as np


def softmax_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape, dtype=np.float)
    for i in xrange(X.shape[0]):
        s = X[i].dot(W)
        p = np.exp(s - s.max())
        p /= p.sum()
        loss -= np.log(p[y[i]])
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    loss /= X.shape[0]
    return loss + reg * np.sum(W ** 2), dW + 2 * reg * W


def softmax_loss_vectorized(W, X, y, reg):
    n = X.shape[0]
    s = X.dot(W)
    s -= s.max(axis=1)[:, None]
    p = np.exp(s)
    p /= p.sum(axis=1)[:, None]
    loss = -np.log(p[np.arange(n), y]).sum() / n
    p[np.arange(n), y] -= 1
    dW = X.T.dot(p) / n
    dW += reg * W
    print "regularised with", reg
    loss += reg * np.sum(W ** 2)
    return loss, dW
