"""No vectorisation over the batch: one sample after the other, as in the derivation on paper."""

import math

import numpy as np


def relu(z):
    flat = [x if x > 0 else 0.0 for x in np.ravel(z)]
    return np.array(flat).reshape(np.shape(z))


def softmax_row(row):
    biggest = max(row)
    exps = np.array([math.exp(v - biggest) for v in row])
    return exps / sum(exps)


def softmax(z):
    return np.array([softmax_row(row) for row in z])


def cross_entropy(probs, Y):
    total = 0.0
    for p, y in zip(probs, Y):
        for j in range(len(y)):
            if y[j] == 1:
                total -= math.log(max(p[j], 1e-300))
    return total / len(Y)


def l2_penalty(params, lam):
    s = 0.0
    l = 1
    while f"W{l}" in params:
        for row in params[f"W{l}"]:
            for w in row:
                s += w * w
        l += 1
    return lam * s / 2


def forward_one(params, x):
    L = len(params) // 2
    xs = [x]
    for l in range(1, L + 1):
        z = params[f"b{l}"] + params[f"W{l}"].T.dot(xs[-1])
        xs.append(np.maximum(z, 0) if l < L else softmax_row(z))
    return xs


def forward(params, X):
    cache = [forward_one(params, x) for x in X]
    return np.array([xs[-1] for xs in cache]), cache


def backward(params, cache, Y, lam):
    L = len(params) // 2
    grads = {key: np.zeros_like(value) for key, value in params.items()}
    for xs, y in zip(cache, Y):
        delta = xs[-1] - y
        for l in range(L, 0, -1):
            grads[f"W{l}"] += np.outer(xs[l - 1], delta)
            grads[f"b{l}"] += delta
            delta = params[f"W{l}"].dot(delta) * (xs[l - 1] > 0)
    n = len(Y)
    for l in range(1, L + 1):
        grads[f"W{l}"] = grads[f"W{l}"] / n + lam * params[f"W{l}"]
        grads[f"b{l}"] = grads[f"b{l}"] / n
    return grads


def predict(params, X):
    labels = []
    for x in X:
        p = list(forward_one(params, x)[-1])
        labels.append(p.index(max(p)))
    return np.array(labels)


def train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    np.random.seed(seed)
    params = {}
    for l in range(1, len(layer_sizes)):
        params[f"W{l}"] = np.random.normal(0, math.sqrt(2 / layer_sizes[l - 1]), (layer_sizes[l - 1], layer_sizes[l]))
        params[f"b{l}"] = np.zeros(layer_sizes[l])
    history = []
    order = np.arange(len(X))
    for e in range(epochs):
        np.random.shuffle(order)
        for k in range(0, len(X), batch_size):
            mb = order[k : k + batch_size]
            _, cache = forward(params, X[mb])
            g = backward(params, cache, Y[mb], lam)
            for key in g:
                params[key] = params[key] - lr * g[key]
        P, _ = forward(params, X)
        right = 0
        for p, y in zip(P, Y):
            if np.argmax(p) == np.argmax(y):
                right += 1
        history.append({"cost": cross_entropy(P, Y) + l2_penalty(params, lam), "accuracy": right / len(X)})
    return params, history
