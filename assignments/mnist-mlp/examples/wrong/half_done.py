"""Handed in at 23:58, backpropagation is missing."""

import numpy as np


def relu(z):
    return z * (z > 0)


def softmax(logits):
    largest = logits.max(axis=-1, keepdims=True)
    exponentials = np.exp(logits - largest)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def cross_entropy(probs, Y):
    true_class = np.argmax(Y, axis=1)
    number_of_samples = len(Y)
    p = probs[np.arange(number_of_samples), true_class]
    return np.mean(-np.log(np.maximum(p, 1e-12)))


def number_of_layers(params):
    return len([name for name in params if name.startswith("W")])


def l2_penalty(params, lam):
    penalty = 0.0
    for layer in range(1, number_of_layers(params) + 1):
        penalty += (params[f"W{layer}"] ** 2).sum()
    return penalty * lam / 2


def forward(params, X):
    layers = []
    signal = X
    for layer in range(1, number_of_layers(params) + 1):
        z = signal @ params[f"W{layer}"] + params[f"b{layer}"]
        layers.append({"input": signal, "z": z})
        if layer < number_of_layers(params):
            signal = relu(z)
        else:
            signal = softmax(z)
    return signal, {"layers": layers, "probs": signal}


def backward(params, cache, Y, lam):
    pass


def predict(params, X):
    return forward(params, X)[0].argmax(axis=1)


def train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    """TODO"""
    raise NotImplementedError()
