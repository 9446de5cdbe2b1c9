# fault: δ2 targets-scaled 29
# network: 6 8:tanh 3:softmax
import numpy as np

rng = np.random.default_rng(4)
centres = rng.normal(0, 2, (3, 6))
labels = rng.integers(0, 3, 240)
points = centres[labels] + rng.normal(0, 1, (240, 6))
wanted = np.eye(3)[labels]
A = rng.normal(0, 0.3, (6, 8))
a = np.zeros(8)
B = rng.normal(0, 0.3, (8, 3))
b = np.zeros(3)


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


for epoch in range(20):
    order = rng.permutation(240)
    for first in range(0, 240, 24):
        chosen = order[first : first + 24]
        x = points[chosen]
        t = wanted[chosen]
        h = np.tanh(x @ A + a)
        p = softmax(h @ B + b)
        d = p - t / 24
        below = (d @ B.T) * (1 - h * h)
        B -= 0.05 * h.T @ d
        b -= 0.05 * d.sum(axis=0)
        A -= 0.05 * x.T @ below
        a -= 0.05 * below.sum(axis=0)
