"""What a submission to this assignment implements: steps of three optimisers, and mini-batches. Samples are columns."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Params = dict[str, Array]


def update_parameters_with_gd(parameters: Params, grads: Params, learning_rate: float) -> Params:
    """A step of gradient descent.

    Args:
        parameters: `W1`, `b1`, …, `WL`, `bL`.
        grads: `dW1`, `db1`, …, `dWL`, `dbL`.
        learning_rate: what the gradients are multiplied with.

    Returns:
        the new parameters, under the same keys.
    """


def random_mini_batches(X: Array, Y: Array, mini_batch_size: int = 64, seed: int = 0) -> list[tuple[Array, Array]]:
    """All samples in random order, some at a time.

    Args:
        X: inputs, shape (n, m): one column for each of m samples.
        Y: labels, shape (1, m).
        mini_batch_size: number of samples in each mini-batch but the last, which has what is left.
        seed: of numpy's random numbers.

    Returns:
        a list of (mini_batch_X, mini_batch_Y); no mini-batch is empty.
    """


def initialize_velocity(parameters: Params) -> Params:
    """Velocities before the first step.

    Args:
        parameters: `W1`, `b1`, …, `WL`, `bL`.

    Returns:
        zeros under `dW1`, `db1`, …, `dWL`, `dbL`, of the shapes of the parameters.
    """


def update_parameters_with_momentum(
    parameters: Params, grads: Params, v: Params, beta: float, learning_rate: float
) -> tuple[Params, Params]:
    """A step with momentum: v ← β·v + (1 - β)·g, then w ← w - η·v.

    Args:
        parameters, grads, learning_rate: as for `update_parameters_with_gd`.
        v: velocities, under the keys of the gradients.
        beta: how much of the velocity is kept.

    Returns:
        (parameters, v): the new ones.
    """


def initialize_adam(parameters: Params) -> tuple[Params, Params]:
    """Moments before the first step.

    Args:
        parameters: `W1`, `b1`, …, `WL`, `bL`.

    Returns:
        (v, s): twice zeros under `dW1`, `db1`, …, `dWL`, `dbL`, of the shapes of the parameters.
    """


def update_parameters_with_adam(
    parameters: Params,
    grads: Params,
    v: Params,
    s: Params,
    t: int,
    learning_rate: float = 0.01,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[Params, ...]:
    """A step of Adam.

    v ← β₁·v + (1 - β₁)·g and s ← β₂·s + (1 - β₂)·g², corrected by v/(1 - β₁ᵗ) and s/(1 - β₂ᵗ); then
    w ← w - η·v_corrected/(√s_corrected + ε).

    Args:
        parameters, grads, learning_rate: as for `update_parameters_with_gd`.
        v, s: moments, under the keys of the gradients.
        t: number of this step, counted from 1.
        beta1, beta2: how much of v and of s is kept.
        epsilon: keeps the divisor above 0.

    Returns:
        (parameters, v, s): the new ones. The corrected moments may follow.
    """
