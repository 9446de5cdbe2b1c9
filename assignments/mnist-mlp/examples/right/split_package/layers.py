import numpy as np

from . import losses


def relu(z):
    return np.maximum(z, 0)


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def depth(params):
    return len(params) // 2


def forward(params, X):
    signals = [X]
    for l in range(1, depth(params)):
        signals.append(relu(signals[-1] @ params[f"W{l}"] + params[f"b{l}"]))
    L = depth(params)
    probs = softmax(signals[-1] @ params[f"W{L}"] + params[f"b{L}"])
    return probs, (signals, probs)


def backward(params, cache, Y, lam):
    signals, probs = cache
    grads = {}
    delta = losses.cross_entropy_gradient(probs, Y)
    for l in range(depth(params), 0, -1):
        W, a = params[f"W{l}"], signals[l - 1]
        grads[f"W{l}"] = a.T @ delta + losses.l2_gradient(W, lam)
        grads[f"b{l}"] = delta.sum(axis=0)
        delta = delta @ W.T * (a > 0)
    return grads


def predict(params, X):
    return forward(params, X)[0].argmax(axis=1)
