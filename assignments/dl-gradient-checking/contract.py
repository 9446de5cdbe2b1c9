"""What a submission to this assignment implements. Samples are columns."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import Opaque, may_lack

Array = NDArray[np.float64]
Parameters = dict[str, Array]


def forward_propagation(x: float, theta: float) -> float:
    """The cost J = θ·x of one parameter.

    Args:
        x: the input.
        theta: the parameter θ.

    Returns:
        one number.
    """


def backward_propagation(x: float, theta: float) -> float:
    """The derivative of that cost in θ.

    Args:
        x, theta: as for `forward_propagation`.

    Returns:
        one number.
    """


@may_lack("print_msg")
def gradient_check(x: float, theta: float, epsilon: float = 1e-7, print_msg: bool = False) -> float:
    """How far `backward_propagation` is from the slope between θ - ε and θ + ε.

    Args:
        x, theta: as for `forward_propagation`.
        epsilon: ε.
        print_msg: whether to print a verdict.

    Returns:
        ‖g - g'‖ / (‖g‖ + ‖g'‖).
    """


def forward_propagation_n(X: Array, Y: Array, parameters: Parameters) -> tuple[float, Opaque]:
    """The mean cross-entropy of a network of three layers: ReLU, ReLU, sigmoid.

    Args:
        X: inputs, shape (n_x, m).
        Y: labels 0 or 1, shape (1, m).
        parameters: `W1` (n_1, n_x), `b1` (n_1, 1), `W2`, `b2`, `W3` (1, n_2), `b3`.

    Returns:
        (cost, cache): one number, and whatever your `backward_propagation_n` wants to know.
    """


def backward_propagation_n(X: Array, Y: Array, cache: Opaque) -> dict[str, Array]:
    """The gradient of that cost.

    Args:
        X, Y: as for `forward_propagation_n`.
        cache: what it returned.

    Returns:
        a dict with `dW1`, `db1`, `dW2`, `db2`, `dW3`, `db3`, of the shapes of the parameters (and whatever else).
    """


@may_lack("print_msg")
def gradient_check_n(
    parameters: Parameters,
    gradients: dict[str, Array],
    X: Array,
    Y: Array,
    epsilon: float = 1e-7,
    print_msg: bool = False,
) -> float:
    """How far gradients are from the slopes of the cost, all parameters taken as one vector.

    Args:
        parameters, X, Y: as for `forward_propagation_n`.
        gradients: as `backward_propagation_n` returns them, right or wrong.
        epsilon: by which each parameter is moved up and down.
        print_msg: whether to print a verdict.

    Returns:
        ‖g - g'‖ / (‖g‖ + ‖g'‖).
    """
