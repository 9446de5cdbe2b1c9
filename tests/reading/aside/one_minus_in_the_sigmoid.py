# fault: δ1 slope-of-another-function 11
# network: 4 5:sigmoid 1:sigmoid
import numpy as np


def s(v):
    return 1.0 / (1.0 + np.exp(-v))


def ds(v):
    return s(v) * s(1 - v)


r = np.random.default_rng(6)
X = r.normal(size=(40, 4))
Y = (X[:, :1] * X[:, 1:2] > 0).astype(float)
W, b, M, c = r.normal(size=(4, 5)), np.zeros(5), r.normal(size=(5, 1)), np.zeros(1)
for i in range(20):
    Z = X @ W + b
    A = s(Z)
    P = s(A @ M + c)
    cost = -np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P))
    e = (P - Y) / len(X)
    h = e @ M.T * ds(Z)
    M, c = M - 0.7 * A.T @ e, c - 0.7 * e.sum(0)
    W, b = W - 0.7 * X.T @ h, b - 0.7 * h.sum(0)
