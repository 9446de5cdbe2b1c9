# fault: db2 not-summed 20
# network: 2 4:sigmoid 1:sigmoid
import numpy as np

rng = np.random.default_rng(12)
X = rng.normal(size=(2, 6))
Y = (X[:1] * X[1:] > 0).astype(float)
A, a = rng.normal(size=(4, 2)), rng.normal(size=(4, 1))
B, b = rng.normal(size=(1, 4)), rng.normal(size=(1, 1))


def sigmoid(t):
    return 1 / (1 + np.exp(-t))


for _ in range(200):
    h = sigmoid(A @ X + a)
    p = sigmoid(B @ h + b)
    off = p - Y
    d_bias_of_b = off
    at_h = B.T @ off * h * (1 - h)
    B = B - 0.1 * off @ h.T
    b = b - 0.1 * d_bias_of_b
    A = A - 0.1 * at_h @ X.T
    a = a - 0.1 * at_h.sum(axis=1, keepdims=True)
