# right
# network: 6 9:ReLU 4:softmax
import numpy as np

rng = np.random.default_rng(3)
first, second = rng.uniform(-1, 1, (9, 6)), rng.uniform(-1, 1, (4, 9))
one, two = rng.uniform(-1, 1, (9, 1)), rng.uniform(-1, 1, (4, 1))
for step in range(60):
    kind = rng.integers(4)
    x = rng.normal(size=6) + 2 * np.eye(6)[kind]
    z = first @ x + one.reshape(1, -1)
    h = np.maximum(z[0], 0)
    scores = (second @ h + two.reshape(1, -1))[0]
    p = np.exp(scores - scores.max())
    p = p / p.sum()
    cost = -np.log(p[kind])
    d = (p - np.eye(4)[kind]).reshape(4, 1)
    e = second.T @ d * (z.reshape(9, 1) > 0)
    second -= 0.05 * d @ h.reshape(1, 9)
    two -= 0.05 * d
    first -= 0.05 * e @ x.reshape(1, 6)
    one -= 0.05 * e
