"""Layer normalisation is batch normalisation of the transpose; caches are dicts, backward passes share their work."""

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
    x_hat, std = cache["x_hat"], cache["std"]
    dgamma = np.sum(dout * x_hat, axis=cache["axis"])
    dbeta = np.sum(dout, axis=cache["axis"])
    dx_hat = dout * cache["gamma"]
    N = len(dout)
    dvar = np.sum(dx_hat * x_hat, axis=0) * -0.5 / std**2
    dmean = -np.sum(dx_hat / std, axis=0)
    dx = dx_hat / std + dvar * 2 * x_hat * std / N + dmean / N
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    x_hat = cache["x_hat"]
    g = cache["gamma"] * dout
    dx = (g - g.mean(0) - x_hat * (g * x_hat).mean(0)) / cache["std"]
    return dx, np.einsum("nd,nd->d", dout, x_hat), np.einsum("nd->d", dout)


def layernorm_forward(x, gamma, beta, ln_param):
    param = {**ln_param, "mode": "train", "layernorm": 1}
    out, cache = batchnorm_forward(x.T, gamma.reshape(-1, 1), beta.reshape(-1, 1), param)
    return out.T, cache


def layernorm_backward(dout, cache):
    dx, dgamma, dbeta = batchnorm_backward(dout.T, cache)
    return dx.T, dgamma, dbeta
