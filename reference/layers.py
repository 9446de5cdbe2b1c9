"""Layers: what each stage of a network computes, and how gradients pass back (Deep Learning, section 6.5).

A layer holds sizes and constants only. `forward` gets the parameters and returns, with the output, a cache
of what `backward` will need; `backward` turns the gradient of the cost with respect to the output
("upstream") into gradients with respect to the input and the parameters. Samples are the first axis
everywhere.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

import numpy as np

from reference import activations
from reference.arrays import Array, Labels, Parameters
from reference.convolution import Window, conv2d, conv2d_gradients, max_pool2d, max_pool2d_gradient
from reference.initializers import Initializer, he_normal, zeros
from reference.regularizers import ActivityRegularizer

Cache = TypeVar("Cache")


class Layer(ABC, Generic[Cache]):
    """One stage of a network."""

    parameter_names: ClassVar[tuple[str, ...]] = ()

    def initialize(self, rng: np.random.Generator) -> Parameters:
        """Fresh parameters, one for each of `parameter_names`."""
        return {}

    @abstractmethod
    def forward(self, parameters: Parameters, x: Array) -> tuple[Array, Cache]:
        """Output for a batch x, and the cache for `backward`."""

    @abstractmethod
    def backward(self, parameters: Parameters, cache: Cache, upstream: Array) -> tuple[Array, Parameters]:
        """Gradients with respect to the input and to each parameter."""

    def penalty(self, cache: Cache) -> float:
        """What the layer itself adds to the cost of the batch; `backward` includes its gradient."""
        return 0.0


AnyLayer = Layer[Any]


@dataclass(frozen=True)
class Dense(Layer[Array]):
    """x @ W + b for x (n, n_in): W is (n_in, n_out), b (n_out,)."""

    parameter_names = ("W", "b")
    n_in: int
    n_out: int
    initializer: Initializer = he_normal

    def initialize(self, rng: np.random.Generator) -> Parameters:
        return {"W": self.initializer(rng, (self.n_in, self.n_out)), "b": zeros(rng, (self.n_out,))}

    def forward(self, parameters: Parameters, x: Array) -> tuple[Array, Array]:
        return x @ parameters["W"] + parameters["b"], x

    def backward(self, parameters: Parameters, cache: Array, upstream: Array) -> tuple[Array, Parameters]:
        gradients = {"W": cache.T @ upstream, "b": upstream.sum(axis=0)}
        return upstream @ parameters["W"].T, gradients


@dataclass(frozen=True)
class Conv2D(Layer[Array]):
    """Convolution of images (n, channels, height, width): W is (filters, channels, *window), b (filters,)."""

    parameter_names = ("W", "b")
    channels: int
    filters: int
    window: Window
    stride: int = 1
    padding: int = 0
    initializer: Initializer = he_normal

    def initialize(self, rng: np.random.Generator) -> Parameters:
        W = self.initializer(rng, (self.filters, self.channels, *self.window))
        return {"W": W, "b": zeros(rng, (self.filters,))}

    def forward(self, parameters: Parameters, x: Array) -> tuple[Array, Array]:
        return conv2d(x, parameters["W"], parameters["b"], self.stride, self.padding), x

    def backward(self, parameters: Parameters, cache: Array, upstream: Array) -> tuple[Array, Parameters]:
        dx, dW, db = conv2d_gradients(cache, parameters["W"], upstream, self.stride, self.padding)
        return dx, {"W": dW, "b": db}


class Pooled(NamedTuple):
    """Where max-pooling found the largest pixels, and the shape of the images it looked at."""

    winners: Labels
    image_shape: tuple[int, ...]


@dataclass(frozen=True)
class MaxPool2D(Layer[Pooled]):
    """Largest pixel of each window of images (n, channels, height, width)."""

    window: Window
    stride: int

    def forward(self, parameters: Parameters, x: Array) -> tuple[Array, Pooled]:
        largest, winners = max_pool2d(x, self.window, self.stride)
        return largest, Pooled(winners, x.shape)

    def backward(self, parameters: Parameters, cache: Pooled, upstream: Array) -> tuple[Array, Parameters]:
        return max_pool2d_gradient(upstream, cache.winners, cache.image_shape, self.window, self.stride), {}


@dataclass(frozen=True)
class Flatten(Layer[tuple[int, ...]]):
    """(n, …) to (n, product of the rest), the last axis running fastest."""

    def forward(self, parameters: Parameters, x: Array) -> tuple[Array, tuple[int, ...]]:
        return x.reshape(len(x), -1), x.shape

    def backward(self, parameters: Parameters, cache: tuple[int, ...], upstream: Array) -> tuple[Array, Parameters]:
        return upstream.reshape(cache), {}


class Elementwise(Layer[Array]):
    """An activation function applied to each element; the cache is the pre-activation."""

    @abstractmethod
    def function(self, z: Array) -> Array:
        """The activation."""

    @abstractmethod
    def derivative(self, z: Array) -> Array:
        """Its derivative at the pre-activation z."""

    def forward(self, parameters: Parameters, x: Array) -> tuple[Array, Array]:
        return self.function(x), x

    def backward(self, parameters: Parameters, cache: Array, upstream: Array) -> tuple[Array, Parameters]:
        return upstream * self.derivative(cache), {}


@dataclass(frozen=True)
class Sigmoid(Elementwise):
    """See `activations.sigmoid`."""

    def function(self, z: Array) -> Array:
        return activations.sigmoid(z)

    def derivative(self, z: Array) -> Array:
        return activations.sigmoid_derivative(z)


@dataclass(frozen=True)
class Tanh(Elementwise):
    """See `activations.tanh`."""

    def function(self, z: Array) -> Array:
        return activations.tanh(z)

    def derivative(self, z: Array) -> Array:
        return activations.tanh_derivative(z)


@dataclass(frozen=True)
class ReLU(Elementwise):
    """See `activations.relu`."""

    def function(self, z: Array) -> Array:
        return activations.relu(z)

    def derivative(self, z: Array) -> Array:
        return activations.relu_derivative(z)


@dataclass(frozen=True)
class LeakyReLU(Elementwise):
    """See `activations.leaky_relu`."""

    slope: float = 0.01

    def function(self, z: Array) -> Array:
        return activations.leaky_relu(z, self.slope)

    def derivative(self, z: Array) -> Array:
        return activations.leaky_relu_derivative(z, self.slope)


@dataclass(frozen=True)
class ELU(Elementwise):
    """See `activations.elu`."""

    alpha: float = 1.0

    def function(self, z: Array) -> Array:
        return activations.elu(z, self.alpha)

    def derivative(self, z: Array) -> Array:
        return activations.elu_derivative(z, self.alpha)


@dataclass(frozen=True)
class Softmax(Layer[Array]):
    """Probabilities (n, classes) from logits; a loss of logits does without it and is exact."""

    def forward(self, parameters: Parameters, x: Array) -> tuple[Array, Array]:
        probabilities = activations.softmax(x)
        return probabilities, probabilities

    def backward(self, parameters: Parameters, cache: Array, upstream: Array) -> tuple[Array, Parameters]:
        return activations.softmax_vjp(cache, upstream), {}


@dataclass(frozen=True)
class PenalizeActivity(Layer[Array]):
    """Passes activations on unchanged and adds a penalty on them to the cost.

    The gradient of the penalty joins the stream right here, so everything before this layer feels it.
    """

    regularizer: ActivityRegularizer

    def forward(self, parameters: Parameters, x: Array) -> tuple[Array, Array]:
        return x, x

    def backward(self, parameters: Parameters, cache: Array, upstream: Array) -> tuple[Array, Parameters]:
        return upstream + self.regularizer.gradient(cache), {}

    def penalty(self, cache: Array) -> float:
        return self.regularizer.penalty(cache)
