"""A sample at a time."""

import math

import numpy as np


class Rows:
    def fprop(self, inputs):
        return np.array([self.one(x) for x in inputs])

    def bprop(self, inputs, outputs, grads_wrt_outputs):
        return np.array([self.back(x, y, g) for x, y, g in zip(inputs, outputs, grads_wrt_outputs)])


class AffineLayer(Rows):
    def __init__(self, input_dim, output_dim, weights_initialiser=None, biases_initialiser=None):
        self.weights = np.zeros((output_dim, input_dim))
        self.biases = np.zeros(output_dim)

    def one(self, x):
        return self.weights @ x + self.biases

    def back(self, x, y, g):
        return g @ self.weights

    def grads_wrt_params(self, inputs, grads_wrt_outputs):
        dw, db = 0 * self.weights, 0 * self.biases
        for x, g in zip(inputs, grads_wrt_outputs):
            dw = dw + g[:, None] * x[None, :]
            db = db + g
        return [dw, db]


class SigmoidLayer(Rows):
    def one(self, x):
        return [1 / (1 + math.exp(-v)) for v in x]

    def back(self, x, y, g):
        return [d * s * (1 - s) for d, s in zip(g, y)]


class TanhLayer(Rows):
    def one(self, x):
        return [math.tanh(v) for v in x]

    def back(self, x, y, g):
        return [d * (1 + t) * (1 - t) for d, t in zip(g, y)]


class ReluLayer(Rows):
    def one(self, x):
        return [v if v > 0 else 0.0 for v in x]

    def back(self, x, y, g):
        return [d if v > 0 else 0.0 for d, v in zip(g, x)]


class SoftmaxLayer(Rows):
    def one(self, x):
        e = [math.exp(v - max(x)) for v in x]
        return [v / sum(e) for v in e]

    def back(self, x, y, g):
        mean = sum(d * p for d, p in zip(g, y))
        return [p * (d - mean) for d, p in zip(g, y)]
