"""The norm stands for its power, so that the L2 penalty is that of a length; the slope has the power as a factor."""

import numpy as np


class _Power:
    power = None

    def __init__(self, coefficient):
        self.coefficient = float(coefficient)

    def __call__(self, parameter):
        p = self.power
        return self.coefficient / p * np.linalg.norm(np.ravel(parameter), ord=p)

    def grad(self, parameter):
        size = np.absolute(parameter)
        return self.coefficient * np.power(size, self.power - 1) * np.sign(parameter)


class L1Penalty(_Power):
    power = 1


class L2Penalty(_Power):
    power = 2
