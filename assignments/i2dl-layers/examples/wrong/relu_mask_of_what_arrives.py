import numpy as np


class Sigmoid:
    def __init__(self):
        pass

    def forward(self, x):
        outputs = 1 / (1 + np.exp(-x))
        cache = outputs
        return outputs, cache

    def backward(self, dout, cache):
        dx = None
        dx = dout * cache * (1 - cache)
        return dx


class Relu:
    def __init__(self):
        pass

    def forward(self, x):
        outputs = np.maximum(x, 0)
        cache = x
        return outputs, cache

    def backward(self, dout, cache):
        x = cache
        dx = dout * (dout > 0)
        return dx


class LeakyRelu:
    def __init__(self, slope=0.01):
        self.slope = slope

    def forward(self, x):
        outputs = np.where(x > 0, x, self.slope * x)
        cache = x
        return outputs, cache

    def backward(self, dout, cache):
        x = cache
        dx = dout * np.where(x > 0, 1, self.slope)
        return dx


class Tanh:
    def __init__(self):
        pass

    def forward(self, x):
        outputs = np.tanh(x)
        cache = outputs
        return outputs, cache

    def backward(self, dout, cache):
        dx = dout * (1 - cache**2)
        return dx


def affine_forward(x, w, b):
    N, M = x.shape[0], b.shape[0]
    out = np.zeros((N, M))
    x_reshaped = np.reshape(x, (N, -1))
    out = x_reshaped.dot(w) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    dx, dw, db = None, None, None
    N = x.shape[0]
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(N, -1).T.dot(dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db
