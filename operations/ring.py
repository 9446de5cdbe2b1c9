"""A small set of samples that no network without a hidden layer learns: in the middle of a ring, and on it."""

import numpy as np

STEPS = 400  # in which six tanh units learn it from small weights, at a learning rate of 1.2: 0.1 of cost at most


def ring(rng, n):
    """Inputs (2, 2n) and labels (1, 2n): n points in the middle, labelled 0, and n on the ring, labelled 1.

    The ring is wide, so that small weights leave their flat surroundings soon.
    """
    angle, radius = rng.uniform(0, 2 * np.pi, size=2 * n), np.repeat([1.2, 4.8], n) + 0.3 * rng.normal(size=2 * n)
    return radius * np.array([np.cos(angle), np.sin(angle)]), np.repeat([[0, 1]], n, axis=1)


def cost_of_tanh_network(parameters, X, Y):
    """The cost of a network with one hidden layer of tanh units; infinite where these are no parameters of one."""
    try:
        W1, b1, W2, b2 = (np.asarray(parameters[key], dtype=float) for key in ("W1", "b1", "W2", "b2"))
        A2 = 1 / (1 + np.exp(-(W2 @ np.tanh(W1 @ X + b1) + b2)))
        return float(np.mean(-np.log(np.clip(np.where(Y == 1, A2, 1 - A2), 1e-12, 1))))
    except (TypeError, ValueError, KeyError, IndexError):
        return np.inf
