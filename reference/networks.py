"""A network: layers one after the other, and a cost at the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from reference.arrays import Array, Labels, Parameters, is_weight
from reference.initializers import Initializer, he_normal
from reference.layers import AnyLayer, Dense, ReLU
from reference.losses import SOFTMAX_CROSS_ENTROPY, Loss
from reference.regularizers import Regularizer


@dataclass(frozen=True)
class Sequential:
    """Layers in order, a loss of what the last one puts out, and a penalty on all weights (not on biases).

    Parameters are named "W1", "b1", "W2" …, numbered from 1 over the layers that have any.
    """

    layers: tuple[AnyLayer, ...]
    loss: Loss = SOFTMAX_CROSS_ENTROPY
    regularizer: Regularizer | None = None

    def initialize(self, rng: np.random.Generator) -> Parameters:
        """Fresh parameters of all layers."""
        return {
            f"{name}{number}": value
            for layer, number in self._numbered_layers()
            for name, value in layer.initialize(rng).items()
        }

    def outputs(self, parameters: Parameters, X: Array) -> Array:
        """What the last layer puts out for a batch X (n, …): (n, k), logits or probabilities."""
        return self._forward(parameters, X)[0]

    def predict(self, parameters: Parameters, X: Array) -> Labels:
        """The class with the largest output, for each sample: (n,)."""
        labels: Labels = np.argmax(self.outputs(parameters, X), axis=1)
        return labels

    def cost(self, parameters: Parameters, X: Array, Y: Array) -> float:
        """Loss against the targets Y (n, k), averaged over samples, plus all penalties."""
        return self.evaluate(parameters, X, Y)[0]

    def evaluate(self, parameters: Parameters, X: Array, Y: Array) -> tuple[float, Array]:
        """The cost, and the outputs (n, k) that it judges, from one forward pass."""
        outputs, caches = self._forward(parameters, X)
        return self._cost(parameters, outputs, caches, Y), outputs

    def gradients(self, parameters: Parameters, X: Array, Y: Array) -> tuple[float, Parameters]:
        """The cost and its gradient with respect to each parameter, by back-propagation."""
        outputs, caches = self._forward(parameters, X)
        gradients: Parameters = {}
        upstream = self.loss.gradient(outputs, Y)
        stages = zip(self._numbered_layers(), caches, strict=True)
        for (layer, number), cache in reversed(list(stages)):
            upstream, own = layer.backward(_own(parameters, layer, number), cache, upstream)
            gradients |= {f"{name}{number}": gradient for name, gradient in own.items()}
        if self.regularizer is not None:
            for name in filter(is_weight, gradients):
                gradients[name] = gradients[name] + self.regularizer.gradient(parameters[name])
        return self._cost(parameters, outputs, caches, Y), gradients

    def _forward(self, parameters: Parameters, X: Array) -> tuple[Array, list[object]]:
        caches: list[object] = []
        for layer, number in self._numbered_layers():
            X, cache = layer.forward(_own(parameters, layer, number), X)
            caches.append(cache)
        return X, caches

    def _cost(self, parameters: Parameters, outputs: Array, caches: list[object], Y: Array) -> float:
        cost = self.loss.cost(outputs, Y)
        cost += sum(layer.penalty(cache) for layer, cache in zip(self.layers, caches, strict=True))
        if self.regularizer is not None:
            cost += sum(self.regularizer.penalty(parameters[name]) for name in filter(is_weight, parameters))
        return cost

    def _numbered_layers(self) -> Iterator[tuple[AnyLayer, int]]:
        number = 0
        for layer in self.layers:
            number += bool(layer.parameter_names)
            yield layer, number


def _own(parameters: Parameters, layer: AnyLayer, number: int) -> Parameters:
    """The parameters of one layer, under the names that the layer itself uses."""
    return {name: parameters[f"{name}{number}"] for name in layer.parameter_names}


def multilayer_perceptron(
    sizes: Sequence[int],
    *,
    activation: AnyLayer = ReLU(),  # noqa: B008 (frozen, so sharing it is harmless)
    loss: Loss = SOFTMAX_CROSS_ENTROPY,
    regularizer: Regularizer | None = None,
    initializer: Initializer = he_normal,
) -> Sequential:
    """Dense layers of these sizes (inputs first, classes last) with an activation between them.

    The last layer puts out logits, so the loss should be one of logits. Raises ValueError for fewer than
    two sizes.
    """
    if len(sizes) < 2:
        raise ValueError(f"sizes must name at least inputs and classes, but they are {list(sizes)}")
    layers: list[AnyLayer] = []
    for n_in, n_out in pairwise(sizes):
        layers += [Dense(n_in, n_out, initializer), activation]
    return Sequential(tuple(layers[:-1]), loss, regularizer)
