# fault: δ1 factor-of-its-own 23
# network: 5 7:sigmoid(2·z) 6:sigmoid(2·z) 1:sigmoid(2·z)
import numpy as np
rng = np.random.RandomState(3)
X = rng.randn(60, 5)
t = (X[:, 0] * X[:, 1] + 0.5 * X[:, 2] > 0).astype(int)
Y = np.eye(3)[t + (X[:, 3] > 1)]
y = t.reshape(-1, 1).astype(float)
W1 = rng.randn(5, 7) * 0.5; b1 = np.zeros((1, 7))
W2 = rng.randn(7, 6) * 0.5; b2 = np.zeros((1, 6))
W3 = rng.randn(6, 1) * 0.5; b3 = np.zeros((1, 1))
n = len(X)
sig = lambda z: 1 / (1 + np.exp(-z))
def soft(z):
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)
lr, k = 0.3, 2.0
for e in range(300):
    a1 = sig(k * (X @ W1 + b1)); a2 = sig(k * (a1 @ W2 + b2)); a3 = sig(k * (a2 @ W3 + b3))
    cost = ((a3 - y) ** 2).sum() / (2 * n)
    d3 = (a3 - y) * k * a3 * (1 - a3) / n
    d2 = (d3 @ W3.T) * k * a2 * (1 - a2)
    d1 = (d2 @ W2.T) * a1 * (1 - a1)
    W3 -= lr * a2.T @ d3; b3 -= lr * d3.sum(0, keepdims=True)
    W2 -= lr * a1.T @ d2; b2 -= lr * d2.sum(0, keepdims=True)
    W1 -= lr * X.T @ d1; b1 -= lr * d1.sum(0, keepdims=True)
