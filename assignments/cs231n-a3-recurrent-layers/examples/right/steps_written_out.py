"""Sequences without the functions for a step: whole arrays over time where that is possible."""

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    z = np.dot(x, Wx)
    z += np.dot(prev_h, Wh)
    z += b
    return np.tanh(z), (x, prev_h, Wx, Wh, z)


def rnn_step_backward(dnext_h, cache):
    x, prev_h, Wx, Wh, z = cache
    dz = dnext_h / np.cosh(z) ** 2
    return np.dot(dz, Wx.T), np.dot(dz, Wh.T), np.dot(x.T, dz), np.dot(prev_h.T, dz), dz.sum(0)


def rnn_forward(x, h0, Wx, Wh, b):
    drive = x @ Wx + b
    h = np.zeros(drive.shape)
    for t in range(x.shape[1]):
        h[:, t] = np.tanh(drive[:, t] + (h[:, t - 1] if t else h0) @ Wh)
    return h, (x, h0, h, Wx, Wh)


def rnn_backward(dh, cache):
    x, h0, h, Wx, Wh = cache
    dz = np.zeros(h.shape)
    back = np.zeros(h0.shape)
    for t in range(h.shape[1])[::-1]:
        dz[:, t] = (dh[:, t] + back) * (1 - h[:, t] ** 2)
        back = dz[:, t] @ Wh.T
    before = np.concatenate([h0[:, None], h[:, :-1]], axis=1)
    dWx = np.tensordot(x, dz, ([0, 1], [0, 1]))
    dWh = np.tensordot(before, dz, ([0, 1], [0, 1]))
    return dz @ Wx.T, back, dWx, dWh, dz.sum((0, 1))


def word_embedding_forward(x, W):
    out = np.zeros(x.shape + (W.shape[1],))
    for n in range(x.shape[0]):
        for t in range(x.shape[1]):
            out[n, t] = W[x[n, t]]
    return out, (x, W.shape)


def word_embedding_backward(dout, cache):
    x, shape = cache
    dW = np.zeros(shape)
    for n in range(x.shape[0]):
        for t in range(x.shape[1]):
            dW[x[n, t]] += dout[n, t]
    return dW


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    ai, af, ao, ag = np.split(x @ Wx + prev_h @ Wh + b, 4, axis=1)
    next_c = sigmoid(af) * prev_c + sigmoid(ai) * np.tanh(ag)
    next_h = sigmoid(ao) * np.tanh(next_c)
    return next_h, next_c, (x, prev_h, prev_c, Wx, Wh, ai, af, ao, ag, next_c)


def lstm_step_backward(dnext_h, dnext_c, cache):
    x, prev_h, prev_c, Wx, Wh, ai, af, ao, ag, next_c = cache
    slope = lambda z: sigmoid(z) * (1 - sigmoid(z))
    dc = dnext_c + dnext_h * sigmoid(ao) * (1 - np.tanh(next_c) ** 2)
    dz = np.concatenate(
        [
            dc * np.tanh(ag) * slope(ai),
            dc * prev_c * slope(af),
            dnext_h * np.tanh(next_c) * slope(ao),
            dc * sigmoid(ai) * (1 - np.tanh(ag) ** 2),
        ],
        axis=1,
    )
    return dz @ Wx.T, dz @ Wh.T, dc * sigmoid(af), x.T @ dz, prev_h.T @ dz, dz.sum(0)


def lstm_forward(x, h0, Wx, Wh, b):
    T = x.shape[1]
    h, c, cache = [h0], [np.zeros_like(h0)], []
    for t in range(T):
        next_h, next_c, step = lstm_step_forward(x[:, t], h[-1], c[-1], Wx, Wh, b)
        h.append(next_h)
        c.append(next_c)
        cache.append(step)
    return np.stack(h[1:], axis=1), cache


def lstm_backward(dh, cache):
    dx = np.zeros((dh.shape[0], dh.shape[1], cache[0][0].shape[1]))
    dnext_h, dnext_c = np.zeros_like(dh[:, 0]), np.zeros_like(dh[:, 0])
    dWx, dWh, db = 0, 0, 0
    for t in range(dh.shape[1])[::-1]:
        grads = lstm_step_backward(dnext_h + dh[:, t], dnext_c, cache[t])
        dx[:, t], dnext_h, dnext_c = grads[:3]
        dWx, dWh, db = dWx + grads[3], dWh + grads[4], db + grads[5]
    return dx, dnext_h, dWx, dWh, db
