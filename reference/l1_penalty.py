"""An L1 penalty λ Σ|w| on weights, and its gradient (Deep Learning, 7.1.2).

Conventions:
    shared: whether it is divided by the number of samples n, as a mean is: λ/n Σ|w|.
"""

import numpy as np

from reference.arrays import Array


def l1_norm(w: Array) -> float:
    """Σ|w|."""
    return np.sum(np.abs(w))


def l1_gradient(w: Array, lam: float, n: int, *, shared: bool = False) -> Array:
    """λ sign(w), and 0 where w is 0."""
    return lam / n * np.sign(w) if shared else lam * np.sign(w)


def samples_behind_the_l1_gradient(training_size: int, batch_size: int) -> int:
    """By how many samples the penalty is shared in the gradient of a mini-batch: λ is meant for the whole set."""
    return training_size
