"""One entry after the other, with `math` alone."""

import math

import numpy as np


def sigmoid(x):
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    return math.exp(x) / (1.0 + math.exp(x))


class Swish:
    def __init__(self, beta=1.0):
        self.beta = float(beta)

    def forward(self, Z):
        self.Z = np.array(Z)
        return np.array([[z * sigmoid(self.beta * z) for z in row] for row in Z])

    def backward(self, dLdA):
        self.dLdbeta = 0.0
        dLdZ = np.empty(self.Z.shape)
        for n in range(self.Z.shape[0]):
            for c in range(self.Z.shape[1]):
                z, d = self.Z[n, c], dLdA[n, c]
                s = sigmoid(self.beta * z)
                ds = s * (1 - s)
                dLdZ[n, c] = d * (s + z * ds * self.beta)
                self.dLdbeta += d * z * ds * z
        return dLdZ
