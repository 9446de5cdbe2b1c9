from .activations import (
    relu,
    softmax,
)


def forward(params, X):
    L = len(params) // 2
    a, cache = X, [X]
    for l in range(1, L + 1):
        z = a @ params[f"W{l}"] + params[f"b{l}"]
        a = softmax(z) if l == L else relu(z)
        cache.append(a)
    return a, cache


def backward(params, cache, Y, lam):
    L = len(params) // 2
    n = Y.shape[0]
    grads = {}
    delta = (cache[L] - Y) / n
    for l in range(L, 0, -1):
        grads[f"W{l}"] = cache[l - 1].T @ delta + lam * params[f"W{l}"]
        grads[f"b{l}"] = delta.sum(axis=0)
        if l > 1:
            delta = (delta @ params[f"W{l}"].T) * (cache[l - 1] > 0)
    return grads
