"""What a submission to this assignment implements: a network with one hidden layer. Samples are columns."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import may_lack, vectorized

Array = NDArray[np.float64]
Params = dict[str, Array]


def layer_sizes(X: Array, Y: Array) -> tuple[int, int, int]:
    """The sizes of the layers: inputs, 4 hidden units, outputs.

    Args:
        X: inputs, shape (n_x, m): one column for each of m samples.
        Y: labels, shape (n_y, m).

    Returns:
        (n_x, n_h, n_y), with n_h = 4.
    """


def initialize_parameters(n_x: int, n_h: int, n_y: int) -> Params:
    """Parameters before training: weights 0.01 times normal random numbers, biases 0.

    Args:
        n_x, n_h, n_y: numbers of inputs, hidden units and outputs.

    Returns:
        a dict with `W1` (n_h, n_x), `b1` (n_h, 1), `W2` (n_y, n_h) and `b2` (n_y, 1).
    """


@vectorized(over=["X"])
def forward_propagation(X: Array, parameters: Params) -> tuple[Array, Params]:
    """Forward pass: Z1 = W1·X + b1, A1 = tanh(Z1), Z2 = W2·A1 + b2, A2 = σ(Z2).

    Args:
        X: inputs, shape (n_x, m).
        parameters: as `initialize_parameters` returns them.

    Returns:
        (A2, cache): A2 of shape (n_y, m), and a dict with `Z1`, `A1`, `Z2` and `A2`.
    """


@vectorized(over=["A2", "Y"])
@may_lack("parameters")
def compute_cost(A2: Array, Y: Array, parameters: Params | None = None) -> float:
    """Mean binary cross-entropy, -1/m·Σ[y·ln a + (1 - y)·ln(1 - a)].

    Args:
        A2: outputs of the network, between 0 and 1, shape (1, m).
        Y: labels 0 and 1, shape (1, m).
        parameters: not needed; a function without it will do.

    Returns:
        one number.
    """


@vectorized(over=["X", "Y"])
def backward_propagation(parameters: Params, cache: Params, X: Array, Y: Array) -> Params:
    """Gradients of the cost in all parameters.

    Args:
        parameters: as `initialize_parameters` returns them.
        cache: what `forward_propagation` returned for them and X.
        X: inputs, shape (n_x, m).
        Y: labels 0 and 1, shape (1, m).

    Returns:
        a dict with `dW1`, `db1`, `dW2` and `db2`, of the shapes of the parameters.
    """


def update_parameters(parameters: Params, grads: Params, learning_rate: float = 1.2) -> Params:
    """A step of gradient descent.

    Args:
        parameters: `W1`, `b1`, `W2`, `b2`.
        grads: `dW1`, `db1`, `dW2`, `db2`.
        learning_rate: what the gradients are multiplied with.

    Returns:
        the new parameters, under the same keys.
    """


@may_lack("print_cost")
def nn_model(X: Array, Y: Array, n_h: int, num_iterations: int = 10000, print_cost: bool = False) -> Params:
    """Start with random parameters and train on all samples at once, with the learning rate 1.2.

    Args:
        X: inputs, shape (n_x, m).
        Y: labels 0 and 1, shape (1, m).
        n_h: number of hidden units.
        num_iterations: number of steps.
        print_cost: whether costs are printed on the way.

    Returns:
        the parameters after the last step.
    """


def predict(parameters: Params, X: Array) -> Array:
    """The classes of samples: 1 where the output is above 0.5, else 0.

    Args:
        parameters: of a network.
        X: inputs, shape (n_x, m).

    Returns:
        shape (1, m), of whole numbers or booleans.
    """
