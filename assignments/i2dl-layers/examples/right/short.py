"""The caches are slopes, which the way back multiplies by."""

import numpy as np


class _Slopes:
    def backward(self, dout, cache):
        return np.multiply(dout, cache)


class Sigmoid(_Slopes):
    def forward(self, x):
        s = 0.5 + 0.5 * np.tanh(x / 2)
        return s, s - s**2


class Relu(_Slopes):
    def forward(self, x):
        return x * (x > 0), np.heaviside(x, 0.0)


class LeakyRelu(_Slopes):
    def __init__(self, slope=0.01):
        self.slope = slope

    def forward(self, x):
        slopes = np.ones_like(x)
        slopes[x < 0] = self.slope
        return x * slopes, slopes


class Tanh(_Slopes):
    def forward(self, x):
        return np.tanh(x), 1 / np.cosh(x) ** 2


def affine_forward(x, w, b):
    flat = x.reshape(len(x), w.shape[0])
    return np.einsum("nd,dm->nm", flat, w) + b[None], {"flat": flat, "shape": x.shape, "w": w}


def affine_backward(dout, cache):
    dx = np.einsum("nm,dm->nd", dout, cache["w"])
    return np.reshape(dx, cache["shape"]), np.einsum("nd,nm->dm", cache["flat"], dout), np.einsum("nm->m", dout)
