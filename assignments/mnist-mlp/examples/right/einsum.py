"""Index notation everywhere: n samples, i inputs, o outputs, k classes."""

import numpy as np


def relu(z):
    return np.where(z > 0, z, 0.0)


def softmax(z):
    e = np.exp(z - np.max(z, axis=1)[:, None])
    return np.einsum("nk,n->nk", e, 1 / np.einsum("nk->n", e))


def cross_entropy(probs, Y):
    eps = np.finfo(probs.dtype).tiny
    return -np.einsum("nk,nk->", Y, np.log(probs + eps)) / len(Y)


def l2_penalty(params, lam):
    return lam / 2 * sum(np.einsum("io,io->", W, W) for name, W in params.items() if name.startswith("W"))


def forward(params, X):
    L = len(params) // 2
    a, inputs = X, []
    for l in range(1, L + 1):
        inputs.append(a)
        z = np.einsum("ni,io->no", a, params[f"W{l}"], optimize=True) + params[f"b{l}"]
        a = softmax(z) if l == L else relu(z)
    return a, (inputs, a)


def backward(params, cache, Y, lam):
    inputs, probs = cache
    g = (probs - Y) / len(Y)
    grads = {}
    for l in range(len(inputs), 0, -1):
        a, W = inputs[l - 1], params[f"W{l}"]
        grads[f"W{l}"] = np.einsum("ni,no->io", a, g, optimize=True) + lam * W
        grads[f"b{l}"] = np.einsum("no->o", g)
        g = np.einsum("no,io,ni->ni", g, W, (a > 0).astype(float), optimize=True)  # not used after layer 1
    return grads


def predict(params, X):
    return forward(params, X)[0].argmax(axis=1)


def initialise(layer_sizes, random):
    params = {}
    for layer, (inputs, outputs) in enumerate(zip(layer_sizes[:-1], layer_sizes[1:]), start=1):
        params[f"W{layer}"] = random.randn(inputs, outputs) * np.sqrt(2 / inputs)
        params[f"b{layer}"] = np.zeros(outputs)
    return params


def train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    random = np.random.RandomState(seed)
    params = initialise(layer_sizes, random)
    history = []
    for epoch in range(epochs):
        order = random.permutation(len(X))
        for first in range(0, len(X), batch_size):
            chosen = order[first : first + batch_size]
            probs, cache = forward(params, X[chosen])
            grads = backward(params, cache, Y[chosen], lam)
            for name in params:
                params[name] = params[name] - lr * grads[name]
        probs, _ = forward(params, X)
        history.append(
            {
                "cost": float(cross_entropy(probs, Y) + l2_penalty(params, lam)),
                "accuracy": float((probs.argmax(axis=1) == Y.argmax(axis=1)).mean()),
            }
        )
    return params, history
