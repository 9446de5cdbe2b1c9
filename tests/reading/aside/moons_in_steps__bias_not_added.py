# fault: W never-used 19
# network: 3 5:tanh 1:sigmoid
import numpy as np

rng = np.random.default_rng(4)
X = rng.normal(size=(50, 3))
y = (X[:, :1] * X[:, 1:2] > 0).astype(float)
A, a0 = rng.normal(size=(3, 5)), np.zeros(5)
B, b0 = rng.normal(size=(5, 1)), np.zeros(1)
rate = 0.4
for _ in range(200):
    h = np.tanh(X @ A + a0)
    p = 1 / (1 + np.exp(-(h @ B)))
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    d = (p - y) / len(X)
    dh = d @ B.T * (1 - h * h)
    dB, db0, dA, da0 = h.T @ d, d.sum(axis=0), X.T @ dh, dh.sum(axis=0)
    B -= rate * dB
    b0 -= rate * db0
    A -= rate * dA
    a0 -= rate * da0
