"""The gradients of the two penalties are exchanged."""

import numpy as np

seed = 22102017
rng = np.random.RandomState(seed)


class L1Penalty(object):
    """L1 penalty of a parameter."""

    def __init__(self, coefficient):
        assert coefficient > 0.0, "Penalty coefficient must be positive."
        self.coefficient = coefficient

    def __call__(self, parameter):
        return self.coefficient * abs(parameter).sum()

    def grad(self, parameter):
        return self.coefficient * parameter

    def __repr__(self):
        return "L1Penalty({0})".format(self.coefficient)


class L2Penalty(object):
    """L2 penalty of a parameter."""

    def __init__(self, coefficient):
        assert coefficient > 0.0, "Penalty coefficient must be positive."
        self.coefficient = coefficient

    def __call__(self, parameter):
        return 0.5 * self.coefficient * (parameter**2).sum()

    def grad(self, parameter):
        return self.coefficient * np.sign(parameter)

    def __repr__(self):
        return "L2Penalty({0})".format(self.coefficient)
