"""Entry by entry, with a base class that goes through the parameters."""

import math

import numpy as np


class Optimizer:
    def update(self, params, grads):
        self.count = getattr(self, "count", 0) + 1
        for key in params:
            flat = params[key].reshape(-1)
            g = np.ravel(grads[key])
            for i in range(flat.size):
                flat[i] -= self.change((key, i), float(g[i]))


class SGD(Optimizer):
    def __init__(self, lr=0.01):
        self.lr = lr

    def change(self, place, g):
        return self.lr * g


class Momentum(Optimizer):
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum, self.v = lr, momentum, {}

    def change(self, place, g):
        self.v[place] = self.momentum * self.v.get(place, 0.0) + self.lr * g
        return self.v[place]


class AdaGrad(Optimizer):
    def __init__(self, lr=0.01):
        self.lr, self.h = lr, {}

    def change(self, place, g):
        self.h[place] = self.h.get(place, 0.0) + g**2
        return self.lr * g / (math.sqrt(self.h[place]) + 1e-7)


class RMSprop(Optimizer):
    def __init__(self, lr=0.01, decay_rate=0.99):
        self.lr, self.rho, self.h = lr, decay_rate, {}

    def change(self, place, g):
        self.h[place] = self.rho * self.h.get(place, 0.0) + (1 - self.rho) * g**2
        return self.lr * g / (math.sqrt(self.h[place]) + 1e-7)


class Adam(Optimizer):
    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr, self.b1, self.b2, self.m, self.v = lr, beta1, beta2, {}, {}

    def change(self, place, g):
        self.m[place] = self.b1 * self.m.get(place, 0.0) + (1 - self.b1) * g
        self.v[place] = self.b2 * self.v.get(place, 0.0) + (1 - self.b2) * g * g
        rate = self.lr * math.sqrt(1 - self.b2**self.count) / (1 - self.b1**self.count)
        return rate * self.m[place] / (math.sqrt(self.v[place]) + 1e-7)


class Nesterov(Optimizer):
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum, self.v = lr, momentum, {}

    def change(self, place, g):
        before = self.v.get(place, 0.0)
        self.v[place] = self.momentum * before - self.lr * g
        return self.momentum * before - (1 + self.momentum) * self.v[place]
