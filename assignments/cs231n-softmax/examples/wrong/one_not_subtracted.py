from builtins import range
import numpy as np
from random import shuffle
from past.builtins import xrange


def softmax_loss_naive(W, X, y, reg):
    loss = 0.0
    dW = np.zeros_like(W)
    num_train = X.shape[0]
    num_classes = W.shape[1]
    for i in range(num_train):
        f = [0.0] * num_classes
        for j in range(num_classes):
            for k in range(X.shape[1]):
                f[j] += X[i, k] * W[k, j]
        biggest = max(f)
        total = 0.0
        for j in range(num_classes):
            total += np.exp(f[j] - biggest)
        loss += -(f[y[i]] - biggest) + np.log(total)
        for j in range(num_classes):
            prob = np.exp(f[j] - biggest) / total
            for k in range(X.shape[1]):
                dW[k, j] += X[i, k] * (prob - (1 if j == y[i] else 0))
    loss = loss / num_train + reg * np.sum(W * W)
    dW = dW / num_train + 2 * reg * W
    return loss, dW


def softmax_loss_vectorized(W, X, y, reg):
    loss = 0.0
    dW = np.zeros_like(W)
    n = X.shape[0]
    f = X.dot(W)
    f -= np.max(f, axis=1).reshape(-1, 1)
    p = np.exp(f)
    p /= np.sum(p, axis=1)[:, None]
    loss = np.sum(-np.log(p[range(n), list(y)])) / n + reg * np.sum(W * W)
    dW = np.dot(X.T, p) / n + 2 * reg * W
    return loss, dW
