"""How images with their channels last come to the operations, and what the layers keep."""

import numpy as np


class Param:
    def __init__(self, value):
        self.value, self.grad = value, np.zeros_like(value)


def channels_first(images):
    return np.moveaxis(images, -1, 1)


def channels_last(images):
    return np.moveaxis(images, 1, -1)


def filters_first(W):
    """(side, side, in_channels, out_channels) as (out_channels, in_channels, side, side)."""
    return np.transpose(W, (3, 2, 0, 1))


def filters_last(w):
    return np.transpose(w, (2, 3, 1, 0))


class ConvolutionalLayer:
    def __init__(self, in_channels, out_channels, filter_size, padding):
        self.W = Param(np.zeros((filter_size, filter_size, in_channels, out_channels)))
        self.B = Param(np.zeros(out_channels))
        self.padding = padding

    def forward(self, X):
        self.X = X
        return channels_last(convolved(channels_first(X), filters_first(self.W.value), self.B.value, 1, self.padding))

    def backward(self, d_out):
        x, w = channels_first(self.X), filters_first(self.W.value)
        dx, dw, db = convolution_gradients(channels_first(d_out), x, w, 1, self.padding)
        self.W.grad = self.W.grad + filters_last(dw)
        self.B.grad = self.B.grad + db
        return channels_last(dx)


class MaxPoolingLayer:
    def __init__(self, pool_size, stride):
        self.pool_size, self.stride = pool_size, stride

    def forward(self, X):
        self.X = X
        return channels_last(pooled(channels_first(X), self.pool_size, self.pool_size, self.stride))

    def backward(self, d_out):
        side = self.pool_size
        return channels_last(pooling_gradient(channels_first(d_out), channels_first(self.X), side, side, self.stride))


class Flattener:
    def forward(self, X):
        self.shape = X.shape
        return flatten(X)

    def backward(self, d_out):
        return unflatten(d_out, self.shape)
