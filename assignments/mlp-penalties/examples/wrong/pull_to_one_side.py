"""Every weight is pulled to the same side."""

import math

import numpy as np


class L1Penalty:
    def __init__(self, coefficient):
        self.c = coefficient

    def __call__(self, parameter):
        return self.c * math.fsum(w if w > 0 else -w for w in np.nditer(parameter))

    def grad(self, parameter):
        return self.c * np.ones(parameter.shape)


class L2Penalty:
    def __init__(self, coefficient):
        self.c = coefficient

    def __call__(self, parameter):
        total = 0.0
        for w in parameter.flat:
            total += w * w
        return total * self.c / 2

    def grad(self, parameter):
        g = parameter.copy()
        for i in np.ndindex(*g.shape):
            g[i] = g[i] * self.c
        return g
