"""Update rules that keep their state in a dict."""

import numpy as np


def settings_of(config, w, **defaults):
    return defaults | (config or {})


def sgd_momentum(w, dw, config=None):
    config = settings_of(config, w, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w))
    w, velocity = momentum_step(w, dw, config["velocity"], config["learning_rate"], config["momentum"])
    return w, config | {"velocity": velocity}


def rmsprop(w, dw, config=None):
    config = settings_of(config, w, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8, cache=np.zeros_like(w))
    w, cache = rmsprop_step(w, dw, config["cache"], config["learning_rate"], config["decay_rate"], config["epsilon"])
    return w, config | {"cache": cache}


def adam(w, dw, config=None):
    zeros = np.zeros_like(w)
    config = settings_of(config, w, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, m=zeros, v=zeros, t=0)
    t = config["t"] + 1
    betas = config["beta1"], config["beta2"], config["epsilon"]
    w, m, v = adam_step(w, dw, config["m"], config["v"], t, config["learning_rate"], *betas)
    return w, config | {"m": m, "v": v, "t": kept_step(t)}
