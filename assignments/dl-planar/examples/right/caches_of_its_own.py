"""A tuple for a cache, einsum for products, and in-place steps."""
import numpy as np
from planar_utils import sigmoid


def layer_sizes(X, Y):
    n_x, m = X.shape
    return n_x, 4, len(Y)


def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(2)
    return dict(
        W1=np.random.normal(0, 0.01, (n_h, n_x)), b1=np.zeros((n_h, 1)),
        W2=np.random.normal(0, 0.01, (n_y, n_h)), b2=np.zeros((n_y, 1)),
    )


def forward_propagation(X, parameters):
    a = np.tanh(np.einsum("hi,im->hm", parameters["W1"], X) + parameters["b1"])
    out = sigmoid(np.einsum("oh,hm->om", parameters["W2"], a) + parameters["b2"])
    return out, (a, out)


def compute_cost(A2, Y, parameters=None):
    m = Y.shape[1]
    cost = -(np.dot(Y, np.log(A2).T) + np.dot(1 - Y, np.log(1 - A2).T)) / m
    return cost.item()


def backward_propagation(parameters, cache, X, Y):
    a, out = cache
    error = (out - Y) / Y.shape[1]
    back = parameters["W2"].T @ error * (1 - a * a)
    return dict(dW2=error @ a.T, db2=error.sum(1).reshape(-1, 1), dW1=back @ X.T, db1=back.sum(1)[:, None])


def update_parameters(parameters, grads, learning_rate=1.2):
    for key in parameters:
        parameters[key] -= learning_rate * grads["d" + key]
    return parameters


def nn_model(X, Y, n_h, num_iterations=10000):
    parameters = initialize_parameters(len(X), n_h, len(Y))
    step = 0
    while step < num_iterations:
        _, cache = forward_propagation(X, parameters)
        parameters = update_parameters(parameters, backward_propagation(parameters, cache, X, Y))
        step += 1
    return parameters


def predict(parameters, X):
    return (forward_propagation(X, parameters)[0] > 0.5).astype(int)
