"""No vector: each entry of each array is moved where it is."""

import numpy as np


def forward_propagation(x, theta):
    return np.dot(theta, x)


def backward_propagation(x, theta):
    return x


def distance(a, b):
    return np.sqrt(np.sum((a - b) ** 2)) / (np.sqrt(np.sum(a**2)) + np.sqrt(np.sum(b**2)))


def gradient_check(x, theta, epsilon=1e-7):
    slope = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / 2 / epsilon
    return distance(np.float64(backward_propagation(x, theta)), slope)


def forward_propagation_n(X, Y, parameters):
    A, kept = X, [X]
    for layer in "123":
        Z = parameters["W" + layer] @ A + parameters["b" + layer]
        A = 1 / (1 + np.exp(-Z)) if layer == "3" else np.where(Z > 0, Z, 0)
        kept.append(A)
    cost = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    return cost, (kept, parameters)


def backward_propagation_n(X, Y, cache):
    kept, parameters = cache
    delta = (kept[3] - Y) / Y.shape[1]
    gradients = {}
    for layer in (3, 2, 1):
        gradients["dW%d" % layer] = delta @ kept[layer - 1].T
        gradients["db%d" % layer] = delta.sum(axis=1, keepdims=True)
        delta = (parameters["W%d" % layer].T @ delta) * (kept[layer - 1] > 0)
    return gradients


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    parameters = {key: value.copy() for key, value in parameters.items()}
    slopes, given = [], []
    for key, array in parameters.items():
        for place in np.ndindex(array.shape):
            before = array[place]
            array[place] = before + epsilon
            above = forward_propagation_n(X, Y, parameters)[0]
            array[place] = before - epsilon
            below = forward_propagation_n(X, Y, parameters)[0]
            array[place] = before
            slopes.append((above - below) / (2 * epsilon))
            given.append(gradients["d" + key][place])
    return distance(np.array(given), np.array(slopes))
