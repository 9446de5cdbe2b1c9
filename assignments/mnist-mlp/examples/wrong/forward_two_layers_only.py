"""Network: 784 -> hidden -> 10."""

import numpy as np


def relu(z):
    return np.maximum(0, z)


def softmax(z):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def cross_entropy(probs, Y):
    return -np.sum(Y * np.log(probs + 1e-12)) / Y.shape[0]


def l2_penalty(params, lam):
    return 0.5 * lam * sum(np.sum(params[k] ** 2) for k in params if k[0] == "W")


def forward(params, X):
    z1 = X @ params["W1"] + params["b1"]
    a1 = relu(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    a2 = softmax(z2)
    return a2, (X, z1, a1, a2)


def backward(params, cache, Y, lam):
    X, z1, a1, a2 = cache
    n = len(Y)
    dz2 = (a2 - Y) / n
    dz1 = dz2 @ params["W2"].T * (z1 > 0)
    return {
        "W1": X.T @ dz1 + lam * params["W1"],
        "b1": dz1.sum(0),
        "W2": a1.T @ dz2 + lam * params["W2"],
        "b2": dz2.sum(0),
    }


def predict(params, X):
    probs, _ = forward(params, X)
    return np.argmax(probs, axis=1)


def init_params(layer_sizes, rng):
    params = {}
    for i in range(1, len(layer_sizes)):
        fan_in, fan_out = layer_sizes[i - 1], layer_sizes[i]
        params[f"W{i}"] = rng.normal(size=(fan_in, fan_out)) * np.sqrt(2 / fan_in)
        params[f"b{i}"] = np.zeros(fan_out)
    return params


def train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    rng = np.random.default_rng(seed)
    params = init_params(layer_sizes, rng)
    history = []
    for epoch in range(epochs):
        idx = rng.permutation(X.shape[0])
        for start in range(0, X.shape[0], batch_size):
            b = idx[start:start + batch_size]
            _, cache = forward(params, X[b])
            grads = backward(params, cache, Y[b], lam)
            for k in params:
                params[k] -= lr * grads[k]
        probs, _ = forward(params, X)
        cost = cross_entropy(probs, Y) + l2_penalty(params, lam)
        acc = np.mean(np.argmax(probs, axis=1) == np.argmax(Y, axis=1))
        history.append({"cost": cost, "accuracy": acc})
    return params, history
