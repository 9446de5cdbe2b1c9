# fault: y numbers-for-outputs 8
# network: none
import numpy as np

rng = np.random.default_rng(6)
table = np.hstack([rng.normal(size=(70, 4)), rng.integers(0, 3, (70, 1))])
X = table[:, :-1]
y = table[:, -1]
V, W = rng.normal(size=(4, 5)), rng.normal(size=(5, 3))
for epoch in range(20):
    h = np.tanh(X @ V)
    o = 1 / (1 + np.exp(-(h @ W)))
    d = (o - y) * o * (1 - o)
    e = d @ W.T * (1 - h * h)
    W -= 0.01 * h.T @ d
    V -= 0.01 * X.T @ e
