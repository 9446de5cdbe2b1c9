"""Loops over channels and groups."""

import numpy as np


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    C = x.shape[1]
    running_mean = np.array(bn_param.get("running_mean", np.zeros(C)))
    running_var = np.array(bn_param.get("running_var", np.zeros(C)))
    out = np.empty_like(x)
    cache = []
    for c in range(C):
        channel = x[:, c]
        if bn_param["mode"] == "train":
            mean, var = channel.mean(), channel.var()
            running_mean[c] = momentum * running_mean[c] + (1 - momentum) * mean
            running_var[c] = momentum * running_var[c] + (1 - momentum) * var
        else:
            mean, var = running_mean[c], running_var[c]
        hat = (channel - mean) / np.sqrt(var + eps)
        out[:, c] = gamma[c] * hat + beta[c]
        cache.append((hat, gamma[c], np.sqrt(var + eps)))
    bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
    return out, cache


def spatial_batchnorm_backward(dout, cache):
    dx = np.zeros_like(dout)
    dgamma, dbeta = np.zeros(len(cache)), np.zeros(len(cache))
    for c, (hat, gamma, std) in enumerate(cache):
        d = dout[:, c]
        dgamma[c], dbeta[c] = np.sum(d * hat), d.sum()
        dx[:, c] = gamma / std * (d - d.mean() - hat * np.mean(d * hat))
    return dx, dgamma, dbeta


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get("eps", 1e-5)
    N, C, H, W = x.shape
    size = C // G
    hat = np.zeros(x.shape)
    deviations = np.zeros((N, G))
    for n in range(N):
        for g in range(G):
            part = slice(g * size, (g + 1) * size)
            group = x[n, part]
            deviations[n, g] = np.sqrt(np.var(group) + eps)
            hat[n, part] = (group - np.mean(group)) / deviations[n, g]
    return gamma * hat + beta, (hat, deviations, gamma)


def spatial_groupnorm_backward(dout, cache):
    hat, deviations, gamma = cache
    N, G = deviations.shape
    size = dout.shape[1] // G
    upstream = dout * gamma
    dx = np.zeros(dout.shape)
    for n in range(N):
        for g in range(G):
            part = slice(g * size, (g + 1) * size)
            u, h = upstream[n, part], hat[n, part]
            dx[n, part] = (u - u.mean() - h * (u * h).mean()) / deviations[n, g]
    dgamma = (dout * hat).sum((0, 2, 3)).reshape(1, -1, 1, 1)
    dbeta = dout.sum((0, 2, 3)).reshape(1, -1, 1, 1)
    return dx, dgamma, dbeta
