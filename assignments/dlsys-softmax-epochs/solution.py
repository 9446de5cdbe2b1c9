"""The loss, and the two epochs."""

import numpy as np


def softmax_loss(Z, y):
    return average_loss(log_probabilities(Z), y)


def parts(n, batch):
    """The samples of each step."""
    return [slice(start, start + batch) for start in range(0, n, batch)]


def samples_of_a_step(X, part):
    """What the gradient is averaged over."""
    return len(X[part])


def probabilities(Z):
    return np.exp(log_probabilities(Z))


def store(parameter, value):
    """Into the array that the caller holds."""
    parameter[:] = value


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for part in parts(len(X), batch):
        delta = score_gradient(probabilities(product(X[part], theta)), y[part])
        store(theta, update(theta, weight_gradient(X[part], delta, samples_of_a_step(X, part)), lr))
    return theta


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for part in parts(len(X), batch):
        n, z = samples_of_a_step(X, part), product(X[part], W1)
        hidden = relu(z)
        delta = score_gradient(probabilities(product(hidden, W2)), y[part])
        new_W2 = update(W2, weight_gradient(hidden, delta, n), lr)
        hidden_delta = relu_backward(propagate(delta, on_the_way_back(W2, new_W2)), z)
        store(W1, update(W1, weight_gradient(X[part], hidden_delta, n), lr))
        store(W2, new_W2)
    return W1, W2
