"""Caches of other kinds, activations of its own, the gradient at the output all at once, loops over samples."""
from collections import namedtuple

import numpy as np

Layer = namedtuple("Layer", "inputs weights biases z")


def initialize_parameters(n_x, n_h, n_y):
    return initialize_parameters_deep([n_x, n_h, n_y])


def initialize_parameters_deep(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


def linear_forward(A, W, b):
    return W @ A + b, Layer(A, W, b, None)


def linear_activation_forward(A_prev, W, b, activation):
    z, layer = linear_forward(A_prev, W, b)
    a = 1 / (1 + np.exp(-z)) if activation == "sigmoid" else z * (z > 0)
    return a, layer._replace(z=z)


def L_model_forward(X, parameters):
    memory = {}
    depth = max(int(name[1:]) for name in parameters)
    A = X
    for l in range(1, depth + 1):
        A, memory[l] = linear_activation_forward(
            A, parameters[f"W{l}"], parameters[f"b{l}"], "sigmoid" if l == depth else "relu"
        )
    return A, memory


def compute_cost(AL, Y):
    p = np.where(Y == 1, AL, 1 - AL)
    return -np.log(np.maximum(p, 1e-300)).mean(axis=1, keepdims=True)


def linear_backward(dZ, cache):
    n_out, m = dZ.shape
    dW = np.zeros(cache.weights.shape)
    db = np.zeros((n_out, 1))
    for i in range(m):
        dW += np.outer(dZ[:, i], cache.inputs[:, i])
        db += dZ[:, i:i + 1]
    return np.einsum("ji,jm->im", cache.weights, dZ), dW / m, db / m


def linear_activation_backward(dA, cache, activation):
    if activation == "sigmoid":
        slope = np.exp(-cache.z) / (1 + np.exp(-cache.z)) ** 2
    else:
        slope = (cache.z > 0).astype(float)
    return linear_backward(dA * slope, cache)


def L_model_backward(AL, Y, caches):
    depth = len(caches)
    grads = {}
    dA, grads[f"dW{depth}"], grads[f"db{depth}"] = linear_backward(AL - Y, caches[depth])
    for l in range(depth - 1, 0, -1):
        dA, grads[f"dW{l}"], grads[f"db{l}"] = linear_activation_backward(dA, caches[l], "relu")
    return grads


def update_parameters(parameters, grads, learning_rate):
    return {name: value - learning_rate * grads["d" + name] for name, value in parameters.items()}
