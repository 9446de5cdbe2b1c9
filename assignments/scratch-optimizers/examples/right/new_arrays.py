"""New arrays in the same dict; states come when they are first asked for."""

from collections import defaultdict

import numpy as np


class SGD:
    def __init__(self, lr=0.01):
        self.rate = lr

    def update(self, params, grads):
        params.update({name: w - self.rate * grads[name] for name, w in params.items()})


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.rate, self.rho = lr, momentum
        self.v = defaultdict(float)

    def update(self, params, grads):
        for name in list(params):
            self.v[name] = self.rho * self.v[name] - self.rate * grads[name]
            params[name] = params[name] + self.v[name]


class AdaGrad:
    def __init__(self, lr=0.01):
        self.rate, self.h = lr, defaultdict(float)

    def update(self, params, grads):
        for name, g in grads.items():
            self.h[name] = self.h[name] + np.square(g)
            params[name] = params[name] - self.rate / (np.sqrt(self.h[name]) + 1e-8) * g


class RMSprop(AdaGrad):
    def __init__(self, lr=0.01, decay_rate=0.99):
        super().__init__(lr)
        self.keep = decay_rate

    def update(self, params, grads):
        for name, g in grads.items():
            self.h[name] = self.keep * self.h[name] + (1 - self.keep) * g**2
            params[name] = params[name] - self.rate * g / np.sqrt(self.h[name] + 1e-14)


class Adam:
    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.rate, self.beta1, self.beta2, self.t = lr, beta1, beta2, 0
        self.m, self.v = defaultdict(float), defaultdict(float)

    def update(self, params, grads):
        self.t += 1
        for name, g in grads.items():
            self.m[name] = self.beta1 * self.m[name] + (1 - self.beta1) * g
            self.v[name] = self.beta2 * self.v[name] + (1 - self.beta2) * g * g
            m = self.m[name] / (1 - self.beta1**self.t)
            v = self.v[name] / (1 - self.beta2**self.t)
            params[name] = params[name] - self.rate * m / (np.sqrt(v) + 1e-8)


class Nesterov:
    """As an older printing has it: the new velocity moves w."""

    def __init__(self, lr=0.01, momentum=0.9):
        self.rate, self.rho, self.v = lr, momentum, defaultdict(float)

    def update(self, params, grads):
        for name, g in grads.items():
            self.v[name] = self.rho * self.v[name] - self.rate * g
            params[name] = params[name] + self.rho * self.rho * self.v[name] - (1 + self.rho) * self.rate * g
