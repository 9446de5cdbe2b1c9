"""Normalisation of rows, for submissions that came without their own."""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    mean, var = [bn_param.get(key, np.zeros(x.shape[1])) for key in ("running_mean", "running_var")]
    averages = mean, var
    if bn_param["mode"] == "train":
        mean, var = x.mean(axis=0), x.var(axis=0)
        averages = tuple(momentum * old + (1 - momentum) * new for old, new in zip(averages, (mean, var), strict=True))
    bn_param["running_mean"], bn_param["running_var"] = averages
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
