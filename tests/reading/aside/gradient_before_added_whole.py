# fault: step gradient-before-whole 19|20
# network: 2 5:sigmoid 1:sigmoid
import numpy as np

rng = np.random.default_rng(9)
X = rng.normal(size=(24, 2))
t = (X.sum(1, keepdims=True) > 0) * 1.0
A, B = rng.normal(size=(2, 5)), rng.normal(size=(5, 1))
kept_a, kept_b = np.zeros_like(A), np.zeros_like(B)
for _ in range(400):
    h = 1 / (1 + np.exp(-X @ A))
    o = 1 / (1 + np.exp(-h @ B))
    error = 0.5 * np.sum((o - t) ** 2)
    d = (o - t) * o * (1 - o)
    e = (d @ B.T) * h * (1 - h)
    change_b = h.T @ d
    change_a = X.T @ e
    # the rate is that of this change only
    B = B - (0.02 * change_b + kept_b)
    A = A - (0.02 * change_a + kept_a)
    kept_a, kept_b = change_a, change_b
