"""The sign in the exponent is wrong, and all that follows from it."""

import numpy as np


class Swish(object):
    def __init__(self, beta=1.0):
        self.beta, self.dLdbeta = beta, None

    def forward(self, Z):
        self.cache = Z, Z * np.reciprocal(1.0 + np.exp(self.beta * Z))
        return self.cache[1]

    def backward(self, dLdA):
        Z, A = self.cache
        open_share = np.divide(A, Z, out=np.full(Z.shape, 0.5), where=Z != 0)
        self.dLdbeta = np.vdot(dLdA, A * (Z - A))
        return np.multiply(dLdA, self.beta * A + open_share * (1 - self.beta * A))
