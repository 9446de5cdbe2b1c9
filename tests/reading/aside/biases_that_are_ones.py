# right
# network: 3 5:tanh 1:sigmoid
import numpy as np

rng = np.random.default_rng(11)
X = rng.normal(size=(40, 3))
y = (X[:, :1] > X[:, 1:2]).astype(float)
A, a0 = rng.normal(size=(3, 5)), np.ones(5)
B, b0 = rng.normal(size=(5, 1)), np.ones(1)
for _ in range(200):
    h = np.tanh(X @ A + a0)
    p = 1 / (1 + np.exp(-(h @ B + b0)))
    cost = np.mean((p - y) ** 2)
    d = (p - y) * p * (1 - p)
    dh = d @ B.T * (1 - h**2)
    B -= 0.1 * h.T @ d
    A -= 0.1 * X.T @ dh
