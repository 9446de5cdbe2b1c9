"""The true class is counted and taken away again; gradients in einsum and by outer products; float32 inside."""

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
        dW += np.outer(X[i], push) / n
    penalty = reg * np.linalg.norm(W) ** 2
    return loss / n + penalty, dW + 2 * reg * W


def svm_loss_vectorized(W, X, y, reg):
    n = X.shape[0]
    rows = range(n)
    s = np.einsum("nd,dc->nc", X, W)
    hinge = np.clip(s - s[rows, list(y)][:, None] + 1, 0, None)
    push = np.sign(hinge)
    push[rows, y] -= push.sum(axis=1)
    loss = hinge.sum() / n - 1 + reg * np.vdot(W, W)
    return loss, np.einsum("nd,nc->dc", X, push) / n + 2 * reg * W
