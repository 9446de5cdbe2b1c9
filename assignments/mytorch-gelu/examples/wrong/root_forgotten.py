import numpy as np
import scipy
import scipy.special


class Identity:
    def forward(self, Z):
        self.A = Z
        return self.A

    def backward(self, dLdA):
        dAdZ = np.ones(self.A.shape, dtype="f")
        return dLdA * dAdZ


class GELU:
    """
    On same lines as above:
    Define 'forward' function
    Define 'backward' function
    """

    def forward(self, Z):
        self.Z = Z
        self.A = 0.5 * Z * (1 + scipy.special.erf(Z))
        return self.A

    def backward(self, dLdA):
        phi = 0.5 * (1 + scipy.special.erf(self.Z / np.sqrt(2)))
        dAdZ = phi + self.Z / np.sqrt(2 * np.pi) * np.exp(-(self.Z**2) / 2)
        return dLdA * dAdZ
