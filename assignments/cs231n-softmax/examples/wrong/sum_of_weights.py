import numpy as np


def softmax_loss_naive(W, X, y, reg):
    loss = 0.0
    dW = np.zeros_like(W)
    n, c = X.shape[0], W.shape[1]
    for i in range(n):
        f = X[i].dot(W)
        f -= f.max()
        denominator = 0.0
        for j in range(c):
            if j == y[i]:
                continue
            denominator += np.exp(f[j])
        loss += -f[y[i]] + np.log(denominator)
        for j in range(c):
            dW[:, j] += np.exp(f[j]) / denominator * X[i]
        dW[:, y[i]] -= X[i]
    loss = loss / n + 0.5 * reg * np.sum(W ** 2)
    dW = dW / n + reg * np.sum(W)
    return loss, dW


def softmax_loss_vectorized(W, X, y, reg):
    n = X.shape[0]
    f = X.dot(W)
    f -= f.max(axis=1, keepdims=True)
    p = np.exp(f) / np.exp(f).sum(axis=1, keepdims=True)
    loss = -np.log(p[range(n), y]).sum() + reg * np.sum(W ** 2)
    p[range(n), y] -= 1
    dW = X.T.dot(p) + 2 * reg * W
    return loss / n, dW / n
