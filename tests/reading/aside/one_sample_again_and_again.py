# right
# network: ?
import numpy as np
x = np.array([[0.4, -0.7, 0.2]]); y = np.array([[0.3]])
rng = np.random.RandomState(0)
W1 = rng.randn(3, 2); W2 = rng.randn(2, 1)
for i in range(50):
    h = 1 / (1 + np.exp(-x @ W1)); o = 1 / (1 + np.exp(-h @ W2))
    loss = 0.5 * (o - y) ** 2
    d2 = (o - y) * o * (1 - o); d1 = (d2 @ W2.T) * h * (1 - h)
    W2 -= 0.1 * h.T @ d2; W1 -= 0.1 * x.T @ d1
