from builtins import range
import numpy as np


def affine_forward(x, w, b):
    out = None
    N = x.shape[0]
    flat = np.reshape(x, (N, -1))
    out = np.zeros((N, w.shape[1]))
    for n in range(N):
        for m in range(w.shape[1]):
            total = 0.0
            for d in range(w.shape[0]):
                total += flat[n, d] * w[d, m]
            out[n, m] = total + b[m]
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    flat = np.reshape(x, (x.shape[0], -1))
    dflat, dw, db = np.zeros_like(flat), np.zeros_like(w), np.zeros_like(b)
    for n in range(dout.shape[0]):
        for m in range(dout.shape[1]):
            db[m] += dout[n, m]
            for d in range(w.shape[0]):
                dflat[n, d] += dout[n, m] * w[d, m]
                dw[d, m] += dout[n, m] * flat[n, d]
    return np.reshape(dflat, x.shape), dw, db


def relu_forward(x):
    out = x.copy()
    out[out < 0] = 0
    return out, x


def relu_backward(dout, cache):
    dx = np.array(dout, copy=True)
    dx[cache <= 0] = 0
    return dx


def softmax_loss(x, y):
    N = x.shape[0]
    dx = np.zeros_like(x)
    loss = 0.0
    for i in range(N):
        e = np.exp(x[i] - np.max(x[i]))
        p = e / e.sum()
        loss -= np.log(p[y[i]]) / N
        for j in range(x.shape[1]):
            dx[i, j] = (p[j] - (j == y[i])) / N
    return loss, dx


def conv_forward_naive(x, w, b, conv_param):
    out = None
    # the convolution will come here
    pass
    cache = (x, w, b, conv_param)
    return out, cache


def conv_backward_naive(dout, cache):
    dx, dw, db = None, None, None
    pass
    return dx, dw, db


def max_pool_forward_naive(x, pool_param):
    out = None
    pass
    cache = (x, pool_param)
    return out, cache


def max_pool_backward_naive(dout, cache):
    dx = None
    pass
    return dx
