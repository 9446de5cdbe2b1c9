"""Gradients by central differences."""

import numpy as np


def numerical_gradient(f, x):
    h, gradient = 1e-4, np.zeros_like(x)
    for place in np.ndindex(x.shape):
        kept = x[place]
        x[place] = kept + h
        above = f(x)
        x[place] = kept - h
        gradient[place] = (above - f(x)) / (2 * h)
        x[place] = kept
    return gradient
