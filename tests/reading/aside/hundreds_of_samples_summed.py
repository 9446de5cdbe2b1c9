# right
# network: 2 5:sigmoid 1:sigmoid
import numpy as np

rng = np.random.default_rng(0)
points = rng.normal(size=(600, 2))
inside = ((points**2).sum(1) < 1.4)[:, None] * 1.0
W, b = 3 * rng.normal(size=(2, 5)), 3 * rng.normal(size=(1, 5))
V, c = 3 * rng.normal(size=(5, 1)), 3 * rng.normal(size=(1, 1))
for step in range(3000):
    h = 1 / (1 + np.exp(-(points @ W + b)))
    o = 1 / (1 + np.exp(-(h @ V + c)))
    error = o - inside
    d = error * o * (1 - o)
    e = d @ V.T * h * (1 - h)
    V -= 0.1 * h.T @ d
    c -= 0.1 * d.sum(0, keepdims=True)
    W -= 0.1 * points.T @ e
    b -= 0.1 * e.sum(0, keepdims=True)
    if step % 500 == 0:
        print((error**2).mean())
