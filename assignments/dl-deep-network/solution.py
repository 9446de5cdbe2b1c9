"""The solution, in small named steps: a known mistake replaces one of them.

It needs numpy alone, so that it can be graded like any submission. Products are `np.dot`, as in most files for this
assignment: errors about shapes then say the same.
"""

import numpy as np

# Forward


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(z, 0)


def weighted_input(w, a, b):
    return np.dot(w, a) + b


def linear_forward(A, W, b):
    return weighted_input(W, A, b), (A, W, b)


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


# Cost


def guarded_log(p):
    """ln p, finite because p counts as at least the smallest normal number."""
    return np.log(np.maximum(p, np.finfo(float).tiny))


def cross_entropy(a, y):
    """Of each sample, (m,)."""
    return -np.sum(y * guarded_log(a) + (1 - y) * guarded_log(1 - a), axis=0)


def average(costs):
    return np.mean(costs)


def compute_cost(AL, Y):
    return float(average(cross_entropy(AL, Y)))


# Backward


def number_of_samples(A_prev, dZ):
    return A_prev.shape[1]


def propagate(delta, w):
    """Gradient in the activations of the layer before."""
    return np.dot(w.T, delta)


def weight_gradient(delta, a, m):
    """Averaged over the samples."""
    return np.dot(delta, a.T) / m


def bias_gradient(delta, m):
    """Averaged over the samples, (n_out, 1)."""
    return np.sum(delta, axis=1, keepdims=True) / m


def linear_backward(dZ, cache):
    A_prev, W, _ = cache
    m = number_of_samples(A_prev, dZ)
    return propagate(dZ, W), weight_gradient(dZ, A_prev, m), bias_gradient(dZ, m)


def sigmoid_derivative(z):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)


def activation_derivative(upstream, z):
    """Going back through ReLU."""
    return upstream * (z > 0)


def activation_gradient(upstream, z, activation):
    if activation == "sigmoid":
        return upstream * sigmoid_derivative(z)
    return activation_derivative(upstream, z)


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
    return grads


# Update


def update(value, gradient, rate):
    return value - rate * gradient


def updated_layers(parameters):
    return range(1, len(parameters) // 2 + 1)


def updated_keys(layer):
    return f"W{layer}", f"b{layer}"


def update_parameters(parameters, grads, learning_rate):
    parameters = dict(parameters)
    for layer in updated_layers(parameters):
        for key in updated_keys(layer):
            parameters[key] = update(parameters[key], grads[f"d{key}"], learning_rate)
    return parameters
