"""The slope is computed on the way forth; Φ is written with what lies above."""
import math

import numpy as np

above = np.vectorize(math.erfc)


class GELU(object):
    def forward(self, Z):
        Phi = above(-Z / 2**0.5) / 2
        self.dAdZ = Phi + Z * np.exp(-0.5 * np.square(Z)) * (2 * np.pi) ** -0.5
        return Phi * Z

    def backward(self, dLdA):
        return np.multiply(self.dAdZ, dLdA)
