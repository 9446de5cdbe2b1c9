"""A sample at a time."""

import math

import numpy as np


class LinearModule(object):
    def __init__(self, in_features, out_features, input_layer=False):
        self.params = {"weight": np.random.normal(0, 0.1, (out_features, in_features)), "bias": np.zeros(out_features)}
        self.grads = {"weight": np.zeros((out_features, in_features)), "bias": np.zeros(out_features)}

    def forward(self, x):
        self.rows = [row for row in x]
        return np.array([self.params["weight"] @ row + self.params["bias"] for row in self.rows])

    def backward(self, dout):
        weight, bias, dx = 0, 0, []
        for row, g in zip(self.rows, dout):
            weight = weight + np.outer(g, row)
            bias = bias + g
            dx.append(g @ self.params["weight"])
        self.grads = {"weight": weight, "bias": bias}
        return np.array(dx)


class ELUModule(object):
    def forward(self, x):
        self.x = x
        return np.array([[v if v > 0 else math.exp(v) - 1 for v in row] for row in x])

    def backward(self, dout):
        slopes = [[1 if v > 0 else math.exp(v) for v in row] for row in self.x]
        return dout * np.array(slopes)


class SoftMaxModule(object):
    def forward(self, x):
        rows = []
        for row in x:
            e = [math.exp(v - max(row)) for v in row]
            rows.append([v / sum(e) for v in e])
        self.p = np.array(rows)
        return self.p

    def backward(self, dout):
        return np.array([p * (g - p @ g) for p, g in zip(self.p, dout)])


class CrossEntropyModule(object):
    def forward(self, x, y):
        return sum(-math.log(row[label]) for row, label in zip(x, y)) / len(y)

    def backward(self, x, y):
        dx = [[0.0] * len(row) for row in x]
        for i, label in enumerate(y):
            dx[i][label] = -1 / (len(y) * x[i][label])
        return np.array(dx)
