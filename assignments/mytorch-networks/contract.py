"""What a submission to this assignment implements: three networks, and an optimizer. Rows are samples.

`Linear` has `W` (out_features, in_features), `b` (out_features, 1) and, after its backward pass, `dLdW` and `dLdb`;
it and `ReLU` may be imported.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class MLP0:
    """A network without hidden layers: Linear(2, 3), ReLU.

    Attributes:
        layers: a list with the layers, the activations among them.
    """

    def __init__(self, debug=False): ...

    def forward(self, A0: Array) -> Array:
        """The outputs, shape (n, 3), of inputs of shape (n, 2)."""

    def backward(self, dLdA1: Array) -> Array:
        """Gradient in the inputs, shape (n, 2), given that in the outputs; leaves the layers' gradients."""


class MLP1:
    """A network with one hidden layer: Linear(2, 3), ReLU, Linear(3, 2), ReLU.

    Attributes:
        layers: as for `MLP0`.
    """

    def __init__(self, debug=False): ...

    def forward(self, A0: Array) -> Array:
        """The outputs, shape (n, 2), of inputs of shape (n, 2)."""

    def backward(self, dLdA2: Array) -> Array:
        """Gradient in the inputs, shape (n, 2), given that in the outputs; leaves the layers' gradients."""


class MLP4:
    """A network with four hidden layers: 2, 4, 8, 8, 4, 2 units, a ReLU behind every Linear.

    Attributes:
        layers: as for `MLP0`.
    """

    def __init__(self, debug=False): ...

    def forward(self, A: Array) -> Array:
        """The outputs, shape (n, 2), of inputs of shape (n, 2)."""

    def backward(self, dLdA: Array) -> Array:
        """Gradient in the inputs, shape (n, 2), given that in the outputs; leaves the layers' gradients."""


class SGD:
    """Stochastic gradient descent with momentum, on a model whose `layers` are all `Linear`."""

    def __init__(self, model, lr=0.1, momentum=0): ...

    def step(self) -> None:
        """A step of every layer by its dLdW and dLdb: v ← momentum·v + g and w ← w - lr·v; velocities begin at 0."""
