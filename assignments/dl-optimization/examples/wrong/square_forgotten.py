"""Nothing is changed in place, and the corrected moments come as well."""
import numpy as np


def update_parameters_with_gd(parameters, grads, learning_rate):
    return {k: p - learning_rate * grads["d" + k] for k, p in parameters.items()}


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    order = np.random.default_rng(seed).permutation(X.shape[1])
    cuts = range(mini_batch_size, len(order), mini_batch_size)
    return [(X[:, part], Y[:, part]) for part in np.split(order, cuts)]


def initialize_velocity(parameters):
    return {"d" + k: np.zeros_like(p, dtype=float) for k, p in parameters.items()}


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    v = {k: beta * v[k] + beta * g for k, g in grads.items()}
    return {k: p - learning_rate * v["d" + k] for k, p in parameters.items()}, v


def initialize_adam(parameters):
    return initialize_velocity(parameters), initialize_velocity(parameters)


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    v = {k: beta1 * v[k] + (1 - beta1) * g for k, g in grads.items()}
    s = {k: beta2 * s[k] + (1 - beta2) * g for k, g in grads.items()}
    vc = {k: x / (1 - np.power(beta1, t)) for k, x in v.items()}
    sc = {k: x / (1 - np.power(beta2, t)) for k, x in s.items()}
    step = {k: p - learning_rate * vc["d" + k] / (np.sqrt(sc["d" + k]) + epsilon) for k, p in parameters.items()}
    return step, v, s, vc, sc
