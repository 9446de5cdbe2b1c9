"""A network of dense layers, any number of them, whose parameters are a dict: outputs, gradients, predictions.

Conventions:
    weight, bias: the keys of layer l, as `"W{}"` and `"b{}"`.
    hidden_backward: the gradient that goes back through the activation of the hidden layers.
"""

from collections.abc import Callable

from reference.arrays import Array, Labels, Parameters
from reference.dense import affine, bias_gradient, number_of_samples, propagate, weight_gradient
from reference.l2_penalty import penalty_gradients
from reference.layer_activations import hidden_activation, output_activation
from reference.named_gradients import named_gradients
from reference.output_error import output_delta
from reference.prediction import most_probable
from reference.relu import relu_backward

ActivationBackward = Callable[[Array, Array], Array]
Cache = tuple[list[Array], list[Array]]


def depth(params: Parameters, *, weight: str = "W{}") -> int:
    """Number of layers."""
    return sum(1 for key in params if key.startswith(weight.format("")))


def forward(params: Parameters, X: Array, *, weight: str = "W{}", bias: str = "b{}") -> tuple[Array, Cache]:
    """Outputs, and what `backward` wants to know: the input of every layer (and the outputs), and every z."""
    layers = depth(params, weight=weight)
    inputs, pre_activations = [X], []
    for layer in range(1, layers + 1):
        z = affine(inputs[-1], params[weight.format(layer)], params[bias.format(layer)])
        pre_activations.append(z)
        inputs.append(hidden_activation(z) if layer < layers else output_activation(z))
    return inputs[-1], (inputs, pre_activations)


def layer_input(cache: Cache, layer: int) -> Array:
    """What layer `layer` (from 1) was given in the forward pass."""
    inputs, _ = cache
    return inputs[layer - 1]


def hidden_delta(upstream: Array, z: Array, *, hidden_backward: ActivationBackward = relu_backward) -> Array:
    """Gradient in a hidden layer's pre-activation, given that in its output."""
    return hidden_backward(upstream, z)


def backward(
    params: Parameters, cache: Cache, Y: Array, lam: float, *, weight: str = "W{}", bias: str = "b{}"
) -> Parameters:
    """Gradient of mean cross-entropy and penalty in every parameter, by back-propagation."""
    (*_, outputs), pre_activations = cache
    grads = {}
    delta = output_delta(outputs, Y)
    penalties = penalty_gradients(params, lam, number_of_samples(outputs, delta))
    for layer in range(depth(params, weight=weight), 0, -1):
        W, b = weight.format(layer), bias.format(layer)
        x = layer_input(cache, layer)
        n = number_of_samples(x, delta)
        grads[W] = weight_gradient(x, delta, n) + penalties[W]
        grads[b] = bias_gradient(delta, n) + penalties[b]
        if layer > 1:
            delta = hidden_delta(propagate(delta, params[W]), pre_activations[layer - 2])
    return named_gradients(grads)


def predict(params: Parameters, X: Array) -> Labels:
    """The most probable class of each sample."""
    return most_probable(forward(params, X)[0])
