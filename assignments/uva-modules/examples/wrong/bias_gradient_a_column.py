"""
This module implements various modules of the network.
"""
import numpy as np


class LinearModule(object):
    def __init__(self, in_features, out_features, input_layer=False):
        self.params = {"weight": None, "bias": None}
        self.grads = {"weight": None, "bias": None}

        gain = 1.0 if input_layer else 2.0
        self.params["weight"] = np.random.normal(0, np.sqrt(gain / in_features), size=(out_features, in_features))
        self.params["bias"] = np.zeros(out_features)
        self.grads["weight"] = np.zeros((out_features, in_features))
        self.grads["bias"] = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        out = x @ self.params["weight"].T + self.params["bias"]
        return out

    def backward(self, dout):
        self.grads["weight"] = dout.T @ self.x
        self.grads["bias"] = dout.T @ np.ones((len(dout), 1))
        dx = dout @ self.params["weight"]
        return dx

    def clear_cache(self):
        self.x = None


class ELUModule(object):
    def __init__(self, alpha):
        self.alpha = alpha

    def forward(self, x):
        self.x = x
        out = np.where(x > 0, x, self.alpha * (np.exp(x) - 1))
        return out

    def backward(self, dout):
        dx = dout * np.where(self.x > 0, 1, self.alpha * np.exp(self.x))
        return dx

    def clear_cache(self):
        self.x = None


class SoftMaxModule(object):
    def forward(self, x):
        b = np.max(x, axis=1, keepdims=True)
        y = np.exp(x - b)
        out = y / np.sum(y, axis=1, keepdims=True)
        self.out = out
        return out

    def backward(self, dout):
        dx = self.out * (dout - np.sum(dout * self.out, axis=1, keepdims=True))
        return dx

    def clear_cache(self):
        self.out = None


class CrossEntropyModule(object):
    def forward(self, x, y):
        out = -np.mean(np.log(x[np.arange(len(y)), y]))
        return out

    def backward(self, x, y):
        dx = np.zeros(x.shape)
        dx[np.arange(len(y)), y] = -1 / x[np.arange(len(y)), y] / len(y)
        return dx
