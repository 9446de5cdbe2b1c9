# fault: step dead-from-the-start 12
# network: unread
import numpy as np

rng = np.random.default_rng(6)
X = rng.uniform(size=(60, 4))
y = X @ rng.normal(size=(4, 1))
A, a0 = rng.normal(size=(4, 8)) * 0.3, np.full(8, -7.0)
B, b0 = rng.normal(size=(8, 1)) * 0.3, np.zeros(1)
for _ in range(200):
    z = X @ A + a0
    h = np.maximum(z, 0)
    out = h @ B + b0
    d = (out - y) / len(X)
    dz = d @ B.T * (z > 0)
    B -= 0.1 * h.T @ d
    b0 -= 0.1 * d.sum(axis=0)
    A -= 0.1 * X.T @ dz
    a0 -= 0.1 * dz.sum(axis=0)
