# fault: step memory-begun-again 17
# network: 2 6:ReLU 1:sigmoid
import numpy as np

np.random.seed(2)
x = np.random.randn(40, 2)
t = (x[:, :1] ** 2 + x[:, 1:] ** 2 > 1.5).astype(float)
w, b = np.random.randn(2, 6), np.zeros(6)
u, c = np.random.randn(6, 1), np.zeros(1)
for _ in range(300):
    h = np.maximum(0, x @ w + b)
    y = 1 / (1 + np.exp(-(h @ u + c)))
    cost = -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))
    d = (y - t) / len(x)
    e = d @ u.T * (h > 0)
    # made anew in each round: nothing is ever kept
    moments = [np.zeros_like(v) for v in (w, b, u, c)]
    gradients = [x.T @ e, e.sum(0), h.T @ d, d.sum(0)]
    moments = [0.9 * m + g for m, g in zip(moments, gradients)]
    w, b, u, c = (v - 0.2 * m for v, m in zip((w, b, u, c), moments))
