"""The solution, in small named steps: a known mistake (see `mistakes.py`) replaces one of them."""

import numpy as np


def predict(w, b, X):
    return X @ w + b


def residuals(predicted, y):
    return predicted - y


def mse(predicted, y):
    return float(np.mean(residuals(predicted, y) ** 2))


def output_gradient(residual):
    """Derivative of the mean squared error by each prediction, (n,)."""
    return 2 * residual / len(residual)


def weight_gradient(X, upstream):
    return X.T @ upstream


def bias_gradient(upstream):
    return float(upstream.sum())


def gradients(w, b, X, y):
    upstream = output_gradient(residuals(predict(w, b, X), y))
    return weight_gradient(X, upstream), bias_gradient(upstream)
