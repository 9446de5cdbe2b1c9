"""The solution, in small named steps: a known mistake replaces one of them.

It needs numpy alone, so that it can be graded like any submission.
"""

import numpy as np


def guarded_log(p):
    """ln p, finite because p counts as at least the smallest normal number."""
    return np.log(np.maximum(p, np.finfo(float).tiny))


def cross_entropy(a, y):
    """Of each sample, (m,)."""
    return -np.sum(y * guarded_log(a) + (1 - y) * guarded_log(1 - a), axis=0)


def average(costs):
    return np.mean(costs)


def squared_norm(W):
    return np.sum(W**2)


def penalised(parameters):
    """The tensors whose squares are penalised."""
    return [value for name, value in parameters.items() if name.startswith("W")]


def penalty_factor(lambd, m):
    return lambd / (2 * m)


def penalty(parameters, lambd, m):
    return penalty_factor(lambd, m) * sum(map(squared_norm, penalised(parameters)))


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    return float(average(cross_entropy(A3, Y)) + penalty(parameters, lambd, Y.shape[1]))


def number_of_samples(X):
    return X.shape[1]


def layer_inputs(X, A1, A2, Z1, Z2):
    """What each layer's weights are multiplied with."""
    return X, A1, A2


def output_delta(outputs, y):
    """Gradient of each sample's cost in the output pre-activations, (1, m): σ' cancels."""
    return outputs - y


def propagate(delta, w):
    """Gradient in the activations of the layer before."""
    return w.T @ delta


def activation_derivative(upstream, z):
    return upstream * (z > 0)


def hidden_delta(upstream, z, layer):
    return activation_derivative(upstream, z)


def handed_back(dA2, dZ2):
    """What goes back to the first layer."""
    return dZ2


def weight_gradient(delta, a, m):
    """Averaged over the samples."""
    return delta @ a.T / m


def bias_gradient(delta, m):
    """Averaged over the samples, (n_out, 1)."""
    return np.sum(delta, axis=1, keepdims=True) / m


def weight_penalty_gradient(W, lambd, m):
    return lambd / m * W


def bias_penalty_gradient(b, lambd, m):
    return np.zeros_like(b)


def penalty_gradients(weights, lambd, m):
    """The penalty's part of the gradients of W1, W2 and W3."""
    return [weight_penalty_gradient(W, lambd, m) for W in weights]


def errors(A3, Y, Z1, Z2, W2, W3):
    """The gradients of each sample's cost on the way from the output to the first layer."""
    dZ3 = output_delta(A3, Y)
    dA2 = propagate(dZ3, W3)
    dZ2 = hidden_delta(dA2, Z2, 2)
    dA1 = propagate(handed_back(dA2, dZ2), W2)
    return {"dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": hidden_delta(dA1, Z1, 1)}


def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, _, A3, W3, b3 = cache
    m = number_of_samples(X)
    deltas = errors(A3, Y, Z1, Z2, W2, W3)
    inputs = layer_inputs(X, A1, A2, Z1, Z2)
    penalties = penalty_gradients([W1, W2, W3], lambd, m)
    gradients = {}
    for layer, (a, b, part) in enumerate(zip(inputs, (b1, b2, b3), penalties, strict=True), 1):
        delta = deltas[f"dZ{layer}"]
        gradients[f"dW{layer}"] = weight_gradient(delta, a, m) + part
        gradients[f"db{layer}"] = bias_gradient(delta, m) + bias_penalty_gradient(b, lambd, m)
    return gradients
