# fault: δ1 slope-at-activation ?
# network: 4 5:sigmoid 1:identity
import numpy as np

rng = np.random.default_rng(8)
X = rng.random((30, 4)) + 6
Y = X.sum(axis=1, keepdims=True) / 30
V, c, U, d = rng.random((4, 5)) + 0.5, rng.random(5), rng.random((5, 1)), np.zeros(1)


def f(z):
    return 1 / (1 + np.exp(-z))


def slope(z):
    return f(z) * (1 - f(z))


for k in range(20):
    A = f(X @ V + c)
    out = A @ U + d
    cost = np.mean((out - Y) ** 2) / 2
    e = (out - Y) / len(X)
    g = slope(A) * (e @ U.T)
    U, d = U - 0.05 * A.T @ e, d - 0.05 * e.sum(0)
    V, c = V - 0.05 * X.T @ g, c - 0.05 * g.sum(0)
