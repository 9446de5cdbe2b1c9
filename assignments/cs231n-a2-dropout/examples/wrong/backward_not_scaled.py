"""The way back lacks the factor."""

import numpy as np


def dropout_forward(x, dropout_param):
    keep = dropout_param["p"]
    if dropout_param.get("seed") is not None:
        np.random.seed(dropout_param["seed"])
    if dropout_param["mode"] == "test":
        return x.copy(), {"training": False}
    switched_off = np.random.binomial(1, 1 - keep, size=x.shape).astype(bool)
    out = x / keep
    out[switched_off] = 0
    return out, {"training": True, "off": switched_off, "keep": keep}


def dropout_backward(dout, cache):
    dx = dout.copy()
    if cache["training"]:
        dx[cache["off"]] = 0.0
    return dx
