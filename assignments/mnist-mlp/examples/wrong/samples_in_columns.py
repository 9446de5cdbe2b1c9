"""As in the lecture videos: every column is a sample."""

import numpy as np


def relu(Z):
    A = np.maximum(Z, 0.0)
    return A


def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def cross_entropy(AL, Y):
    m = Y.shape[1]
    return -np.sum(Y * np.log(AL + 1e-15)) / m


def l2_penalty(parameters, lambd):
    L = len(parameters) // 2
    total = 0
    for l in range(1, L + 1):
        total += np.sum(np.square(parameters["W" + str(l)]))
    return lambd / 2 * total


def forward(parameters, X):
    cache = {"A0": X}
    A = X
    L = len(parameters) // 2
    for l in range(1, L + 1):
        Z = np.dot(parameters["W" + str(l)], A) + parameters["b" + str(l)]
        A = softmax(Z) if l == L else relu(Z)
        cache["Z" + str(l)] = Z
        cache["A" + str(l)] = A
    return A, cache


def backward(parameters, cache, Y, lambd):
    m = Y.shape[1]
    L = len(parameters) // 2
    grads = {}
    dZ = cache["A" + str(L)] - Y
    for l in reversed(range(1, L + 1)):
        W = parameters["W" + str(l)]
        grads["W" + str(l)] = 1 / m * np.dot(dZ, cache["A" + str(l - 1)].T) + lambd * W
        grads["b" + str(l)] = 1 / m * np.sum(dZ, axis=1, keepdims=True)
        if l > 1:
            dZ = np.dot(W.T, dZ) * (cache["Z" + str(l - 1)] > 0)
    return grads


def predict(parameters, X):
    AL, cache = forward(parameters, X)
    return np.argmax(AL, axis=0)


def initialize_parameters(layer_dims, seed):
    np.random.seed(seed)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(2.0 / layer_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


def train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    parameters = initialize_parameters(layer_sizes, seed)
    m = X.shape[1]
    history = []
    for epoch in range(epochs):
        for t in range(0, m, batch_size):
            AL, cache = forward(parameters, X[:, t:t + batch_size])
            grads = backward(parameters, cache, Y[:, t:t + batch_size], lam)
            for key in parameters:
                parameters[key] = parameters[key] - lr * grads[key]
        AL, _ = forward(parameters, X)
        history.append({
            "cost": cross_entropy(AL, Y) + l2_penalty(parameters, lam),
            "accuracy": np.mean(AL.argmax(axis=0) == Y.argmax(axis=0)),
        })
    return parameters, history
