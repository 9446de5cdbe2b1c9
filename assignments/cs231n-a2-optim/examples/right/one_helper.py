"""One running mean for all rules, defaults merged from dicts, next_w by an element-wise loop."""

import numpy as np


def running(old, new, keep):
    return keep * old + (1.0 - keep) * new


def _with(config, **defaults):
    return {**defaults, **(config if config is not None else {})}


def sgd_momentum(w, dw, config=None):
    c = _with(config, learning_rate=1e-2, momentum=0.9)
    c["velocity"] = c["momentum"] * c.get("velocity", np.zeros_like(w)) - c["learning_rate"] * dw
    return np.add(w, c["velocity"]), c


def rmsprop(w, dw, config=None):
    c = _with(config, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8, cache=np.zeros_like(w))
    c["cache"] = running(c["cache"], np.power(dw, 2), c["decay_rate"])
    next_w = np.empty_like(w)
    for index, value in np.ndenumerate(w):
        next_w[index] = value - c["learning_rate"] * dw[index] / (c["cache"][index] ** 0.5 + c["epsilon"])
    return next_w, c


def adam(w, dw, config=None):
    c = _with(config, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, m=np.zeros_like(w), v=np.zeros_like(w), t=0)
    c["t"] = c["t"] + 1
    c["m"], c["v"] = running(c["m"], dw, c["beta1"]), running(c["v"], dw**2, c["beta2"])
    rate = c["learning_rate"] / (1 - c["beta1"] ** c["t"])
    return w - rate * c["m"] / (np.sqrt(c["v"] / (1 - c["beta2"] ** c["t"])) + c["epsilon"]), c
