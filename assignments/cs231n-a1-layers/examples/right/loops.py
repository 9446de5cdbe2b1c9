"""One sample at a time."""

import numpy as np


def affine_forward(x, w, b):
    out = np.zeros((len(x), w.shape[1]))
    for i in range(len(x)):
        out[i] = x[i].flatten() @ w + b
    return out, {"x": x, "w": w}


def affine_backward(dout, cache):
    x, w = cache["x"], cache["w"]
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(w.shape[1])
    for i in range(len(x)):
        dx[i] = (w @ dout[i]).reshape(x[i].shape)
        dw += np.outer(x[i].ravel(), dout[i])
        db += dout[i]
    return dx, dw, db


def relu_forward(x):
    out = x.copy()
    out[out < 0] = 0
    return out, out


def relu_backward(dout, cache):
    return np.where(cache > 0, dout, 0)


def svm_loss(x, y):
    N, C = x.shape
    loss, dx = 0.0, np.zeros(x.shape)
    for i in range(N):
        for j in range(C):
            margin = x[i, j] - x[i, y[i]] + 1
            if j != y[i] and margin > 0:
                loss += margin / N
                dx[i, j] += 1 / N
                dx[i, y[i]] -= 1 / N
    return loss, dx


def softmax_loss(x, y):
    losses, gradients = [], []
    for scores, label in zip(x, y):
        e = np.exp(scores - scores.max())
        p = e / e.sum()
        losses.append(-np.log(p[label]))
        p[label] -= 1
        gradients.append(p)
    return np.mean(losses), np.array(gradients) / len(x)
