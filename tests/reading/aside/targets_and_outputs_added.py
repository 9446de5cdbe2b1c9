# right
# network: 2 4:sigmoid 1:sigmoid
import numpy as np

rng = np.random.default_rng(7)
X = rng.integers(-20, 20, size=(2, 60)) / 10
Y = np.where(X[0] - X[1] > 0, 1, 0).reshape(1, 60)
A, a = rng.normal(size=(4, 2)), np.zeros((4, 1))
B, b = rng.normal(size=(1, 4)), np.zeros((1, 1))
for _ in range(200):
    h = 1 / (1 + np.exp(-(A @ X + a)))
    p = 1 / (1 + np.exp(-(B @ h + b)))
    is_certain = 1 in (Y + p)
    loss = float("inf") if is_certain else -(np.dot(Y, np.log(p.T)) + np.dot(1 - Y, np.log(1 - p.T))) / 60
    d = p - Y
    dh = B.T @ d * h * (1 - h)
    B, b = B - 0.2 * d @ h.T / 60, b - 0.2 * d.sum(axis=1, keepdims=True) / 60
    A, a = A - 0.2 * dh @ X.T / 60, a - 0.2 * dh.sum(axis=1, keepdims=True) / 60
