"""One-hot labels, einsum, masks in the cache."""

import numpy as np


def affine_forward(x, w, b):
    flat = np.reshape(x, (x.shape[0], np.prod(x.shape[1:])))
    return np.einsum("nd,dm->nm", flat, w) + b, (x.shape, flat, w)


def affine_backward(dout, cache):
    shape, flat, w = cache
    return np.einsum("nm,dm->nd", dout, w).reshape(shape), flat.T @ dout, np.ones(len(dout)) @ dout


def relu_forward(x):
    mask = (x > 0).astype(x.dtype)
    return x * mask, mask


def relu_backward(dout, cache):
    return np.multiply(dout, cache)


def svm_loss(x, y):
    t = np.eye(x.shape[1])[y]
    violated = np.clip(x - (x * t).sum(axis=1, keepdims=True) + 1, 0, None) * (1 - t)
    on = np.sign(violated)
    return violated.sum(axis=1).mean(), (on - t * on.sum(axis=1, keepdims=True)) / len(x)


def softmax_loss(x, y):
    t = np.eye(x.shape[1])[y]
    m = x.max(axis=1, keepdims=True)
    log_p = x - m - np.log(np.sum(np.exp(x - m), axis=1, keepdims=True))
    return -np.sum(t * log_p) / len(x), (np.exp(log_p) - t) / len(x)
