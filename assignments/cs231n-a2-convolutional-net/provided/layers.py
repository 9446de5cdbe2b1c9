"""Layers for networks that came without their own: affine, ReLU, convolution, max-pooling, softmax loss."""

import numpy as np


def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b, (x, w, b)


def affine_backward(dout, cache):
    x, w, _ = cache
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(axis=0)


def relu_forward(x):
    return np.maximum(x, 0), x


def relu_backward(dout, cache):
    return dout * (cache > 0)


def softmax_loss(x, y):
    log_p = x - x.max(axis=1, keepdims=True)
    log_p = log_p - np.log(np.exp(log_p).sum(axis=1, keepdims=True))
    rows = np.arange(len(x))
    dx = np.exp(log_p)
    dx[rows, y] -= 1
    return -log_p[rows, y].mean(), dx / len(x)


def _positions(size, window, stride):
    """Where each window is, by rows and columns, and the slices of an image that it sees."""
    rows, columns = ((length - side) // stride + 1 for length, side in zip(size, window, strict=True))
    for i, j in np.ndindex(rows, columns):
        yield i, j, np.s_[:, :, i * stride : i * stride + window[0], j * stride : j * stride + window[1]]


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = int(conv_param["stride"]), int(conv_param["pad"])  # `(size - 1) / 2` was an integer in Python 2
    image = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    shape = [(length - side) // stride + 1 for length, side in zip(image.shape[2:], w.shape[2:], strict=True)]
    out = np.empty((len(x), len(w), *shape), x.dtype)
    for i, j, seen in _positions(image.shape[2:], w.shape[2:], stride):
        out[:, :, i, j] = np.tensordot(image[seen], w, axes=([1, 2, 3], [1, 2, 3])) + b
    return out, (image, w, stride, pad)


def conv_backward_naive(dout, cache):
    image, w, stride, pad = cache
    dimage, dw = np.zeros(image.shape, dout.dtype), np.zeros(w.shape, dout.dtype)
    for i, j, seen in _positions(image.shape[2:], w.shape[2:], stride):
        dw += np.tensordot(dout[:, :, i, j], image[seen], axes=(0, 0))
        dimage[seen] += np.tensordot(dout[:, :, i, j], w, axes=(1, 0))
    height, width = image.shape[2:]
    return dimage[:, :, pad : height - pad, pad : width - pad], dw, dout.sum(axis=(0, 2, 3))


def max_pool_forward_naive(x, pool_param):
    window = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    shape = [(length - side) // stride + 1 for length, side in zip(x.shape[2:], window, strict=True)]
    out = np.empty((*x.shape[:2], *shape), x.dtype)
    for i, j, seen in _positions(x.shape[2:], window, stride):
        out[:, :, i, j] = x[seen].max(axis=(2, 3))
    return out, (x, window, stride)


def max_pool_backward_naive(dout, cache):
    x, window, stride = cache
    dx = np.zeros(x.shape, dout.dtype)
    for i, j, seen in _positions(x.shape[2:], window, stride):
        flat = x[seen].reshape(*x.shape[:2], -1)
        first = np.arange(flat.shape[2]) == flat.argmax(axis=2)[..., np.newaxis]
        dx[seen] += (first * dout[:, :, i, j, np.newaxis]).reshape(*x.shape[:2], *window)
    return dx
