from builtins import range
import numpy as np


def softmax_loss_naive(W, X, y, reg):
    loss = np.float(0)
    dW = np.zeros(W.shape, dtype=np.float)
    for i in range(len(y)):
        scores = X[i].dot(W)
        scores -= np.amax(scores)
        p = np.exp(scores)
        p /= p.sum()
        right = np.zeros(W.shape[1], dtype=np.int)
        right[y[i]] = 1
        loss -= np.asscalar(np.log(p[right == 1]))
        dW += np.outer(X[i], p - right)
    loss /= len(y)
    dW /= len(y)
    return loss + 0.5 * reg * np.sum(W ** 2), dW + reg * W


def softmax_loss_vectorized(W, X, y, reg):
    n = np.product(y.shape)
    scores = X.dot(W)
    scores -= scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    hot = np.zeros(log_p.shape, dtype=np.bool)
    hot[np.arange(n), y] = True
    loss = -log_p[hot].sum() / n
    if np.sometrue(np.isnan(log_p)) or loss == np.Inf:
        raise ValueError("no loss")
    dW = X.T.dot(np.exp(log_p) - hot.astype(np.float)) / n
    return loss + 0.5 * reg * np.sum(W ** 2), dW + reg * W
