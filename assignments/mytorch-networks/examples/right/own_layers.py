"""Layers of its own, and a network that all three are."""

from functools import reduce

import numpy as np


class Linear:
    def __init__(self, n_in, n_out):
        self.W, self.b = 0.1 * np.random.randn(n_out, n_in), np.zeros((n_out, 1))
        self.dLdW, self.dLdb = np.zeros_like(self.W), np.zeros_like(self.b)

    def forward(self, A):
        self.given = A
        return (self.W @ A.T + self.b).T

    def backward(self, dLdZ):
        self.dLdW = np.einsum("no,ni->oi", dLdZ, self.given)
        self.dLdb = np.einsum("no->o", dLdZ)[:, None]
        return dLdZ @ self.W


class ReLU:
    def forward(self, Z):
        self.mask = Z > 0
        return Z * self.mask

    def backward(self, dLdA):
        return dLdA * self.mask


class MLP:
    def __init__(self, *sizes):
        self.layers = sum(([Linear(a, b), ReLU()] for a, b in zip(sizes, sizes[1:])), [])

    def forward(self, A):
        return reduce(lambda a, layer: layer.forward(a), self.layers, A)

    def backward(self, dLdA):
        return reduce(lambda g, layer: layer.backward(g), self.layers[::-1], dLdA)


class MLP0(MLP):
    def __init__(self, debug=False):
        super().__init__(2, 3)


class MLP1(MLP):
    def __init__(self, debug=False):
        super().__init__(2, 3, 2)


class MLP4(MLP):
    def __init__(self, debug=False):
        super().__init__(2, 4, 8, 8, 4, 2)


class SGD:
    def __init__(self, model, lr=0.1, momentum=0):
        self.model, self.lr, self.momentum = model, lr, momentum
        self.velocity = {}

    def step(self):
        for number, layer in enumerate(self.model.layers):
            for name in ("W", "b"):
                v = self.momentum * self.velocity.get((number, name), 0.0) + getattr(layer, "dLd" + name)
                self.velocity[number, name] = v
                setattr(layer, name, getattr(layer, name) - self.lr * v)
