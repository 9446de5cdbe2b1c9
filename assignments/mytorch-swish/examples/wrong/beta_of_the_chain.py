"""The gradient in β has the inner derivative of that in Z."""

import numpy as np


class Swish:
    """Swish with a learnable parameter beta."""

    def __init__(self, beta=1.0):
        self.beta = beta

    def forward(self, Z):
        self.Z = Z
        self.sig = 1 / (1 + np.exp(-self.beta * Z))
        self.A = Z * self.sig
        return self.A

    def backward(self, dLdA):
        dAdZ = self.sig + self.beta * self.Z * self.sig * (1 - self.sig)
        dLdZ = dLdA * dAdZ
        self.dLdbeta = np.sum(dLdA * self.beta * self.Z**2 * self.sig * (1 - self.sig))
        return dLdZ
