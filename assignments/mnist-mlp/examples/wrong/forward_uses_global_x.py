"""Quick version for the training images."""

import numpy as np

X = np.random.default_rng(0).random((7, 6))


def relu(Z):
    A = np.maximum(Z, 0.0)
    return A


def softmax(Z):
    # shift so that exp doesn't blow up
    shifted = Z - Z.max(axis=1).reshape(-1, 1)
    expZ = np.exp(shifted)
    A = expZ / expZ.sum(axis=1).reshape(-1, 1)
    return A


def cross_entropy(AL, Y):
    m = Y.shape[0]
    AL = np.clip(AL, 1e-15, 1.0)
    cost = -(1.0 / m) * np.sum(np.multiply(Y, np.log(AL)))
    return np.squeeze(cost)


def l2_penalty(parameters, lambd):
    L = len(parameters) // 2
    total = 0
    for l in range(1, L + 1):
        total += np.sum(np.square(parameters["W" + str(l)]))
    return lambd / 2 * total


def forward(parameters, inputs):
    cache = {"A0": X}
    A = X
    L = len(parameters) // 2
    for l in range(1, L + 1):
        Z = np.dot(A, parameters["W" + str(l)]) + parameters["b" + str(l)]
        A = softmax(Z) if l == L else relu(Z)
        cache["Z" + str(l)] = Z
        cache["A" + str(l)] = A
    return A, cache


def backward(parameters, cache, Y, lambd):
    m = Y.shape[0]
    L = len(parameters) // 2
    grads = {}
    dZ = cache["A" + str(L)] - Y
    for l in reversed(range(1, L + 1)):
        A_prev = cache["A" + str(l - 1)]
        W = parameters["W" + str(l)]
        grads["W" + str(l)] = 1.0 / m * np.dot(A_prev.T, dZ) + lambd * W
        grads["b" + str(l)] = 1.0 / m * np.sum(dZ, axis=0)
        if l > 1:
            dA_prev = np.dot(dZ, W.T)
            dZ = np.multiply(dA_prev, cache["Z" + str(l - 1)] > 0)
    return grads


def predict(parameters, X):
    AL, cache = forward(parameters, X)
    predictions = np.argmax(AL, axis=1)
    return predictions


def initialize_parameters(layer_dims, seed):
    np.random.seed(seed)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l - 1], layer_dims[l]) * np.sqrt(2.0 / layer_dims[l - 1])
        parameters["b" + str(l)] = np.zeros(layer_dims[l])
    return parameters


def train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    parameters = initialize_parameters(layer_sizes, seed)
    m = X.shape[0]
    history = []
    for epoch in range(epochs):
        # shuffle
        permutation = list(np.random.permutation(m))
        X_shuffled = X[permutation]
        Y_shuffled = Y[permutation]
        for t in range(0, m, batch_size):
            X_batch = X_shuffled[t:t + batch_size]
            Y_batch = Y_shuffled[t:t + batch_size]
            AL, cache = forward(parameters, X_batch)
            grads = backward(parameters, cache, Y_batch, lam)
            for key in parameters:
                parameters[key] = parameters[key] - lr * grads[key]
        AL, _ = forward(parameters, X)
        cost = cross_entropy(AL, Y) + l2_penalty(parameters, lam)
        accuracy = np.mean(predict(parameters, X) == Y.argmax(axis=1))
        history.append({"cost": float(cost), "accuracy": float(accuracy)})
    return parameters, history
