"""Modules for networks that came without their own."""

import numpy as np


class LinearModule:
    def __init__(self, in_features, out_features, input_layer=False):
        scale = np.sqrt((1 if input_layer else 2) / in_features)
        self.params = {"weight": scale * np.random.randn(out_features, in_features), "bias": np.zeros(out_features)}
        self.grads = {"weight": np.zeros((out_features, in_features)), "bias": np.zeros(out_features)}

    def forward(self, x):
        self.x = x
        return x @ self.params["weight"].T + self.params["bias"]

    def backward(self, dout):
        self.grads["weight"], self.grads["bias"] = dout.T @ self.x, dout.sum(axis=0)
        return dout @ self.params["weight"]

    def clear_cache(self):
        self.x = None


class ELUModule:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def forward(self, x):
        self.x = x
        return np.where(x > 0, x, self.alpha * np.expm1(np.minimum(x, 0)))

    def backward(self, dout):
        return dout * np.where(self.x > 0, 1.0, self.alpha * np.exp(np.minimum(self.x, 0)))

    def clear_cache(self):
        self.x = None


class SoftMaxModule:
    def forward(self, x):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        self.out = e / e.sum(axis=1, keepdims=True)
        return self.out

    def backward(self, dout):
        return self.out * (dout - np.sum(dout * self.out, axis=1, keepdims=True))

    def clear_cache(self):
        self.out = None


class CrossEntropyModule:
    def forward(self, x, y):
        return -np.mean(np.log(x[np.arange(len(y)), y]))

    def backward(self, x, y):
        dx = np.zeros_like(x)
        dx[np.arange(len(y)), y] = -1 / (len(y) * x[np.arange(len(y)), y])
        return dx
