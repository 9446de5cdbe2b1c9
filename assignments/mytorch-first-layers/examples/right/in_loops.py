import math

import numpy as np


class Sigmoid:
    def forward(self, x):
        self.x = x
        return np.vectorize(lambda v: 1 / (1 + math.exp(-v)))(x)

    def derivative(self):
        return np.exp(-self.x) / np.square(1 + np.exp(-self.x))


class Tanh:
    def forward(self, x):
        self.x = x
        return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))

    def derivative(self):
        return 1 / np.cosh(self.x) ** 2


class ReLU:
    def forward(self, x):
        self.on = x > 0
        return x * self.on

    def derivative(self):
        return self.on.astype(float)


class SoftmaxCrossEntropy:
    def forward(self, x, y):
        self.grad = []
        losses = []
        for scores, label in zip(x, y):
            p = np.exp(scores) / sum(np.exp(scores))
            losses.append(-math.log(p[np.argmax(label)]))
            self.grad.append(p - label)
        return np.array(losses)

    def derivative(self):
        return np.array(self.grad)


class Linear:
    def __init__(self, in_feature, out_feature, weight_init_fn, bias_init_fn):
        self.W, self.b = weight_init_fn(in_feature, out_feature), bias_init_fn(out_feature)
        self.dW = self.db = None

    def forward(self, x):
        self.x = x
        return np.array([row @ self.W + self.b[0] for row in x])

    def backward(self, delta):
        n = len(delta)
        self.dW, self.db = np.zeros(self.W.shape), np.zeros(self.b.shape)
        for row, d in zip(self.x, delta):
            self.dW += np.outer(row, d) / n
            self.db += d / n
        return np.array([self.W @ d for d in delta])


class BatchNorm:
    def __init__(self, in_feature, alpha=0.9):
        self.gamma, self.beta = np.ones((1, in_feature)), np.zeros((1, in_feature))

    def forward(self, x, eval=False):
        self.std = np.sqrt(np.mean((x - x.mean(0)) ** 2, axis=0) + 1e-8)
        self.norm = (x - x.mean(0)) / self.std
        return self.gamma * self.norm + self.beta

    def backward(self, delta):
        n, d = delta.shape
        self.dgamma, self.dbeta = np.zeros((1, d)), np.zeros((1, d))
        dx = np.zeros(delta.shape)
        for j in range(d):
            h, g = self.norm[:, j], delta[:, j]
            self.dgamma[0, j], self.dbeta[0, j] = h @ g, g.sum()
            dx[:, j] = self.gamma[0, j] / self.std[j] * (g - g.sum() / n - h * (h @ g) / n)
        return dx
