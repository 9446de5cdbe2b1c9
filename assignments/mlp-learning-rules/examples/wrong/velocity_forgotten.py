"""The velocity is that of one step alone, and Adam's second moment is a mean of gradients, not of squares."""

import numpy as np


def plain(rate):
    g = yield
    while True:
        g = yield rate * g


def heavy(rate, inertia):
    g = yield
    moved = 0.0
    while True:
        moved = inertia * 0.0 + rate * g
        g = yield moved


def adaptive(rate, tiny):
    g = yield
    total = 0.0
    while True:
        total = total + g**2
        g = yield rate * g / np.sqrt(total + tiny)


def fading(rate, beta, tiny):
    g = yield
    mean = 0.0
    while True:
        mean = beta * mean + (1 - beta) * g**2
        g = yield rate * g / np.sqrt(mean + tiny)


def adam(rate, beta_1, beta_2, tiny):
    g = yield
    m, h, t = 0.0, 0.0, 0
    while True:
        t += 1
        m, h = beta_1 * m + (1 - beta_1) * g, beta_2 * h + (1 - beta_2) * np.abs(g)
        g = yield rate * (m / (1 - beta_1**t)) / (np.sqrt(h / (1 - beta_2**t)) + tiny)


class LearningRule:
    steps = None

    def __init__(self, *constants):
        self.constants = constants

    def initialise(self, params):
        self.params = params
        self.running = [type(self).steps(*self.constants) for _ in params]
        for generator in self.running:
            next(generator)

    def update_params(self, grads_wrt_params):
        for param, generator, grad in zip(self.params, self.running, grads_wrt_params):
            param[:] = param - generator.send(grad)


class GradientDescentLearningRule(LearningRule):
    steps = staticmethod(plain)


class MomentumLearningRule(LearningRule):
    steps = staticmethod(heavy)


class AdaGradLearningRule(LearningRule):
    steps = staticmethod(adaptive)

    def __init__(self, learning_rate=1e-2, epsilon=1e-8):
        super().__init__(learning_rate, epsilon)


class RMSPropLearningRule(LearningRule):
    steps = staticmethod(fading)

    def __init__(self, learning_rate=1e-3, beta=0.9, epsilon=1e-8):
        super().__init__(learning_rate, beta, epsilon)


class AdamLearningRule(LearningRule):
    steps = staticmethod(adam)

    def __init__(self, learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-8):
        super().__init__(learning_rate, beta_1, beta_2, epsilon)
