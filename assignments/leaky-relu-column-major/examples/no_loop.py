"""The training is inside a function that is never told how many iterations to make."""

import numpy as np


def lrelu(z):
    return np.where(z > 0, z, 0.01 * z)


def lreluDer(a):
    return np.where(a > 0, 1, 0.01)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def fit(steps):
    for step in range(steps):
        print(step)


fit(3)
