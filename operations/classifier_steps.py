"""Steps of a linear classifier that draws its own batches, judged by the loss that the submission has itself.

`made` makes a classifier of weights: it has `loss(X, y, reg)` and `train(X, y, rate, reg, steps, size of a batch)`.
"""

import numpy as np

from grader.checks.compare import as_array
from operations.batch_training.kinds_of_steps import demand_plain_steps
from operations.linear_loss import answer, problem
from operations.network_checks import not_implemented

SMALL_RATE = 1e-4  # two steps at it have the same gradient


def one_sample(rng, n=6):
    """Weights, and samples that are all the same: every batch is, whatever is drawn."""
    W, X, y = problem(rng, 1, 4, 3)
    return W, np.repeat(X, n, axis=0), np.repeat(y, n)


def stepped(made, W, X, y, rate, reg, steps):
    """Losses of the submission's own before each step, and where the steps lead."""
    losses = []
    for _ in range(steps):
        loss, gradient = answer(made(W).loss, X, y, reg)
        losses.append(float(np.reshape(as_array(loss), -1)[0]))
        W = W - rate * np.reshape(as_array(gradient), W.shape)
    return losses, W


def trained(made, W, *arguments):
    """The classifier after a training, and its curve; what neither steps nor notes a loss is not written yet."""
    net = made(W)
    history = net.train(*arguments)
    if not isinstance(history, list | tuple | np.ndarray) or (len(history) == 0 and np.array_equal(net.W, W)):
        raise not_implemented(net.train)
    return net, as_array(history)


def is_reached(found, goal):
    found = as_array(found)
    return found is not None and found.shape == goal.shape and np.allclose(found, goal, rtol=1e-4)


def are_no_plain_steps(made, function, W, X, y):
    """Whether the steps are Adam's, say, whose numbers are not the plain ones; it is told as that."""
    gradient = answer(made(W).loss, X, y, 0.0)[1]
    weights = [W, *(trained(made, W, X, y, SMALL_RATE, 0.0, steps, 4)[0].W for steps in (1, 2))]
    if any(as_array(found) is None or np.size(found) != W.size for found in weights):
        return False
    return demand_plain_steps(function, [{"W": found} for found in weights], {"W": gradient})
