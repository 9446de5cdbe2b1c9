"""A function in the place of the script, in other words and another style."""

import numpy as np


def lrelu(z):
    return z * (0.01 + 0.99 * (z > 0))


def lreluDer(a):
    return 0.01 + 0.99 * (a > 0)


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


def training(X, y, layer_sizes, alpha, iterations, param=None):
    random = np.random.default_rng(1)
    last, m = len(layer_sizes) - 1, X.shape[1]
    if param is None:
        param = {}
        for layer in range(1, last + 1):
            n_out, n_in = layer_sizes[layer], layer_sizes[layer - 1]
            param[f"w{layer}"] = random.normal(0, (2 / n_in) ** 0.5, (n_out, n_in))
            param[f"b{layer}"] = np.zeros((n_out, 1))
    costs = []
    for iteration in range(iterations):
        cache = {"a0": X}
        for layer in range(1, last + 1):
            activation = sigmoid if layer == last else lrelu
            cache[f"a{layer}"] = activation(param[f"w{layer}"] @ cache[f"a{layer - 1}"] + param[f"b{layer}"])
        yn = cache[f"a{last}"]
        if iteration % 10 == 0:
            costs.append(-np.where(y == 1, np.log(yn), np.log1p(-yn)).sum() / m)
        grad, error = {}, (yn - y) / m
        for layer in range(last, 0, -1):
            grad[f"dw{layer}"] = np.einsum("im,jm->ij", error, cache[f"a{layer - 1}"])
            grad[f"db{layer}"] = error.sum(axis=1, keepdims=True)
            error = (param[f"w{layer}"].T @ error) * lreluDer(cache[f"a{layer - 1}"])
        param = {name: value - alpha * grad["d" + name] for name, value in param.items()}
    return {"param": param, "cache": cache, "grad": grad, "costs": costs}
