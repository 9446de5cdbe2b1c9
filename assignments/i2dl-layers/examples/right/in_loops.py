"""Loops over samples; the activations remember nothing but the inputs."""

import math

import numpy as np


class Sigmoid:
    def forward(self, x):
        return np.vectorize(lambda v: 1 / (1 + math.exp(-v)))(x), (x,)

    def backward(self, dout, cache):
        (x,) = cache
        s, _ = self.forward(x)
        return (1 - s) * s * dout


class Relu:
    def forward(self, x):
        out = x.copy()
        out[out < 0] = 0
        return out, x

    def backward(self, dout, cache):
        dx = np.array(dout, copy=True)
        dx[cache <= 0] = 0
        return dx


class LeakyRelu:
    def __init__(self, slope=0.01):
        self.slope = slope

    def forward(self, x):
        return np.maximum(x, self.slope * x), x

    def backward(self, dout, cache):
        dx = np.array(dout, copy=True)
        dx[cache <= 0] *= self.slope
        return dx


class Tanh:
    def forward(self, x):
        a, b = np.exp(x), np.exp(-x)
        return (a - b) / (a + b), x

    def backward(self, dout, cache):
        return dout - dout * np.tanh(cache) ** 2


def affine_forward(x, w, b):
    out = []
    for sample in x:
        out.append(sample.ravel() @ w + b)
    return np.stack(out), (x, w)


def affine_backward(dout, cache):
    x, w = cache
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(w.shape[1])
    for i, g in enumerate(dout):
        dx[i] = (w @ g).reshape(x[i].shape)
        dw += np.outer(x[i].ravel(), g)
        db += g
    return dx, dw, db
