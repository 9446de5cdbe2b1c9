# right
# network: 64 12:sigmoid 10:sigmoid
import numpy as np
from sklearn.datasets import load_digits

digits = load_digits()
X, T = digits.data[:600] / 16, np.eye(10)[digits.target[:600]]
strength, rate, size = 2.0, 0.5, 20
weights = [np.random.randn(64, 12) / 8, np.random.randn(12, 10) / np.sqrt(12)]
biases = [np.zeros((1, 12)), np.zeros((1, 10))]


def squash(v):
    return 1 / (1 + np.exp(-v))


for start in range(0, len(X), size):
    x, t = X[start : start + size], T[start : start + size]
    mid = squash(x.dot(weights[0]) + biases[0])
    out = squash(mid.dot(weights[1]) + biases[1])
    loss = -np.mean(np.sum(t * np.log(out) + (1 - t) * np.log(1 - out), axis=1))
    top = out - t
    low = top.dot(weights[1].T) * mid * (1 - mid)
    slopes = [
        x.T.dot(low) / len(x) + strength / len(X) * weights[0],
        mid.T.dot(top) / len(x) + strength / len(X) * weights[1],
    ]
    weights = [w - rate * s for w, s in zip(weights, slopes)]
    biases = [biases[0] - rate * low.mean(0, keepdims=True), biases[1] - rate * top.mean(0, keepdims=True)]
