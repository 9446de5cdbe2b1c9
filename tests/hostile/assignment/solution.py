"""The right answers; no submission may ever read them."""

import numpy as np


def relu(z):
    return np.maximum(z, 0.0)


def loss(y, t):
    return float(np.mean((y - t) ** 2) / 2)


def forward(W, X):
    z = X @ W
    return relu(z), (X, z)


def backward(W, cache, upstream):
    X, z = cache
    return X.T @ (upstream * (z > 0))
