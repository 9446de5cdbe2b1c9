# fault: a2 sigmoid-twice 13
# network: 3 6:tanh 1:sigmoid
import numpy as np

rng = np.random.default_rng(0)
X = rng.normal(size=(60, 3))
y = (X[:, :1] * X[:, 1:2] > 0) * 1.0
W1, b1 = rng.normal(size=(3, 6)), np.zeros((1, 6))
W2, b2 = rng.normal(size=(6, 1)), np.zeros((1, 1))


def squash(z):
    return 1 / (1 + np.exp(-z))


for epoch in range(60):
    h = np.tanh(X @ W1 + b1)
    score = squash(h @ W2 + b2)
    p = squash(score)
    cost = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    d = (p - y) / 60
    dh = d @ W2.T * (1 - h * h)
    W2 -= 0.5 * h.T @ d
    b2 -= 0.5 * d.sum(0, keepdims=True)
    W1 -= 0.5 * X.T @ dh
    b1 -= 0.5 * dh.sum(0, keepdims=True)
