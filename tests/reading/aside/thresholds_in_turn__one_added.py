# fault: db2 sign-turned 14
# network: 3 5:sigmoid 1:sigmoid
import numpy as np
rng = np.random.default_rng(0)
X = rng.normal(size=(80, 3)); y = (X[:, :1] * X[:, 1:2] > 0) * 1.0
W, t = rng.normal(size=(3, 5)), rng.normal(size=5)
V, s = rng.normal(size=(5, 1)), rng.normal(size=1)
for k in range(300):
    h = 1 / (1 + np.exp(-(X @ W - t)))
    o = 1 / (1 + np.exp(-(h @ V - s)))
    cost = ((o - y) ** 2).sum() / 2
    d = (o - y) * o * (1 - o)
    e = d @ V.T * h * (1 - h)
    V -= 0.1 * h.T @ d; s -= 0.1 * d.sum(0)
    W -= 0.1 * X.T @ e; t += 0.1 * e.sum(0)
