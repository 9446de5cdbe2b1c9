"""The loops run over the places in a filter: each weight sees a shifted image. Gradients are written, not added."""

import numpy as np


class Param:
    def __init__(self, value):
        self.value, self.grad = value, None


def shifts(size):
    return [(i, j) for i in range(size) for j in range(size)]


class ConvolutionalLayer:
    def __init__(self, in_channels, out_channels, filter_size, padding):
        scale = np.sqrt(2 / (filter_size**2 * in_channels))
        self.W = Param(scale * np.random.standard_normal((filter_size, filter_size, in_channels, out_channels)))
        self.B = Param(np.zeros(out_channels))
        self.k, self.p = filter_size, padding

    def forward(self, X):
        self.shape = X.shape
        self.padded = np.pad(X, [(0, 0), (self.p,) * 2, (self.p,) * 2, (0, 0)])
        self.h, self.w = (s - self.k + 1 for s in self.padded.shape[1:3])
        out = np.broadcast_to(self.B.value, (len(X), self.h, self.w, len(self.B.value))).copy()
        for i, j in shifts(self.k):
            out += self.padded[:, i : i + self.h, j : j + self.w] @ self.W.value[i, j]
        return out

    def backward(self, d_out):
        dpadded = np.zeros(self.padded.shape)
        dW = np.zeros(self.W.value.shape)
        for i, j in shifts(self.k):
            dW[i, j] = np.tensordot(self.padded[:, i : i + self.h, j : j + self.w], d_out, axes=([0, 1, 2], [0, 1, 2]))
            dpadded[:, i : i + self.h, j : j + self.w] += d_out @ self.W.value[i, j].T
        self.W.grad, self.B.grad = dW, np.einsum("nijf->f", d_out)
        _, h, w, _ = self.shape
        return dpadded[:, self.p : self.p + h, self.p : self.p + w]

    def params(self):
        return {"W": self.W, "B": self.B}


class MaxPoolingLayer:
    def __init__(self, pool_size, stride):
        self.k, self.s = pool_size, stride

    def places(self, h, w):
        for i, j in shifts(self.k):
            yield np.s_[:, i : i + self.s * (h - 1) + 1 : self.s, j : j + self.s * (w - 1) + 1 : self.s]

    def forward(self, X):
        h, w = ((s - self.k) // self.s + 1 for s in X.shape[1:3])
        seen = np.stack([X[place] for place in self.places(h, w)])
        self.shape, self.winner = X.shape, seen.argmax(axis=0)
        return seen.max(axis=0)

    def backward(self, d_out):
        dX = np.zeros(self.shape)
        for number, place in enumerate(self.places(*d_out.shape[1:3])):
            dX[place] += np.where(self.winner == number, d_out, 0)
        return dX


class Flattener:
    def forward(self, X):
        self.like = X
        return np.array([image.ravel() for image in X])

    def backward(self, d_out):
        return np.array([row.reshape(image.shape) for row, image in zip(d_out, self.like)])
