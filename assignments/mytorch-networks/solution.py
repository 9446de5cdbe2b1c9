"""The layers, and how networks and the optimizer go through them."""

import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W, self.b = np.zeros((out_features, in_features)), np.zeros((out_features, 1))

    def forward(self, A):
        self.A = A
        return affine(A, self.W.T, self.b[:, 0])

    def backward(self, dLdZ):
        self.dLdW = weight_gradient(self.A, dLdZ, len(dLdZ)).T
        self.dLdb = bias_gradient(dLdZ, len(dLdZ))[:, np.newaxis]
        return propagate(dLdZ, self.W.T)


class ReLU:
    def forward(self, Z):
        self.Z = Z
        return relu(Z)

    def backward(self, dLdA):
        return relu_backward(dLdA, self.Z)


class Network:
    sizes = ()

    def __init__(self, debug=False):
        pairs = zip(self.sizes, self.sizes[1:], strict=False)
        self.layers = [layer for pair in pairs for layer in (Linear(*pair), ReLU())]

    def forward(self, A):
        for layer in self.layers:
            A = layer.forward(A)
        return A

    def backward(self, dLdA):
        for layer in self.layers[::-1]:
            dLdA = layer.backward(dLdA)
        return dLdA


class MLP0(Network):
    sizes = (2, 3)

    def forward(self, A0):
        return super().forward(A0)

    def backward(self, dLdA1):
        return super().backward(dLdA1)


class MLP1(Network):
    sizes = (2, 3, 2)

    def forward(self, A0):
        return super().forward(A0)

    def backward(self, dLdA2):
        return super().backward(dLdA2)


class MLP4(Network):
    sizes = (2, 4, 8, 8, 4, 2)


def kinds(layer):
    """The parameters of a layer that a step changes."""
    return "Wb"


class SGD:
    def __init__(self, model, lr=0.1, momentum=0):
        self.layers, self.lr, self.momentum = model.layers, lr, momentum
        self.v = [{kind: np.zeros(getattr(layer, kind).shape) for kind in "Wb"} for layer in self.layers]

    def step(self):
        for layer, v in zip(self.layers, self.v, strict=True):
            for kind in kinds(layer):
                given = getattr(layer, kind), getattr(layer, f"dLd{kind}"), v[kind], self.lr, self.momentum
                value, v[kind] = momentum_step(*given)
                setattr(layer, kind, value)
