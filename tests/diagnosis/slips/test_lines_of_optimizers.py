"""Slips in optimizers, first weights and batches, each named in its line."""

import pytest

from tests.tables import sampled, table

OPTIMISERS = """
import numpy as np

def initialize_velocity(parameters):
    v = {}
    for l in range(1, len(parameters) // 2 + 1):
        v["dW" + str(l)] = np.zeros_like(parameters["W" + str(l)])
        v["db" + str(l)] = np.zeros_like(parameters["b" + str(l)])
    return v

def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for key in parameters:
        v["d" + key] = beta * v["d" + key] + (1 - beta) * grads["d" + key]
        parameters[key] = parameters[key] - learning_rate * v["d" + key]
    return parameters, v
"""
LAYER_BY_LAYER = """
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for l in range(1, len(parameters) // 2 + 1):
        w, b = f"W{l}", f"b{l}"
        v["d" + w] = beta * v["d" + w] + (1 - beta) * grads["d" + w]
        v["d" + b] = beta * v["d" + b] + (1 - beta) * grads["d" + b]
        parameters[w] = parameters[w] - learning_rate * v["d" + w]
        parameters[b] = parameters[b] - learning_rate * v["d" + b]
    return parameters, v
"""
BATCHES = """
import numpy as np

def random_mini_batches(X, Y, size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    order = np.random.permutation(m)
    X, Y = X[:, order], Y[:, order].reshape(1, m)
    whole = m // size
    batches = [(X[:, k * size:(k + 1) * size], Y[:, k * size:(k + 1) * size]) for k in range(whole)]
    if m % size:
        rest = m - size * whole
        batches.append((X[:, m - rest:], Y[:, m - rest:]))
    return batches
"""
WIDE = """
import numpy as np

def initialize_parameters_random(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
"""
ABSENT = """
import numpy as np

def sgd_momentum(w, dw, config=None):
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    v = config["momentum"] * config.get("velocity", np.zeros_like(w)) - config["learning_rate"] * dw
    config["velocity"] = v
    return w + v, config
"""
LEFT_OUT = """
import numpy as np

class RMSPropLearningRule:
    def __init__(self, learning_rate=1e-3, decay=0.9, eps=1e-8):
        self.rate, self.decay, self.eps = learning_rate, decay, eps

    def initialise(self, params):
        self.params, self.means = params, [np.zeros_like(w) for w in params]

    def update_params(self, grads_wrt_params):
        for i, (w, g) in enumerate(zip(self.params, grads_wrt_params)):
            self.means[i] = self.decay * self.means[i] + (1 - self.decay) * g**2
            w -= self.rate * g / np.sqrt(self.means[i] + self.eps)
"""
SETTINGS = """
import numpy as np

def sgd_momentum(w, dw, config=None):
    config = config or {}
    momentum = config.setdefault("momentum", 0.9)
    v = momentum * config.get("velocity", np.zeros_like(w)) - config.setdefault("learning_rate", 1e-2) * dw
    config["velocity"] = v
    return w + v, config
"""
SLIPS = [
    ("cs231n-a2-optim", SETTINGS, "sgd_momentum", 'setdefault("momentum', 'setdefault("momentun', "No entry"),
    ("cs231n-a2-optim", SETTINGS, "sgd_momentum", 'lt("momentum', 'lt("mu', 'No entry `"mu"` is given'),
    ("dl-optimization", OPTIMISERS, "initialize_velocity", 'parameters["b" +', 'parameters["W" +', "is not the entry"),
    (
        *("dl-optimization", LAYER_BY_LAYER, "update_parameters_with_momentum"),
        *('v["d" + b] = beta', 'v["d" + w] = beta', "What is made of `v['d' + b]` is put into `v['d' + w]`"),
    ),
    (
        *("dl-optimization", OPTIMISERS, "update_parameters_with_momentum"),
        *("learning_rate * v[", "learning_rate * grads[", "`v['d' + key]` is meant, not `grads"),
    ),
    pytest.param(
        (
            *("dl-optimization", BATCHES, "random_mini_batches"),
            *("m - size * whole", "m - whole", "`whole` is to be multiplied: `whole * size`"),
        ),
        marks=[table, pytest.mark.xfail(reason="whole checks have spent their allowance before factors", strict=True)],
    ),
    (
        *("dl-initialization", WIDE, "initialize_parameters_random"),
        *("layers_dims[l - 1]) * 10", "layers_dims[l - 1] * 10)", "The brackets in `np.random.randn("),
    ),
    (
        "cs231n-a2-optim",
        ABSENT,
        "sgd_momentum",
        'm", 0.9',
        'm", 0.7',
        "Where `momentum` is not given you take 0.7, and",
    ),
    (
        "mlp-learning-rules",
        LEFT_OUT,
        "RMSPropLearningRule.update_params",
        "=0.9",
        "=0.99",
        "The default of `decay` is 0.99",
    ),
    (
        *("mlp-learning-rules", LEFT_OUT, "RMSPropLearningRule.update_params"),
        *("learning_rate=1e-3", "learning_rat=1e-3", "`RMSPropLearningRule` takes other parameters than the task"),
    ),
    (
        *("dl-optimization", BATCHES, "random_mini_batches"),
        *("(X[:, k * size:(k + 1) * size], Y[:, k * size:", "(X[:, k:(k + 1) * size], Y[:, k:"),
        "The slices begin at the count of the batches",
    ),
    (
        *("dl-optimization", OPTIMISERS, "initialize_velocity"),
        *("len(parameters) // 2 + 1", "len(parameters) + 1", "`len(parameters)` counts the entries"),
    ),
    (
        *("dl-optimization", OPTIMISERS, "initialize_velocity"),
        *('parameters["b" + str(l)])', 'parameters["b"] + str(l))', "closes before the key is whole"),
    ),
]


# One of each assignment; `make tables`: all.
@pytest.mark.parametrize("slip", sampled(SLIPS, lambda slip: slip[0]), ids=lambda slip: f"{slip[0]} {slip[2]}")
def test_a_slip_is_named_in_its_line(named_in_its_line, slip):
    named_in_its_line(*slip)
