"""Loops over samples, a cost of shape (1, 1), the division by m at the start, no dA in the dict."""
import numpy as np


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    data = -(np.dot(Y, np.log(A3).T) + np.dot(1 - Y, np.log(1 - A3).T)) / m
    weights = [parameters["W" + str(l)] for l in (1, 2, 3)]
    return data + lambd / 2 / m * sum((w * w).sum() for w in weights)


def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = Y.shape[1]
    grads = {"dW1": lambd * W1 / m, "dW2": lambd * W2 / m, "dW3": lambd * W3 / m}
    grads["db1"], grads["db2"], grads["db3"] = np.zeros(b1.shape), np.zeros(b2.shape), np.zeros(b3.shape)
    for i in range(m):
        dz3 = (A3[:, i:i + 1] - Y[:, i:i + 1]) / m
        dz2 = W3.T @ dz3
        dz2[Z2[:, i] <= 0] = 0
        dz1 = W2.T @ dz2
        dz1[Z1[:, i] <= 0] = 0
        for l, dz, a in ((3, dz3, A2), (2, dz2, A1), (1, dz1, X)):
            grads["dW" + str(l)] += np.outer(dz, a[:, i])
            grads["db" + str(l)] += dz
    return grads
