"""What a submission to this assignment implements: the steps of a deep network. Samples are columns."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import Opaque

Array = NDArray[np.float64]
Params = dict[str, Array]


def initialize_parameters(n_x: int, n_h: int, n_y: int) -> Params:
    """Parameters that a network of two layers begins with.

    Args:
        n_x, n_h, n_y: inputs, hidden units, outputs.

    Returns:
        `W1` (n_h, n_x), `b1` (n_h, 1), `W2` (n_y, n_h), `b2` (n_y, 1): weights 0.01 times normal numbers, biases 0.
    """


def initialize_parameters_deep(layer_dims: list[int]) -> Params:
    """Parameters that a network of any depth begins with.

    Args:
        layer_dims: the number of inputs, and the number of units of each layer.

    Returns:
        `W1`, `b1`, …, `WL`, `bL`: weights (n_out, n_in), 0.01 times normal numbers; biases (n_out, 1), 0.
    """


def linear_forward(A: Array, W: Array, b: Array) -> tuple[Array, Opaque]:
    """The linear part of a layer, Z = W·A + b.

    Args:
        A: activations of the layer before, or the inputs, shape (n_in, m): one column for each of m samples.
        W: weights, shape (n_out, n_in).
        b: biases, shape (n_out, 1).

    Returns:
        (Z, cache): Z of shape (n_out, m), and whatever your `linear_backward` wants to know.
    """


def linear_activation_forward(A_prev: Array, W: Array, b: Array, activation: str) -> tuple[Array, Opaque]:
    """A layer: the linear part, then its activation.

    Args:
        A_prev: activations of the layer before, shape (n_in, m).
        W: weights, shape (n_out, n_in).
        b: biases, shape (n_out, 1).
        activation: "relu" or "sigmoid".

    Returns:
        (A, cache): A of shape (n_out, m), and whatever your `linear_activation_backward` wants to know.
    """


def L_model_forward(X: Array, parameters: Params) -> tuple[Array, Opaque]:
    """The network: ReLU in every layer but the last, which has the sigmoid.

    Args:
        X: inputs, shape (n0, m).
        parameters: `W1`, `b1`, …, `WL`, `bL` of L layers, one or more.

    Returns:
        (AL, caches): AL of shape (1, m), and whatever your `L_model_backward` wants to know.
    """


def compute_cost(AL: Array, Y: Array) -> float:
    """Mean binary cross-entropy, -1/m·Σ[y·ln a + (1 - y)·ln(1 - a)].

    Args:
        AL: outputs of the network, between 0 and 1, shape (1, m).
        Y: labels 0 and 1, shape (1, m).

    Returns:
        one number.
    """


def linear_backward(dZ: Array, cache: Opaque) -> tuple[Array, Array, Array]:
    """Going back through the linear part of a layer.

    Args:
        dZ: for each sample, the gradient of its own cost in Z, shape (n_out, m); not divided by m.
        cache: what `linear_forward` returned.

    Returns:
        (dA_prev, dW, db): dA_prev = Wᵀ·dZ, of shape (n_in, m) and not divided by m either; dW and db are the gradients
        of the mean cost, of the shapes of W and b.
    """


def linear_activation_backward(dA: Array, cache: Opaque, activation: str) -> tuple[Array, Array, Array]:
    """Going back through a layer: first its activation, then its linear part.

    Args:
        dA: for each sample, the gradient of its own cost in A, shape (n_out, m).
        cache: what `linear_activation_forward` returned for the same activation.
        activation: "relu" or "sigmoid".

    Returns:
        (dA_prev, dW, db), as `linear_backward`.
    """


def L_model_backward(AL: Array, Y: Array, caches: Opaque) -> Params:
    """Gradients of the cost in all parameters.

    Args:
        AL: outputs of the network, shape (1, m).
        Y: labels 0 and 1, shape (1, m).
        caches: what `L_model_forward` returned.

    Returns:
        a dict with `dW1`, `db1`, …, `dWL`, `dbL`, of the shapes of the parameters. What else is in it (`dA0`, `dA1`, …)
        is your business.
    """


def update_parameters(parameters: Params, grads: Params, learning_rate: float) -> Params:
    """A step of gradient descent.

    Args:
        parameters: `W1`, `b1`, …, `WL`, `bL`.
        grads: `dW1`, `db1`, …, `dWL`, `dbL`, and others such as `dA1`.
        learning_rate: what the gradients are multiplied with.

    Returns:
        the new parameters, under the same keys.
    """
