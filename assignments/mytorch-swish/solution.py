"""Swish and its two gradients."""

import numpy as np


def gate(z, beta):
    """How much of z passes."""
    return 1 / (1 + np.exp(-beta * z))


def swish(z, beta):
    return z * gate(z, beta)


def slope(z, beta):
    """Slope of Swish in z, by the product rule."""
    open_ = gate(z, beta)
    return open_ + beta * z * open_ * (1 - open_)


def slope_in_beta(z, beta):
    """Slope of Swish in β."""
    open_ = gate(z, beta)
    return z * z * open_ * (1 - open_)


def gathered(dLdA, slopes):
    """Gradient in β: every entry uses the same one."""
    return np.sum(dLdA * slopes)


class Swish:
    def __init__(self, beta=1.0):
        self.beta = beta

    def forward(self, Z):
        self.Z = Z
        return swish(Z, self.beta)

    def backward(self, dLdA):
        self.dLdbeta = gathered(dLdA, slope_in_beta(self.Z, self.beta))
        return dLdA * slope(self.Z, self.beta)
