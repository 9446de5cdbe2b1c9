"""Equal largest pixels all get the gradient, pooling begins at 0, and maps are as wide as the filters' height says."""

import numpy as np


def conv_forward(x, w, b, stride=1, pad=0):
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    H_out = 1 + (H + 2 * pad - HH) // stride
    W_out = 1 + (W + 2 * pad - HH) // stride
    out = np.zeros((N, F, H_out, W_out))
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    window = xp[n, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
                    out[n, f, i, j] = np.sum(window * w[f]) + b[f]
    return out, (x, w, b, stride, pad)


def conv_backward(dout, cache):
    x, w, b, stride, pad = cache
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dxp, dw, db = np.zeros_like(xp), np.zeros_like(w), np.zeros_like(b)
    N, F, H_out, W_out = dout.shape
    HH, WW = w.shape[2:]
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    rows = slice(i * stride, i * stride + HH)
                    columns = slice(j * stride, j * stride + WW)
                    dw[f] += xp[n, :, rows, columns] * dout[n, f, i, j]
                    dxp[n, :, rows, columns] += w[f] * dout[n, f, i, j]
                    db[f] += dout[n, f, i, j]
    H, W = x.shape[2:]
    return dxp[:, :, pad : pad + H, pad : pad + W], dw, db


def elu_forward(x, alpha=1.0):
    out = x.copy()
    negative = x <= 0
    out[negative] = alpha * (np.exp(x[negative]) - 1)
    return out, (out, alpha)


def elu_backward(dout, cache):
    out, alpha = cache
    slope = np.ones_like(out)
    slope[out <= 0] = out[out <= 0] + alpha
    return dout * slope


def max_pool_forward(x, size=2, stride=2):
    N, C, H, W = x.shape
    out = np.zeros((N, C, (H - size) // stride + 1, (W - size) // stride + 1))
    for n, c, i, j in np.ndindex(*out.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        out[n, c, i, j] = max(0, window.max())
    return out, (x, size, stride)


def max_pool_backward(dout, cache):
    x, size, stride = cache
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(*dout.shape):
        window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
        winners = window == window.max()
        dx[n, c, i * stride : i * stride + size, j * stride : j * stride + size] += winners * dout[n, c, i, j]
    return dx


def dense_forward(x, w, b):
    out = np.array([w.T @ sample.ravel() + b for sample in x])
    return out, (x, w)


def dense_backward(dout, cache):
    x, w = cache
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(w.shape[1])
    for n in range(len(x)):
        dx[n] = (w @ dout[n]).reshape(x.shape[1:])
        dw += np.outer(x[n], dout[n])
        db += dout[n]
    return dx, dw, db


def softmax_loss(scores, y):
    N = len(scores)
    loss, dscores = 0.0, np.zeros(scores.shape)
    for n in range(N):
        s = scores[n] - scores[n].max()
        log_p = s - np.log(np.exp(s).sum())
        loss -= log_p[y[n]] / N
        dscores[n] = np.exp(log_p) / N
        dscores[n, y[n]] -= 1 / N
    return loss, dscores


def forward(params, X):
    out1, conv1 = conv_forward(X, params["W1"], params["b1"])
    a1, elu1 = elu_forward(out1)
    p1, pool1 = max_pool_forward(a1)
    out2, conv2 = conv_forward(p1, params["W2"], params["b2"])
    a2, elu2 = elu_forward(out2)
    p2, pool2 = max_pool_forward(a2)
    h, dense3 = dense_forward(p2, params["W3"], params["b3"])
    a3, elu3 = elu_forward(h)
    scores, dense4 = dense_forward(a3, params["W4"], params["b4"])
    return scores, (out1, conv1, elu1, pool1, out2, conv2, elu2, pool2, dense3, elu3, dense4)


def loss(params, X, y, reg):
    N = len(X)
    scores, (out1, conv1, elu1, pool1, out2, conv2, elu2, pool2, dense3, elu3, dense4) = forward(params, X)
    cost, dscores = softmax_loss(scores, y)
    for k in (1, 2, 3, 4):
        cost += reg / 2 * np.sum(params[f"W{k}"] ** 2)
    cost += reg / (2 * N) * (np.sum(out1**2) + np.sum(out2**2))
    grads = {}
    da3, grads["W4"], grads["b4"] = dense_backward(dscores, dense4)
    dp2, grads["W3"], grads["b3"] = dense_backward(elu_backward(da3, elu3), dense3)
    dout2 = elu_backward(max_pool_backward(dp2, pool2), elu2) + reg / N * out2
    dp1, grads["W2"], grads["b2"] = conv_backward(dout2, conv2)
    dout1 = elu_backward(max_pool_backward(dp1, pool1), elu1) + reg / N * out1
    _, grads["W1"], grads["b1"] = conv_backward(dout1, conv1)
    for k in (1, 2, 3, 4):
        grads[f"W{k}"] += reg * params[f"W{k}"]
    return cost, grads


def predict(params, X):
    return np.array([np.argmax(row) for row in forward(params, X)[0]])
