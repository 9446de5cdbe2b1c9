"""Loss and gradient of the vectorized function are sums."""

import numpy as np


def svm_loss_naive(W, X, y, reg):
    D, C = W.shape
    dW = np.zeros((D, C))
    total = 0.0
    for xi, yi in zip(X, y):
        s = np.dot(xi, W)
        violated = 0
        for j in range(C):
            m = s[j] - s[yi] + 1.0
            if j != yi and m > 0:
                total += m
                violated += 1
                dW[:, j] = dW[:, j] + xi
        dW[:, yi] += -violated * xi
    return total / len(X) + 0.5 * reg * np.sum(W**2), dW / len(X) + reg * W


def svm_loss_vectorized(W, X, y, reg):
    N, C = len(X), W.shape[1]
    scores = X @ W
    true = np.choose(y, scores.T).reshape(-1, 1)
    one_hot = np.eye(C)[y]
    margins = (scores - true + 1) * (1 - one_hot)
    mask = (margins > 0).astype(float)
    loss = (margins * mask).sum() + 0.5 * reg * (W * W).sum()
    mask -= one_hot * mask.sum(axis=1, keepdims=True)
    return loss, X.T @ mask + reg * W
