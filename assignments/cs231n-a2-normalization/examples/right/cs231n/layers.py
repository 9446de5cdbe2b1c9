from builtins import range

import numpy as np


def affine_forward(x, w, b):
    """Belongs to another part of the assignment; not written here."""
    out = None
    pass
    cache = (x, w, b)
    return out, cache


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    N, D = x.shape
    running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(D, dtype=x.dtype))
    if mode == "train":
        mean = np.zeros(D)
        for i in range(N):
            mean += x[i] / N
        centred = x - mean
        var = np.zeros(D)
        for i in range(N):
            var += centred[i] * centred[i] / N
        running_mean *= momentum
        running_mean += (1 - momentum) * mean
        running_var *= momentum
        running_var += (1 - momentum) * var
        normed = centred / np.sqrt(var + eps)
        out = normed.copy()
        out *= gamma
        out += beta
        cache = (x, mean, var, gamma, eps)
    elif mode == "test":
        out = (x - running_mean) / np.sqrt(running_var + eps) * gamma + beta
        cache = None
    else:
        raise ValueError("Invalid forward batchnorm mode")
    bn_param["running_mean"] = running_mean
    bn_param["running_var"] = running_var
    return out, cache


def batchnorm_backward(dout, cache):
    x, mean, var, gamma, eps = cache
    N, D = x.shape
    inv = 1.0 / np.sqrt(var + eps)
    x_hat = (x - mean) * inv
    dbeta = np.zeros(D)
    dgamma = np.zeros(D)
    for i in range(N):
        dbeta += dout[i]
        dgamma += dout[i] * x_hat[i]
    dx = np.zeros_like(x)
    for j in range(D):
        jacobian = inv[j] * (np.eye(N) - 1 / N - np.outer(x_hat[:, j], x_hat[:, j]) / N)
        dx[:, j] = jacobian.dot(dout[:, j] * gamma[j])
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    x, mean, var, gamma, eps = cache
    N = x.shape[0]
    z = (x - mean) * (var + eps) ** -0.5
    dgamma, dbeta = (dout * z).sum(0), dout.sum(0)
    dx = gamma * (var + eps) ** -0.5 * (dout - (dbeta + z * dgamma) / N)
    return dx, dgamma, dbeta


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    xt = x.T
    mean = xt.mean(axis=0)
    var = ((xt - mean) ** 2).mean(axis=0)
    hat = ((xt - mean) / np.sqrt(var + eps)).T
    cache = hat, gamma, var + eps
    return gamma * hat + beta, cache


def layernorm_backward(dout, cache):
    hat, gamma, var = cache
    dgamma, dbeta = (dout * hat).sum(0), dout.sum(0)
    dhat = (dout * gamma).T
    back = dhat - dhat.mean(0) - hat.T * (dhat * hat.T).mean(0)
    return (back / np.sqrt(var)).T, dgamma, dbeta
