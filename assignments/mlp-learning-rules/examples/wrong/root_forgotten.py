"""AdaGrad divides by the sum of squares, not by its root; RMSProp has the two shares exchanged."""

import numpy as np


class _Rule:
    def initialise(self, params):
        self.params = params
        self.start()

    def start(self):
        pass

    def reset(self):
        self.start()

    def change(self, g):
        raise NotImplementedError

    def update_params(self, grads_wrt_params):
        step = self.change(np.concatenate([np.ravel(g) for g in grads_wrt_params]))
        ends = np.cumsum([w.size for w in self.params])
        for w, part in zip(self.params, np.split(step, ends)):
            np.add(w, part.reshape(w.shape), out=w)

    @property
    def zeros(self):
        return np.zeros(sum(w.size for w in self.params))


class GradientDescentLearningRule(_Rule):
    def __init__(self, learning_rate=1e-3):
        self.rate = learning_rate

    def change(self, g):
        return -self.rate * g


class MomentumLearningRule(_Rule):
    def __init__(self, learning_rate=1e-3, mom_coeff=0.9):
        self.rate, self.inertia = learning_rate, mom_coeff

    def start(self):
        self.velocity = self.zeros

    def change(self, g):
        self.velocity = self.inertia * self.velocity - self.rate * g
        return self.velocity


class AdaGradLearningRule(_Rule):
    def __init__(self, learning_rate=1e-2, epsilon=1e-8):
        self.rate, self.tiny = learning_rate, epsilon

    def start(self):
        self.seen = []

    def change(self, g):
        self.seen.append(g)
        return -self.rate * g / (np.sum(np.square(self.seen), axis=0) + self.tiny)


class RMSPropLearningRule(_Rule):
    def __init__(self, learning_rate=1e-3, decay=0.9, tiny=1e-8):
        self.rate, self.decay, self.tiny = learning_rate, decay, tiny

    def start(self):
        self.mean = self.zeros

    def change(self, g):
        self.mean += self.decay * (g * g - self.mean)
        return -self.rate * g / np.sqrt(self.mean + self.tiny)


class AdamLearningRule(_Rule):
    def __init__(self, learning_rate=1e-3, first=0.9, second=0.999, tiny=1e-8):
        self.rate, self.first, self.second, self.tiny = learning_rate, first, second, tiny

    def start(self):
        self.m, self.h, self.powers = self.zeros, self.zeros, np.ones(2)

    def change(self, g):
        self.powers *= (self.first, self.second)
        self.m = self.first * self.m + (1 - self.first) * g
        self.h = self.second * self.h + (1 - self.second) * g**2
        m, h = self.m / (1 - self.powers[0]), self.h / (1 - self.powers[1])
        return -self.rate * m / (np.sqrt(h) + self.tiny)
