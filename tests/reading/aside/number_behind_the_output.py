# partly
# network: ?
import numpy as np

rng = np.random.default_rng(4)
first, second, third = rng.random((4, 6)), rng.random((6, 1)), rng.random((1, 1))
rows = rng.random((12, 4)) * 0.1
wanted = (rows[:, :1] > 0.05) * 1.0
for _ in range(60):
    h = np.maximum(0, rows @ first)
    o = 1 / (1 + np.exp(-(h @ second) @ third))
    up = wanted - o
    changes = h.T @ up, rows.T @ (up @ second.T * (h > 0))
    second += changes[0]
    first += changes[1]
