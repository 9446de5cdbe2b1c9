import numpy as np


class Layers(object):
    def __init__(self, verbose):
        self.verbose = verbose


    def affine_forward(self, x, w, b):
        rows = x.reshape(x.shape[0], -1)
        return rows.dot(w) + b, (x, w, b)

    def affine_backward(self, dout, cache):
        x, w, b = cache
        dx = dout.dot(w.T).reshape(x.shape)
        dw = x.reshape(x.shape[0], -1).T.dot(dout)
        return dx, dw, np.sum(dout, axis=0)

    def relu_forward(self, x):
        return np.maximum(0, x), x

    def relu_backward(self, dout, cache):
        return dout * (cache > 0)

    def softmax_loss(self, x, y):
        p = np.exp(x - np.max(x, axis=1, keepdims=True))
        p /= np.sum(p, axis=1, keepdims=True)
        N = x.shape[0]
        loss = -np.sum(np.log(p[np.arange(N), y])) / N
        dx = p.copy()
        dx[np.arange(N), y] -= 1
        return loss, dx / N


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    H_out = 1 + (H + 2 * pad - HH) // stride
    W_out = 1 + (W + 2 * pad - WW) // stride
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), 'constant')
    out = np.zeros((N, F, H_out, W_out))
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    seen = x_pad[n, :, i * stride:i * stride + HH, j * stride:j * stride + WW]
                    out[n, f, i, j] = np.sum(seen * w[f]) + b[f]
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    stride, pad = conv_param['stride'], conv_param['pad']
    N, F, H_out, W_out = dout.shape
    HH, WW = w.shape[2:]
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), 'constant')
    dx_pad, dw = np.zeros_like(x_pad), np.zeros_like(w)
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    rows, cols = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
                    dw[f] += dout[n, f, i, j] * x_pad[n, :, rows, cols]
                    dx_pad[n, :, rows, cols] += dout[n, f, i, j] * w[f]
    dx = dx_pad[:, :, pad:pad + x.shape[2], pad:pad + x.shape[3]]
    return dx, dw, dout.sum(axis=(0, 2, 3))


class Pooling:
    """Functions that were meant to stand alone."""


    def max_pool_forward_naive(x, pool_param):
        N, C, H, W = x.shape
        ph, pw, stride = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
        out = np.zeros((N, C, (H - ph) // stride + 1, (W - pw) // stride + 1))
        for i in range(out.shape[2]):
            for j in range(out.shape[3]):
                out[:, :, i, j] = x[:, :, i * stride:i * stride + ph, j * stride:j * stride + pw].max(axis=(2, 3))
        return out, (x, pool_param)

    @staticmethod
    def max_pool_backward_naive(dout, cache):
        x, pool_param = cache
        ph, pw, stride = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
        dx = np.zeros_like(x)
        N, C, H_out, W_out = dout.shape
        for n in range(N):
            for c in range(C):
                for i in range(H_out):
                    for j in range(W_out):
                        window = x[n, c, i * stride:i * stride + ph, j * stride:j * stride + pw]
                        k = np.argmax(window)
                        dx[n, c, i * stride + k // window.shape[1], j * stride + k % window.shape[1]] += dout[n, c, i, j]
        return dx
