from __future__ import print_function, division
from builtins import range
import numpy as np
from .im2col import *


def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1).dot(w) + b
    return out, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T.dot(dout)
    db = np.ones(dout.shape[0]).dot(dout)
    return dx, dw, db


def relu_forward(x):
    return (x > 0) * x, x


def relu_backward(dout, cache):
    return np.where(cache > 0, dout, 0)


def softmax_loss(x, y):
    shifted_logits = x - np.max(x, axis=1, keepdims=True)
    Z = np.sum(np.exp(shifted_logits), axis=1, keepdims=True)
    log_probs = shifted_logits - np.log(Z)
    probs = np.exp(log_probs)
    N = x.shape[0]
    loss = -np.sum(log_probs[np.arange(N), y]) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    cols = to_columns(x, HH, WW, pad, stride)
    res = w.reshape(F, -1).dot(cols) + b[:, None]
    out = res.reshape(F, 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride, N)
    return out.transpose(3, 0, 1, 2), (x, w, b, conv_param, cols)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param, cols = cache
    F, _, HH, WW = w.shape
    db = np.sum(dout, axis=(0, 2, 3))
    flat = dout.transpose(1, 2, 3, 0).reshape(F, -1)
    dw = flat.dot(cols.T).reshape(w.shape)
    dx = to_images(w.reshape(F, -1).T.dot(flat), x.shape, HH, WW, conv_param["pad"], conv_param["stride"])
    return dx, dw, db


def max_pool_forward_naive(x, pool_param):
    hh, ww, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    N, C, H, W = x.shape
    out = np.empty((N, C, (H - hh) // s + 1, (W - ww) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            out[:, :, i, j] = np.amax(x[:, :, i * s:i * s + hh, j * s:j * s + ww], axis=(2, 3))
    return out, (x, pool_param, out)


def max_pool_backward_naive(dout, cache):
    x, pool_param, out = cache
    hh, ww, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    dx = np.zeros(x.shape)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            part = x[:, :, i * s:i * s + hh, j * s:j * s + ww]
            mask = part == out[:, :, i, j][:, :, None, None]
            dx[:, :, i * s:i * s + hh, j * s:j * s + ww] += mask * dout[:, :, i, j][:, :, None, None]
    return dx
