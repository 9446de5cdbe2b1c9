"""The training: it is the function that a script may stand in for."""

import itertools

import numpy as np


def samples(X):
    return X.shape[1]


def is_recorded(iteration):
    return iteration % 10 == 0


def initial_param(layer_sizes, rng):
    param = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(layer_sizes), 1):
        param[f"w{layer}"] = initial_weights(n_in, n_out, rng)
        param[f"b{layer}"] = initial_biases(n_out, rng)
    return param


def forward(param, X, layers):
    cache = {"a0": X}
    for layer in range(1, layers + 1):
        z = affine(cache[f"a{layer - 1}"], param[f"w{layer}"], param[f"b{layer}"])
        cache[f"a{layer}"] = output_activation(z) if layer == layers else hidden_activation(z)
    return cache


def backward(param, cache, y, layers, m):
    grad, delta = {}, output_delta(cache[f"a{layers}"], y)
    for layer in range(layers, 0, -1):
        grad[f"dw{layer}"] = weight_gradient(cache[f"a{layer - 1}"], delta, m)
        grad[f"db{layer}"] = bias_gradient(delta, m)
        if layer > 1:
            delta = leaky_relu_backward(propagate(delta, param[f"w{layer}"]), cache[f"a{layer - 1}"])
    return grad


def training(X, y, layer_sizes, alpha, iterations, param=None):
    layers, m = len(layer_sizes) - 1, samples(X)
    param = initial_param(layer_sizes, np.random.default_rng(0)) if param is None else dict(param)
    cache, grad, costs = {}, {}, []
    for iteration in range(iterations):
        cache = forward(param, X, layers)
        yn = cache[f"a{layers}"]
        if is_recorded(iteration):
            costs.append(float(average(sample_costs(yn, y), m)))
        grad = backward(param, cache, y, layers, m)
        param = {name: moved(name, value, grad[f"d{name}"], alpha) for name, value in param.items()}
    return {"param": param, "cache": cache, "grad": grad, "costs": costs}
