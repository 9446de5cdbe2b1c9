# fault: step broadcast-stops 7
# network: unread
import numpy as np

rng = np.random.default_rng(3)
X = rng.uniform(size=(50, 2))
y = X[:, 0] + 2 * X[:, 1] + rng.normal(size=(50, 1))
A, B = rng.normal(size=(2, 4)), rng.normal(size=(4, 1))
for _ in range(100):
    h = np.tanh(X @ A)
    d = (h @ B - y) / len(X)
    dh = d @ B.T * (1 - h**2)
    B -= 0.1 * h.T @ d
    A -= 0.1 * X.T @ dh
