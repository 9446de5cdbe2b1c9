"""Arrays are changed where they are, settings unpacked into names, parameters called x and dx as in 2016."""

import numpy as np


def sgd_momentum(x, dx, config=None):
    config = {} if config is None else config
    lr, mu = config.get("learning_rate", 0.01), config.get("momentum", 0.9)
    velocity = config.get("velocity")
    if velocity is None:
        velocity = np.zeros(x.shape)
    velocity *= mu
    velocity -= lr * dx
    x += velocity
    config["velocity"] = velocity
    return x, config


def rmsprop(x, dx, config=None):
    config = {} if config is None else config
    lr, rho, eps = config.get("learning_rate", 0.01), config.get("decay_rate", 0.99), config.get("epsilon", 1e-8)
    cache = config.get("cache", np.zeros_like(x))
    cache += (1 - rho) * (dx * dx - cache)
    x -= lr * dx / (cache**0.5 + eps)
    config["cache"] = cache
    return x, config


def adam(x, dx, config=None):
    config = dict(config or {})
    lr, eps = config.get("learning_rate", 1e-3), config.get("epsilon", 1e-8)
    b1, b2 = config.get("beta1", 0.9), config.get("beta2", 0.999)
    m, v, t = config.get("m", 0 * x), config.get("v", 0 * x), config.get("t", 0) + 1
    m += (1 - b1) * (dx - m)
    v = v - (1 - b2) * (v - np.square(dx))
    x = x - lr * (m / (1 - np.power(b1, t))) / (eps + np.sqrt(v / (1 - np.power(b2, t))))
    config.update(m=m, v=v, t=t)
    return x, config
