"""How layers are put together, forwards and backwards; what a layer does is in the operations.

Products are `np.dot`, as in most files for this assignment: errors about shapes then say the same.
"""

import itertools

import numpy as np


def started(sizes):
    rng = np.random.default_rng(np.random.randint(1 << 30))
    parameters = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), 1):
        parameters[f"W{layer}"] = initial_weights(n_in, n_out, rng)
        parameters[f"b{layer}"] = initial_biases(n_out, rng)
    return parameters


def initialize_parameters(n_x, n_h, n_y):
    return started([n_x, n_h, n_y])


def initialize_parameters_deep(layer_dims):
    return started(layer_dims)


def linear_forward(A, W, b):
    return affine(A, W, b), (A, W, b)


def activated(z, activation):
    return sigmoid(z) if activation == "sigmoid" else relu(z)


def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    return activated(Z, activation), (linear_cache, Z)


def number_of_layers(parameters):
    return len(parameters) // 2


def visited_layers(depth):
    return range(1, depth + 1)


def layer_input(A, X, layer, depth):
    """What a layer gets: what the layer before gave."""
    return A


def activation_of(layer, depth):
    return "sigmoid" if layer == depth else "relu"


def L_model_forward(X, parameters):
    A, caches, depth = X, [], number_of_layers(parameters)
    for layer in visited_layers(depth):
        activation = activation_of(layer, depth)
        A, cache = linear_activation_forward(
            layer_input(A, X, layer, depth), parameters[f"W{layer}"], parameters[f"b{layer}"], activation
        )
        caches.append(cache)
    return A, caches


def compute_cost(AL, Y):
    return binary_cross_entropy(AL, Y)


def linear_backward(dZ, cache):
    A_prev, W, _ = cache
    m = number_of_samples(A_prev, dZ)
    return propagate(dZ, W), weight_gradient(A_prev, dZ, m), bias_gradient(dZ, m)


def activation_gradient(upstream, z, activation):
    if activation == "sigmoid":
        return sigmoid_backward(upstream, z)
    return relu_backward(upstream, z)


def linear_activation_backward(dA, cache, activation):
    linear_cache, Z = cache
    return linear_backward(activation_gradient(dA, Z, activation), linear_cache)


def output_gradient(AL, Y):
    """Gradient of each sample's cost in its output, (1, m)."""
    return (1 - Y) / (1 - AL) - Y / AL


def cache_of(caches, layer):
    return caches[layer - 1]


def activation_on_the_way_back(layer, depth):
    return "sigmoid" if layer == depth else "relu"


def gradient_for(upstream, dAL):
    """What a layer gets on the way back: what the layer behind it gave."""
    return upstream


def caches_at_hand(caches):
    """One for each layer."""
    return caches


def L_model_backward(AL, Y, caches):
    caches = caches_at_hand(caches)
    depth, grads = len(caches), {}
    dAL = upstream = output_gradient(AL, Y.reshape(AL.shape))
    for layer in (depth, *range(depth - 1, 0, -1)):
        upstream, grads[f"dW{layer}"], grads[f"db{layer}"] = linear_activation_backward(
            gradient_for(upstream, dAL), cache_of(caches, layer), activation_on_the_way_back(layer, depth)
        )
    return named_gradients(grads)


def update_parameters(parameters, grads, learning_rate):
    return stepped(parameters, {name: grads[f"d{name}"] for name in parameters}, learning_rate)
