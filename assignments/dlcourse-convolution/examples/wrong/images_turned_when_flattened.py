"""The flattener takes the pixels in another order, there and back; pooling takes the means."""

import numpy as np


class Param:
    def __init__(self, value):
        self.value = np.array(value, dtype=float)
        self.grad = np.zeros(self.value.shape)


class Windows:
    """Where the pixels of each window are, as indices of rows and columns."""

    def __init__(self, height, width, side, stride):
        top = stride * np.arange((height - side) // stride + 1)
        left = stride * np.arange((width - side) // stride + 1)
        inside = np.arange(side)
        self.r = (top[:, None, None, None] + inside[None, None, :, None]) + 0 * left[None, :, None, None]
        self.c = (left[None, :, None, None] + inside[None, None, None, :]) + 0 * top[:, None, None, None]

    def of(self, images):
        """(n, rows, columns, side, side, channels)."""
        return images[:, self.r, self.c]

    def put_back(self, parts, shape):
        images = np.zeros(shape)
        np.add.at(images, (slice(None), self.r, self.c), parts)
        return images


class ConvolutionalLayer:
    def __init__(self, in_channels, out_channels, filter_size, padding):
        self.W = Param(np.random.normal(size=(filter_size, filter_size, in_channels, out_channels)))
        self.B = Param(np.zeros((out_channels,)))
        self.pad = padding

    def forward(self, X):
        framed = np.zeros((X.shape[0], X.shape[1] + 2 * self.pad, X.shape[2] + 2 * self.pad, X.shape[3]))
        self.inner = (slice(None), slice(self.pad, self.pad + X.shape[1]), slice(self.pad, self.pad + X.shape[2]))
        framed[self.inner] = X
        self.framed_shape = framed.shape
        self.windows = Windows(*framed.shape[1:3], len(self.W.value), 1)
        self.seen = self.windows.of(framed)
        return np.einsum("nijabc,abcf->nijf", self.seen, self.W.value) + self.B.value

    def backward(self, d_out):
        self.W.grad += np.einsum("nijabc,nijf->abcf", self.seen, d_out)
        self.B.grad += d_out.reshape(-1, d_out.shape[-1]).sum(axis=0)
        sent = np.einsum("nijf,abcf->nijabc", d_out, self.W.value)
        # what a window saw goes back to where it was
        return self.windows.put_back(sent, self.framed_shape)[self.inner]


class MaxPoolingLayer:
    def __init__(self, pool_size, stride):
        self.pool_size, self.stride = pool_size, stride

    def forward(self, X):
        self.shape = X.shape
        self.windows = Windows(X.shape[1], X.shape[2], self.pool_size, self.stride)
        seen = self.windows.of(X)
        n, rows, columns, a, b, channels = seen.shape
        flat = seen.reshape(n, rows, columns, a * b, channels)
        self.is_largest = np.eye(a * b)[flat.argmax(axis=3)]  # (n, rows, columns, channels, a·b)
        return flat.mean(axis=3)

    def backward(self, d_out):
        parts = np.moveaxis(self.is_largest * d_out[..., None], -1, 3)
        n, rows, columns, _, channels = parts.shape
        parts = parts.reshape(n, rows, columns, self.pool_size, self.pool_size, channels)
        return self.windows.put_back(parts, self.shape)


class Flattener(object):
    def forward(self, X):
        self.backward = lambda d_out: np.reshape(d_out, (len(X), X.shape[3], X.shape[1], X.shape[2])).transpose(0, 2, 3, 1)
        return np.reshape(X.transpose(0, 3, 1, 2), (len(X), -1))

    def backward(self, d_out):
        raise RuntimeError("forward first")
