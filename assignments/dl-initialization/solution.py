"""How the parameters of every layer are made."""

import numpy as np


def zero_weights(n_in, n_out):
    return np.zeros((n_out, n_in))


def layers_at_random(layers_dims):
    return range(1, len(layers_dims))


def layers_for_relu(layers_dims):
    return range(1, len(layers_dims))


def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for layer in range(1, len(layers_dims)):
        parameters[f"W{layer}"] = zero_weights(layers_dims[layer - 1], layers_dims[layer])
        parameters[f"b{layer}"] = np.zeros((layers_dims[layer], 1))
    return parameters


def initialize_parameters_random(layers_dims):
    rng, parameters = np.random.default_rng(), {}
    for layer in layers_at_random(layers_dims):
        parameters[f"W{layer}"] = random_initial_weights(layers_dims[layer - 1], layers_dims[layer], rng)
        parameters[f"b{layer}"] = random_initial_biases(layers_dims[layer], rng)
    return parameters


def initialize_parameters_he(layers_dims):
    rng, parameters = np.random.default_rng(), {}
    for layer in layers_for_relu(layers_dims):
        parameters[f"W{layer}"] = initial_weights(layers_dims[layer - 1], layers_dims[layer], rng)
        parameters[f"b{layer}"] = initial_biases(layers_dims[layer], rng)
    return parameters
