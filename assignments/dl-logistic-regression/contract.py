"""What a submission to this assignment implements: a network of one sigmoid unit. Samples are columns."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import may_lack, vectorized

Array = NDArray[np.float64]


def sigmoid(z: Array) -> Array:
    """The logistic function 1/(1 + exp(-z)) of each number.

    Args:
        z: a number or an array of any shape.

    Returns:
        numbers between 0 and 1, of the shape of z.
    """


def initialize_with_zeros(dim: int) -> tuple[Array, float]:
    """Weights and bias before training, all of them 0.

    Args:
        dim: number of inputs n.

    Returns:
        (w, b): w of shape (n, 1), and the number b.
    """


@vectorized(over=["X", "Y"])
def propagate(w: Array, b: float, X: Array, Y: Array) -> tuple[dict[str, Array], float]:
    """Cost -1/m·Σ[y·ln a + (1 - y)·ln(1 - a)] of a = σ(wᵀx + b), and its gradients.

    Args:
        w: weights, shape (n, 1).
        b: the bias, a number.
        X: inputs, shape (n, m): one column for each of m samples.
        Y: labels 0 and 1, shape (1, m).

    Returns:
        (grads, cost): a dict with `dw`, of the shape of w, and the number `db`; and the cost, a number.
    """


@may_lack("print_cost")
def optimize(
    w: Array, b: float, X: Array, Y: Array, num_iterations: int, learning_rate: float, print_cost: bool = False
) -> tuple[dict[str, Array], dict[str, Array], list[float]]:
    """Gradient descent with `propagate`, on all samples at once.

    Args:
        w, b, X, Y: as for `propagate`; w and b are where it begins.
        num_iterations: number of steps.
        learning_rate: what the gradients are multiplied with.
        print_cost: whether costs are printed on the way.

    Returns:
        (params, grads, costs): a dict with `w` and `b` after the last step; a dict with the `dw` and `db` that the last
        step was made with; and the costs before steps 0, 100, 200, …
    """


def predict(w: Array, b: float, X: Array) -> Array:
    """The classes of samples: 1 where σ(wᵀx + b) is above 0.5, else 0.

    Args:
        w, b, X: as for `propagate`.

    Returns:
        shape (1, m).
    """


@may_lack("print_cost")
def model(
    X_train: Array,
    Y_train: Array,
    X_test: Array,
    Y_test: Array,
    num_iterations: int = 2000,
    learning_rate: float = 0.5,
    print_cost: bool = False,
) -> dict[str, Array]:
    """Start with zeros, optimise on the training set, predict both sets.

    Args:
        X_train, Y_train: inputs (n, m) and labels (1, m) to learn from.
        X_test, Y_test: inputs and labels that are not learnt from.
        num_iterations, learning_rate, print_cost: as for `optimize`.

    Returns:
        a dict with `w`, `b`, `Y_prediction_train`, `Y_prediction_test` and `costs`; what else is in it is yours.
    """
