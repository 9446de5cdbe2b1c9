import numpy as np


def softmax_loss_naive(W, X, y, reg):
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(X.shape[0]):
        f = X[i].dot(W)
        p = np.exp(f - np.max(f))
        p = p / np.sum(p)
        loss += -np.log(p[y[i]])
        for j in range(W.shape[1]):
            if j == y[j]:
                dW[:, j] += (p[j] - 1) * X[i]
            else:
                dW[:, j] += p[j] * X[i]
    loss = loss / X.shape[0] + reg * np.sum(W * W)
    dW = dW / X.shape[0] + 2 * reg * W
    return loss, dW


def softmax_loss_vectorized(W, X, y, reg):
    f = X.dot(W)
    p = np.exp(f - np.max(f, axis=1, keepdims=True))
    p = p / np.sum(p, axis=1, keepdims=True)
    t = np.eye(np.max(y) + 1)[y]
    loss = -np.sum(np.log(p[np.arange(len(y)), y])) / len(y) + reg * np.sum(W * W)
    return loss, X.T.dot(p - t) / len(y) + 2 * reg * W
