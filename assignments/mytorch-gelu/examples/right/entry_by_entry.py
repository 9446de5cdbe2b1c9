from math import erf, exp, pi, sqrt

import numpy as np


class GELU:
    def forward(self, Z):
        self.Z = Z
        A = np.zeros(Z.shape)
        for i, row in enumerate(Z):
            for j, z in enumerate(row):
                A[i, j] = z / 2 + z * erf(z / sqrt(2)) / 2
        return A

    def backward(self, dLdA):
        dLdZ = dLdA.copy()
        for place, z in np.ndenumerate(self.Z):
            dLdZ[place] *= (1 + erf(z / sqrt(2))) / 2 + z * exp(-z * z / 2) / sqrt(2 * pi)
        return dLdZ
