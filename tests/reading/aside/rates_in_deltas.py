# right
# network: 5 7:tanh 6:tanh 1:sigmoid
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
lr1, lr2 = 0.4, 0.1
for e in range(300):
    a1 = np.tanh(X @ W1 + b1); a2 = np.tanh(a1 @ W2 + b2); a3 = sig(a2 @ W3 + b3)
    g3 = (a3 - y) / n
    g2 = (g3 @ W3.T) * (1 - a2 ** 2)
    g1 = (g2 @ W2.T) * (1 - a1 ** 2)
    d3 = lr2 * g3; d2 = lr2 * g2; d1 = lr1 * g1
    W3 -= a2.T @ d3; b3 -= d3.sum(0, keepdims=True)
    W2 -= a1.T @ d2; b2 -= d2.sum(0, keepdims=True)
    W1 -= X.T @ d1; b1 -= d1.sum(0, keepdims=True)
