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
    L = len(params) // 2
    activations, zs = [X], []
    for i in range(1, L + 1):
        z = activations[-1] @ params[f"W{i}"] + params[f"b{i}"]
        zs.append(z)
        activations.append(softmax(z) if i == L else z)
    return activations[-1], (activations, zs)


def backward(params, cache, Y, lam):
    activations, zs = cache
    L = len(params) // 2
    n = Y.shape[0]
    grads = {}
    delta = (activations[-1] - Y) / n
    for i in range(L, 0, -1):
        grads[f"W{i}"] = activations[i - 1].T @ delta + lam * params[f"W{i}"]
        grads[f"b{i}"] = delta.sum(axis=0)
        if i > 1:
            delta = (delta @ params[f"W{i}"].T) * (zs[i - 2] > 0)
    return grads


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
