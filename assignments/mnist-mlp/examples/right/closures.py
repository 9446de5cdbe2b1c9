"""Each layer hands back a function that knows how to go backwards; the cache is a list of such functions."""

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


def dense(W, b, x, lam):
    def back(dz):
        return x.T @ dz + lam * W, dz.sum(axis=0), dz @ W.T
    return x @ W + b, back


def forward(params, X):
    tape = []
    a = X
    L = number_of_layers(params)
    for l in range(1, L + 1):
        W, b = params[f"W{l}"], params[f"b{l}"]
        tape.append(lambda dz, lam, W=W, b=b, a=a: dense(W, b, a, lam)[1](dz))
        z = dense(W, b, a, 0)[0]
        a = softmax(z) if l == L else relu(z)
        if l < L:
            tape.append(lambda da, lam, z=z: da * (z > 0))
    probs = a
    return probs, lambda Y: ((probs - Y) / len(Y), tape)


def backward(params, cache, Y, lam):
    upstream, tape = cache(Y)
    grads = {}
    l = number_of_layers(params)
    for back in reversed(tape):
        result = back(upstream, lam)
        if isinstance(result, tuple):
            grads[f"W{l}"], grads[f"b{l}"], upstream = result
            l -= 1
        else:
            upstream = result
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
