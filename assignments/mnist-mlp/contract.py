"""What a submission to this assignment implements."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import Opaque

Array = NDArray[np.float64]
Params = dict[str, Array]


def relu(z: Array) -> Array:
    """Rectified linear unit, max(0, z), element by element.

    Args:
        z: array of any shape.

    Returns:
        an array of the same shape; `z` itself is left as it was.
    """


def softmax(z: Array) -> Array:
    """Turn each row of logits into probabilities.

    Args:
        z: logits, shape (n, k); any finite numbers, 1000 and -1000 included.

    Returns:
        probabilities, shape (n, k); each row sums to 1.
    """


def cross_entropy(probs: Array, Y: Array) -> float:
    """Mean cross-entropy of predicted probabilities, with the natural logarithm.

    Args:
        probs: predicted probabilities, shape (n, k).
        Y: one-hot labels, shape (n, k).

    Returns:
        one number: the mean over the n samples of -log(probability of the true class);
        finite even when that probability is 0.
    """


def l2_penalty(params: Params, lam: float) -> float:
    """L2 penalty lam/2 times the sum of all squared weights; biases are not penalised.

    Args:
        params: the weights `W1`, `W2`, … and biases `b1`, `b2`, … of a network.
        lam: regularization strength λ ≥ 0.

    Returns:
        one number.
    """


def forward(params: Params, X: Array) -> tuple[Array, Opaque]:
    """Compute the network's probabilities: ReLU hidden layers, softmax output.

    Args:
        params: for each layer l = 1 … L (any L ≥ 1) the weights `W{l}` of shape (n_in, n_out) and the biases
            `b{l}` of shape (n_out,).
        X: inputs, shape (n, d); rows are samples.

    Returns:
        (probs, cache): the probabilities, shape (n, k), and whatever your `backward` wants to know.
    """


def backward(params: Params, cache: Opaque, Y: Array, lam: float) -> Params:
    """Gradient of cross_entropy + l2_penalty with respect to every weight and bias.

    Args:
        params: as for `forward`.
        cache: what `forward` returned for these parameters.
        Y: one-hot labels, shape (n, k).
        lam: regularization strength λ.

    Returns:
        a dict with the keys and shapes of `params`.
    """


def predict(params: Params, X: Array) -> Array:
    """The most probable class of each sample.

    Args:
        params: as for `forward`.
        X: inputs, shape (n, d).

    Returns:
        labels 0 … k-1 as integers, shape (n,).
    """


def train(
    X: Array,
    Y: Array,
    layer_sizes: list[int],
    epochs: int,
    batch_size: int,
    lr: float,
    lam: float,
    seed: int,
) -> tuple[Params, list[dict[str, float]]]:
    """Train a network by mini-batch gradient descent.

    Args:
        X: inputs, shape (n, d).
        Y: one-hot labels, shape (n, k).
        layer_sizes: [d, hidden sizes …, k].
        epochs: passes over the data.
        batch_size: samples per step; the last batch of an epoch may be smaller.
        lr: learning rate.
        lam: regularization strength λ.
        seed: of the random numbers for initial weights and shuffling; the same seed gives the same result.

    Returns:
        the trained params, and a history with one `{"cost": …, "accuracy": …}` per epoch: cross-entropy plus
        penalty, and the share of right predictions, both on the training data.
    """
