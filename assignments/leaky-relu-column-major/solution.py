"""The solution, in small named steps: a known mistake replaces one of them.

It is the function that a script may stand in for, and it needs numpy alone.
"""

import itertools

import numpy as np

SLOPE = 0.01


def lrelu(z):
    return np.where(z > 0, z, SLOPE * z)


def lreluDer(a):
    return np.where(a > 0, 1.0, SLOPE)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def weighted_input(w, a, b):
    return w @ a + b


def hidden_activation(z):
    return lrelu(z)


def output_activation(z):
    return sigmoid(z)


def cross_entropy(yn, y):
    """Of each sample, summed over the outputs, (m,)."""
    return -np.sum(y * np.log(yn) + (1 - y) * np.log(1 - yn), axis=0)


def number_of_samples(X):
    return X.shape[1]


def average(costs, m):
    return np.sum(costs) / m


def output_delta(yn, y):
    """Gradient of a sample's cost in the output pre-activations, (k, m): σ' cancels."""
    return yn - y


def propagate(delta, w):
    """Gradient in the activations of the layer before."""
    return w.T @ delta


def hidden_delta(upstream, a):
    return upstream * lreluDer(a)


def weight_gradient(delta, a, m):
    """Averaged over the samples; `a` are the activations that the weights were multiplied with."""
    return delta @ a.T / m


def bias_gradient(delta, m):
    """Averaged over the samples, (n_out, 1)."""
    return np.sum(delta, axis=1, keepdims=True) / m


def update(value, gradient, alpha):
    return value - alpha * gradient


def is_recorded(iteration):
    return iteration % 10 == 0


def initial_weights(n_out, n_in, rng):
    """Variance 2/n_in, for rectified units (He et al. 2015)."""
    return rng.normal(size=(n_out, n_in)) * np.sqrt(2 / n_in)


def initial_biases(n_out):
    return np.zeros((n_out, 1))


def initial_param(layer_sizes, rng):
    param = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(layer_sizes), 1):
        param[f"w{layer}"] = initial_weights(n_out, n_in, rng)
        param[f"b{layer}"] = initial_biases(n_out)
    return param


def forward(param, X, layers):
    cache = {"a0": X}
    for layer in range(1, layers + 1):
        z = weighted_input(param[f"w{layer}"], cache[f"a{layer - 1}"], param[f"b{layer}"])
        cache[f"a{layer}"] = output_activation(z) if layer == layers else hidden_activation(z)
    return cache


def backward(param, cache, y, layers, m):
    grad, delta = {}, output_delta(cache[f"a{layers}"], y)
    for layer in range(layers, 0, -1):
        grad[f"dw{layer}"] = weight_gradient(delta, cache[f"a{layer - 1}"], m)
        grad[f"db{layer}"] = bias_gradient(delta, m)
        if layer > 1:
            delta = hidden_delta(propagate(delta, param[f"w{layer}"]), cache[f"a{layer - 1}"])
    return grad


def training(X, y, layer_sizes, alpha, iterations, param=None):
    layers, m = len(layer_sizes) - 1, number_of_samples(X)
    param = initial_param(layer_sizes, np.random.default_rng(0)) if param is None else dict(param)
    cache, grad, costs = {}, {}, []
    for iteration in range(iterations):
        cache = forward(param, X, layers)
        yn = cache[f"a{layers}"]
        if is_recorded(iteration):
            costs.append(float(average(cross_entropy(yn, y), m)))
        grad = backward(param, cache, y, layers, m)
        param = {name: update(value, grad[f"d{name}"], alpha) for name, value in param.items()}
    return {"param": param, "cache": cache, "grad": grad, "costs": costs}
