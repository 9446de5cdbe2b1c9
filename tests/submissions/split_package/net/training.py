import numpy as np

from . import losses
from .losses import cross_entropy, l2_penalty
from .passes import backward, forward


def predict(params, X):
    return forward(params, X)[0].argmax(axis=1)

def train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    rng = np.random.default_rng(seed)
    params = {}
    for l in range(1, len(layer_sizes)):
        params[f"W{l}"] = rng.normal(0, np.sqrt(2 / layer_sizes[l - 1]), (layer_sizes[l - 1], layer_sizes[l]))
        params[f"b{l}"] = np.zeros(layer_sizes[l])
    history = []
    for epoch in range(epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            batch = order[i:i + batch_size]
            probs, cache = forward(params, X[batch])
            grads = backward(params, cache, Y[batch], lam)
            for k in params:
                params[k] -= lr * grads[k]
        probs, _ = forward(params, X)
        history.append({"cost": cross_entropy(probs, Y) + l2_penalty(params, lam),
                        "accuracy": (probs.argmax(1) == Y.argmax(1)).mean()})
    return params, history
