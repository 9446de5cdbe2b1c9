"""A network of dense layers as a dict of parameters: loss and gradients, with normalisation and dropout if asked for.

Every layer but the last is affine, then normalised, then ReLU, then dropout; the loss is the mean cross-entropy of the
softmax of the last one's output, plus ½ reg Σ W². Parameters are W1, b1, gamma1, beta1, W2 … Settings are in a dict:
"normalization" ("batchnorm", "layernorm", None), "bn_params" (a dict for each hidden layer), "dropout_param".
"""

from typing import Any

import numpy as np

from reference.arrays import Array, Labels, Parameters
from reference.batch_norm_layer import batchnorm_backward, batchnorm_forward
from reference.dense import affine, bias_gradient, propagate, weight_gradient
from reference.dropout_layer import dropout_backward, dropout_forward
from reference.l2_penalty import l2_penalty, penalty_gradients
from reference.layer_norm_layer import layernorm_backward, layernorm_forward
from reference.relu import relu, relu_backward
from reference.softmax_loss import average_loss, log_probabilities, score_gradient

Settings = dict[str, Any]
Cache = Any


def network_loss(params: Parameters, X: Array, y: Labels, reg: float, settings: Settings) -> tuple[float, Parameters]:
    """Loss of a batch, and its gradient in every parameter."""
    scores, caches = network_scores(params, X, settings)
    log_p = log_probabilities(scores)
    gradients = network_gradients(params, caches, score_gradient(np.exp(log_p), y), reg, settings)
    return float(average_loss(log_p, y) + l2_penalty(params, reg, 1)), gradients


def as_rows(X: Array) -> Array:
    """Each sample a row."""
    return X.reshape(len(X), -1)


def number_of_layers(params: Parameters) -> int:
    """Of the affine ones."""
    return sum(1 for key in params if key.startswith("W"))


def network_scores(params: Parameters, X: Array, settings: Settings) -> tuple[Array, list[Cache]]:
    """Scores of a batch, and what the way back wants to know of each layer."""
    h = as_rows(X)
    caches: list[Cache] = []
    last = number_of_layers(params)
    for layer in range(1, last):
        z = affine(h, params[f"W{layer}"], params[f"b{layer}"])
        normed, norm_cache = normalised_layer(z, params, layer, settings)
        out, dropout_cache = dropped_layer(hidden_output(normed), settings)
        caches.append((h, normed, norm_cache, dropout_cache))
        h = out
    caches.append((h,))
    return output_of_the_network(affine(h, params[f"W{last}"], params[f"b{last}"])), caches


def hidden_output(z: Array) -> Array:
    """Of a hidden layer, ReLU."""
    return relu(z)


def output_of_the_network(z: Array) -> Array:
    """The scores: nothing comes after the last affine layer."""
    return z


def normalised_layer(z: Array, params: Parameters, layer: int, settings: Settings) -> tuple[Array, Cache]:
    """What goes into a hidden layer's ReLU."""
    kind = settings.get("normalization")
    if kind is None:
        return z, None
    arguments = z, params[f"gamma{layer}"], params[f"beta{layer}"], settings["bn_params"][layer - 1]
    if kind == "layernorm":
        return layernorm_forward(*arguments)
    out, cache, _ = batchnorm_forward(*arguments)
    return out, cache


def dropped_layer(h: Array, settings: Settings) -> tuple[Array, Cache]:
    """What comes out of a hidden layer."""
    if not settings.get("dropout_param"):
        return h, None
    return dropout_forward(h, settings["dropout_param"])


def network_gradients(
    params: Parameters, caches: list[Cache], dscores: Array, reg: float, settings: Settings
) -> Parameters:
    """Gradient of loss and penalty in every parameter, by back-propagation."""
    grads, penalties = {}, penalty_gradients(params, reg, len(dscores))
    delta = dscores
    for layer in range(len(caches), 0, -1):
        h, n = caches[layer - 1][0], len(dscores)
        if layer < len(caches):
            delta, of_norm = back_through_the_layer(delta, layer, caches[layer - 1], settings)
            grads.update(of_norm)
        grads[f"W{layer}"] = weight_gradient(h, delta, n) + penalties[f"W{layer}"]
        grads[f"b{layer}"] = bias_gradient(delta, n) + penalties[f"b{layer}"]
        delta = propagate(delta, params[f"W{layer}"])
    return grads


def back_through_the_layer(upstream: Array, layer: int, cache: Cache, settings: Settings) -> tuple[Array, Parameters]:
    """Gradient in a hidden layer's z, and in its scale and shift."""
    _, normed, norm_cache, dropout_cache = cache
    if dropout_cache is not None:
        upstream = dropout_backward(upstream, dropout_cache)
    delta = relu_backward(upstream, normed)
    if norm_cache is None:
        return delta, {}
    backward = layernorm_backward if settings["normalization"] == "layernorm" else batchnorm_backward
    delta, dgamma, dbeta = backward(delta, norm_cache)
    return delta, {f"gamma{layer}": dgamma, f"beta{layer}": dbeta}
