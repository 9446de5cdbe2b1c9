"""Nothing is reshaped for batch normalisation; five axes for groups; gradients of gamma without the axes of length 1."""

import numpy as np

PIXELS = (0, 2, 3)


def _of_channels(v):
    return np.asarray(v)[None, :, None, None]


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    C = x.shape[1]
    mean = bn_param.get("running_mean", np.zeros(C))
    var = bn_param.get("running_var", np.zeros(C))
    if bn_param["mode"] == "train":
        m, v = x.mean(axis=PIXELS), x.var(axis=PIXELS)
        bn_param["running_mean"] = momentum * mean + (1 - momentum) * m
        bn_param["running_var"] = momentum * var + (1 - momentum) * v
        mean, var = m, v
    inv = 1 / np.sqrt(_of_channels(var) + eps)
    xhat = (x - _of_channels(mean)) * inv
    return _of_channels(gamma) * xhat + _of_channels(beta), (xhat, inv, gamma)


def spatial_batchnorm_backward(dout, cache):
    xhat, inv, gamma = cache
    g = dout * _of_channels(gamma)
    mean_g = g.mean(axis=PIXELS, keepdims=True)
    mean_gx = (g * xhat).mean(axis=PIXELS, keepdims=True)
    return inv * (g - mean_g - xhat * mean_gx), (dout * xhat).sum(axis=PIXELS), dout.sum(axis=PIXELS)


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    N, C, H, W = x.shape
    x5 = x.reshape(N, G, C // G, H, W)
    mu = x5.mean(axis=(2, 3, 4), keepdims=True)
    inv = (x5.var(axis=(2, 3, 4), keepdims=True) + gn_param.get("eps", 1e-5)) ** -0.5
    xhat = ((x5 - mu) * inv).reshape(x.shape)
    return xhat * gamma.reshape(1, C, 1, 1) + beta.reshape(1, C, 1, 1), {"xhat": xhat, "inv": inv, "gamma": gamma}


def spatial_groupnorm_backward(dout, cache):
    xhat, inv, gamma = cache["xhat"], cache["inv"], cache["gamma"]
    N, G = inv.shape[:2]
    N, C, H, W = dout.shape
    shape = (N, G, C // G, H, W)
    dxhat = (dout * gamma.reshape(1, C, 1, 1)).reshape(shape)
    xhat5 = xhat.reshape(shape)
    count = (C // G) * H * W
    dvar = (dxhat * xhat5 / inv).sum(axis=(2, 3, 4), keepdims=True) * -0.5 * inv**3
    dmu = -(dxhat * inv).sum(axis=(2, 3, 4), keepdims=True)
    dx = dxhat * inv + dvar * 2 * (xhat5 / inv) / count + dmu / count
    return dx.reshape(dout.shape), np.einsum("nchw,nchw->c", dout, xhat), np.einsum("nchw->c", dout)
