"""How the steps go through a dict of parameters, and how mini-batches are cut."""

import numpy as np


def keys(parameters):
    return [f"{kind}{layer}" for layer in range(1, len(parameters) // 2 + 1) for kind in ("W", "b")]


def gd_keys(parameters):
    return keys(parameters)


def momentum_keys(parameters):
    return keys(parameters)


def adam_keys(parameters):
    return keys(parameters)


def update_parameters_with_gd(parameters, grads, learning_rate):
    changed = {key: update(parameters[key], grads[f"d{key}"], learning_rate) for key in gd_keys(parameters)}
    return {**parameters, **changed}


def order_of_samples(m, seed):
    np.random.seed(seed)
    return np.random.permutation(m)


def order_of_labels(order):
    return order


def starts(m, size):
    """Where each mini-batch begins."""
    return range(0, m, size)


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    order = order_of_samples(X.shape[1], seed)
    X, Y = X[:, order], Y[:, order_of_labels(order)]
    return [
        (X[:, start : start + mini_batch_size], Y[:, start : start + mini_batch_size])
        for start in starts(X.shape[1], mini_batch_size)
    ]


def initialize_velocity(parameters):
    return {f"d{key}": np.zeros(parameters[key].shape) for key in keys(parameters)}


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    parameters, v = dict(parameters), dict(v)
    for key in momentum_keys(parameters):
        d = f"d{key}"
        parameters[key], v[d] = momentum_step(parameters[key], grads[d], v[d], learning_rate, beta)
    return parameters, v


def initialize_adam(parameters):
    return tuple({f"d{key}": np.zeros(parameters[key].shape) for key in keys(parameters)} for _ in "vs")


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    parameters, v, s = dict(parameters), dict(v), dict(s)
    for key in adam_keys(parameters):
        d = f"d{key}"
        parameters[key], v[d], s[d] = adam_step(
            parameters[key], grads[d], v[d], s[d], t, learning_rate, beta1, beta2, epsilon
        )
    return parameters, v, s
