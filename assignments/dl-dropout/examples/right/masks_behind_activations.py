"""Another order in the cache, masks of booleans, and no seed."""
import numpy as np


def layer(W, A, b):
    return W @ A + b


def forward_propagation_with_dropout(X, parameters, keep_prob):
    rng = np.random.default_rng()
    A, cache = X, []
    for l in (1, 2):
        W, b = parameters["W%d" % l], parameters["b%d" % l]
        Z = layer(W, A, b)
        D = rng.random(Z.shape) < keep_prob
        A = np.where(D, np.maximum(0, Z), 0) / keep_prob
        cache += [Z, A, D, W, b]
    Z = layer(parameters["W3"], A, parameters["b3"])
    out = 1 / (1 + np.exp(-Z))
    return out, tuple(cache) + (Z, out, parameters["W3"], parameters["b3"])


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    (Z1, A1, D1, W1, b1, Z2, A2, D2, W2, b2, Z3, A3, W3, b3) = cache
    delta, grads = (A3 - Y) / Y.shape[1], {}
    for l, (A, W, Z, D) in enumerate([(A2, W3, Z2, D2), (A1, W2, Z1, D1), (X, None, None, None)]):
        grads["dW%d" % (3 - l)], grads["db%d" % (3 - l)] = delta @ A.T, delta.sum(axis=1, keepdims=True)
        if W is not None:
            delta = (W.T @ delta) * D / keep_prob * (Z > 0)
    return grads
