# fault: W1 number-added 27
# network: 5 4:sigmoid 1:sigmoid
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
lr = 0.5
V1 = rng.randn(6, 4); V2 = rng.randn(5, 1)
one = -np.ones((n, 1))
Xb = np.hstack([X, one])
for e in range(300):
    h = sig(Xb @ V1); hb = np.hstack([h, one]); o = sig(hb @ V2)
    err = y - o
    d2 = err * o * (1 - o)
    d1 = (d2 @ V2[:-1].T) * h * (1 - h)
    V2 += lr * hb.T @ d2 / n
    V1 += lr + Xb.T @ d1 / n
