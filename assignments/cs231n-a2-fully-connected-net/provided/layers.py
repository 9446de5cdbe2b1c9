"""Layers for networks that came without their own: affine, ReLU, normalisations, dropout, two losses."""

import numpy as np


def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b, (x, w, b)


def affine_backward(dout, cache):
    x, w, _ = cache
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(axis=0)


def relu_forward(x):
    return np.maximum(x, 0), x


def relu_backward(dout, cache):
    return dout * (cache > 0)


def softmax_loss(x, y):
    log_p = x - x.max(axis=1, keepdims=True)
    log_p = log_p - np.log(np.exp(log_p).sum(axis=1, keepdims=True))
    rows = np.arange(len(x))
    dx = np.exp(log_p)
    dx[rows, y] -= 1
    return -log_p[rows, y].mean(), dx / len(x)


def svm_loss(x, y):
    rows = np.arange(len(x))
    margins = np.maximum(x - x[rows, y][:, np.newaxis] + 1, 0)
    margins[rows, y] = 0
    dx = (margins > 0).astype(x.dtype)
    dx[rows, y] = -dx.sum(axis=1)
    return margins.sum() / len(x), dx / len(x)


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    mean, var = [bn_param.get(key, np.zeros(x.shape[1])) for key in ("running_mean", "running_var")]
    if bn_param["mode"] == "train":
        averages = mean, var
        mean, var = x.mean(axis=0), x.var(axis=0)
        bn_param["running_mean"] = momentum * averages[0] + (1 - momentum) * mean
        bn_param["running_var"] = momentum * averages[1] + (1 - momentum) * var
    deviation = np.sqrt(var + eps)
    hat = (x - mean) / deviation
    return gamma * hat + beta, (hat, gamma, deviation, 0)


def _normalised_backward(dout, cache):
    hat, gamma, deviation, axis = cache
    g = dout * gamma
    along = g.mean(axis=axis, keepdims=True) + hat * (g * hat).mean(axis=axis, keepdims=True)
    return (g - along) / deviation, (dout * hat).sum(axis=0), dout.sum(axis=0)


batchnorm_backward = batchnorm_backward_alt = layernorm_backward = _normalised_backward


def layernorm_forward(x, gamma, beta, ln_param):
    deviation = np.sqrt(x.var(axis=1, keepdims=True) + ln_param.get("eps", 1e-5))
    hat = (x - x.mean(axis=1, keepdims=True)) / deviation
    return gamma * hat + beta, (hat, gamma, deviation, 1)


def dropout_forward(x, dropout_param):
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    if dropout_param["mode"] == "test":
        return x, (dropout_param, None)
    mask = (np.random.rand(*x.shape) < dropout_param["p"]) / dropout_param["p"]
    return x * mask, (dropout_param, mask)


def dropout_backward(dout, cache):
    return dout if cache[1] is None else dout * cache[1]
