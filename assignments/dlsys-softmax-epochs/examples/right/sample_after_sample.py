"""Sums over the samples in loops; slow, and right."""

import math

import numpy as np


def softmax(z):
    e = np.exp(z)
    return e / e.sum()


def softmax_loss(Z, y):
    total = 0.0
    for z, label in zip(Z, y):
        total += math.log(sum(math.exp(v) for v in z)) - z[label]
    return total / len(Z)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for start in range(0, len(X), batch):
        total = np.zeros(theta.shape)
        for x, label in zip(X[start : start + batch], y[start : start + batch]):
            p = softmax(x @ theta)
            p[label] -= 1
            total += np.outer(x, p)
        theta -= lr * total / batch


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for start in range(0, len(X), batch):
        total1, total2 = np.zeros(W1.shape), np.zeros(W2.shape)
        for x, label in zip(X[start : start + batch], y[start : start + batch]):
            h = np.maximum(x @ W1, 0)
            p = softmax(h @ W2)
            p[label] -= 1
            total2 += np.outer(h, p)
            total1 += np.outer(x, (W2 @ p) * (h > 0))
        W1 -= lr * total1 / batch
        W2 -= lr * total2 / batch
