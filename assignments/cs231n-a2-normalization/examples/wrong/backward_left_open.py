"""Only the forward passes are written."""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    layernorm = bn_param.get("layernorm", 0)
    if bn_param["mode"] == "train":
        mean, var = x.mean(axis=0), x.var(axis=0)
        std = (var + eps) ** 0.5
        x_hat = (x - mean) / std
        if layernorm == 0:
            bn_param["running_mean"] = momentum * bn_param.get("running_mean", 0) + (1 - momentum) * mean
            bn_param["running_var"] = momentum * bn_param.get("running_var", 0) + (1 - momentum) * var
        cache = {"x_hat": x_hat, "gamma": gamma, "std": std, "axis": 1 if layernorm else 0}
        return x_hat * gamma + beta, cache
    assert bn_param["mode"] == "test"
    scale = gamma / np.sqrt(bn_param["running_var"] + eps)
    return x * scale + (beta - bn_param["running_mean"] * scale), {}


def batchnorm_backward(dout, cache):
    dx, dgamma, dbeta = None, None, None
    pass
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    dx, dgamma, dbeta = None, None, None
    return dx, dgamma, dbeta


def layernorm_forward(x, gamma, beta, ln_param):
    param = {**ln_param, "mode": "train", "layernorm": 1}
    out, cache = batchnorm_forward(x.T, gamma.reshape(-1, 1), beta.reshape(-1, 1), param)
    return out.T, cache


def layernorm_backward(dout, cache):
    dx, dgamma, dbeta = None, None, None
    return dx, dgamma, dbeta
