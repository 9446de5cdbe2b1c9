"""What a submission to this assignment implements: three functions and a script; columns are samples throughout."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import script

Array = NDArray[np.float64]
Variables = dict[str, dict[str, Array] | list[float]]


def lrelu(z: Array) -> Array:
    """Leaky rectified linear unit: z where it is positive, 0.01·z elsewhere.

    Args:
        z: array of any shape.

    Returns:
        an array of the same shape; `z` itself is left as it was.
    """


def lreluDer(a: Array) -> Array:
    """Slope of the leaky rectified linear unit: 1 where `a` is positive, 0.01 elsewhere.

    Args:
        a: activations of a hidden layer (their sign is that of the pre-activations), any shape.

    Returns:
        an array of the same shape.
    """


def sigmoid(z: Array) -> Array:
    """The logistic function 1 / (1 + exp(-z)), element by element.

    Args:
        z: array of any shape.

    Returns:
        an array of the same shape.
    """


@script(reads=["param", "cache", "grad", "costs"], loop="iterations", start="param")
def training(
    X: Array,
    y: Array,
    layer_sizes: list[int],
    alpha: float,
    iterations: int,
    param: dict[str, Array] | None = None,
) -> Variables:
    """The script: gradient descent on the whole of the data, for a given number of iterations.

    These variables are there when your script starts; your own assignments to them are left out:
        X: inputs, shape (d, m); columns are samples.
        y: one-hot labels, shape (k, m).
        layer_sizes: [d, hidden sizes …, k], two numbers or more.
        alpha: learning rate.
        iterations: how many steps of gradient descent to make.

    Write a `for` loop over `iterations` at top level, not inside a function. Each iteration goes forward through all
    layers (leaky ReLU in the hidden ones, sigmoid in the last), measures the cost, goes backward, and changes the
    parameters. What stands before the loop prepares it; what follows the loop is not run. To see each step by itself
    the grader may set `param` to other initial weights just before the loop.

    These variables are looked at when the loop has ended, for layers l = 1 … L:
        param: a dict with the weights `w1`, `w2`, … of shapes (n_out, n_in) and biases `b1`, `b2`, … of shapes
            (n_out, 1), after the last iteration. You choose the initial ones, before the loop.
        cache: a dict with the input as `a0` and the activations `a1`, `a2`, … of shapes (n_out, m), as the last
            iteration computed them.
        grad: a dict with the gradients `dw1`, `db1`, `dw2`, … of the cost, as the last iteration computed them.
        costs: a list with the cost in iterations 0, 10, 20, …; the cost is -Σ [y ln yn + (1 - y) ln(1 - yn)] over all
            outputs and samples, divided by the number of samples m, where yn is the output before that iteration's
            change of the parameters.

    A function `training` that takes these variables as arguments and returns a dict of the four others does as well;
    its last argument, `param`, is None when the initial weights are yours to choose.
    """
